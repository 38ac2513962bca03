"""How fine a quantity is: the denominator its value is a multiple of, and the greatest factor on a fact.

Rates stay exact fractions through an expression. One common denominator for the whole expression lets it be
computed in whole numbers, here and in SQL; both parts are kept within 10^4 so that 64 bits always hold the value.
"""

from __future__ import annotations

from math import gcd, lcm
from typing import TYPE_CHECKING, Final, NamedTuple, assert_never

from eligibility.rulebook.language import (
    Constant,
    CountOf,
    FactRef,
    Greatest,
    Least,
    Minus,
    Plus,
    RateOf,
    SumOf,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eligibility.rulebook.language import Quantity

FINEST: Final = 10**4


class Grain(NamedTuple):
    """A value is a whole number divided by `den`; no fact in it is multiplied by more than `num`."""

    num: int
    den: int


def grain_of(quantity: Quantity) -> Grain:
    """Find the grain of a quantity.

    >>> from eligibility.money import Rate
    >>> grain_of(RateOf(Rate(1, 2), Constant(300, "3元")))
    Grain(num=1, den=2)
    """
    match quantity:
        case FactRef() | Constant() | SumOf() | CountOf():
            return Grain(1, 1)
        case RateOf():
            inner = grain_of(quantity.of)
            num, den = inner.num * quantity.rate.num, inner.den * quantity.rate.den
            shared = gcd(num, quantity.rate.den) if inner.num == 1 else 1
            return Grain(num // shared, den // shared)
        case Plus():
            return _joined(map(grain_of, quantity.parts), add=True)
        case Minus():
            return _joined(map(grain_of, (quantity.left, quantity.right)), add=False)
        case Least() | Greatest():
            return _joined(map(grain_of, quantity.parts), add=False)
        case _:
            assert_never(quantity)


def _joined(grains: Iterable[Grain], *, add: bool) -> Grain:
    parts = list(grains)
    den = lcm(*(part.den for part in parts))
    nums = [part.num * (den // part.den) for part in parts]
    return Grain(sum(nums) if add else max(nums), den)


def too_fine(grain: Grain) -> bool:
    """Tell whether a quantity is finer than what is computed exactly everywhere."""
    return max(grain) > FINEST
