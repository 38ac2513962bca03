"""Conditions as formulas over cells: what the logical lint reasons about.

A fact compared with constants is a variable over its cells. What a clause compares with another quantity is a variable
with three cells: below, equal, above. A period back from the date of assessment is one of the nested periods that the
clause names, or none. What is left (the reference year, a `some` inside a `some`) is a variable of its own that can be
true or false. The variables are held to be independent, so a formula can be found satisfiable where the condition is
not, never the other way round: what is proven of the formula holds of the condition.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias, assert_never

from eligibility.profile.facts import FactType
from eligibility.rulebook.cells import cells_of, holds, plain
from eligibility.rulebook.language import All, AnyOf, Constant, Dated, Named, Not, Some, Test, Within
from eligibility.rulebook.walk import every, facts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

    from eligibility.dates import Period
    from eligibility.rulebook.language import Condition, FactRef, Quantity


@dataclass(frozen=True, slots=True)
class Literal:
    """A variable lies in one of these cells, each a bit.

    Attributes:
        bound: whether the variable belongs to the item that a `some` speaks of.
        every: the bits of all its cells.
    """

    variable: Hashable
    bound: bool
    cells: int
    every: int


@dataclass(frozen=True, slots=True)
class Both:
    """Every part holds."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """A part holds."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Exists:
    """There is an item of a kind, in the reference year, of which the body holds."""

    kind: str
    body: Formula


@dataclass(frozen=True, slots=True)
class ForEvery:
    """The body holds of every item of a kind in the reference year."""

    kind: str
    body: Formula


Formula: TypeAlias = "Literal | Both | Either | Exists | ForEvery"
TRUE: Final = Both(())
FALSE: Final = Either(())
_SIDES: Final = {
    "at_least": 0b110, "at_most": 0b011, "above": 0b100, "below": 0b001, "equals": 0b010,
}  # fmt: skip
"""On which sides of a quantity a test is true: below it, equal to it, above it."""


def negated(formula: Formula) -> Formula:
    """Give the formula that holds where this one does not."""
    match formula:
        case Literal():
            return Literal(formula.variable, formula.bound, formula.every & ~formula.cells, formula.every)
        case Both():
            return Either(tuple(map(negated, formula.parts)))
        case Either():
            return Both(tuple(map(negated, formula.parts)))
        case Exists():
            return ForEvery(formula.kind, negated(formula.body))
        case ForEvery():
            return Exists(formula.kind, negated(formula.body))
        case _:
            assert_never(formula)


class Formulas:
    """Turns conditions into formulas that can be reasoned about together: their facts have the same cells."""

    def __init__(self, conditions: Iterable[Condition]) -> None:
        self._constants: dict[Hashable, dict[Any, None]] = {}
        self._cells: dict[Hashable, tuple[Any, ...]] = {}
        for condition in conditions:
            for part in every(condition):
                if isinstance(part, Test) and _plain_test(part):
                    constants = self._constants.setdefault(_name(part.fact), {})
                    constants |= dict.fromkeys(_values(part))
                elif isinstance(part, Within):
                    self._constants.setdefault(_clock(part), {})[_length(part.period)] = None

    def of(
        self,
        condition: Condition,
        dropped: Collection[int] = (),
        bound: str | None = None,
    ) -> Formula:
        """Give the formula of a condition.

        Args:
            dropped: parts of groups, by `id`, that are left out.
            bound: the kind of item that the `some` around it speaks of.
        """
        match condition:
            case All():
                return Both(self._parts(condition, dropped, bound))
            case AnyOf():
                return Either(self._parts(condition, dropped, bound))
            case Not():
                return negated(self.of(condition.part, dropped, bound))
            case Named():
                return self.of(condition.definition.condition, dropped, bound)
            case Some() if bound is None:
                return Exists(condition.kind, self.of(condition.condition, dropped, condition.kind))
            case Test():
                return self._test(condition, bound)
            case Within():
                return self._within(condition, bound)
            case Some() | Dated():
                return _two_valued(condition, bound)
            case _:
                assert_never(condition)

    def _parts(self, group: All | AnyOf, dropped: Collection[int], bound: str | None) -> tuple[Formula, ...]:
        return tuple(self.of(part, dropped, bound) for part in group.parts if id(part) not in dropped)

    # ---- tests

    def _test(self, test: Test, bound: str | None) -> Formula:
        if test.fact.fact.type is FactType.CHOICES:
            return _members(test, bound)
        if _plain_test(test):
            return self._against_constants(test, bound)
        if test.op == "between":
            low, high = test.operands
            return Both((self._bound_by("at_least", low, test, bound), self._bound_by("at_most", high, test, bound)))
        return self._bound_by(test.op, test.operands[0], test, bound)

    def _against_constants(self, test: Test, bound: str | None) -> Literal:
        name, fact = _name(test.fact), test.fact.fact
        if name not in self._cells:
            self._cells[name] = cells_of(fact, self._constants[name])
        cells, constants = self._cells[name], [plain(value) for value in _values(test)]
        bits = sum(1 << place for place, value in enumerate(cells) if holds(test.op, value, constants))
        return Literal(name, fact.kind == bound, bits, (1 << len(cells)) - 1)

    def _bound_by(self, op: Any, bounding: Quantity, test: Test, bound: str | None) -> Literal:
        """Compare with a quantity; a constant end of a `between` is a quantity like another."""
        kinds = {ref.fact.kind for ref in (test.fact, *facts_of(bounding))}
        return Literal((_name(test.fact), bounding), bound in kinds, _SIDES[op], 0b111)

    def _within(self, within: Within, bound: str | None) -> Literal:
        """Tell by how many of the periods named the date lies back, shortest first."""
        lengths = sorted(self._constants[_clock(within)])
        bits = (1 << lengths.index(_length(within.period)) + 1) - 1
        return Literal(_clock(within), within.fact.fact.kind == bound, bits, (1 << len(lengths) + 1) - 1)


def _members(test: Test, bound: str | None) -> Formula:
    """A set holds each of its words or not, whatever the others."""
    fact = test.fact.fact
    parts = tuple(Literal((_name(test.fact), word), fact.kind == bound, 0b10, 0b11) for word in _values(test))
    return Both(parts) if test.op == "includes_all" else Either(parts)


def _two_valued(condition: Some | Dated, bound: str | None) -> Literal:
    """What is not looked into: it holds or it does not."""
    kinds = {ref.fact.kind for ref in facts_of(condition)}
    return Literal(condition, bound in kinds, 0b10, 0b11)


def _plain_test(test: Test) -> bool:
    """Tell whether a test compares with constants alone."""
    return all(isinstance(operand, Constant) for operand in test.operands)


def _values(test: Test) -> list[Any]:
    return [operand.value for operand in test.operands if isinstance(operand, Constant)]


def _name(ref: FactRef) -> tuple[str, bool]:
    return ref.fact.path, ref.prior


def _clock(within: Within) -> Hashable:
    """Days and months are no multiples of each other: periods of the two are not compared."""
    return (*_name(within.fact), "days" if within.period.days else "months")


def _length(period: Period) -> int:
    return period.days or period.years * 12 + period.months
