"""What a condition proves about itself: that it never holds, and which of its parts change nothing.

A part of an `all` changes nothing if it holds wherever all that it stands with holds; a part of an `any`, if it never
holds where the others do not. Leaving it out then changes the verdict on no company of which all is known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from eligibility.rulebook.formula import Both, Exists, ForEvery, Formulas, negated
from eligibility.rulebook.language import All, AnyOf, Named, Not, Some
from eligibility.rulebook.solve import contradictory

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from eligibility.rulebook.formula import Formula
    from eligibility.rulebook.language import Condition

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Premise:
    """A condition that holds, or that does not.

    Attributes:
        via: the name by which the rule has it, where it stands in a definition.
        inner: whether it is said of the item of a `some`.
    """

    condition: Condition
    holds: bool = True
    via: Named | None = None
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Redundant:
    """A part that changes nothing.

    Attributes:
        always: whether it is a part of an `all` that always holds, else one of an `any` that adds no case.
        because: what makes it so; none of these could be missed. Empty: it is so on its own.
    """

    part: Condition
    always: bool
    because: tuple[Premise, ...]


def premises(
    condition: Condition, dropped: Collection[int] = (), *, holds: bool = True, via: Named | None = None
) -> Iterator[Premise]:
    """Split a condition into parts that must all hold, or must all fail."""
    match condition:
        case All() | AnyOf() if isinstance(condition, All) == holds:
            for part in condition.parts:
                if id(part) not in dropped:
                    yield from premises(part, dropped, holds=holds, via=via)
        case Not():
            yield from premises(condition.part, dropped, holds=not holds, via=via)
        case Named():
            yield from premises(condition.definition.condition, dropped, holds=holds, via=via or condition)
        case _:
            yield Premise(condition, holds, via)


def conflict(conditions: Sequence[Condition], at_hand: frozenset[str] = NOTHING) -> tuple[Premise, ...]:
    """Give the premises that contradict each other, none of which could be missed; empty if none is proven to.

    Args:
        at_hand: the kinds of items that the conditions speak of one of.
    """
    formulas = Formulas(conditions)

    def proven(kept: Sequence[Premise]) -> bool:
        return contradictory([_signed(formulas.of(each.condition), each) for each in kept], at_hand)

    return _core([premise for condition in conditions for premise in premises(condition)], proven) or ()


def equivalent(one: Condition, other: Condition, at_hand: frozenset[str] = NOTHING) -> bool:
    """Tell whether it is proven that two conditions hold of the same companies."""
    formulas = Formulas((one, other))
    first, second = formulas.of(one), formulas.of(other)
    return contradictory((first, negated(second)), at_hand) and contradictory((second, negated(first)), at_hand)


def redundant(
    parts: Sequence[Condition], given: Sequence[Condition] = (), at_hand: frozenset[str] = NOTHING
) -> tuple[Redundant, ...]:
    """Give the parts of an `all` that change nothing, each beside what is left without those found before it.

    Later parts are looked at first, and the whole before what is in it, until no part is left that changes nothing.
    Definitions are not looked into.

    Args:
        given: what holds besides, and is not itself looked at.
        at_hand: the kinds of items that the conditions speak of one of.
    """
    known = tuple(premise for condition in given for premise in premises(condition))
    pruning, found = _Pruning(Formulas((*parts, *given)), at_hand), list[Redundant]()
    while more := list(pruning.of_group(parts, _Spot(known), joined=True)):
        found += more
    return tuple(found)


def _core(split: Sequence[Premise], proven: Callable[[Sequence[Premise]], bool]) -> tuple[Premise, ...] | None:
    """Leave out whatever a proof does without; None if there is no proof."""
    if not proven(split):
        return None
    kept = list(split)
    for premise in split:
        fewer = [other for other in kept if other is not premise]
        if proven(fewer):
            kept = fewer
    return tuple(kept)


def _signed(formula: Formula, premise: Premise) -> Formula:
    return formula if premise.holds else negated(formula)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where in a condition a part stands.

    Attributes:
        beside: what must hold, and what must not, for the part to matter.
        some: the `some` it lies in.
        swapped: whether a `not` between the two swaps what adds and what takes away.
    """

    beside: tuple[Premise, ...]
    some: Some | None = None
    swapped: bool = False


class _Pruning:
    """Leaves out part after part.

    Attributes:
        dropped: the parts left out so far, by `id`.
    """

    def __init__(self, formulas: Formulas, at_hand: frozenset[str]) -> None:
        self.formulas = formulas
        self.at_hand = at_hand
        self.dropped: set[int] = set()

    def of_group(self, parts: Sequence[Condition], spot: _Spot, *, joined: bool) -> Iterator[Redundant]:
        """Look at the parts of an `all` (joined) or an `any`."""
        for part in reversed([part for part in parts if id(part) not in self.dropped]):
            beside = [
                replace(premise, inner=spot.some is not None)
                for other in parts
                if other is not part and id(other) not in self.dropped
                for premise in premises(other, self.dropped, holds=joined)
            ]
            here = replace(spot, beside=(*spot.beside, *beside))
            because = self._because(part, here, joined=joined)
            if because is None:
                yield from self._inside(part, here)
            else:
                self.dropped.add(id(part))
                yield Redundant(part, joined, because)

    def _inside(self, part: Condition, spot: _Spot) -> Iterator[Redundant]:
        match part:
            case All() | AnyOf():
                yield from self.of_group(part.parts, spot, joined=isinstance(part, All))
            case Not():
                yield from self._inside(part.part, replace(spot, swapped=not spot.swapped))
            case Some() if spot.some is None:
                yield from self._inside(part.condition, _Spot(spot.beside, part))
            case _:
                pass

    def _because(self, part: Condition, spot: _Spot, *, joined: bool) -> tuple[Premise, ...] | None:
        """Say why a part changes nothing; None if it may change something."""
        target = Premise(part, holds=not joined, inner=spot.some is not None)
        others = self._of_no_item(part, spot, joined=joined)

        def proven(kept: Sequence[Premise]) -> bool:
            outer = [self._formula(premise, None) for premise in kept if not premise.inner]
            if spot.some is None:
                return contradictory([*outer, self._formula(target, None)], self.at_hand)
            kind = spot.some.kind
            inner = tuple(self._formula(premise, kind) for premise in (*kept, target) if premise.inner)
            return contradictory([*outer, Exists(kind, Both(inner)), *others], self.at_hand)

        return _core(spot.beside, proven)

    def _of_no_item(self, part: Condition, spot: _Spot, *, joined: bool) -> list[Formula]:
        """Say that the narrower of the `some` with the part and the one without it holds of no item."""
        if spot.some is None:
            return []
        dropped = self.dropped if joined != spot.swapped else {*self.dropped, id(part)}
        kind = spot.some.kind
        return [ForEvery(kind, negated(self.formulas.of(spot.some.condition, dropped, kind)))]

    def _formula(self, premise: Premise, bound: str | None) -> Formula:
        return _signed(self.formulas.of(premise.condition, self.dropped, bound), premise)
