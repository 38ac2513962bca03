"""The literals beside a literal: one step up and one step down."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from eligibility.dates import parse_date, parse_period
from eligibility.money import LiteralError, parse_money, parse_rate, yuan
from eligibility.profile.facts import TRUTHS, FactType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility.profile.facts import Fact

_STEPS: Final = (1, -1)
_FINE: Final = 10_000
"""The step of a rate: one ten-thousandth."""


def beside(kind: FactType, text: str) -> list[str]:
    """Give the constants one step above and below: a fen, a unit, a year, a day, 0.01%; none of what cannot be read.

    >>> beside(FactType.MONEY, "300万元"), beside(FactType.COUNT, "20"), beside(FactType.COUNT, "0")
    (['3000000.01元', '2999999.99元'], ['21', '19'], ['1'])
    >>> beside(FactType.RATE, "50%"), beside(FactType.DATE, "2023-03-01")
    (['50.01%', '49.99%'], ['2023-03-02', '2023-02-28'])
    """
    step = {
        FactType.MONEY: _money,
        FactType.RATE: _rates,
        FactType.DATE: _days,
        FactType.COUNT: _numbers,
        FactType.YEAR: _numbers,
    }.get(kind)
    try:
        return [] if step is None else list(step(text))
    except LiteralError:
        return []


def windows(text: str) -> list[str]:
    """Give the periods one unit longer and shorter.

    >>> windows("3 years"), windows("1个月")
    (['4 years', '2 years'], ['2 months'])
    """
    try:
        period = parse_period(text)
    except LiteralError:
        return []
    longer = (type(period)(*(part + step if part else 0 for part in period)) for step in _STEPS)
    return [str(each) for each in longer if any(each)]


def words(fact: Fact, text: str) -> list[str]:
    """Give the other values that a fact of a fixed set can have."""
    if fact.type is FactType.BOOLEAN:
        return ["false" if TRUTHS.get(text.lower()) else "true"]
    own = word_of(fact, text)
    return [word for word in fact.values or () if word != own]


def word_of(fact: Fact, text: str) -> str:
    """Give the word of a value that may be written as its Chinese label."""
    values = fact.values or {}
    return text if text in values else next((word for word, label in values.items() if label.zh == text), text)


def _money(text: str) -> Iterator[str]:
    fen = parse_money(text)
    yield from (f"{yuan(fen + step)}元" for step in _STEPS if fen + step >= 0)


def _rates(text: str) -> Iterator[str]:
    rate = parse_rate(text)
    low, rest = divmod(rate.num * _FINE, rate.den)
    above, below = low + 1, low if rest else low - 1
    yield from (f"{parts // 100}.{parts % 100:02d}%" for parts in (above, below) if parts >= 0)


def _days(text: str) -> Iterator[str]:
    day = parse_date(text)
    yield from ((day + timedelta(step)).isoformat() for step in _STEPS)


def _numbers(text: str) -> Iterator[str]:
    number = int(text) if text.isdecimal() else None
    yield from (str(number + step) for step in _STEPS if number is not None and number + step >= 0)
