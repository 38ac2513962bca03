"""The cells of a fact: values that no test of a rule tells apart, one taken to stand for all of them.

The constants that a fact is compared with cut its domain into finitely many cells: each constant, and each gap between
two neighbours that holds a value at all. A test is true on all of a cell or on none, so it is a set of cells, and a
question about all values of a fact becomes one about a few.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from eligibility.dates import FIRST_YEAR, LAST_YEAR
from eligibility.money import MAX_MONEY, MAX_RATE_PART
from eligibility.profile.facts import FactType, fact_range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from eligibility.profile.facts import Fact

OTHER: Final = object()
"""A text that no test names."""

_COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "at_least": lambda value, bound: value >= bound,
    "on_or_after": lambda value, bound: value >= bound,
    "at_most": lambda value, bound: value <= bound,
    "above": lambda value, bound: value > bound,
    "below": lambda value, bound: value < bound,
    "before": lambda value, bound: value < bound,
}


def cells_of(fact: Fact, constants: Iterable[Any]) -> tuple[Any, ...]:
    """Give one value for each cell of a fact, in order, as `plain` gives values.

    Args:
        constants: what the fact is compared with, as the rule language holds them.

    >>> from eligibility.profile.catalogue import FACTS
    >>> cells_of(FACTS["company.employees"], [0, 20])
    (0, 1, 20, 1000000000)
    """
    match fact.type:
        case FactType.BOOLEAN:
            return (False, True)
        case FactType.CHOICE:
            return tuple(fact.values or ())
        case FactType.TEXT:
            return (*dict.fromkeys(constants), OTHER)
        case _:
            low, high = _ends(fact)
            inside = {plain(constant) for constant in constants if low <= plain(constant) <= high}
            return tuple(_along(sorted(inside), low, high))


def holds(op: str, value: Any, constants: list[Any]) -> bool:
    """Tell whether a test is true of a value of a cell; the constants are plain too."""
    if op in ("equals", "one_of"):
        return value in constants
    if op == "between":
        return bool(constants[0] <= value <= constants[1])
    return _COMPARE[op](value, constants[0])


def plain(constant: Any) -> Any:
    """Give a constant as a number where it has an order: a day of the calendar, a fraction."""
    if isinstance(constant, date):
        return constant.toordinal()
    return Fraction(*constant) if isinstance(constant, tuple) else constant


def _ends(fact: Fact) -> tuple[Any, Any]:
    """Give the least and the greatest value that a profile can hold."""
    match fact.type:
        case FactType.MONEY:
            return 0, MAX_MONEY
        case FactType.DATE:
            return date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
        case FactType.RATE:
            return Fraction(0), Fraction(MAX_RATE_PART if fact.over_one else 1)
        case _:
            low, high = fact_range(fact)
            return low, high


def _along(cuts: list[Any], low: Any, high: Any) -> Iterator[Any]:
    """Give the cuts and a value of each gap that holds one, from the least value to the greatest."""
    before: Any = None
    for cut in cuts:
        if before is None:
            yield from (low,) if low < cut else ()
        else:
            yield from _between(before, cut)
        yield cut
        before = cut
    if before is None or before < high:
        yield high


def _between(low: Any, high: Any) -> Iterator[Any]:
    """Give a value strictly between two, if a profile can hold one."""
    if isinstance(low, Fraction):
        middle = simplest(low, high)
        yield from (middle,) if max(middle.numerator, middle.denominator) <= MAX_RATE_PART else ()
    else:
        yield from (low + 1,) if low + 1 < high else ()


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """Give the fraction strictly between two whose numerator and denominator are both the least (Stern, 1858).

    >>> simplest(Fraction(1, 3), Fraction(1, 2))
    Fraction(2, 5)
    """
    whole = low.numerator // low.denominator
    if whole + 1 < high:
        return Fraction(whole + 1)
    if low == whole:  # low < 1/n + whole < high, with the least such n
        gap = high - whole
        return whole + Fraction(1, gap.denominator // gap.numerator + 1)
    return whole + 1 / simplest(1 / (high - whole), 1 / (low - whole))
