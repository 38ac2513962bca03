"""The invented companies of examples/ answer every fact that decides something, and come to what their heads work out."""

from __future__ import annotations

from datetime import date

import pytest

from eligibility import Rulebook, check
from eligibility.money import parse_money
from eligibility.profile.files import read_profile

from pages import ROOT  # isort: skip - in tests/

TOTALS = {
    ("device-startup", "2023-06-30"): ("360万元", "360万元"),
    ("device-startup", "2025-06-30"): ("342万元", "348万元"),
    ("cell-therapy", "2023-06-30"): ("1000万元", "1.6亿元"),
    ("cell-therapy", "2025-06-30"): ("3166万元", "3666万元"),
    ("manufacturer", "2023-06-30"): ("160万元", "1.466亿元"),
    ("manufacturer", "2025-06-30"): ("528万元", "648万元"),
    ("little-giant", "2023-06-30"): ("0元", "3600万元"),
    ("little-giant", "2025-06-30"): ("607万元", "1297万元"),
}
"""For each example and date what it gets at least, and at most of what has a known bound."""

DATES = ("2023-06-30", "2024-02-15", "2025-06-30", "2026-03-31", "2026-04-01", "2026-11-22")


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load()


@pytest.mark.parametrize(("name", "on"), TOTALS)
def test_an_example_comes_to_what_its_head_works_out(name: str, on: str, rulebook: Rulebook) -> None:
    profile = read_profile(str(ROOT / "examples" / f"{name}.yaml")).profile
    total = check(profile, rulebook, on=date.fromisoformat(on), engine="kleene").total
    assert (total.amount.low, total.bounded_high) == tuple(map(parse_money, TOTALS[name, on]))


@pytest.mark.parametrize("on", DATES)
@pytest.mark.parametrize("name", sorted({name for name, _ in TOTALS}))
def test_no_fact_that_decides_is_left_open(name: str, on: str, rulebook: Rulebook) -> None:
    profile = read_profile(str(ROOT / "examples" / f"{name}.yaml")).profile
    awards = check(profile, rulebook, on=date.fromisoformat(on), engine="kleene").awards
    assert [(award.clause, award.missing) for award in awards if award.missing] == []
