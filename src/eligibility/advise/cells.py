"""The cells of a fact within one clause: values that none of the clause's tests tells apart, and the nearest of them.

An ordered fact has cells from one value to another, both inside; an enumeration has cells of words.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eligibility.dates import FIRST_YEAR
from eligibility.money import MAX_MONEY, MAX_RATE_PART, Rate
from eligibility.profile.facts import FactType, fact_range
from eligibility.rulebook.cells import simplest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from eligibility.profile.facts import Fact

ORDERED: Final = frozenset((FactType.MONEY, FactType.COUNT, FactType.YEAR, FactType.DATE, FactType.RATE))
"""Types whose values have an order, so that one is nearest."""

NUMERIC: Final = frozenset((FactType.MONEY, FactType.COUNT, FactType.RATE))
"""Types whose gap is a number of something; a day or a year is none."""

STEP: Final = Fraction(1, MAX_RATE_PART)
"""How far a rate moves past a bound: a hundredth of a per cent."""


class Cell(NamedTuple):
    """Values that no test of the clause tells apart.

    Attributes:
        low, high: the least and the greatest, in the scale of `scaled`; None for words.
        words: the words, for an enumeration.
        truths: for each test of the fact whether it holds, as bits.
    """

    low: Any
    high: Any
    words: tuple[Any, ...]
    truths: int


class Tested(NamedTuple):
    """One test of a fact against constants.

    Attributes:
        cuts: values at which the truth may change: it is the same from one cut up to the next.
        points: for a rate, the constants themselves.
        holds: the test, on a scaled value or a word.
    """

    cuts: tuple[int, ...]
    points: tuple[Fraction, ...]
    holds: Callable[[Any], bool]


def scaled(kind: FactType, value: Any) -> Any:
    """Give a value of an ordered fact as a number: a day of the calendar, a fraction."""
    if kind is FactType.DATE:
        return value.toordinal()
    return Fraction(*value) if kind is FactType.RATE else value


def unscaled(kind: FactType, number: Any) -> Any:
    """Give a number as a value of an ordered fact."""
    if kind is FactType.DATE:
        return date.fromordinal(number)
    return Rate(number.numerator, number.denominator) if kind is FactType.RATE else number


def ends_of(fact: Fact, on: date) -> tuple[Any, Any]:
    """Give the least and the greatest value that a profile can hold on a date of assessment."""
    match fact.type:
        case FactType.MONEY:
            return 0, MAX_MONEY
        case FactType.DATE:
            last = on if fact.not_after_on else date(on.year + 100, 12, 31)
            return date(FIRST_YEAR, 1, 1).toordinal(), last.toordinal()
        case FactType.RATE:
            return Fraction(0), Fraction(MAX_RATE_PART if fact.over_one else 1)
        case _:
            return fact_range(fact)


def cells_of(fact: Fact, tests: list[Tested], on: date) -> tuple[Cell, ...]:
    """Cut the domain of a fact into cells by the tests of one clause."""
    if fact.type not in ORDERED:
        return tuple(_of_words(fact, tests))
    low, high = ends_of(fact, on)
    if fact.type is FactType.RATE:
        spans: list[tuple[Any, Any]] = list(
            _along_rates(sorted({point for test in tests for point in test.points}), low, high)
        )
    else:
        cuts = sorted({cut for test in tests for cut in test.cuts if low < cut <= high})
        starts, stops = (low, *cuts), (*(cut - 1 for cut in cuts), high)
        spans = list(zip(starts, stops, strict=True))
    return tuple(_joined(Cell(*span, (), _truths(tests, span[0])) for span in spans))


def _truths(tests: list[Tested], value: Any) -> int:
    return sum(1 << place for place, test in enumerate(tests) if test.holds(value))


def _of_words(fact: Fact, tests: list[Tested]) -> Iterator[Cell]:
    words = (False, True) if fact.type is FactType.BOOLEAN else tuple(fact.values or ())
    alike: dict[int, list[Any]] = {}
    for word in words:
        alike.setdefault(_truths(tests, word), []).append(word)
    for truths, members in alike.items():
        yield Cell(None, None, tuple(members), truths)


def _joined(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Join neighbours that no test tells apart."""
    last: Cell | None = None
    for cell in cells:
        if last is not None and last.truths == cell.truths:
            last = last._replace(high=cell.high)
            continue
        if last is not None:
            yield last
        last = cell
    if last is not None:
        yield last


def _along_rates(points: list[Fraction], low: Fraction, high: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """Give each point, and each gap between two as its nearest values to either side."""
    inside = [point for point in points if low <= point <= high]
    bounds = [low - 1, *inside, high + 1]
    for before, after in pairwise(bounds):
        if before in inside:
            yield before, before
        first = low if before < low else _past(before, after, STEP)
        last = high if after > high else _past(after, before, -STEP)
        if first is not None and last is not None and before < first <= last < after:
            yield first, last


def _past(bound: Fraction, other: Fraction, step: Fraction) -> Fraction | None:
    """Give a rate just past a bound, on the way to another."""
    for reach in (step, step * 10, step * 100):
        value = bound + reach
        if min(bound, other) < value < max(bound, other) and _is_rate(value):
            return value
    value = simplest(min(bound, other), max(bound, other))
    return value if _is_rate(value) else None


def _is_rate(value: Fraction) -> bool:
    return value >= 0 and max(value.numerator, value.denominator) <= MAX_RATE_PART


def nearest(cell: Cell, value: Any) -> Any:
    """Give the value of an ordered cell that is nearest to another.

    >>> nearest(Cell(300, 999, (), 0), 1200), nearest(Cell(300, 999, (), 0), 12)
    (999, 300)
    """
    return min(max(value, cell.low), cell.high)


def first_where(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Give the first whole number from `low` to `high` from which on a test holds; `high` + 1 if there is none."""
    return low + bisect_left(range(low, high + 1), x=True, key=holds)
