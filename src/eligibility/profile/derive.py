"""Facts that follow from others, computed once, from known facts only, each with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from eligibility.bilingual import Words
from eligibility.dates import whole_months
from eligibility.profile.facts import Fact, FactType

if TYPE_CHECKING:
    from datetime import date

    from eligibility.profile.profile import Profile
    from eligibility.profile.records import Company

SME_STANDARD: Final = "《中小企业划型标准规定》 工信部联企业〔2011〕300号, article 4"
SIZES: Final = ("micro", "small", "medium", "large")


class Bounds(NamedTuple):
    """What a size needs at least: people, and revenue in fen where the sector counts revenue."""

    employees: int
    revenue: int | None


YUAN: Final = 100
BOUNDS: Final[dict[str, dict[str, Bounds]]] = {
    "industry": {
        "large": Bounds(1000, 400_000_000 * YUAN),
        "medium": Bounds(300, 20_000_000 * YUAN),
        "small": Bounds(20, 3_000_000 * YUAN),
    },
    "software": {
        "large": Bounds(300, 100_000_000 * YUAN),
        "medium": Bounds(100, 10_000_000 * YUAN),
        "small": Bounds(10, 500_000 * YUAN),
    },
    "information_transmission": {
        "large": Bounds(2000, 1_000_000_000 * YUAN),
        "medium": Bounds(100, 10_000_000 * YUAN),
        "small": Bounds(10, 1_000_000 * YUAN),
    },
    "wholesale": {
        "large": Bounds(200, 400_000_000 * YUAN),
        "medium": Bounds(20, 50_000_000 * YUAN),
        "small": Bounds(5, 10_000_000 * YUAN),
    },
    "retail": {
        "large": Bounds(300, 200_000_000 * YUAN),
        "medium": Bounds(50, 5_000_000 * YUAN),
        "small": Bounds(10, 1_000_000 * YUAN),
    },
    "other": {"large": Bounds(300, None), "medium": Bounds(100, None), "small": Bounds(10, None)},
}


def possible_sizes(sector: str | None, employees: int | None, revenue: int | None) -> tuple[str, ...]:
    """Give the sizes a company can have under the 2011 standard, given what is known of it.

    A size other than micro needs every lower bound of its row (and); missing either one of the lowest row makes a
    company micro (or). So one known figure can settle the size alone: 19 people in industry are micro at any revenue.

    Args:
        sector: a word of `company.sme_sector`.
        employees: people.
        revenue: fen, of the year before the date of assessment.

    Returns:
        One size where the figures settle it, else all that remain, smallest first.

    Source: MIIT and others, 工信部联企业〔2011〕300号, article 4, and its note on the lowest tier.

    >>> possible_sizes("industry", 299, None), possible_sizes("industry", 19, None), possible_sizes("other", 300, None)
    (('micro', 'small'), ('micro',), ('large',))
    """
    if sector is None:
        return SIZES
    possible = []
    for size in ("large", "medium", "small"):
        meets = _meets(BOUNDS[sector][size], employees, revenue)
        if meets is not False:
            possible.append(size)
        if meets:
            return tuple(reversed(possible))
    return ("micro", *reversed(possible))


def _meets(bounds: Bounds, employees: int | None, revenue: int | None) -> bool | None:
    """Tell whether both lower bounds are met: Kleene's `and`."""
    people = None if employees is None else employees >= bounds.employees
    money = True if bounds.revenue is None else None if revenue is None else revenue >= bounds.revenue
    if people is False or money is False:
        return False
    return None if people is None or money is None else True


def derived_sizes(profile: Profile, on: date) -> tuple[str, ...]:
    """Give the sizes that the figures of a profile leave possible on a date."""
    company = profile.company
    if company.sme_sector is None:
        return SIZES
    revenue = next((entry.revenue for entry in profile.years or () if entry.year == on.year - 1), None)
    return possible_sizes(company.sme_sector, company.employees, revenue)


def size(profile: Profile, on: date) -> str | None:
    """Give the size that follows from the figures, else the one declared."""
    sizes = derived_sizes(profile, on)
    return sizes[0] if len(sizes) == 1 else profile.company.size


def _months_since(start: date | None, on: date) -> int | None:
    return None if start is None or start > on else whole_months(start, on)


def age_months(profile: Profile, on: date) -> int | None:
    """Count the whole months since the company was registered."""
    return _months_since(profile.company.registered_on, on)


def months_in_yizhuang(profile: Profile, on: date) -> int | None:
    """Count the whole months since the company was registered in Yizhuang New Town."""
    return _months_since(profile.company.registered_in_yizhuang_on, on)


def _months(path: str, zh: str, en: str, source: str) -> Fact:
    question = Words(f"{zh}？", f"{en}?")
    return Fact(
        FactType.COUNT, Words(zh, en), question, path=path, unit=Words("个月", "months"), high=12 * 400, source=source
    )


DERIVED: Final = {
    "company.age_months": (
        _months(
            "company.age_months",
            "成立月数",
            "age in whole months",
            "whole months of the calendar from company.registered_on to the date of assessment",
        ),
        age_months,
        "company.registered_on",
    ),
    "company.months_in_yizhuang": (
        _months(
            "company.months_in_yizhuang",
            "在亦庄新城月数",
            "whole months in Yizhuang New Town",
            "whole months of the calendar from company.registered_in_yizhuang_on to the date of assessment",
        ),
        months_in_yizhuang,
        "company.registered_in_yizhuang_on",
    ),
}
"""Facts nobody is asked for: the fact, its function, and the fact to ask for instead."""


def size_inputs(company: Company) -> str:
    """Name the declared figures that a size was derived from."""
    return f"company.sme_sector `{company.sme_sector}`, company.employees and the revenue of the year before"
