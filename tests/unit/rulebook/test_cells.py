from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from eligibility.money import MAX_MONEY, Rate
from eligibility.profile.catalogue import FACTS
from eligibility.profile.facts import MAX_COUNT
from eligibility.rulebook.cells import OTHER, cells_of, simplest


@pytest.mark.parametrize(
    ("path", "constants", "cells"),
    [
        ("company.employees", [], (MAX_COUNT,)),
        ("company.employees", [5, 6], (0, 5, 6, MAX_COUNT)),
        ("company.employees", [5, 7], (0, 5, 6, 7, MAX_COUNT)),
        ("company.employees", [MAX_COUNT], (0, MAX_COUNT)),
        ("year.revenue", [0], (0, MAX_MONEY)),
        ("company.foreign_funded", [True], (False, True)),
        ("company.size", ["small"], ("micro", "small", "medium", "large")),
        ("company.name", ["甲"], ("甲", OTHER)),
        ("company.market_share", [Rate(1, 2), Rate(1, 1)], (0, Fraction(1, 2), Fraction(2, 3), 1)),
        ("company.market_share", [Rate(9999, 10000), Rate(1, 1)], (0, Fraction(9999, 10000), 1)),
    ],
)
def test_constants_cut_a_domain_into_cells(path: str, constants: list[object], cells: tuple[object, ...]) -> None:
    assert cells_of(FACTS[path], constants) == cells


def test_days_have_the_first_and_the_last_that_a_profile_can_name() -> None:
    cells = cells_of(FACTS["company.registered_on"], [date(2023, 6, 30)])
    assert [date.fromordinal(cell) for cell in cells] == [date(1900, 1, 1), date(2023, 6, 30), date(2200, 12, 31)]


def test_a_rate_past_the_whole_is_cut_only_where_it_may_be() -> None:
    assert cells_of(FACTS["company.mean_growth"], [Rate(3, 2)]) == (0, Fraction(3, 2), 10**4)
    assert cells_of(FACTS["company.market_share"], [Rate(3, 2)]) == (1,)


@pytest.mark.parametrize(
    ("low", "high"), [("0", "1/10000"), ("1/3", "1/2"), ("3/2", "5/2"), ("9998/9999", "1"), ("7", "50/7")]
)
def test_the_simplest_fraction_is_the_simplest(low: str, high: str) -> None:
    found = simplest(Fraction(low), Fraction(high))
    assert Fraction(low) < found < Fraction(high)
    for below in range(1, min(found.denominator, 300)):
        above = Fraction(low).numerator * below // Fraction(low).denominator + 1
        assert not Fraction(low) < Fraction(above, below) < Fraction(high)
