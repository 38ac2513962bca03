"""The facts of one company on one date, laid out for evaluation.

A path such as `company.employees` or `y1.revenue` is an attribute path here. While a clause that pays per item, a
`some`, `sum` or `count` is evaluated, the attribute of that kind (`lease`) holds the item at hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from eligibility.profile.derive import DERIVED, size
from eligibility.profile.profile import ITEM_KINDS, MANY
from eligibility.profile.records import ITEM_RECORDS, Year

if TYPE_CHECKING:
    from datetime import date

    from eligibility.profile import Profile
    from eligibility.profile.record import Record
    from eligibility.profile.records import Company, Payment
    from eligibility.rulebook.language import FactRef, Reference


def blank(record: type[Record]) -> Any:
    """Make a record of which nothing is known."""
    empty = object.__new__(record)
    for name in record.FACTS:
        object.__setattr__(empty, name, None)
    return empty


NO_YEAR: Final = blank(Year)
NO_ITEM: Final[dict[str, Any]] = {record.KIND: blank(record) for record in ITEM_RECORDS}


class Derived:
    """The derived facts of a company on a date."""

    __slots__ = ("age_months", "months_in_yizhuang", "size")

    def __init__(self, profile: Profile, on: date) -> None:
        self.size = size(profile, on)
        for path, (_, derive, _) in DERIVED.items():
            setattr(self, path.split(".")[1], derive(profile, on))


class Facts:
    """Everything that a condition or an amount can read, for one check.

    Attributes:
        on: the date of assessment.
        y0: the entry of the year of `on`; y1 and y2 those of the two years before.
        derived: facts computed from others.
        items: for each kind the items; None where the list is unknown.
        project, product, trial, lease, investment, talent: the item at hand.
    """

    __slots__ = ("company", "derived", "items", "on", "payments", "y0", "y1", "y2", "year", *ITEM_KINDS)

    company: Company
    payments: tuple[Payment, ...] | None

    def __init__(self, profile: Profile, on: date) -> None:
        self.on = on
        self.year = on.year
        self.company = profile.company
        self.derived = Derived(profile, on)
        years = {entry.year: entry for entry in profile.years or ()}
        self.y0 = years.get(on.year, NO_YEAR)
        self.y1 = years.get(on.year - 1, NO_YEAR)
        self.y2 = years.get(on.year - 2, NO_YEAR)
        self.payments = profile.payments
        self.items = {kind: getattr(profile, MANY[kind]) for kind in ITEM_KINDS}
        for kind in ITEM_KINDS:
            setattr(self, kind, NO_ITEM[kind])


def attribute(ref: FactRef, reference: Reference) -> str:
    """Give the attribute path of a fact for a clause's reference year.

    Years count back from the year of `on`: `year.revenue` under `previous_year` is `y1.revenue`.
    """
    fact = ref.fact
    if fact.kind == "year":
        back = (reference == "previous_year") + ref.prior
        return f"y{back}.{fact.name}"
    if fact.path == "company.size" or fact.path in DERIVED:
        return f"derived.{fact.name}"
    return fact.path


def reference_year(reference: Reference, on: date) -> int | None:
    """Give the calendar year that a clause's `year` means on a date; None where it has none."""
    match reference:
        case "current_year":
            return on.year
        case "previous_year":
            return on.year - 1
        case _:
            return None
