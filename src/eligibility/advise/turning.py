"""What turns a part of a condition: the moves of which any set that turns it has at least one."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final, assert_never

from eligibility.advise.cells import ORDERED, Cell, ends_of, first_where, nearest, scaled, unscaled
from eligibility.advise.layout import Group, JointLeaf, Leaf, Negation, SomeItem, WordLeaf, thresholds
from eligibility.advise.moves import Item, Value, Word
from eligibility.decide.kleene import over, truth_of
from eligibility.profile.facts import FactType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from eligibility.advise.layout import Layout, Part
    from eligibility.advise.moves import Hand, Move
    from eligibility.advise.scratch import Holder, Spot
    from eligibility.decide.kleene import Trace

WHICH_YEAR: Final = frozenset(("y0.year", "y1.year", "y2.year"))
"""What says which year an entry is for: the year of an entry is not a fact that could be otherwise."""


class Turning:
    """Gives the moves for one clause and the item at hand."""

    def __init__(self, layout: Layout, hand: Hand, at: dict[str, Holder]) -> None:
        self.layout = layout
        self.hand = hand
        self.scratch = hand.scratch
        self.at = at

    def ways(self, part: Part, trace: Trace, *, wanted: bool) -> Iterator[Move]:
        """Give moves of which any set that turns a part has at least one."""
        match part:
            case Leaf():
                yield from self.turn(part, wanted=wanted)
            case WordLeaf():
                yield from self.turn_words(part, wanted=wanted)
            case JointLeaf():
                yield from self.turn_joint(part)
            case Negation():
                yield from self.ways(part.part, parts_in(trace)[0], wanted=not wanted)
            case Group():
                yield from self.turn_group(part, trace, wanted=wanted)
            case SomeItem():
                yield from self.turn_items(part, trace, wanted=wanted)
            case _:
                assert_never(part)

    def turn_group(self, group: Group, trace: Trace, *, wanted: bool) -> Iterator[Move]:
        """Give the ways of one part if all must be turned, else of every part."""
        pairs = list(zip(group.parts, parts_in(trace), strict=True))
        if group.every is wanted:  # every part must be turned: the one with the fewest ways
            wrong = [pair for pair in pairs if truth_of(pair[1]) is (not wanted)]
            wrong = wrong or [pair for pair in pairs if truth_of(pair[1]) is None]
            pairs = [min(wrong, key=lambda pair: pair[0].breadth)] if wrong else []
        for part, inner in pairs:
            yield from self.ways(part, inner, wanted=wanted)

    def turn_items(self, some: SomeItem, trace: Trace, *, wanted: bool) -> Iterator[Move]:
        """Give the ways to have a fitting item, or to have none."""
        items = self.scratch.facts.items[some.kind]
        pairs = list(enumerate(parts_in(trace)))
        if not wanted:  # every item must be turned: the first that is not
            wrong = [pair for pair in pairs if truth_of(pair[1]) is True]
            wrong = wrong or [pair for pair in pairs if truth_of(pair[1]) is None]
            pairs = wrong[:1]
        yield from self.turn_each(some, pairs, wanted=wanted)
        if wanted:
            yield Item(some.kind)
        elif items is None:
            yield Item(some.kind, inside=False)

    def turn_each(self, some: SomeItem, pairs: list[tuple[int, Trace]], *, wanted: bool) -> list[Move]:
        """Give the ways to turn each of some items, each put at hand in turn."""
        moves: list[Move] = []
        before, facts = self.at.get(some.kind), self.scratch.facts
        items = [facts.items[some.kind][place] for place, _ in pairs]
        for (place, inner), _ in zip(pairs, over(facts, some.kind, items), strict=True):
            self.at[some.kind] = (some.kind, place)
            moves += self.turn_item(some, inner, wanted=wanted)
        self.at.pop(some.kind, None)
        if before is not None:
            self.at[some.kind] = before
        return moves

    def turn_item(self, some: SomeItem, trace: Trace, *, wanted: bool) -> Iterator[Move]:
        """Give the ways to have one item fit, or not."""
        inner = parts_in(trace)
        held = truth_of(inner[0]) if inner else None
        if some.dated is not None and (not wanted or not inner or held is True):
            yield from self.ways(some.dated, None, wanted=wanted)
        if inner and not (wanted and held is True):
            yield from self.ways(some.part, inner[0], wanted=wanted)

    def spot(self, fact: str) -> Spot:
        """Give the record and the name of a fact, the item being the one at hand."""
        holder, name = fact.split(".")
        return self.at.get(holder, holder), name

    def turn(self, leaf: Leaf, *, wanted: bool) -> Iterator[Move]:
        """Give the moves into the cells where a test comes out as wanted."""
        spot = self.spot(leaf.fact)
        if spot in self.hand.given:
            return
        for cell in self.layout.cells[leaf.fact]:
            if bool(cell.truths >> leaf.bit & 1) is wanted:
                yield from self.into(cell, leaf.fact, spot)

    def into(self, cell: Cell, fact: str, spot: Spot) -> Iterator[Move]:
        """Give the moves into a cell: the nearest value, and where a bound is computed those around it."""
        now = self.scratch.value(spot)
        if cell.words:
            if now not in cell.words:
                yield Value(spot, cell.words[0], cell.words)
            return
        kind = self.layout.types[fact].type
        if fact in WHICH_YEAR:
            return
        for number in self.numbers(cell, fact, spot, kind):
            value = unscaled(kind, number)
            if value != now:
                yield Value(spot, value, ())

    def numbers(self, cell: Cell, fact: str, spot: Spot, kind: FactType) -> list[Any]:
        """Give the numbers of a cell that are worth a try."""
        now = self.scratch.value(spot)
        if now is not None:
            near = [nearest(cell, scaled(kind, now))]
        else:
            near = [cell.high if kind is FactType.DATE else cell.low]
        if fact not in self.layout.joint:
            return near
        around = [number for number in self.boundaries(fact, spot) if cell.low <= number <= cell.high]
        ends = (cell.low, cell.high) if any(leaf.signs for leaf in self.layout.joint[fact]) else ()
        return list(dict.fromkeys((*near, *around, *ends)))

    def turn_words(self, leaf: WordLeaf, *, wanted: bool) -> Iterator[Move]:
        """Give the words to put in or take out."""
        spot = self.spot(leaf.fact)
        if spot in self.hand.given:
            return
        now, decided = self.scratch.value(spot), self.hand.worded.get(spot, {})
        open_ = [word for word in leaf.words if word not in decided]
        if leaf.every is wanted:  # every word must be turned: the first that is not
            open_ = [word for word in open_ if now is None or (word in now) is not wanted][:1]
        for words in self.alike(leaf.fact, open_) if leaf.every is not wanted else [tuple(open_)] if open_ else []:
            yield Word(spot, words[0], wanted, words)

    def alike(self, fact: str, words: list[str]) -> list[tuple[str, ...]]:
        """Put words together that the clause never tells apart."""
        tested = self.layout.words[fact]
        alike: dict[tuple[bool, ...], list[str]] = {}
        for word in words:
            alike.setdefault(tuple([word in several for several in tested]), []).append(word)
        return [tuple(members) for members in alike.values()]

    # ---- tests of several facts

    def turn_joint(self, leaf: JointLeaf) -> Iterator[Move]:
        """Give every move of every fact that a test of several facts reads."""
        for fact, kind in leaf.facts:
            for spot in self.spots(fact, kind):
                if spot in self.hand.given:
                    continue
                if fact in self.layout.words:
                    yield from self.any_word(fact, spot)
                    continue
                for cell in self.layout.cells[fact]:
                    yield from self.each_word(cell, spot) if cell.words else self.into(cell, fact, spot)
        for kind in leaf.kinds:
            yield Item(kind)
            if self.scratch.facts.items[kind] is None:
                yield Item(kind, inside=False)

    def spots(self, fact: str, kind: str | None) -> list[Spot]:
        """Give the places of a fact: of every item, where a quantity runs over them."""
        if kind is None:
            return [self.spot(fact)]
        name = fact.split(".")[1]
        return [((kind, place), name) for place in range(len(self.scratch.facts.items[kind] or ()))]

    def each_word(self, cell: Cell, spot: Spot) -> Iterator[Move]:
        """A size may follow from each word in another way."""
        words = [(word,) for word in cell.words] if spot[0] == "company" else [cell.words]
        for several in words:
            if self.scratch.value(spot) not in several:
                yield Value(spot, several[0], several)

    def any_word(self, fact: str, spot: Spot) -> Iterator[Move]:
        """Give every word of a set that the clause names, turned."""
        now, decided = self.scratch.value(spot) or frozenset(), self.hand.worded.get(spot, {})
        for word in dict.fromkeys(chain.from_iterable(map(sorted, self.layout.words[fact]))):
            if word not in decided:
                yield Word(spot, word, word not in now, (word,))

    def boundaries(self, fact: str, spot: Spot) -> list[int]:
        """Give the values at which a computed bound is met or just missed, all else as it is."""
        holder = spot[0]
        if isinstance(holder, str):
            return list(self.bounds(fact, spot))
        found: list[int] = []
        for _ in over(self.scratch.facts, holder[0], (self.scratch.record(holder),)):
            found = list(self.bounds(fact, spot))
        return found

    def bounds(self, fact: str, spot: Spot) -> Iterator[int]:
        """Give the bounds themselves, the item at hand."""
        kind = self.layout.types[fact].type
        if fact in ("company.employees", "y1.revenue"):
            yield from thresholds(self.scratch.profile.company.sme_sector, fact)
        now = self.scratch.value(spot)
        for leaf in self.layout.joint[fact]:
            for sign, den in leaf.signs:
                difference = sign(self.scratch.facts)
                if leaf.left == fact and now is not None and difference is not None and kind is not FactType.DATE:
                    bound, rest = divmod(now * den - difference, den)
                    yield from (bound, bound + 1) if rest else (bound - 1, bound, bound + 1)
                if leaf.left != fact or now is None or len(leaf.facts) > len({name for name, _ in leaf.facts}):
                    yield from self.crossings(fact, spot, sign)

    def crossings(self, fact: str, spot: Spot, sign: Callable[[Any], int | None]) -> Iterator[int]:
        """Give the values around which a difference changes its sign, by halving: it only rises or only falls."""
        kind = self.layout.types[fact].type
        if kind not in ORDERED or kind is FactType.RATE:
            return
        low, high = ends_of(self.layout.types[fact], self.scratch.on)
        low, high = int(low), int(high if high is not None else low)

        put = self.scratch.set if kind is FactType.DATE else self.scratch.put

        def at(number: int) -> int | None:
            put(spot, unscaled(kind, number))
            return sign(self.scratch.facts)

        fresh = spot not in self.scratch.first
        held = self.scratch.value(spot)
        first, last = at(low), at(high)
        if first is not None and last is not None:
            way = 1 if last >= first else -1
            for number in _crossed(low, high, lambda number: way * (at(number) or 0)):
                yield from (value for value in (number - 1, number) if low <= value <= high)
        if fresh:
            self.scratch.unset(spot)
        else:
            self.scratch.set(spot, held)


def _crossed(low: int, high: int, rises: Callable[[int], int]) -> tuple[int, int]:
    """Give the first numbers at which something that rises is at least 0, and above 0; a straight line is guessed.

    >>> _crossed(0, 100, lambda number: 2 * number - 21), _crossed(0, 100, lambda number: min(number, 50) - 10)
    ((11, 11), (10, 11))
    """
    first, last = rises(low), rises(high)
    if first < 0 < last:
        guess = low - first * (high - low) // (last - first)
        for number in (guess, guess + 1):
            if rises(number) >= 0 > rises(number - 1):
                if rises(number) > 0:
                    return number, number
                if rises(number + 1) > 0:
                    return number, number + 1
    return (
        first_where(low, high, lambda number: rises(number) >= 0),
        first_where(low, high, lambda number: rises(number) > 0),
    )


def parts_in(trace: Trace) -> tuple[Trace, ...]:
    """Give the traces of the parts of a group."""
    return trace[1] if isinstance(trace, tuple) else ()
