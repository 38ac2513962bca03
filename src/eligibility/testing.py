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

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from eligibility.dates import FIRST_YEAR, LAST_YEAR, Period, shift_back
from eligibility.money import MAX_MONEY, parse_money, yuan
from eligibility.profile import Profile
from eligibility.profile.catalogue import ITEM_KINDS, MANY
from eligibility.profile.derive import BOUNDS, possible_sizes
from eligibility.profile.facts import FactType, fact_range
from eligibility.profile.profile import LISTS
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
_CODES: Final = ("91110000600037341L", "911100001000000003", "91110105MA00000001")
_RATES: Final = ("0%", "5‰", "12.5%", "1/3", "50%", "9999/10000", "100%")
_YEARS_BACK: Final = 3


# ---- single values


def values(
    fact: Fact, on: date, *, near: Sequence[int] = (), most: int = MAX_MONEY
) -> SearchStrategy[Any]:
    """Draw values of one fact, as a profile file may hold them.

    Args:
        fact: an entry of the catalogue.
        on: date of assessment; dates of something past are not after it.
        near: numbers (fen, units) that amounts and counts shall often equal or just miss.
        most: the largest amount of money, in fen.

    Returns:
        A strategy of values that `Profile.read` takes: text for money, rates and dates.
    """
    match fact.type:
        case FactType.MONEY:
            return _whole(0, most, near).map(yuan)
        case FactType.COUNT:
            low, high = fact_range(fact)
            return _whole(low, high or low, (*near, *_EMPLOYEES) if fact.name == "employees" else near)
        case FactType.YEAR:
            return _years(on)
        case FactType.DATE:
            return _dates(on, after=not fact.not_after_on).map(date.isoformat)
        case FactType.RATE:
            return st.sampled_from((*_RATES, "2:1") if fact.over_one else _RATES)
        case FactType.BOOLEAN:
            return st.booleans()
        case FactType.CHOICE:
            return st.sampled_from(list(fact.values or ()))
        case FactType.CHOICES:
            return st.lists(st.sampled_from(list(fact.values or ())), unique=True, max_size=4)
        case FactType.TEXT:
            return st.sampled_from(_CODES if fact.name == "credit_code" else _NAMES)


_EMPLOYEES: Final = tuple(sorted({bounds.employees for sizes in BOUNDS.values() for bounds in sizes.values()}))


def _whole(low: int, high: int, near: Sequence[int]) -> SearchStrategy[int]:
    """Draw whole numbers: small ones, any, the ends, and ones at or beside those that matter."""
    ends = {low, high} | {close for number in near for close in (number - 1, number, number + 1)}
    close = st.sampled_from(sorted(number for number in ends if low <= number <= high))
    small = st.integers(low, min(high, low + 300))
    return (close | small | st.integers(low, high)) if not near else (close | close | small | st.integers(low, high))


def _years(on: date) -> SearchStrategy[int]:
    close = [on.year - back for back in (0, 0, 1, 1, 2, -1)]
    return st.sampled_from([year for year in close if FIRST_YEAR <= year <= LAST_YEAR])


def _dates(on: date, *, after: bool) -> SearchStrategy[date]:
    """Draw dates: this year and last, anniversaries, ends of months, leap days, any."""
    last = date(LAST_YEAR, 12, 31) if after else on
    days = {on, date(1969, 12, 31), date(FIRST_YEAR, 1, 1), date(2000, 2, 29), date(2020, 2, 29), date(2023, 2, 28)}
    for months in (0, 1, 2, 6, 12, 18, 24, 36, 60):
        anniversary = shift_back(on, Period(months=months))
        days |= {anniversary, anniversary - timedelta(1), anniversary + timedelta(1)}
        days |= {date(anniversary.year, 1, 1), date(anniversary.year, 12, 31), anniversary.replace(day=1) - timedelta(1)}
    close = st.sampled_from(sorted(day for day in days if date(FIRST_YEAR, 1, 1) <= day <= last))
    this_year = st.integers(0, 364).map(lambda back: on - timedelta(back))
    return close | this_year | st.dates(date(FIRST_YEAR, 1, 1), last)


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
    raw: Plain = {
        "company": draw(_record(Company, on, near, whole=whole)),
        "years": draw(_yearly(on, near, whole=whole)),
    }
    for kind in ITEM_KINDS:
        drawn = _entries(LISTS[MANY[kind]], on, near, whole=whole)
        raw[MANY[kind]] = draw(drawn) if kind in kinds else [] if whole else None
    raw["payments"] = draw(_payments(list(clauses), raw, on, near, whole=whole))
    _reconcile(raw, on, whole=whole)
    return Profile.read(raw)


@st.composite
def _record(draw: DrawFn, record: type[Record], on: date, near: Sequence[int], *, whole: bool) -> Plain:
    """Draw one record with some facts left out."""
    return {
        name: draw(values(fact, on, near=near, most=_SHARE))
        for name, fact in record.FACTS.items()
        if name not in (() if whole else draw(_gaps(tuple(record.FACTS))))
    }


def _gaps(names: tuple[str, ...]) -> SearchStrategy[frozenset[str]]:
    return st.just(frozenset()) | st.frozensets(st.sampled_from(names), max_size=len(names) // 2)


@st.composite
def _entries(draw: DrawFn, record: type[Record], on: date, near: Sequence[int], *, whole: bool) -> list[Plain] | None:
    """Draw a list of records: unknown, empty, or a few."""
    count = draw(st.sampled_from((1, 2, 3, 1, 2, 0) if whole else (1, 2, 3, 1, 2, 0, None)))
    return None if count is None else [draw(_record(record, on, near, whole=whole)) for _ in range(count)]


@st.composite
def _yearly(draw: DrawFn, on: date, near: Sequence[int], *, whole: bool) -> list[Plain] | None:
    """Draw `years:`, one entry for each year; whole: the last few years without a gap."""
    years = [on.year - back for back in range(_YEARS_BACK)]
    if not whole:
        kept = draw(st.none() | st.lists(st.sampled_from([*years, on.year - 5]), unique=True))
        if kept is None:
            return None
        years = kept
    return [draw(_record(LISTS["years"], on, near, whole=whole)) | {"year": year} for year in years]


# ---- payments


@st.composite
def _payments(
    draw: DrawFn, clauses: list[Clause], raw: Plain, on: date, near: Sequence[int], *, whole: bool
) -> list[Plain] | None:
    """Draw payments under some clauses; without clauses none, or an unknown list."""
    known = st.lists(_payment(clauses, raw, on, near, whole=whole), max_size=MOST_ENTRIES, unique_by=_key)
    drawn = known if clauses else st.just([])
    return draw(drawn if whole else drawn | drawn | st.none())


def _key(payment: Plain) -> tuple[Any, ...]:
    return payment["clause"], payment.get("item"), payment.get("year")


@st.composite
def _payment(
    draw: DrawFn, clauses: list[Clause], raw: Plain, on: date, near: Sequence[int], *, whole: bool
) -> Plain:
    clause = draw(st.sampled_from(clauses))
    facts = LISTS["payments"].FACTS
    payment = {name: draw(values(facts[name], on, near=near, most=_SHARE)) for name in ("year", "amount")}
    places = _places(clause.for_each, raw)
    if places:
        payment["item"] = draw(st.sampled_from(places))
    for name in () if whole else draw(_gaps(tuple(payment))):
        del payment[name]
    return {"clause": clause.id, **payment}


def _places(kind: str | None, raw: Plain) -> list[str]:
    """Name the items that a payment under a clause can be for: of an unknown list, the first few."""
    if kind is None:
        return []
    entries = raw.get(MANY[kind])
    return [f"{MANY[kind]}[{place}]" for place in range(MOST_ENTRIES if entries is None else len(entries))]


# ---- size


def _revenue(raw: Plain, on: date) -> int | None:
    entries = raw.get("years") or []
    text = next((entry.get("revenue") for entry in entries if entry["year"] == on.year - 1), None)
    return None if text is None else parse_money(text)


def _sizes(raw: Plain, on: date) -> tuple[str, ...]:
    company = raw["company"]
    return possible_sizes(company.get("sme_sector"), company.get("employees"), _revenue(raw, on))


def _reconcile(raw: Plain, on: date, *, whole: bool) -> None:
    """Leave out a declared size that the figures contradict; in a whole profile declare the one they give."""
    sizes, company = _sizes(raw, on), raw["company"]
    if whole:
        company["size"] = sizes[0]
    elif company.get("size") not in sizes:
        company.pop("size", None)


def _figures(size: str, known: Plain, revenue: int | None) -> list[tuple[str, int, int]]:
    """Give sectors, employees and revenues that make a company this size and agree with what is known of it."""
    sectors = [known["sme_sector"]] if "sme_sector" in known else list(BOUNDS)
    found = []
    for sector in sectors:
        rows = BOUNDS[sector].values()
        people = [known["employees"]] if "employees" in known else [0, *(row.employees for row in rows)]
        revenues = [0, *(row.revenue or 0 for row in rows)] if revenue is None else [revenue]
        found += [(sector, e, r) for e in people for r in revenues if possible_sizes(sector, e, r) == (size,)]
    return found


# ---- completions


@st.composite
def completions(
    draw: DrawFn,
    profile: Profile,
    *,
    on: date,
    clauses: Iterable[Clause] = (),
    near: Sequence[int] = (),
) -> Profile:
    """Draw profiles that say all that a profile says, and more: every gap is filled.

    Unknown facts get a value, unknown lists some entries or none, years that have no entry get one. A payment without
    item gets one where its clause pays per item and an item is left for it. Known facts stay as they are.

    Args:
        draw: given by hypothesis.
        profile: the profile to fill.
        on: date of assessment.
        clauses: those that payments may name, such as `rulebook.clauses`; payments under others get no item.
        near: numbers (fen, units) that amounts and counts shall often equal or just miss.
    """
    raw: Plain = {name: None for name in LISTS} | profile.to_dict()
    known_company, known_revenue = dict(raw["company"]), _revenue(raw, on)
    raw["company"] = draw(_filled(Company, raw["company"], on, near, MAX_MONEY))
    raw["years"] = draw(_filled_years(raw["years"], on, near))
    needed = _needed(profile)
    for kind in ITEM_KINDS:
        many = MANY[kind]
        raw[many] = draw(_filled_list(LISTS[many], raw[many], on, near, needed.get(many, 0)))
    raw["payments"] = draw(_filled_payments(raw, list(clauses), on, near))
    if "size" not in known_company:
        raw["company"]["size"] = _sizes(raw, on)[0]
    elif _sizes(raw, on) != (known_company["size"],):
        _fit_figures(raw, on, *draw(st.sampled_from(_figures(known_company["size"], known_company, known_revenue))))
    return Profile.read(raw)


def _fit_figures(raw: Plain, on: date, sector: str, employees: int, revenue: int) -> None:
    raw["company"] |= {"sme_sector": sector, "employees": employees}
    entry = next(entry for entry in raw["years"] if entry["year"] == on.year - 1)
    entry["revenue"] = yuan(revenue)


@st.composite
def _filled(
    draw: DrawFn, record: type[Record], known: Plain, on: date, near: Sequence[int], most: int | Mapping[str, int]
) -> Plain:
    """Fill the gaps of one record; `most` limits its amounts, or each by name."""
    return {
        name: known[name]
        if name in known
        else draw(values(fact, on, near=near, most=most if isinstance(most, int) else most.get(name, MAX_MONEY)))
        for name, fact in record.FACTS.items()
    }


@st.composite
def _filled_years(draw: DrawFn, known: list[Plain] | None, on: date, near: Sequence[int]) -> list[Plain]:
    entries = {entry["year"]: entry for entry in known or ()}
    for back in range(_YEARS_BACK):
        entries.setdefault(on.year - back, {"year": on.year - back})
    return [draw(_filled(LISTS["years"], entry, on, near, MAX_MONEY)) for entry in entries.values()]


@st.composite
def _filled_list(
    draw: DrawFn, record: type[Record], known: list[Plain] | None, on: date, near: Sequence[int], needed: int
) -> list[Plain]:
    if known is None:
        known = [{} for _ in range(draw(st.integers(needed, max(needed, MOST_ENTRIES))))]
    most = _left(record, known)
    return [draw(_filled(record, entry, on, near, most)) for entry in known]


def _left(record: type[Record], known: list[Plain]) -> dict[str, int]:
    """Share what is left below the largest sum among the entries that lack an amount."""
    most = {}
    for name, fact in record.FACTS.items():
        if fact.type is FactType.MONEY:
            amounts = [parse_money(entry[name]) for entry in known if name in entry]
            most[name] = (MAX_MONEY - sum(amounts)) // max(1, len(known) - len(amounts))
    return most


def _needed(profile: Profile) -> dict[str, int]:
    """Count the items that payments name, by list."""
    needed: dict[str, int] = {}
    for payment in profile.payments or ():
        if payment.item is not None:
            many, _, place = payment.item.rstrip("]").partition("[")
            needed[many] = max(needed.get(many, 0), int(place) + 1)
    return needed


@st.composite
def _filled_payments(
    draw: DrawFn, raw: Plain, clauses: list[Clause], on: date, near: Sequence[int]
) -> list[Plain]:
    """Fill the gaps of payments so that no two are for one clause, item and year."""
    if raw["payments"] is None:
        return draw(_payments(clauses, raw, on, near, whole=True)) or []
    kinds = {clause.id: clause.for_each for clause in clauses}
    record, most = LISTS["payments"], _left(LISTS["payments"], raw["payments"])
    seen = {_key(payment) for payment in raw["payments"]}
    filled = []
    for known in raw["payments"]:
        seen.discard(_key(known))
        places = [known["item"]] if "item" in known else [*_places(kinds.get(known["clause"]), raw), None]
        years = [known["year"]] if "year" in known else range(on.year + 1, FIRST_YEAR, -1)
        free = [(p, y) for p in places for y in years[:9] if (known["clause"], p, y) not in seen]
        best = [(p, y) for p, y in free if p is not None] or free
        item, year = draw(st.sampled_from(best))
        payment = known | {"year": year} | ({} if item is None else {"item": item})
        if "amount" not in payment:
            payment["amount"] = draw(values(record.FACTS["amount"], on, near=near, most=most["amount"]))
        seen.add(_key(payment))
        filled.append(payment)
    return filled
