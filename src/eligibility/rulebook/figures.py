"""Figures in a text: the amounts of money and the rates it states, read from words such as `20 million yuan`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from eligibility.money import LiteralError, Rate, parse_money, parse_rate

if TYPE_CHECKING:
    from collections.abc import Iterator

FigureKind: TypeAlias = Literal["amount", "rate"]

_NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_NUMERALS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
}  # fmt: skip
_FRACTIONS: Final = {"half": Rate(1, 2), "one third": Rate(1, 3), "two thirds": Rate(2, 3), "one quarter": Rate(1, 4)}
_AMOUNT: Final = re.compile(
    rf"(?P<sign>(?:RMB|CNY|USD|EUR|US\$|HK\$|[$€¥￥])\s*)?"
    rf"(?:(?P<from>{_NUMBER})\s*(?:to|[-–—~～至到])\s*)?"
    rf"(?<![\d.])(?P<number>{_NUMBER}|\b(?:{'|'.join(_NUMERALS)})\b)"
    r"(?P<scale>\s*(?:thousand|million|billion|trillion|千万|百万|万亿|千|万|亿))?"
    r"(?P<unit>\s*(?:yuan|RMB|renminbi|dollars?|euros?|元)(?![a-z]))?",
    re.IGNORECASE,
)
_RATE: Final = re.compile(
    rf"(?P<share>{_NUMBER})\s*(?:(?P<sign>[%％‰])|per\s?cent|percentage points?)"
    r"|(?<![\d:])(?!\d\d[:：]\d\d(?!\d))(?P<ratio>\d{1,4}\s*[:：]\s*\d{1,4})(?![\d:])"  # 08:47 is a time of day
    rf"|\b(?P<words>{'|'.join(name.replace(' ', '[ -]') for name in _FRACTIONS)})\b",
    re.IGNORECASE,
)
_FOREIGN: Final = re.compile(r"\$|€|USD|EUR|dollar|euro", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount or a rate that a text states.

    Attributes:
        start, end: where it stands in the text.
        value: fen or a Rate; None for foreign money and for what is finer than either.
    """

    kind: FigureKind
    start: int
    end: int
    text: str
    value: int | Rate | None


def figures_in(text: str) -> tuple[Figure, ...]:
    """Give every amount and rate of a text, in order; a from–to is two figures.

    >>> [(figure.text, figure.value) for figure in figures_in("1:1 matching, up to 20 million yuan, until 2025")]
    [('1:1', Rate(num=1, den=1)), ('20 million yuan', 2000000000)]
    """
    return tuple(sorted((*_amounts(text), *_rates(text)), key=lambda figure: (figure.start, figure.end)))


def _amounts(text: str) -> Iterator[Figure]:
    for found in _AMOUNT.finditer(text):
        sign, scale, unit = (found[name] or "" for name in ("sign", "scale", "unit"))
        if not (sign or scale or unit):
            continue
        foreign = bool(_FOREIGN.search(sign + unit))
        for name in ("from", "number"):
            if found[name]:
                value = None if foreign else _fen(found[name], scale)
                yield Figure("amount", found.start(), found.end(), " ".join(found[0].split()), value)


def _fen(number: str, scale: str) -> int | None:
    number = str(_NUMERALS.get(number.lower(), number))
    try:
        return parse_money(f"{number}{scale.strip()}")
    except LiteralError:
        return None


def _rates(text: str) -> Iterator[Figure]:
    for found in _RATE.finditer(text):
        yield Figure("rate", found.start(), found.end(), found[0], _rate(found))


def _rate(found: re.Match[str]) -> Rate | None:
    if found["words"]:
        return _FRACTIONS[found["words"].lower().replace("-", " ")]
    try:
        return parse_rate(found["ratio"] or found["share"].replace(",", "") + (found["sign"] or "%"))
    except LiteralError:
        return None
