"""Dates and periods: strict reading, shifting by the calendar, whole months."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final, NamedTuple

from eligibility.money import LiteralError

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
DATE_HELP: Final = "write a date of the calendar as year-month-day, such as `2023-06-30`"
PERIOD_HELP: Final = "write a period such as `3 years`, `18 months`, `90 days`, `3年`, `18个月` or `90天`"
_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_PERIOD: Final = re.compile(r"(\d{1,4})\s*(years?|months?|days?|年|个月|天|日)")
_UNIT: Final = {
    "year": "years",
    "年": "years",
    "month": "months",
    "个月": "months",
    "day": "days",
    "天": "days",
    "日": "days",
}


class Period(NamedTuple):
    """A length of time by the calendar."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        count, unit = next(((n, u) for n, u in zip(self, self._fields, strict=True) if n), (0, "days"))
        return f"{count} {unit[:-1] if count == 1 else unit}"


def parse_date(text: str) -> date:
    """Read an ISO date.

    Raises:
        LiteralError: not written year-month-day, not in the calendar, or outside 1900 to 2200.

    >>> parse_date("2024-02-29")
    datetime.date(2024, 2, 29)
    """
    found = _DATE.fullmatch(text.strip())
    if not found:
        raise LiteralError(f"`{text}` is not a date", DATE_HELP)
    year, month, day = map(int, found.groups())
    try:
        when = date(year, month, day)
    except ValueError:
        raise LiteralError(f"`{text}` is no day of the calendar", DATE_HELP) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise LiteralError(f"`{text}` is outside the years {FIRST_YEAR} to {LAST_YEAR}", DATE_HELP)
    return when


def parse_period(text: str) -> Period:
    """Read a period of whole years, months or days.

    Raises:
        LiteralError: not such a period, or an empty one.

    >>> parse_period("3 years"), parse_period("18个月")
    (Period(years=3, months=0, days=0), Period(years=0, months=18, days=0))
    """
    found = _PERIOD.fullmatch(text.strip())
    if not found or int(found[1]) == 0:
        raise LiteralError(f"`{text}` is not a period", PERIOD_HELP)
    return Period(**{_UNIT[found[2].rstrip("s")]: int(found[1])})


def shift_back(when: date, period: Period) -> date:
    """Go back by a period of the calendar, clipped to the month's end.

    >>> shift_back(date(2024, 2, 29), Period(years=1)), shift_back(date(2023, 3, 31), Period(months=1))
    (datetime.date(2023, 2, 28), datetime.date(2023, 2, 28))
    """
    months = when.year * 12 + when.month - 1 - (period.years * 12 + period.months)
    year, month = max(1, months // 12), months % 12 + 1
    clipped = date(year, month, min(when.day, monthrange(year, month)[1]))
    return date.fromordinal(max(1, (clipped - timedelta(days=0)).toordinal() - period.days))


def whole_months(start: date, end: date) -> int:
    """Count the whole months from one date to a later one; below zero if `end` comes first.

    >>> whole_months(date(2023, 1, 31), date(2023, 2, 28)), whole_months(date(2023, 1, 15), date(2024, 1, 14))
    (0, 11)
    """
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
