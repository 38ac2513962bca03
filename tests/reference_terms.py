"""The reference's reading of conditions and quantities: three truths, exact values, bounds of amounts; slow and plain.

It shares no code with `decide/` and `settle/`. Amounts are exact fractions; `INF` stands for "no published bound".
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from math import floor, inf
from typing import TYPE_CHECKING, Any

from eligibility.money import Rate
from eligibility.profile.catalogue import DATED_BY, FACTS, MANY
from eligibility.profile.derive import size
from eligibility.profile.facts import MAX_COUNT
from eligibility.rulebook import language as l

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eligibility.profile import Profile

INF = inf
Truth = bool | None
Bounds = tuple[Any, Any]


@dataclass(frozen=True)
class World:
    """What a condition sees: a profile on a date, a clause's reference, and the item at hand of each kind."""

    profile: Profile
    on: date
    reference: str
    items: dict[str, Any] = field(default_factory=dict)

    @property
    def year(self) -> int:
        return self.on.year - (self.reference == "previous_year")


# ---- facts


def value(ref: l.FactRef, world: World) -> Any:
    company, fact = world.profile.company, ref.fact
    if fact.path == "company.size":
        return size(world.profile, world.on)
    if fact.path == "company.age_months":
        return months(company.registered_on, world.on)
    if fact.path == "company.months_in_yizhuang":
        return months(company.registered_in_yizhuang_on, world.on)
    if fact.kind == "company":
        return plain(getattr(company, fact.name))
    if fact.kind == "year":
        wanted = world.year - ref.prior
        entry = next((entry for entry in world.profile.years or () if entry.year == wanted), None)
    else:
        entry = world.items[fact.kind]
    return None if entry is None else plain(getattr(entry, fact.name))


def plain(raw: Any) -> Any:
    return Fraction(raw.num, raw.den) if isinstance(raw, Rate) else raw


def months(start: date | None, on: date) -> int | None:
    if start is None or start > on:
        return None
    return (on.year - start.year) * 12 + on.month - start.month - (1 if on.day < start.day else 0)


def in_year(kind: str, world: World) -> Truth:
    if world.reference == "any":
        return True
    when = value(l.FactRef(FACTS[DATED_BY[kind]]), world)
    return None if when is None else (when.year if isinstance(when, date) else when) == world.year


def members(kind: str, where: l.Condition | None, world: World) -> list[tuple[Truth, World]] | None:
    """Each item with whether it counts; None: the list is unknown."""
    listed = getattr(world.profile, MANY[kind])
    if listed is None:
        return None
    worlds = [replace(world, items={**world.items, kind: item}) for item in listed]
    return [(every((in_year(kind, w), True if where is None else truth(where, w))), w) for w in worlds]


# ---- truth


def every(truths: Iterable[Truth]) -> Truth:
    seen = list(truths)
    return False if False in seen else None if None in seen else True


def some(truths: Iterable[Truth]) -> Truth:
    seen = list(truths)
    return True if True in seen else None if None in seen else False


def truth(node: l.Condition, world: World) -> Truth:
    match node:
        case l.All():
            return every(truth(part, world) for part in node.parts)
        case l.AnyOf():
            return some(truth(part, world) for part in node.parts)
        case l.Not():
            inner = truth(node.part, world)
            return None if inner is None else not inner
        case l.Named():
            return truth(node.definition.condition, world)
        case l.Some():
            found = members(node.kind, node.condition, world)
            return None if found is None else some(counts for counts, _ in found)
        case l.Dated():
            return in_year(node.fact.fact.kind, world)
        case l.Within():
            when = value(node.fact, world)
            return None if when is None else back(world.on, node.period) <= when <= world.on
        case l.Test():
            return test(node.op, value(node.fact, world), [number(operand, world) for operand in node.operands])


def back(on: date, period: Any) -> date:
    count = on.year * 12 + on.month - 1 - period.years * 12 - period.months
    if count < 12 or on.toordinal() <= period.days:
        return date.min
    first = date(count // 12, count % 12 + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(on.day, last.day)) - timedelta(days=period.days)


def test(op: str, left: Any, right: list[Any]) -> Truth:
    if left is None or None in right:
        return None
    first = right[0]
    match op:
        case "between":
            return first <= left <= right[1]
        case "equals" | "one_of":
            return left in right
        case "at_least" | "on_or_after":
            return left >= first
        case "at_most":
            return left <= first
        case "above":
            return left > first
        case "below" | "before":
            return left < first
        case "includes" | "includes_any":
            return any(word in left for word in right)
        case "includes_all":
            return all(word in left for word in right)
    raise AssertionError(op)


def number(q: l.Quantity, world: World) -> Any:
    """The exact value of a quantity in a test; None if a part of it is unknown."""
    match q:
        case l.FactRef():
            return value(q, world)
        case l.Constant():
            return plain(q.value)
        case l.SumOf() | l.CountOf():
            kind = q.kind if isinstance(q, l.CountOf) else q.fact.fact.kind
            found = members(kind, q.where, world)
            if found is None or any(counts is None for counts, _ in found):
                return None
            inside = [w for counts, w in found if counts]
            return len(inside) if isinstance(q, l.CountOf) else total_of([value(q.fact, w) for w in inside])
        case l.RateOf():
            of = number(q.of, world)
            return None if of is None else plain(q.rate) * of
        case l.Minus():
            left, right = number(q.left, world), number(q.right, world)
            return None if left is None or right is None else max(0, left - right)
    parts = [number(part, world) for part in q.parts]
    if None in parts:
        return None
    return sum(parts) if isinstance(q, l.Plus) else min(parts) if isinstance(q, l.Least) else max(parts)


def total_of(parts: list[Any]) -> Any:
    return None if None in parts else sum(parts)


# ---- bounds of amounts


def times(factor: Any, amount: Any) -> Any:
    return 0 if factor == 0 or amount == 0 else INF if amount == INF else factor * amount


def bounds(q: l.Quantity, world: World) -> Bounds:
    match q:
        case l.FactRef():
            known = value(q, world)
            money = q.fact.type.value == "money"
            high = INF if money else MAX_COUNT if q.fact.high is None else q.fact.high
            return (0 if money else q.fact.low, high) if known is None else (known, known)
        case l.Constant():
            return q.value, q.value
        case l.RateOf():
            low, high = bounds(q.of, world)
            return times(plain(q.rate), low), times(plain(q.rate), high)
        case l.Minus():
            (a_low, a_high), (b_low, b_high) = bounds(q.left, world), bounds(q.right, world)
            return max(0, a_low - b_high), max(0, a_high - b_low)
        case l.SumOf() | l.CountOf():
            kind = q.kind if isinstance(q, l.CountOf) else q.fact.fact.kind
            found = members(kind, q.where, world)
            if found is None:
                return 0, INF
            each = [(counts, (1, 1) if isinstance(q, l.CountOf) else bounds(q.fact, w)) for counts, w in found]
            return sum(b[0] for c, b in each if c), sum(b[1] for c, b in each if c is not False)
    lows, highs = zip(*(bounds(part, world) for part in q.parts), strict=True)
    join = {l.Plus: sum, l.Least: min, l.Greatest: max}[type(q)]
    return join(lows), join(highs)


def form_bounds(form: l.Form, world: World) -> Bounds:
    match form:
        case l.Fixed():
            return form.amount, form.amount
        case l.RateOf():
            return bounds(form, world)
        case l.PerUnit():
            low, high = bounds(form.of, world)
            return times(form.amount, low), times(form.amount, high)
        case l.ByTable():
            return table_bounds(form, value(form.fact, world))
        case l.Brackets():
            low, high = bounds(form.of, world)
            return (slices(form, low), slices(form, high)) if form.mode == "marginal" else touched(form, low, high)
        case l.Range():
            return form.low, form.high
        case l.Ceiling():
            return 0, form.amount
        case l.Unpublished():
            return 0, INF
        case l.Service():
            return 0, 0


def table_bounds(form: l.ByTable, known: Any) -> Bounds:
    words = list(form.fact.fact.values or ("true", "false"))
    word = {True: "true", False: "false"}.get(known, known)
    rows = [dict(form.amounts).get(w, form.otherwise) for w in (words if word is None else [word])]
    return min(rows), max(rows)


def touched(form: l.Brackets, low: Any, high: Any) -> Bounds:
    found = []
    for row in form.rows:
        top = INF if row.high is None else row.high
        start, end = max(low, row.low), min(high, top)
        inside = (start > row.low or row.low_inside) and (start < top or row.high_inside)
        if start < end or (start == end and inside):
            found += [row.amount if row.rate is None else times(plain(row.rate), at) for at in (start, end)]
    return min(found), max(found)


def slices(form: l.Brackets, basis: Any) -> Any:
    tops = [INF if row.high is None else row.high for row in form.rows]
    return sum(
        times(plain(row.rate), max(0, min(basis, top) - row.low)) for row, top in zip(form.rows, tops, strict=True)
    )


def half_up(amount: Any) -> Any:
    return INF if amount == INF else floor(amount + Fraction(1, 2))


def gross(clause: l.Clause, holds: Truth, world: World) -> Bounds:
    low, high = map(half_up, form_bounds(clause.award.form, world))
    return (0, 0) if holds is False else (0 if clause.award.up_to or holds is None else low, high)
