"""A third evaluator: what a verdict means and what an award is worth, read aloud from the design; slow and plain.

It shares no code with `decide/` and `settle/`. Amounts are exact fractions; `INF` stands for "no published bound".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from math import floor, inf
from typing import Any

from eligibility.money import Rate
from eligibility.profile import Profile
from eligibility.profile.catalogue import DATED_BY, FACTS, MANY
from eligibility.profile.derive import size
from eligibility.profile.facts import MAX_COUNT
from eligibility.rulebook import Rulebook
from eligibility.rulebook import language as l

INF = inf
Truth = bool | None
Bounds = tuple[Any, Any]


@dataclass(frozen=True)
class Line:
    """One award: truth, standing, and bounds in fen (high None: no bound)."""

    clause: str
    item: int | None
    truth: Truth
    standing: str
    gross: Bounds
    net: Bounds


@dataclass(frozen=True)
class Result:
    awards: tuple[Line, ...]
    total: Bounds


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
    if op == "between":
        return every((test("at_least", left, right[:1]), test("at_most", left, right[1:])))
    if left is None or None in right:
        return None
    first = right[0]
    match op:
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
        case l.Literal_():
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
        case l.Literal_():
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


# ---- payments, caps, rooms


class Settling:
    """Everything of one profile on one date: lines, rooms, components."""

    def __init__(self, profile: Profile, rulebook: Rulebook, on: date) -> None:
        self.profile, self.rulebook, self.on = profile, rulebook, on
        own = [cap for clause in rulebook.clauses for cap in clause.caps]
        self.caps = [cap for cap in (*own, *rulebook.caps) if cap.limit is not None]
        self.above = [cap for cap in self.caps if cap.shared or cap.per == "company"]

    def world(self, clause: l.Clause, item: int | None = None) -> World:
        kind = clause.for_each
        at_hand = {} if kind is None else {kind: None if item is None else getattr(self.profile, MANY[kind])[item]}
        return World(self.profile, self.on, clause.reference, at_hand)

    def paid(self, over: Iterable[str], item: str | None, period: str) -> Bounds:
        """What was received under some clauses (for one item, if given) in the period."""
        if self.profile.payments is None:
            return 0, INF
        low = high = 0
        for payment in self.profile.payments:
            if payment.clause not in over or (item and payment.item not in (None, item)):
                continue
            year = self.world(self.rulebook.by_id[payment.clause]).year
            if period == "year" and payment.year not in (None, year):
                continue
            sure = not (item and payment.item is None) and not (period == "year" and payment.year is None)
            low += (payment.amount or 0) if sure else 0
            high += INF if payment.amount is None else payment.amount
        return low, high

    def room(self, limit: Bounds, over: Iterable[str], item: str | None, period: str) -> Bounds:
        low, high = self.paid(over, item, period)
        return max(0, limit[0] - high), max(0, limit[1] - low)

    def limit(self, cap: l.Cap, item: int | None) -> Bounds:
        clause = self.rulebook.by_id[cap.over[0]]
        world = self.world(clause, item if cap.per == "item" else None)
        low, high = bounds(cap.limit, world)  # type: ignore[arg-type]
        return half_up(low), half_up(high)

    def after_item_caps(self, clause: l.Clause, item: int | None, amount: Bounds) -> Bounds:
        if clause.for_each and item is None:  # any number of items, so no item's limit holds for their sum
            return amount
        name = f"{MANY[clause.for_each]}[{item}]" if clause.for_each else None
        period = "year" if clause.award.frequency == "yearly" else "ever"
        rooms = [self.room(amount, [clause.id], name, period)]
        for cap in clause.caps:
            if cap.per == "item" and cap.limit is not None:
                rooms.append(self.room(self.limit(cap, item), [clause.id], name, cap.period))
        return min(room[0] for room in rooms), min(room[1] for room in rooms)

    # ---- components

    def components(self) -> Iterator[list[str]]:
        ties = [set(cap.over) for cap in self.above] + [set(group.clauses) for group in self.rulebook.groups]
        left = [clause.id for clause in self.rulebook.clauses]
        while left:
            home = {left[0]}
            while any(tie & home and not tie <= home for tie in ties):
                home |= set().union(*(tie for tie in ties if tie & home))
            yield [clause for clause in left if clause in home]
            left = [clause for clause in left if clause not in home]

    def combinations(self, clauses: list[str]) -> list[set[str]]:
        rivals = [set(group.clauses) for group in self.rulebook.groups if group.per == "company"]
        sets = [set(kept) for count in range(len(clauses) + 1) for kept in combinations(clauses, count)]
        free = [kept for kept in sets if all(len(kept & group) < 2 for group in rivals)]
        maximal = [kept for kept in free if not any(kept < other for other in free)]
        return sorted(maximal, key=lambda kept: [clause not in kept for clause in clauses])

    # ---- one pass through the caps

    def key(self, cap: l.Cap, line: Line) -> tuple[str, int | None]:
        return cap.id, line.item if cap.per == "item" else None

    def over(self, line: Line) -> list[l.Cap]:
        """The caps above a line's own item caps; an unknown list has no one item."""
        nobody = self.rulebook.by_id[line.clause].for_each and line.item is None
        return [cap for cap in self.above if line.clause in cap.over and not (nobody and cap.per == "item")]

    def shared_room(self, cap: l.Cap, item: int | None) -> Bounds:
        kind = self.rulebook.by_id[cap.over[0]].for_each
        name = f"{MANY[kind]}[{item}]" if cap.per == "item" and kind else None
        return self.room(self.limit(cap, item), cap.over, name, cap.period)

    def greedy(self, lines: list[Line], amounts: list[Any], end: Callable[[l.Cap], int]) -> list[Any]:
        """Pay each line in order, what is left of every cap over it at the end (0 low, 1 high) asked for."""
        left: dict[tuple[str, int | None], Any] = {}
        pays = []
        for line, amount in zip(lines, amounts, strict=True):
            for cap in self.over(line):
                left.setdefault(self.key(cap, line), self.shared_room(cap, line.item)[end(cap)])
            pay = min([amount, *(left[self.key(cap, line)] for cap in self.over(line))])
            for cap in self.over(line):
                rest = left[self.key(cap, line)]
                left[self.key(cap, line)] = INF if rest == INF else rest - pay
            pays.append(pay)
        return pays

    # ---- groups per item

    def mates(self, line: Line, lines: list[Line]) -> list[Line]:
        """The lines of which at most one is paid for this line's item, itself among them."""
        for group in self.rulebook.groups:
            if group.per == "item" and line.clause in group.clauses:
                return [other for other in lines if other.clause in group.clauses and other.item == line.item]
        return [line]

    def may_win(self, line: Line, lines: list[Line]) -> bool:
        group = self.mates(line, lines)
        return not any(
            other.net[0] > line.net[1] or (other.net[0] == line.net[1] and group.index(other) < group.index(line))
            for other in group
            if other is not line
        )

    def must_win(self, line: Line, lines: list[Line]) -> bool:
        return [other for other in self.mates(line, lines) if self.may_win(other, lines)] == [line]

    def joint(self, line: Line, lines: list[Line], end: int) -> Any:
        """A line's amount in a scenario: beside its group's earlier lines only its excess over the greatest of them."""
        group = [mate for mate in self.mates(line, lines) if self.may_win(mate, lines)]
        if line not in group:
            return 0
        before = max((mate.net[end] for mate in group[: group.index(line)]), default=0)
        return INF if line.net[end] == INF and before != INF else max(0, line.net[end] - before) if before != INF else 0

    # ---- nets

    def settle(self, lines: list[Line]) -> tuple[list[Line], Bounds]:
        """Lines of one component, `net` holding their amounts after item caps → the same with nets; the total."""
        sets = self.combinations(list(dict.fromkeys(line.clause for line in lines)))
        inside = [[line for line in lines if line.clause in kept] for kept in sets]
        ends = [[self.total(kept, lines, end) for end in (0, 1)] for kept in inside]
        possible = [
            kept
            for i, kept in enumerate(inside)
            if not any(ends[j][0] > ends[i][1] or (ends[j][0] == ends[i][1] and j < i) for j in range(len(inside)))
        ]
        nets = [
            (min(self.net(line, s, lines, 0) for s in possible), max(self.net(line, s, lines, 1) for s in possible))
            for line in lines
        ]
        total = max(low for low, _ in ends), max(high for _, high in ends)
        return [replace(line, net=net) for line, net in zip(lines, nets, strict=True)], total

    def total(self, kept: list[Line], lines: list[Line], end: int) -> Any:
        greatest = [max(self.mates(line, lines), key=lambda mate: mate.net[end]) for line in kept]  # the first of equals
        amounts = [line.net[end] if first is line else 0 for line, first in zip(kept, greatest, strict=True)]
        return sum(self.greedy(kept, amounts, lambda _cap: end))

    def net(self, line: Line, kept: list[Line], lines: list[Line], end: int) -> Any:
        """A line's pay beside the others at their other end; so are the caps that do not stand over it."""
        wins = self.must_win(line, lines) if end == 0 else self.may_win(line, lines)
        if line not in kept or not wins:
            return 0
        amounts = []
        for other in kept:
            if other is line:
                amounts.append(line.net[end])
            elif other in self.mates(line, lines):
                amounts.append(0)
            elif end == 0:
                amounts.append(self.joint(other, lines, 1))
            else:
                amounts.append(other.net[0] if self.must_win(other, lines) else 0)
        ends = self.greedy(kept, amounts, lambda cap: end if line.clause in cap.over else 1 - end)
        return ends[kept.index(line)]


def standing(policy: l.Policy, on: date) -> str:
    if on < (policy.starts or policy.issued):
        return "not_yet_in_force"
    if policy.ends is not None and on > policy.ends:
        return "expired"
    return "in_force_end_unknown" if policy.end_unknown else "in_force"


def published(_clause: str, _item: int | None, amount: Bounds) -> Bounds:
    return amount


def reference(
    profile: Profile, rulebook: Rulebook, on: date, actual: Callable[[str, int | None, Bounds], Bounds] = published
) -> Result:
    """Decide every clause and settle; `actual` may narrow a gross to what an authority sets."""
    settling = Settling(profile, rulebook, on)
    lines: list[Line] = []
    for clause in rulebook.clauses:
        items = getattr(profile, MANY[clause.for_each]) if clause.for_each else None
        for item in range(len(items)) if items else [None]:
            world = settling.world(clause, item)
            holds = False if items == () else truth(clause.condition, world)
            holds = None if clause.for_each and items is None and holds else holds
            amount = actual(clause.id, item, gross(clause, holds, world))
            if clause.for_each and items is None and amount[1]:
                amount = 0, INF  # it stands for any number of items
            when = standing(clause.policy, on)
            net = settling.after_item_caps(clause, item, amount) if when.startswith("in_force") else (0, 0)
            lines.append(Line(clause.id, item, holds, when, amount, net))
    nets: dict[tuple[str, int | None], Line] = {}
    low = high = 0
    for ids in settling.components():
        settled, total = settling.settle([line for line in lines if line.clause in ids])
        nets |= {(line.clause, line.item): line for line in settled}
        low, high = low + total[0], high + total[1]
    awards = [nets[line.clause, line.item] for line in lines]
    return Result(
        tuple(replace(a, gross=shown(a.gross), net=shown(a.net)) for a in awards), shown((low, high))
    )


def shown(amount: Bounds) -> Bounds:
    return int(amount[0]), None if amount[1] == INF else int(amount[1])
