"""Moves of the search: a fact gets another value, a set another word, a list one more item; each can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, assert_never

if TYPE_CHECKING:
    from eligibility.advise.scratch import Holder, Scratch, Spot


class Value(NamedTuple):
    """Give a fact a value; for words any of `words` does as well."""

    spot: Spot
    value: Any
    words: tuple[Any, ...]


class Word(NamedTuple):
    """Put a word into a set, or take it out; any of `words` does as well."""

    spot: Spot
    word: str
    inside: bool
    words: tuple[str, ...]


class Item(NamedTuple):
    """Have one more item of a kind; `inside` False: have none of a list that is not known."""

    kind: str
    inside: bool = True


Move: TypeAlias = "Value | Word | Item"


class Hand:
    """The moves made so far, on the facts of one company.

    Attributes:
        scratch: the facts as the moves leave them.
        moves: the moves, in the order they were made.
        given: the facts that have a value by a move; none is given a second one.
        worded: for each set the words that were decided.
        added: the items that were added.
        lists: the lists as they were before each item.
    """

    def __init__(self, scratch: Scratch) -> None:
        self.scratch = scratch
        self.moves: list[Move] = []
        self.given: dict[Spot, Any] = {}
        self.worded: dict[Spot, dict[str, bool]] = {}
        self.added: list[Holder] = []
        self.lists: list[tuple[Any, ...] | None] = []

    def price(self, move: Move) -> int:
        """Tell how many facts a move costs: what is unknown, or belongs to an added item, is free."""
        if isinstance(move, Item):
            return int(self.scratch.listed[move.kind] is not None)
        if isinstance(move, Word) and move.spot in self.worded:
            return 0
        return int(self.scratch.is_known(move.spot))

    def do(self, move: Move) -> bool:
        """Make a move; gives whether a company can be so."""
        self.moves.append(move)
        scratch = self.scratch
        match move:
            case Value():
                self.given[move.spot] = move.value
                scratch.set(move.spot, move.value)
            case Word():
                decided = self.worded.setdefault(move.spot, {})
                decided[move.word] = move.inside
                scratch.set(move.spot, self.with_words(move.spot))
            case Item():
                self.lists.append(scratch.facts.items[move.kind])
                if move.inside:
                    self.added.append(scratch.add_item(move.kind))
                else:
                    scratch.facts.items[move.kind] = ()
            case _:
                assert_never(move)
        return not scratch.contradiction

    def undo(self, move: Move) -> None:
        """Take the last move back."""
        self.moves.pop()
        scratch = self.scratch
        match move:
            case Value():
                del self.given[move.spot]
                scratch.unset(move.spot)
            case Word():
                decided = self.worded[move.spot]
                del decided[move.word]
                if decided:
                    scratch.set(move.spot, self.with_words(move.spot))
                else:
                    del self.worded[move.spot]
                    scratch.unset(move.spot)
            case Item():
                if move.inside:
                    self.added.pop()
                scratch.facts.items[move.kind] = self.lists.pop()
            case _:
                assert_never(move)

    def with_words(self, spot: Spot) -> frozenset[str]:
        """Give a set with what was decided of its words."""
        first = self.scratch.first[spot] if spot in self.scratch.first else self.scratch.value(spot)
        decided = self.worded[spot]
        kept = {word for word in first or () if decided.get(word, True)}
        return frozenset(kept | {word for word, inside in decided.items() if inside})


def name_of(spot: Spot) -> str:
    """Name a fact as an attribute path.

    >>> name_of((("lease", 0), "rent_paid")), name_of(("y1", "revenue"))
    ('lease.rent_paid', 'y1.revenue')
    """
    holder, name = spot
    return f"{holder if isinstance(holder, str) else holder[0]}.{name}"
