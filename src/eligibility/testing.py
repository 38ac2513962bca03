"""Hypothesis strategies for those who embed the engine: company profiles, what could fill their gaps, single values.

Everything is drawn from the catalogue of facts as plain values and read by `Profile.read`, so every profile is valid,
for the date of assessment too: no date of something past lies after it, no declared size contradicts the figures.

>>> from datetime import date
>>> from hypothesis import given, settings
>>> from eligibility.testing import completions, profiles
>>> @settings(max_examples=5)
... @given(profiles(on=date(2023, 6, 30)).flatmap(lambda gaps: completions(gaps, on=date(2023, 6, 30))))
... def every_company_has_a_known_number_of_employees(profile):
...     assert profile.company.employees is not None
>>> every_company_has_a_known_number_of_employees()
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from eligibility.dates import FIRST_YEAR, LAST_YEAR, Period, shift_back
from eligibility.money import MAX_MONEY, parse_money, yuan
from eligibility.profile import Profile
from eligibility.profile.catalogue import ITEM_KINDS, MANY
from eligibility.profile.derive import BOUNDS, possible_sizes
from eligibility.profile.facts import FactType, fact_range
from eligibility.profile.profile import LISTS, NO_SINGLE_ITEM
from eligibility.profile.records import Company

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from eligibility.profile.facts import Fact
    from eligibility.profile.record import Record
    from eligibility.rulebook.language import Clause

Plain = dict[str, Any]

MOST_ENTRIES: Final = 3
"""How many entries a drawn list has at most."""

_SHARE: Final = MAX_MONEY // (MOST_ENTRIES + 1)
"""The largest amount drawn into a list, so that no sum passes the limit."""

_NAMES: Final = ("甲", "Acme", "北京某某医疗科技有限公司")
_CODES: Final = ("91110000600037341L", "91110000100000000R", "91110105MA0000000Y")
_RATES: Final = ("0%", "5‰", "12.5%", "1/3", "50%", "9999/10000", "100%")
_YEARS_BACK: Final = 3


# ---- single values


def values(fact: Fact, on: date, *, near: Sequence[int] = (), most: int = MAX_MONEY) -> SearchStrategy[Any]:
    """Draw values of one fact, as a profile file may hold them.

    Args:
        fact: an entry of the catalogue.
        on: date of assessment; dates of something past are not after it.
        near: numbers (fen, units) that amounts and counts shall often equal or just miss.
        most: the largest amount of money, in fen.

    Returns:
        A strategy of values that `Profile.read` takes: text for money, rates and dates.
    """
    return _values(fact, on, tuple(near), most)


@lru_cache(maxsize=4096)
def _values(fact: Fact, on: date, near: tuple[int, ...], most: int) -> SearchStrategy[Any]:
    """Build a strategy once: most of the time of a draw goes into building."""
    match fact.type:
        case FactType.MONEY | FactType.COUNT:
            return _numbers(fact, near, most)
        case FactType.YEAR | FactType.DATE:
            return _times(fact, on)
        case FactType.RATE:
            return st.sampled_from((*_RATES, "2:1") if fact.over_one else _RATES)
        case FactType.TEXT:
            return st.sampled_from(_CODES if fact.name == "credit_code" else _NAMES)
        case _:
            return _words(fact)


def _words(fact: Fact) -> SearchStrategy[Any]:
    """Draw a truth value, a word or some words."""
    if fact.type is FactType.BOOLEAN:
        return st.booleans()
    word = st.sampled_from(list(fact.values or ()))
    return word if fact.type is FactType.CHOICE else st.lists(word, unique=True, max_size=4)


def _numbers(fact: Fact, near: tuple[int, ...], most: int) -> SearchStrategy[Any]:
    """Draw amounts as text, counts as whole numbers."""
    close = (*near, *_STEPS.get(fact.path, ()))
    if fact.type is FactType.MONEY:
        return _whole(0, most, close).map(yuan)
    low, high = fact_range(fact)
    return _whole(low, high or low, close)


_STEPS: Final = {
    "company.employees": [bounds.employees for rows in BOUNDS.values() for bounds in rows.values()],
    "year.revenue": [bounds.revenue or 0 for rows in BOUNDS.values() for bounds in rows.values()],
}
"""Where the size of a company changes."""


def _whole(low: int, high: int, near: Sequence[int]) -> SearchStrategy[int]:
    """Draw whole numbers: the ends, ones at or beside those that matter, small ones, any."""
    ends = {low, high} | {close for number in near for close in (number - 1, number, number + 1)}
    close = st.sampled_from(sorted(number for number in ends if low <= number <= high))
    small = st.integers(low, min(high, low + 300))
    return (close | close | small | st.integers(low, high)) if near else (close | small | st.integers(low, high))


def _times(fact: Fact, on: date) -> SearchStrategy[Any]:
    """Draw calendar years around a date, or dates as text."""
    if fact.type is FactType.DATE:
        return _dates(on, date(LAST_YEAR, 12, 31) if not fact.not_after_on else on).map(date.isoformat)
    close = [on.year - back for back in (0, 0, 0, 0, 1, 1, 2, -1)]
    return st.sampled_from([year for year in close if FIRST_YEAR <= year <= LAST_YEAR])


def _dates(on: date, last: date) -> SearchStrategy[date]:
    """Draw dates: of this year so far, anniversaries, ends of months, leap days, any."""
    days = {on, date(1969, 12, 31), date(FIRST_YEAR, 1, 1), date(2000, 2, 29), date(2020, 2, 29), date(2023, 2, 28)}
    for months in (0, 1, 2, 6, 12, 18, 24, 36, 60):
        day = shift_back(on, Period(months=months))
        days |= {day, day - timedelta(1), day + timedelta(1), day.replace(day=1) - timedelta(1)}
        days |= {date(day.year, 1, 1), date(day.year, 12, 31)}
    close = st.sampled_from(sorted(day for day in days if date(FIRST_YEAR, 1, 1) <= day <= last))
    this_year = st.dates(date(on.year, 1, 1), on)
    return this_year | close | st.dates(date(FIRST_YEAR, 1, 1), last)


# ---- profiles


@st.composite
def profiles(
    draw: DrawFn,
    *,
    on: date,
    whole: bool = False,
    kinds: Sequence[str] = ITEM_KINDS,
    clauses: Iterable[Clause] = (),
    near: Sequence[int] = (),
) -> Profile:
    """Draw company profiles.

    Args:
        draw: given by hypothesis.
        on: date of assessment.
        whole: leave no gap; else facts, entries and whole lists are missing here and there.
        kinds: item kinds to draw items of; the lists of other kinds are empty (whole) or missing.
        clauses: those that payments may name, such as `rulebook.clauses`.
        near: numbers (fen, units) that amounts and counts shall often equal or just miss.

    Returns:
        Valid profiles; `to_dict` gives them as plain values.
    """
    pen = _Pen(draw, on, tuple(near), tuple(clauses), whole)
    raw: Plain = {"company": pen.record(Company), "years": pen.years()}
    for kind in ITEM_KINDS:
        raw[MANY[kind]] = pen.entries(LISTS[MANY[kind]]) if kind in kinds else [] if whole else None
    raw["payments"] = pen.payments(raw)
    sizes = _sizes(raw, on)
    if whole:
        raw["company"]["size"] = sizes[0]
    elif raw["company"].get("size") not in sizes:
        raw["company"].pop("size", None)
    return Profile.read(raw)


@st.composite
def completions(
    draw: DrawFn, profile: Profile, *, on: date, clauses: Iterable[Clause] = (), near: Sequence[int] = ()
) -> Profile:
    """Draw profiles that say all that a profile says, and more: every gap is filled.

    Unknown facts get a value, unknown lists some entries or none, years that have no entry get one. A payment whose
    item is unknown gets one, or `none`, where its clause pays per item. Known facts stay as they are.

    Args:
        draw: given by hypothesis.
        profile: the profile to fill; no declared size in it contradicts its figures.
        on: date of assessment.
        clauses: those that payments may name, such as `rulebook.clauses`; payments under others get no item.
        near: numbers (fen, units) that amounts and counts shall often equal or just miss.
    """
    pen = _Pen(draw, on, tuple(near), tuple(clauses), whole=True)
    raw: Plain = dict.fromkeys(LISTS) | profile.to_dict()
    declared, fitting = raw["company"].get("size"), _figures(raw, on)
    raw["company"] = pen.filled(Company, raw["company"])
    raw["years"] = pen.filled_years(raw["years"])
    for kind in ITEM_KINDS:
        raw[MANY[kind]] = pen.filled_list(MANY[kind], raw[MANY[kind]], profile)
    raw["payments"] = pen.payments(raw) if raw["payments"] is None else pen.filled_payments(raw)
    if declared is None:
        raw["company"]["size"] = _sizes(raw, on)[0]
    elif _sizes(raw, on) != (declared,):
        _fit(raw, on, draw(st.sampled_from(fitting)))
    return Profile.read(raw)


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws the parts of one profile.

    Attributes:
        whole: leave no gap.
    """

    draw: DrawFn
    on: date
    near: tuple[int, ...]
    clauses: tuple[Clause, ...]
    whole: bool

    def value(self, fact: Fact, most: int = MAX_MONEY) -> Any:
        return self.draw(values(fact, self.on, near=self.near, most=most))

    def gaps(self, names: Iterable[str]) -> frozenset[str]:
        """Choose the names to leave out: none, or some."""
        known = sorted(names)
        some = st.frozensets(st.sampled_from(known), max_size=len(known) * 2 // 3)
        return frozenset() if self.whole else self.draw(st.just(frozenset[str]()) | some | some)

    def unknown(self) -> bool:
        """Choose whether a list is unknown."""
        return not self.whole and self.draw(st.integers(0, 6)) == 6

    # ---- new parts

    def record(self, record: type[Record]) -> Plain:
        gaps = self.gaps(record.FACTS)
        return {name: self.value(fact, _SHARE) for name, fact in record.FACTS.items() if name not in gaps}

    def entries(self, record: type[Record]) -> list[Plain] | None:
        """Draw a list of records: unknown, empty, or a few."""
        if self.unknown():
            return None
        return [self.record(record) for _ in range(self.draw(st.sampled_from((1, 2, MOST_ENTRIES, 0))))]

    def years(self) -> list[Plain] | None:
        """Draw `years:`, one entry for each year; whole: the last few years without a gap."""
        years = [self.on.year - back for back in range(_YEARS_BACK)]
        if self.unknown():
            return None
        if not self.whole:
            years = sorted({*years, self.on.year - 5} - self.draw(st.frozensets(st.sampled_from(years), max_size=2)))
        return [self.record(LISTS["years"]) | {"year": year} for year in years]

    def payments(self, raw: Plain) -> list[Plain] | None:
        """Draw payments under the clauses; without clauses none, or an unknown list."""
        if self.unknown():
            return None
        count = self.draw(st.sampled_from((0, 0, 1, 2, MOST_ENTRIES))) if self.clauses else 0
        drawn = [self.payment(raw) for _ in range(count)]
        return list({_key(payment): payment for payment in drawn}.values())

    def payment(self, raw: Plain) -> Plain:
        clause, facts = self.draw(st.sampled_from(self.clauses)), LISTS["payments"].FACTS
        payment = {name: self.value(facts[name], _SHARE) for name in ("year", "amount")}
        if places := _places(clause.for_each, raw):
            payment["item"] = self.draw(st.sampled_from((*places, NO_SINGLE_ITEM)))
        for name in self.gaps(payment):
            del payment[name]
        return {"clause": clause.id, **payment}

    # ---- gaps filled

    def filled(self, record: type[Record], known: Plain, most: Mapping[str, int] | None = None) -> Plain:
        """Fill the gaps of one record; `most` limits amounts by name."""
        gaps = {name: fact for name, fact in record.FACTS.items() if name not in known}
        return known | {name: self.value(fact, (most or {}).get(name, MAX_MONEY)) for name, fact in gaps.items()}

    def filled_years(self, known: list[Plain] | None) -> list[Plain]:
        entries = {entry["year"]: entry for entry in known or ()}
        for back in range(_YEARS_BACK):
            entries.setdefault(self.on.year - back, {"year": self.on.year - back})
        return [self.filled(LISTS["years"], entry) for entry in entries.values()]

    def filled_list(self, many: str, known: list[Plain] | None, profile: Profile) -> list[Plain]:
        if known is None:
            least = _least(many, profile)
            known = [{} for _ in range(self.draw(st.integers(least, max(least, MOST_ENTRIES))))]
        most = _left(LISTS[many], known)
        return [self.filled(LISTS[many], entry, most) for entry in known]

    def filled_payments(self, raw: Plain) -> list[Plain]:
        """Fill the gaps of payments so that no two are for one clause, item and year."""
        most = _left(LISTS["payments"], raw["payments"])
        seen = {_key(payment) for payment in raw["payments"]}
        filled = []
        for known in raw["payments"]:
            seen.discard(_key(known))
            amount = known.get("amount") or self.value(LISTS["payments"].FACTS["amount"], most["amount"])
            filled.append(known | self.draw(st.sampled_from(self.free(known, raw, seen))) | {"amount": amount})
            seen.add(_key(filled[-1]))
        return filled

    def free(self, known: Plain, raw: Plain, seen: set[tuple[Any, ...]]) -> list[Plain]:
        """Give items and years for a payment that no other payment has; without item where its clause pays for none."""
        kind = next((clause.for_each for clause in self.clauses if clause.id == known["clause"]), None)
        places = [known["item"]] if "item" in known else [*_places(kind, raw), NO_SINGLE_ITEM] if kind else []
        span = range(self.on.year - 4 - len(seen), self.on.year + 2)
        years = [known["year"]] if "year" in known else [year for year in reversed(span) if year >= FIRST_YEAR]
        with_item = [{"item": place, "year": year} for place in places for year in years]
        fitting = [part for part in with_item if _key(known | part) not in seen]
        return fitting or [{"year": year} for year in years if _key(known | {"year": year}) not in seen]


def _key(payment: Plain) -> tuple[Any, ...]:
    return payment["clause"], payment.get("item"), payment.get("year")


def _places(kind: str | None, raw: Plain) -> list[str]:
    """Name the items that a payment under a clause can be for: of an unknown list, the first few."""
    if kind is None:
        return []
    entries = raw[MANY[kind]]
    return [f"{MANY[kind]}[{place}]" for place in range(MOST_ENTRIES if entries is None else len(entries))]


def _least(many: str, profile: Profile) -> int:
    """Count the items of a list that payments name."""
    named = [payment.item for payment in profile.payments or () if payment.item and payment.item.startswith(many)]
    return max((int(item[len(many) + 1 : -1]) + 1 for item in named), default=0)


def _left(record: type[Record], known: list[Plain]) -> dict[str, int]:
    """Share what is left below the largest sum among the entries that lack an amount."""
    most = {}
    for name, fact in record.FACTS.items():
        if fact.type is FactType.MONEY:
            amounts = [parse_money(entry[name]) for entry in known if name in entry]
            most[name] = (MAX_MONEY - sum(amounts)) // max(1, len(known) - len(amounts))
    return most


# ---- size


def _revenue(raw: Plain, on: date) -> int | None:
    """Give the revenue that the size follows from, in fen."""
    entries = raw["years"] or ()
    text = next((entry.get("revenue") for entry in entries if entry["year"] == on.year - 1), None)
    return None if text is None else parse_money(text)


def _sizes(raw: Plain, on: date) -> tuple[str, ...]:
    """Give the sizes that the figures leave possible, in one sector or another while that is not known."""
    company = raw["company"]
    sectors = [company["sme_sector"]] if "sme_sector" in company else list(BOUNDS)
    sizes = [possible_sizes(sector, company.get("employees"), _revenue(raw, on)) for sector in sectors]
    return tuple(dict.fromkeys(size for some in sizes for size in some))


def _figures(raw: Plain, on: date) -> list[tuple[str, int, int]]:
    """Give sectors, employees and revenues that make a company its declared size and agree with what is known."""
    known, revenue, found = raw["company"], _revenue(raw, on), []
    for sector in [known["sme_sector"]] if "sme_sector" in known else list(BOUNDS):
        rows = BOUNDS[sector].values()
        people = [known["employees"]] if "employees" in known else [0, *(row.employees for row in rows)]
        revenues = [0, *(row.revenue or 0 for row in rows)] if revenue is None else [revenue]
        found += [(sector, count, fen) for count in people for fen in revenues]
    return [figures for figures in found if possible_sizes(*figures) == (known.get("size"),)]


def _fit(raw: Plain, on: date, figures: tuple[str, int, int]) -> None:
    """Put figures in that give the declared size."""
    sector, employees, revenue = figures
    raw["company"] |= {"sme_sector": sector, "employees": employees}
    entry = next(entry for entry in raw["years"] if entry["year"] == on.year - 1)
    entry["revenue"] = yuan(revenue)
