"""One fact: its type, unit, range, labels and questions, and how a value of it is read."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from eligibility.dates import FIRST_YEAR, LAST_YEAR, parse_date
from eligibility.diagnostics import did_you_mean
from eligibility.frozen import frozen
from eligibility.money import MONEY_HELP, LiteralError, check_money, parse_money, parse_rate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from eligibility.bilingual import Words

MAX_COUNT: Final = 10**9
_NO_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but tab and line ends, and halves of surrogate pairs."""


class FactType(Enum):
    """What kind of value a fact has."""

    MONEY = "money"
    COUNT = "count"
    RATE = "rate"
    DATE = "date"
    YEAR = "year"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"


NUMERIC: Final = frozenset((FactType.MONEY, FactType.COUNT, FactType.YEAR))
"""Types whose values are whole numbers that can be added up or multiplied."""


@frozen
class Fact:
    """One typed value of the profile.

    Attributes:
        path: how a clause names it, such as `lease.rent_paid`; set by the record that holds it.
        unit: what a count counts; None where the type says it all.
        low: the least value it can have (fen, units); 0 for money and counts.
        high: the greatest; None where a money fact has no bound of its own.
        values: the words of an enumeration with their labels, else empty.
        over_one: whether a rate may pass 100%.
        read: reads a value whose form has its own rules; None for the way of its type.
        not_after_on: whether a date must not lie after the date of assessment.
        source: where a derived fact's formula comes from; None for facts that are asked.
        past: whether it speaks of what has happened, which no company can change.
    """

    type: FactType
    label: Words
    question: Words
    path: str = ""
    unit: Words | None = None
    low: int = 0
    high: int | None = None
    values: Mapping[str, Words] | None = None
    not_after_on: bool = False
    source: str | None = None
    over_one: bool = False
    read: Callable[[Any], Any] | None = None
    past: bool = False

    __eq__ = object.__eq__  # the catalogue holds each fact once
    __hash__ = object.__hash__

    @property
    def name(self) -> str:
        """The last part of the path: the key in a profile file."""
        return self.path.rsplit(".", 1)[-1]

    @property
    def kind(self) -> str:
        """The first part of the path: `company`, `year` or an item kind."""
        return self.path.split(".", 1)[0]


def reader(fact: Fact) -> Callable[[Any], Any]:
    """Give the function that reads a raw value of this fact, exactly, or raises `LiteralError`."""
    if fact.read is not None:
        return fact.read
    match fact.type:
        case FactType.MONEY:
            return _read_money
        case FactType.COUNT | FactType.YEAR:
            return _count_reader(fact)
        case FactType.RATE:
            return _rate_reader(fact)
        case FactType.DATE:
            return _read_date
        case FactType.BOOLEAN:
            return _read_boolean
        case FactType.CHOICE:
            return _choice_reader(fact)
        case FactType.CHOICES:
            return _choices_reader(fact)
        case FactType.TEXT:
            return read_words


def _read_money(raw: Any) -> int:
    if type(raw) is int:
        return check_money(raw * 100, _shown(raw))
    if type(raw) is str:
        return parse_money(raw)
    raise LiteralError(f"`{_shown(raw)}` is not an amount of money", _float_help(raw, MONEY_HELP))


def _float_help(raw: Any, otherwise: str) -> str:
    if isinstance(raw, float):
        return "a binary float cannot carry money or rates exactly: write it in quotes or as a whole number"
    return otherwise


def _count_reader(fact: Fact) -> Callable[[Any], int]:
    low, high = fact.low, MAX_COUNT if fact.high is None else fact.high
    help_ = f"write a whole number from {low} to {high}"

    def read(raw: Any) -> int:
        if type(raw) is str and raw.strip().isdecimal() and len(raw) <= 20:
            raw = int(raw)
        if type(raw) is not int:
            raise LiteralError(f"`{_shown(raw)}` is not a whole number", help_)
        if not low <= raw <= high:
            raise LiteralError(f"`{_shown(raw)}` is outside {low} to {high}", help_)
        return raw

    return read


def _rate_reader(fact: Fact) -> Callable[[Any], Any]:
    def read(raw: Any) -> Any:
        if type(raw) is int:
            raw = _shown(raw)
        if type(raw) is not str:
            raise LiteralError(f"`{_shown(raw)}` is not a rate", _float_help(raw, "write a rate such as `50%`"))
        rate = parse_rate(raw)
        if rate.num > rate.den and not fact.over_one:
            raise LiteralError(f"`{raw}` is over 100%", "this rate is a share: at most `100%`")
        return rate

    return read


def _read_date(raw: Any) -> Any:
    if type(raw) is str:
        return parse_date(raw)
    from datetime import date

    if type(raw) is date and FIRST_YEAR <= raw.year <= LAST_YEAR:
        return raw
    return parse_date(_shown(raw))


TRUTHS: Final = {
    "true": True,
    "yes": True,
    "是": True,
    "有": True,
    "false": False,
    "no": False,
    "否": False,
    "无": False,
}


def _read_boolean(raw: Any) -> bool:
    if type(raw) is bool:
        return raw
    truth = TRUTHS.get(raw.lower()) if type(raw) is str else None
    if truth is None:
        raise LiteralError(f"`{_shown(raw)}` is neither true nor false", "write `true` or `false`")
    return truth


def _choice_reader(fact: Fact) -> Callable[[Any], str]:
    values = fact.values or {}
    words = {word: word for word in values} | {label.zh: word for word, label in values.items()}

    def read(raw: Any) -> str:
        word = words.get(raw) if type(raw) is str else None
        if word is None:
            shown = _shown(raw)
            raise LiteralError(
                f"`{shown}` is no value of `{fact.path}`",
                did_you_mean(shown, list(words), f"one of: {', '.join(values)}"),
            )
        return word

    return read


def _choices_reader(fact: Fact) -> Callable[[Any], frozenset[str]]:
    read_one = _choice_reader(fact)

    def read(raw: Any) -> frozenset[str]:
        if not isinstance(raw, (list, tuple, frozenset, set)):
            raise LiteralError(
                f"`{_shown(raw)}` is not a list", f"write a list, such as `[{next(iter(fact.values or {}))}]`"
            )
        return frozenset(map(read_one, raw))

    return read


def read_words(raw: Any) -> str:
    """Read a text that is not empty."""
    if isinstance(raw, bool | int):
        raw = _shown(raw)
    if type(raw) is not str or not raw.strip() or len(raw) > 400:
        raise LiteralError(f"`{_shown(raw)}` is not a text", "write at most 400 characters")
    if not raw.isprintable() and _NO_TEXT.search(raw):
        raise LiteralError(f"`{_shown(raw)}` holds a character that cannot be shown", "leave control characters out")
    return raw


def _shown(raw: Any) -> str:
    """Show a refused value in a few characters, as a file would have it."""
    match raw:
        case None | True | False:
            text = str(raw).lower() if raw is not None else "null"
        case int() if abs(raw) > 10**60:  # Python prints no number of thousands of digits
            text = "…"
        case list() | tuple() | set() | frozenset():
            text = "[…]"
        case dict():
            text = "{…}"
        case _:
            text = str(raw).encode("utf-8", "replace").decode()  # half a surrogate pair can be read, but not printed
    return text if len(text) <= 60 else text[:57] + "…"


def fact_range(fact: Fact) -> tuple[int, int | None]:
    """Give the least and greatest value an unknown fact may have, in its unit (money: fen, without upper bound)."""
    if fact.type is FactType.MONEY:
        return 0, None
    return fact.low, MAX_COUNT if fact.high is None else fact.high
