"""Derived facts: the 2011 SME standard at every bound, and ages in whole months."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from eligibility import Profile
from eligibility.profile.derive import age_months, derived_sizes, months_in_yizhuang, possible_sizes, size

ON = date(2023, 6, 30)
WAN = 1_000_000  # 1万元 in fen
STANDARD = {
    # 工信部联企业〔2011〕300号, article 4: people and revenue (万元) that a large, medium and small company has at least
    "industry": {"large": (1000, 40000), "medium": (300, 2000), "small": (20, 300)},
    "software": {"large": (300, 10000), "medium": (100, 1000), "small": (10, 50)},
    "information_transmission": {"large": (2000, 100000), "medium": (100, 1000), "small": (10, 100)},
    "wholesale": {"large": (200, 40000), "medium": (20, 5000), "small": (5, 1000)},
    "retail": {"large": (300, 20000), "medium": (50, 500), "small": (10, 100)},
    "other": {"large": (300, None), "medium": (100, None), "small": (10, None)},
}
COUNTING_REVENUE = [sector for sector in STANDARD if sector != "other"]
BELOW = {"large": "medium", "medium": "small", "small": "micro"}
MANY, MUCH = 10**6, 10**14
bounds = pytest.mark.parametrize(
    ("sector", "at", "people", "fen"),
    [(sector, at, people, wan * WAN) for sector in COUNTING_REVENUE for at, (people, wan) in STANDARD[sector].items()],
)


@bounds
def test_a_company_on_both_bounds_has_the_size(sector, at, people, fen):
    assert possible_sizes(sector, people, fen) == (at,)


@bounds
def test_one_person_less_is_one_size_less(sector, at, people, fen):
    assert possible_sizes(sector, people - 1, fen) == (BELOW[at],)


@bounds
def test_one_fen_less_is_one_size_less(sector, at, people, fen):
    assert possible_sizes(sector, people, fen - 1) == (BELOW[at],)


@bounds
def test_both_figures_are_needed_however_great_the_other_is(sector, at, people, fen):
    assert possible_sizes(sector, people - 1, MUCH) == (BELOW[at],)
    assert possible_sizes(sector, MANY, fen - 1) == (BELOW[at],)
    assert possible_sizes(sector, people, MUCH) == (at,)
    assert possible_sizes(sector, MANY, fen) == (at,)


@pytest.mark.parametrize(("at", "people"), [("large", 300), ("medium", 100), ("small", 10)])
@pytest.mark.parametrize("fen", [None, 0, MUCH])
def test_sectors_not_listed_count_people_alone(at, people, fen):
    assert possible_sizes("other", people, fen) == (at,)
    assert possible_sizes("other", people - 1, fen) == (BELOW[at],)


def naive(sector, people, fen):
    """Read the table from the top: a row needs both of its figures."""
    for name, (needed, wan) in STANDARD[sector].items():
        if people >= needed and (wan is None or fen >= wan * WAN):
            return name
    return "micro"


@pytest.mark.parametrize("sector", STANDARD)
def test_with_a_figure_missing_exactly_the_sizes_that_it_could_give_remain(sector):
    rows = STANDARD[sector].values()
    crowd = sorted({0, MANY} | {people + step for people, _ in rows for step in (-1, 0, 1)})
    money = sorted({0, MUCH} | {wan * WAN + step for _, wan in rows if wan is not None for step in (-1, 0, 1)})
    order = ("micro", "small", "medium", "large")

    def remaining(people, revenue):
        left = {naive(sector, *pair) for pair in product(people, revenue)}
        return tuple(name for name in order if name in left)

    for people, fen in product([None, *crowd], [None, *money]):
        expected = remaining(crowd if people is None else [people], money if fen is None else [fen])
        assert possible_sizes(sector, people, fen) == expected, (people, fen)


@pytest.mark.parametrize(
    ("people", "fen", "sizes"),
    [
        (19, None, ("micro",)),
        (20, None, ("micro", "small")),
        (299, None, ("micro", "small")),
        (300, None, ("micro", "small", "medium")),
        (1000, None, ("micro", "small", "medium", "large")),
        (None, 300 * WAN - 1, ("micro",)),
        (None, 300 * WAN, ("micro", "small")),
        (None, 40000 * WAN, ("micro", "small", "medium", "large")),
        (None, None, ("micro", "small", "medium", "large")),
    ],
)
def test_one_figure_alone_may_settle_the_size(people, fen, sizes):
    assert possible_sizes("industry", people, fen) == sizes


def test_without_a_sector_every_size_is_possible():
    assert possible_sizes(None, 5, 5) == ("micro", "small", "medium", "large")


# ---- of a profile


def profile(years=None, **company):
    return Profile.read({"company": company, "years": years})


def test_the_revenue_is_that_of_the_year_before():
    facts = {"sme_sector": "industry", "employees": 300}
    years = [{"year": 2021, "revenue": "1亿元"}, {"year": 2022, "revenue": "2000万元"}, {"year": 2023, "revenue": 0}]
    assert derived_sizes(profile(years, **facts), ON) == ("medium",)
    assert derived_sizes(profile(years, **facts), date(2022, 12, 31)) == ("medium",)
    assert derived_sizes(profile(years, **facts), date(2024, 1, 1)) == ("micro",)
    assert derived_sizes(profile(years, **facts), date(2025, 1, 1)) == ("micro", "small", "medium")


def test_figures_settle_the_size_before_a_declaration_does():
    assert size(profile(sme_sector="industry", employees=19), ON) == "micro"
    assert size(profile(sme_sector="other", employees=100), ON) == "medium"


def test_where_figures_leave_the_size_open_the_declared_one_holds():
    assert size(profile(sme_sector="industry", employees=299, size="small"), ON) == "small"
    assert size(profile(employees=5, size="large"), ON) == "large"
    assert size(profile(size="large"), ON) == "large"


def test_a_size_nobody_declares_and_figures_leave_open_is_unknown():
    assert size(profile(sme_sector="industry", employees=299), ON) is None
    assert size(profile(), ON) is None


@pytest.mark.parametrize(
    ("since", "months"),
    [
        ("2023-06-30", 0),
        ("2023-05-31", 0),
        ("2023-05-30", 1),
        ("2022-07-01", 11),
        ("2022-06-30", 12),
        ("2020-06-30", 36),
        ("2020-07-01", 35),
        ("1950-01-31", 880),
    ],
)
def test_ages_are_whole_months(since, months):
    assert age_months(profile(registered_on=since), ON) == months
    assert months_in_yizhuang(profile(registered_in_yizhuang_on=since), ON) == months


def test_an_age_without_its_date_or_before_it_is_unknown():
    assert age_months(profile(registered_in_yizhuang_on="2020-01-01"), ON) is None
    assert months_in_yizhuang(profile(registered_on="2020-01-01"), ON) is None
    assert age_months(profile(registered_on="2023-07-01"), ON) is None
