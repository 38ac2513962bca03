"""A third evaluator: verdicts, bounds and settlement read aloud from the design; slow and plain, shared with nothing.

A scenario is a list of amounts paid in order out of what is left of every cap; each end of each award, and of the
total, is the result of one such scenario, worked out from the start.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from eligibility.profile.catalogue import MANY
from reference_terms import INF, Bounds, Truth, World, bounds, gross, half_up, truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from eligibility.profile import Profile
    from eligibility.rulebook import Rulebook
    from eligibility.rulebook import language as l

Key = tuple[str, int | None]
"""One limit: a cap and, where it holds per item, the item."""


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


# ---- payments, caps, rooms


class Settling:
    """Everything of one profile on one date: lines, rooms, components."""

    def __init__(self, profile: Profile, rulebook: Rulebook, on: date) -> None:
        self.profile, self.rulebook, self.on = profile, rulebook, on
        own = [cap for clause in rulebook.clauses for cap in clause.caps]
        self.caps = [cap for cap in (*own, *rulebook.caps_held) if cap.limit is not None]
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
            if payment.clause not in over or (item and payment.item not in (None, item)):  # `none` counts for no item
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
        own = [cap for cap in clause.caps if cap.per == "item" and cap.limit is not None]
        rooms += [self.room(self.limit(cap, item), [clause.id], name, cap.period) for cap in own]
        return min(room[0] for room in rooms), min(room[1] for room in rooms)

    # ---- components

    def components(self) -> Iterator[list[str]]:
        ties = [set(cap.over) for cap in self.above] + [set(group.clauses) for group in self.rulebook.groups_held]
        left = [clause.id for clause in self.rulebook.clauses]
        while left:
            home = {left[0]}
            while any(tie & home and not tie <= home for tie in ties):
                home |= set().union(*(tie for tie in ties if tie & home))
            yield [clause for clause in left if clause in home]
            left = [clause for clause in left if clause not in home]

    def combinations(self, clauses: list[str]) -> list[set[str]]:
        rivals = [set(group.clauses) for group in self.rulebook.groups_held if group.per == "company"]
        sets = [set(kept) for count in range(len(clauses) + 1) for kept in combinations(clauses, count)]
        free = [kept for kept in sets if all(len(kept & group) < 2 for group in rivals)]
        maximal = [kept for kept in free if not any(kept < other for other in free)]
        return sorted(maximal, key=lambda kept: [clause not in kept for clause in clauses])

    # ---- one pass through the caps

    def key(self, cap: l.Cap, line: Line) -> Key:
        return cap.id, line.item if cap.per == "item" else None

    def over(self, line: Line) -> list[l.Cap]:
        """The caps above a line's own item caps; an unknown list has no one item."""
        nobody = self.rulebook.by_id[line.clause].for_each and line.item is None
        return [cap for cap in self.above if line.clause in cap.over and not (nobody and cap.per == "item")]

    def shared_room(self, cap: l.Cap, item: int | None) -> Bounds:
        kind = self.rulebook.by_id[cap.over[0]].for_each
        name = f"{MANY[kind]}[{item}]" if cap.per == "item" and kind else None
        return self.room(self.limit(cap, item), cap.over, name, cap.period)

    def greedy(self, lines: list[Line], amounts: list[Any], end: Callable[[Key], int]) -> list[Any]:
        """Pay each line in order, what is left of every cap over it at the end (0 low, 1 high) asked for."""
        left: dict[Key, Any] = {}
        pays = []
        for line, amount in zip(lines, amounts, strict=True):
            for cap in self.over(line):
                left.setdefault(self.key(cap, line), self.shared_room(cap, line.item)[end(self.key(cap, line))])
            pay = min([amount, *(left[self.key(cap, line)] for cap in self.over(line))])
            for cap in self.over(line):
                rest = left[self.key(cap, line)]
                left[self.key(cap, line)] = INF if rest == INF else rest - pay
            pays.append(pay)
        return pays

    # ---- groups per item

    def mates(self, line: Line, lines: list[Line]) -> list[Line]:
        """The lines of which at most one is paid for this line's item, itself among them."""
        for group in self.rulebook.groups_held:
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

    def joint(self, line: Line, lines: list[Line]) -> Any:
        """A line's high beside its rivals for one item: only what it has over the greatest of those before it."""
        group = [mate for mate in self.mates(line, lines) if self.may_win(mate, lines)]
        if line not in group:
            return 0
        before = max((mate.net[1] for mate in group[: group.index(line)]), default=0)
        return 0 if line.net[1] <= before else line.net[1] - before

    # ---- nets

    def settle(self, lines: list[Line]) -> tuple[list[Line], Bounds]:
        """Lines of one component, `net` holding their amounts after item caps → the same with nets; the total."""
        sets = self.combinations(list(dict.fromkeys(line.clause for line in lines)))
        live = {line.clause for line in lines if line.truth is not False and line.standing.startswith("in_force")}
        sets = [kept for i, kept in enumerate(sets) if not any(kept & live <= earlier for earlier in sets[:i])]
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
        greatest = [
            max(self.mates(line, lines), key=lambda mate: mate.net[end]) for line in kept
        ]  # the first of equals
        amounts = [line.net[end] if first is line else 0 for line, first in zip(kept, greatest, strict=True)]
        return sum(self.greedy(kept, amounts, lambda _key: end))

    def net(self, line: Line, kept: list[Line], lines: list[Line], end: int) -> Any:
        """A line's pay beside the others at their other end, and so the limits that do not stand over it."""
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
                amounts.append(self.joint(other, lines))
            else:
                amounts.append(other.net[0] if self.must_win(other, lines) else 0)
        over = [self.key(cap, line) for cap in self.over(line)]
        ends = self.greedy(kept, amounts, lambda key: end if key in over else 1 - end)
        return ends[kept.index(line)]


def standing(policy: l.Policy, on: date) -> str:
    if on < (policy.starts or policy.issued):
        return "not_yet_in_force"
    if policy.ends is not None and on > policy.ends:
        return "expired"
    return "in_force_end_unknown" if policy.end_unknown or policy.starts is None else "in_force"


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
    return Result(tuple(replace(a, gross=shown(a.gross), net=shown(a.net)) for a in awards), shown((low, high)))


def shown(amount: Bounds) -> Bounds:
    return int(amount[0]), None if amount[1] == INF else int(amount[1])
