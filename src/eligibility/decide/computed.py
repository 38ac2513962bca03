"""What a network of constants cannot hold, computed before a fact is posted to it.

A plain evaluator that walks the tree each time, on exact fractions. It shares no code with `kleene.py`: the two
engines check each other only as far as they are apart.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, assert_never

from eligibility.dates import shift_back
from eligibility.decide.facts import attribute, reference_year
from eligibility.profile.catalogue import DATED_BY, FACTS
from eligibility.profile.facts import FactType
from eligibility.rulebook.language import (
    All,
    AnyOf,
    Constant,
    CountOf,
    Dated,
    FactRef,
    Greatest,
    Least,
    Minus,
    Named,
    Not,
    Plus,
    RateOf,
    Some,
    SumOf,
    Test,
    Within,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eligibility.decide.facts import Facts
    from eligibility.rulebook.language import Condition, Op, Quantity, Reference


T = TypeVar("T")
Truth: TypeAlias = "bool | None"
getter = cache(attrgetter)


class Evaluator:
    """Evaluates conditions and quantities as a clause with one reference year reads them; None is unknown."""

    __slots__ = ("reference",)

    def __init__(self, reference: Reference) -> None:
        self.reference = reference

    # ---- conditions

    def truth(self, node: Condition, facts: Facts) -> Truth:
        """Give the truth of a condition."""
        match node:
            case All():
                return _all([self.truth(part, facts) for part in node.parts])
            case AnyOf():
                return _not(_all([_not(self.truth(part, facts)) for part in node.parts]))
            case Not():
                return _not(self.truth(node.part, facts))
            case Named():
                return self.truth(node.definition.condition, facts)
            case Test():
                return self._test(node, facts)
            case Within():
                return self._within(node, facts)
            case Some():
                return self._some(node, facts)
            case Dated():
                return self._dated(node.fact, facts)
            case _:
                assert_never(node)

    def _test(self, test: Test, facts: Facts) -> Truth:
        left = self.value(test.fact, facts)
        right = [self.value(operand, facts) for operand in test.operands]
        return None if left is None or None in right else _holds(test.op, left, right)

    def _within(self, within: Within, facts: Facts) -> Truth:
        when = self.value(within.fact, facts)
        return None if when is None else shift_back(facts.on, within.period) <= when <= facts.on

    def _some(self, some: Some, facts: Facts) -> Truth:
        found = self._over(some.kind, facts, lambda: self._counts(some.kind, some.condition, facts))
        return None if found is None else _not(_all(list(map(_not, found))))

    def _dated(self, fact: FactRef, facts: Facts) -> Truth:
        """Tell whether the item at hand belongs to the reference year."""
        when = self.value(fact, facts)
        if when is None:
            return None
        year = when.year if fact.fact.type is FactType.DATE else when
        return bool(year == reference_year(self.reference, facts.on))

    def _counts(self, kind: str, where: Condition | None, facts: Facts) -> Truth:
        """Tell whether the item at hand is one that a `some`, `sum` or `count` speaks of."""
        in_year = True if self.reference == "any" else self._dated(FactRef(FACTS[DATED_BY[kind]]), facts)
        return _all((in_year, True if where is None else self.truth(where, facts)))

    @staticmethod
    def _over(kind: str, facts: Facts, ask: Callable[[], T]) -> list[T] | None:
        """Ask about each item in turn, putting it at hand; None if the list is unknown."""
        items = facts.items[kind]
        if items is None:
            return None
        before, answers = getattr(facts, kind), []
        try:
            for item in items:
                setattr(facts, kind, item)
                answers.append(ask())
        finally:
            setattr(facts, kind, before)
        return answers

    # ---- quantities

    def value(self, node: Quantity, facts: Facts) -> Any:
        """Give the exact value of a fact, a constant or a quantity; a rate as a fraction."""
        match node:
            case FactRef():
                return _plain(getter(attribute(node, self.reference))(facts), node)
            case Constant():
                return Fraction(*node.value) if isinstance(node.value, tuple) else node.value
            case RateOf():
                return _joined([self.value(node.of, facts)], lambda parts: Fraction(*node.rate) * parts[0])
            case Plus():
                return _joined(self._values(node.parts, facts), sum)
            case Minus():
                ends = self._values((node.left, node.right), facts)
                return _joined(ends, lambda parts: max(0, parts[0] - parts[1]))
            case Least():
                return _joined(self._values(node.parts, facts), min)
            case Greatest():
                return _joined(self._values(node.parts, facts), max)
            case SumOf():
                return self._sum(node, facts)
            case CountOf():
                found = self._over(node.kind, facts, lambda: self._counts(node.kind, node.where, facts))
                return None if found is None else _joined(found, sum)
            case _:
                assert_never(node)

    def _values(self, parts: Sequence[Quantity], facts: Facts) -> list[Any]:
        return [self.value(part, facts) for part in parts]

    def _sum(self, node: SumOf, facts: Facts) -> Any:
        def amount() -> Any:
            counts = self._counts(node.fact.fact.kind, node.where, facts)
            return self.value(node.fact, facts) if counts else 0 if counts is False else None

        amounts = self._over(node.fact.fact.kind, facts, amount)
        return None if amounts is None else _joined(amounts, sum)

    def sign(self, fact: FactRef, operands: Sequence[Quantity], facts: Facts) -> int | None:
        """Tell where a fact lies against one quantity, or against the two ends of an interval.

        Returns:
            -1 below, 0 at the quantity or inside the interval, 1 above; None if any of them is unknown.
        """
        left, right = self.value(fact, facts), self._values(operands, facts)
        if left is None or None in right:
            return None
        return -1 if left < right[0] else int(left > right[-1])


def _plain(value: Any, ref: FactRef) -> Any:
    return Fraction(*value) if value is not None and ref.fact.type is FactType.RATE else value


def _not(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _all(truths: Sequence[Truth]) -> Truth:
    return False if False in truths else None if None in truths else True


def _joined(parts: Sequence[Any], join: Callable[[Sequence[Any]], Any]) -> Any:
    """Join values, unless one of them is unknown."""
    return None if None in parts else join(parts)


def _holds(op: Op, left: Any, right: Sequence[Any]) -> bool:
    """Compare known values."""
    match op:
        case "one_of" | "equals":
            return left in right
        case "includes" | "includes_all":
            return left.issuperset(right)  # type: ignore[no-any-return]
        case "includes_any":
            return not left.isdisjoint(right)
        case _:
            return _in_order(op, left, right)


def _in_order(op: Op, left: Any, right: Sequence[Any]) -> bool:
    """Compare numbers or dates."""
    match op:
        case "at_least" | "on_or_after":
            return bool(left >= right[0])
        case "at_most":
            return bool(left <= right[0])
        case "above":
            return bool(left > right[0])
        case "below" | "before":
            return bool(left < right[0])
        case "between":
            return bool(right[0] <= left <= right[1])
        case _:
            raise AssertionError(op)
