"""The smallest sets of facts whose change meets a condition: an exact search, the evaluator asked at every step.

Whatever meets the condition must turn some part of it that does not hold. So the search picks such a part, tries each
way to turn it, evaluates again, and goes on with what then fails. Sets of one fact are looked for first, then of two,
and so on; a part whose facts stand nowhere else costs at least one fact of its own, which cuts most of it short.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, TypeAlias, assert_never

from eligibility.advise.cells import NUMERIC, ends_of, nearest, scaled, unscaled
from eligibility.advise.layout import Group, JointLeaf, Leaf, Negation, SomeItem, WordLeaf
from eligibility.advise.moves import Hand, Item, Value, Word, name_of
from eligibility.advise.turning import Turning, parts_in
from eligibility.decide.kleene import truth_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility.advise.layout import Layout, Part
    from eligibility.advise.moves import Move
    from eligibility.advise.scratch import Holder, Scratch, Spot
    from eligibility.decide.kleene import Check, Trace

    Nearness: TypeAlias = "tuple[int, int | Fraction, int]"
    Made: TypeAlias = "tuple[tuple[Spot, Any], ...]"

MOST_FACTS: Final = 4
"""Sets of more facts are not looked for: such a clause is too far."""

MOST_TRIED: Final = 20_000
"""Past this many evaluations a clause is given up; no clause of the shipped rules comes near."""


@dataclass(slots=True)
class Solution:
    """One set of changes that meets the condition.

    Attributes:
        moves: what is changed of what the company states, in the order it was found.
        made: what is stated of items that are added.
        key: what makes one set nearer than another of as many facts.
    """

    moves: tuple[Move, ...]
    made: Made
    key: Nearness

    @property
    def takes_item(self) -> bool:
        """Whether it takes one more item."""
        return any(isinstance(move, Item) for move in self.moves)

    def facts(self) -> frozenset[Any]:
        """Give what is changed, whatever the values."""
        return frozenset(move.kind if isinstance(move, Item) else move.spot for move in self.moves)


class TooMany(Exception):  # noqa: N818 - it says what happened
    """The search was cut off."""


class Search:
    """One search: a clause, and the item at hand.

    Attributes:
        hand: the moves made so far.
        found: for each set of facts the nearest ways to change them.
        tried: how often the clause was evaluated.
    """

    def __init__(self, layout: Layout, check: Check, scratch: Scratch, at: dict[str, Holder]) -> None:
        self.layout = layout
        self.check = check
        self.scratch = scratch
        self.hand = Hand(scratch)
        self.turning = Turning(layout, self.hand, at)
        self.found: dict[frozenset[Any], list[Solution]] = {}
        self.tried = 0

    # ---- the search

    def run(self, trace: Trace, most: int) -> list[Solution]:
        """Give every set of the least number of facts, the nearest first; none if there is none of at most `most`.

        Args:
            trace: what evaluating the clause recorded.
        """
        depth = len(self.hand.moves)
        try:
            least = self.least(self.layout.root, trace, wanted=True)
            for left in range(least, most + 1):
                self.go(left, trace, least)
                if self.found:
                    break
        except TooMany:
            while len(self.hand.moves) > depth:
                self.hand.undo(self.hand.moves[-1])
            return []
        several = chain.from_iterable(map(_merged, self.found.values()))
        return sorted(several, key=lambda solution: solution.key)

    def evaluate(self) -> Trace:
        """Evaluate the clause on the facts as they now are."""
        self.tried += 1
        if self.tried > MOST_TRIED:
            raise TooMany
        return self.check(self.scratch.facts)

    def go(self, left: int, trace: Trace, least: int | None = None) -> None:
        """Look for sets that take exactly so many more facts.

        Args:
            trace: what evaluating the clause recorded, as things now are.
            least: how many facts it takes at least, if that is known.
        """
        truth = truth_of(trace)
        if truth is False and left < (least or self.least(self.layout.root, trace, wanted=True)):
            return
        if truth is not False and left == 0:
            self.keep(trace)
            return
        for move in list(self.turning.ways(self.layout.root, trace, wanted=True)):
            price = self.hand.price(move)
            if price > left:
                continue
            if self.hand.do(move):
                self.go(left - price, self.evaluate())
            self.hand.undo(move)

    def keep(self, trace: Trace) -> None:
        """Note what was found, if what is unknown can still come out so that it holds."""
        settled = truth_of(trace) or (not self.hand.added and (self.layout.simple or self.surely_open(trace)))
        made = () if settled else self.answered()
        if made is None:
            return
        if self.layout.joint and len(self.hand.moves) > 1:  # a single move was tried at every bound already
            self.draw_nearer()
        known = [move for move in self.hand.moves if self.changes(move)]
        stated = tuple(known) if len(known) == 1 else tuple(sorted(known, key=_in_order))
        solution = Solution(stated, made, self.key(stated))
        rivals = self.found.setdefault(solution.facts(), [])
        if not rivals or solution.key < rivals[0].key:
            rivals[:] = [solution]
        elif solution.key == rivals[0].key and solution.moves not in [rival.moves for rival in rivals]:
            rivals.append(solution)

    def changes(self, move: Move) -> bool:
        """Tell whether a move changes what the company says; the others are answers."""
        if isinstance(move, Item):
            return self.scratch.listed[move.kind] is not None
        return self.scratch.is_known(move.spot)

    # ---- bounds

    def least(self, part: Part, trace: Trace, *, wanted: bool) -> int:
        """Give a number of facts that turning a part takes at least."""
        if truth_of(trace) is not (not wanted):
            return 0
        match part:
            case Leaf():
                return 1
            case WordLeaf() | JointLeaf() | SomeItem():
                return 0 if self.hand.worded else 1  # more words of a set that is changed cost nothing
            case Negation():
                return self.least(part.part, parts_in(trace)[0], wanted=not wanted)
            case Group():
                pairs = zip(part.parts, parts_in(trace), strict=True)
                if part.every is not wanted:
                    return min((self.least(inner, child, wanted=wanted) for inner, child in pairs), default=1)
                return self.apart(pairs, wanted=wanted)
            case _:
                assert_never(part)

    def apart(self, pairs: Iterator[tuple[Part, Trace]], *, wanted: bool) -> int:
        """Add up what parts take that share no fact."""
        total = most = taken = 0
        for part, trace in pairs:
            least = self.least(part, trace, wanted=wanted)
            if least and not part.mask & taken:
                total += least
                taken |= part.mask
            most = max(most, least)
        return max(total, most)

    # ---- what is unknown

    def surely_open(self, trace: Trace) -> bool:
        """Tell whether the unknown parts share no fact with anything, so that each can come out as it should."""
        return not any(
            isinstance(leaf, JointLeaf | SomeItem) or leaf.mask & self.layout.repeated
            for leaf in _unknown(self.layout.root, trace)
        )

    def answered(self) -> Made | None:
        """Find answers to what is unknown that meet the condition; gives what they say of added items."""
        trace = self.evaluate()
        truth = truth_of(trace)
        if truth is not None:
            return self.stated_of_added() if truth else None
        for move in list(self.turning.ways(self.layout.root, trace, wanted=True)):
            if self.hand.price(move):
                continue
            made = self.answered() if self.hand.do(move) else None
            self.hand.undo(move)
            if made is not None:
                return made
        return None

    def stated_of_added(self) -> Made:
        """Give what was stated of the items that were added."""
        return tuple(
            ((holder, name), value)
            for holder in self.hand.added
            if self.scratch.listed[holder[0]] is not None
            for name, value in self.scratch.record(holder).known()
        )

    # ---- nearness

    def draw_nearer(self) -> None:
        """Move each fact under a computed bound to the nearest value that does, the others as they are."""
        for place, move in enumerate(self.hand.moves):
            if not isinstance(move, Value) or move.words or not self.scratch.is_known(move.spot):
                continue
            fact = name_of(move.spot)
            if fact not in self.layout.joint:
                continue
            better = self.nearest_that_holds(fact, move)
            self.hand.moves[place] = better
            self.hand.given[move.spot] = better.value
            self.scratch.set(move.spot, better.value)

    def nearest_that_holds(self, fact: str, move: Value) -> Value:
        """Give the nearest value of a fact that meets the condition, all else as it is."""
        kind, spot = self.layout.types[fact].type, move.spot
        first = scaled(kind, self.scratch.first[spot])
        numbers = [*self.turning.boundaries(fact, spot)]
        for cell in self.layout.cells[fact]:
            numbers += [nearest(cell, first), cell.low, cell.high]
        reach = abs(scaled(kind, move.value) - first)
        low, high = ends_of(self.layout.types[fact], self.scratch.on)
        inside = {number for number in numbers if low <= number <= high and 0 < abs(number - first) < reach}
        for number in sorted(inside, key=lambda number: (abs(number - first), number)):
            self.scratch.set(spot, unscaled(kind, number))
            if truth_of(self.evaluate()) is True and not self.scratch.contradiction:
                return Value(spot, unscaled(kind, number), ())
        self.scratch.set(spot, move.value)
        return move

    def key(self, moves: tuple[Move, ...]) -> Nearness:
        """Say how near a set is: facts without a number last, then the gaps, then the words."""
        without = words = 0
        worded = set()
        gaps: int | Fraction = 0
        for move in moves:
            if isinstance(move, Word):
                words += 1
                worded.add(move.spot)
            elif isinstance(move, Item) or move.words or self.layout.types[name_of(move.spot)].type not in NUMERIC:
                without += 1
            else:
                kind = self.layout.types[name_of(move.spot)].type
                required = scaled(kind, move.value)
                gaps += Fraction(abs(required - scaled(kind, self.scratch.first[move.spot])), max(required, 1))
        return without + len(worded), gaps, words


def _in_order(move: Move) -> str:
    return move.kind if isinstance(move, Item) else f"{name_of(move.spot)}{move.spot[0]}{move[1]}"


def _merged(rivals: list[Solution]) -> list[Solution]:
    """Make one of sets of the same facts that differ in the word for one of them."""
    merged: list[Solution] = []
    for rival in rivals:
        for place, kept in enumerate(merged):
            one = _with_words_of(kept, rival)
            if one is not None:
                merged[place] = one
                break
        else:
            merged.append(rival)
    return merged


def _with_words_of(kept: Solution, rival: Solution) -> Solution | None:
    """Take the words of another set in, if nothing else tells the two apart."""
    pairs = zip(kept.moves, rival.moves, strict=True)
    apart = [place for place, (one, other) in enumerate(pairs) if one != other]
    if len(apart) != 1:
        return None
    one, other = kept.moves[apart[0]], rival.moves[apart[0]]
    if not (isinstance(one, Value) and isinstance(other, Value) and one.spot == other.spot and one.words):
        return None
    both = one._replace(words=tuple(dict.fromkeys((*one.words, *other.words))))
    return Solution((*kept.moves[: apart[0]], both, *kept.moves[apart[0] + 1 :]), kept.made, kept.key)


def _unknown(part: Part, trace: Trace) -> Iterator[Part]:
    """Give the tests that are unknown and keep what is above them unknown."""
    if truth_of(trace) is not None:
        return
    match part:
        case Group():
            for inner, child in zip(part.parts, parts_in(trace), strict=True):
                yield from _unknown(inner, child)
        case Negation():
            yield from _unknown(part.part, parts_in(trace)[0])
        case _:
            yield part
