"""Exact money and rates: integer fen, reduced integer fractions, and intervals of amounts.

No binary float ever carries money here. Text goes to whole numbers through `int` alone.
"""

from __future__ import annotations

import re
from math import gcd
from typing import Final, NamedTuple, TypeAlias

from eligibility.frozen import frozen

Fen: TypeAlias = int
"""An amount of money in fen (1 yuan = 100 fen)."""

MAX_MONEY: Final[Fen] = 10**14
"""The largest single fact or sum, in fen: 10^12 yuan."""

MAX_RATE_PART: Final = 10**4
"""The largest numerator or denominator of a reduced rate."""

UNITS: Final = {
    "": 10**2, "元": 10**2, "圆": 10**2, "块": 10**2, "人民币": 10**2,
    "千": 10**5, "千元": 10**5, "万": 10**6, "万元": 10**6,
    "百万": 10**8, "百万元": 10**8, "千万": 10**9, "千万元": 10**9,
    "亿": 10**10, "亿元": 10**10,
    "角": 10, "分": 1, "fen": 1,
    "yuan": 10**2, "rmb": 10**2, "cny": 10**2,
    "thousand": 10**5, "million": 10**8, "billion": 10**11, "trillion": 10**14,
    "k": 10**5, "m": 10**8, "bn": 10**11,
}  # fmt: skip
"""How many fen one of each unit is."""

_AMOUNT: Final = re.compile(
    r"(?P<sign>[-−+]?)\s*(?:¥|￥|rmb|cny|人民币)?\s*(?P<minus>[-−]?)"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?\s*"
    r"(?P<unit>[^\W\d_]*)(?:\s+(?:yuan|rmb|cny))?"
)
_RATE: Final = re.compile(r"(?P<whole>\d+)(?:\.(?P<part>\d+))?\s*(?P<sign>[%％‰]?)")
_RATIO: Final = re.compile(r"(?P<top>\d+)\s*(?P<sign>[:：/])\s*(?P<bottom>\d+)")


class LiteralError(ValueError):
    """A literal that cannot be read exactly.

    Attributes:
        help: what to write instead.
    """

    def __init__(self, message: str, help: str) -> None:  # noqa: A002
        super().__init__(message)
        self.help = help


_LONGEST: Final = 60
"""No literal is longer; `int` itself refuses digits by the thousand."""

MONEY_HELP: Final = "write an amount such as `2000万元`, `1.2亿元`, `¥3,000,000` or `3000000.00` (yuan)"
RATE_HELP: Final = "write a rate such as `50%`, `5‰`, `0.5` or `1:1`"


def parse_money(text: str) -> Fen:
    """Read an amount of money from its text, exactly.

    Args:
        text: a number with an optional sign of currency and unit; a bare number is in yuan.

    Returns:
        The amount in fen, from 0 to `MAX_MONEY`.

    Raises:
        LiteralError: not an amount, negative, finer than a fen, or over 10^12 yuan.

    >>> parse_money("2000万元"), parse_money("1.2亿元"), parse_money("¥3,000,000"), parse_money("3 million yuan")
    (2000000000, 12000000000, 300000000, 300000000)
    """
    found = _AMOUNT.fullmatch(text.strip().lower()) if len(text) <= _LONGEST else None
    unit = UNITS.get(found["unit"]) if found else None
    if found is None or unit is None:
        raise LiteralError(f"`{_short(text)}` is not an amount of money", MONEY_HELP)
    if found["sign"] in ("-", "−") or found["minus"]:
        raise LiteralError(f"`{text}` is negative", "an amount of money is 0 or more")
    part = found["part"] or ""
    fen, rest = divmod(int(found["whole"].replace(",", "") + part) * unit, 10 ** len(part))
    if rest:
        raise LiteralError(f"`{text}` is finer than a fen", "give at most two decimals of a yuan")
    return check_money(fen, text)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def check_money(fen: Fen, text: str) -> Fen:
    """Give back an amount that is within range, refuse any other with the text it came from."""
    if fen > MAX_MONEY:
        raise LiteralError(f"`{text}` is over 1000000000000 yuan", "check the unit: the largest amount is `10000亿元`")
    if fen < 0:
        raise LiteralError(f"`{text}` is negative", "an amount of money is 0 or more")
    return fen


def yuan(fen: Fen) -> str:
    """Print an amount as yuan with two decimals, as the JSON contract has it.

    >>> yuan(300000000), yuan(-5)
    ('3000000.00', '-0.05')
    """
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100}.{fen % 100:02d}"


def format_money(fen: Fen, lang: str = "en") -> str:
    """Print an amount for a reader, exactly; reading it again gives the same amount.

    >>> format_money(2000000000, "zh"), format_money(12000000000, "zh"), format_money(2000000000)
    ('2000万元', '1.2亿元', '¥20,000,000')
    """
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    if lang == "zh":
        for unit, name in ((10**10, "亿元"), (10**6, "万元")):
            if fen >= unit and fen * 100 % unit == 0:
                return sign + _decimal(fen * 100 // unit) + name
        return sign + _decimal(fen) + "元"
    return f"{sign}¥{fen // 100:,}" + (f".{fen % 100:02d}" if fen % 100 else "")


def _decimal(hundredths: int) -> str:
    """Print hundredths as a decimal number without trailing zeros."""
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".") if part else str(whole)


class Rate(NamedTuple):
    """A reduced fraction of two whole numbers, both at most `MAX_RATE_PART`."""

    num: int
    den: int

    def __str__(self) -> str:
        return format_rate(self)


def make_rate(num: int, den: int, text: str) -> Rate:
    """Reduce a fraction to a rate, refusing one whose parts stay too large."""
    shared = gcd(num, den)
    if shared == 0 or den == 0:
        raise LiteralError(f"`{text}` divides by zero", RATE_HELP)
    rate = Rate(num // shared, den // shared)
    if max(rate) > MAX_RATE_PART:
        raise LiteralError(f"`{text}` is too fine a rate", "both parts of the reduced fraction are at most 10000")
    return rate


def parse_rate(text: str) -> Rate:
    """Read a rate from its text, exactly.

    Returns:
        A reduced fraction; `50%`, `0.5`, `1:2` and `1/2` are all 1/2.

    Raises:
        LiteralError: not a rate, or a part of the reduced fraction over 10^4.

    >>> parse_rate("50%"), parse_rate("5‰"), parse_rate("1:1")
    (Rate(num=1, den=2), Rate(num=1, den=200), Rate(num=1, den=1))
    """
    given = text.strip() if len(text) <= _LONGEST else ""
    ratio = _RATIO.fullmatch(given)
    if ratio:
        return make_rate(int(ratio["top"]), int(ratio["bottom"]), text)
    found = _RATE.fullmatch(given)
    if not found:
        raise LiteralError(f"`{_short(text)}` is not a rate", RATE_HELP)
    part = found["part"] or ""
    scale = {"": 1, "%": 100, "％": 100, "‰": 1000}[found["sign"]]
    return make_rate(int(found["whole"] + part), scale * 10 ** len(part), text)


def format_rate(rate: Rate) -> str:
    """Print a rate; reading it again gives the same rate.

    >>> format_rate(Rate(1, 2)), format_rate(Rate(1, 200)), format_rate(Rate(1, 3))
    ('50%', '0.5%', '1/3')
    """
    num, den = rate
    if 10000 % den:
        return f"{num}/{den}"
    return _decimal(num * (10000 // den)) + "%"


def round_half_up(num: int, den: int) -> int:
    """Round a fraction of non-negative parts to the nearest whole number, a half upwards.

    >>> [round_half_up(n, 2) for n in (1, 2, 3, 4)]
    [1, 1, 2, 2]
    """
    return (2 * num + den) // (2 * den)


UNBOUNDED: Final[Fen] = 1 << 200
"""Stands for "no published bound" while amounts are computed; so large that sums and rates leave it recognisable."""

BOUNDED_BELOW: Final[Fen] = 1 << 100
"""Every finite amount is below this, every amount derived from `UNBOUNDED` above it."""


@frozen
class Interval:
    """An amount known to lie from `low` to `high`, both inside, in fen; `high` None: no published bound."""

    low: Fen
    high: Fen | None

    def __contains__(self, fen: Fen) -> bool:
        return self.low <= fen and (self.high is None or fen <= self.high)

    @classmethod
    def of(cls, low: Fen, high: Fen) -> Interval:
        """Make an interval from computed ends, where a high end derived from `UNBOUNDED` means no bound."""
        return cls(low, None if high >= BOUNDED_BELOW else high)


NOTHING: Final = Interval(0, 0)
