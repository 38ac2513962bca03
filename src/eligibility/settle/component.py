"""Settling the claims of one component: caps over several awards, and groups of which one clause is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from eligibility.money import BOUNDED_BELOW
from eligibility.settle.claim import Claim, Limit, Passage, use
from eligibility.settle.items import cap_ends

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eligibility.decide.facts import Facts
    from eligibility.settle.payments import Paid
    from eligibility.settle.plan import CapPlan, ClausePlan, ComponentPlan

Key = tuple[int, int | None]
"""One limit: the place of its cap in the component, and the item where it holds per item."""


class Row(NamedTuple):
    """One line of the ledger: a cap, the item it holds for, and its ends (fen)."""

    cap: CapPlan
    item: int | None
    limit: tuple[int, int]
    paid: tuple[int, int]
    used: tuple[int, int]


class Taken(NamedTuple):
    """What a combination takes together (fen), and the part of it under policies whose end is not known."""

    total: int
    end_unknown: int
    limits: dict[Key, Limit]


class Settled(NamedTuple):
    """What one component comes to at both ends, its bounded high end, and its ledger."""

    low: Taken
    high: Taken
    bounded_high: int
    ledger: tuple[Row, ...]


class Desk:
    """The claims and limits of one component, for one company."""

    def __init__(
        self, plan: ComponentPlan, claims: Sequence[Claim], clauses: Sequence[ClausePlan], facts: Facts, paid: Paid
    ) -> None:
        self.plan = plan
        self.claims = claims
        self.ends: dict[Key, tuple[int, int]] = {}
        self.paid: dict[Key, tuple[int, int]] = {}
        self.keys = [self._keys(claim) for claim in claims]
        for place, cap in enumerate(plan.caps):
            covered = [clauses[rank] for rank in plan.ranks if place in plan.over[rank]]
            kind = covered[0].clause.for_each
            for item in self._items(place):
                self.ends[place, item] = cap_ends(cap, facts, kind, item)
                self.paid[place, item] = _paid(cap, covered, item, facts, paid)

    def _keys(self, claim: Claim) -> tuple[Key, ...]:
        """Name the limits over a claim; one per item does not bound a claim for an unknown list."""
        keys: list[Key] = []
        for place in self.plan.over[claim.plan.rank]:
            if self.plan.caps[place].cap.per == "company":
                keys.append((place, None))
            elif claim.item is not None:
                keys.append((place, claim.item))
        return tuple(keys)

    def _items(self, place: int) -> list[int | None]:
        if self.plan.caps[place].cap.per == "company":
            return [None]
        covered = [claim.item for claim in self.claims if place in self.plan.over[claim.plan.rank]]
        return [item for item in dict.fromkeys(covered) if item is not None]

    def limits(self, end: int) -> dict[Key, Limit]:
        """Lay out fresh limits at one end: 0 the low one (least limit, most paid), 1 the high one."""
        caps = self.plan.caps
        return {
            key: Limit(
                caps[key[0]].cap.id,
                "shared_cap" if caps[key[0]].cap.shared else "cap",
                ends[end],
                self.paid[key][1 - end],
            )
            for key, ends in self.ends.items()
        }

    def run(self, kept: frozenset[int], end: int, amount: Callable[[Claim], int]) -> Taken:
        """Let the claims of a combination take from the limits in order; give what they take together."""
        limits = self.limits(end)
        total = end_unknown = 0
        for claim, keys in zip(self.claims, self.keys, strict=True):
            if claim.plan.rank in kept:
                taken = use(amount(claim), [limits[key] for key in keys])
                total += taken
                end_unknown += taken if claim.plan.end_unknown else 0
        return Taken(total, end_unknown, limits)

    def beside(
        self, kept: frozenset[int], end: int, own: Callable[[Claim], Passage], others: Callable[[Claim], int]
    ) -> list[Passage | None]:
        """Give for each claim what it gets at its own end while everything else stands at the other; None: left out.

        The limits over a claim stand at its own end, all others at the other end: how much earlier claims leave of an
        outer limit also depends on limits that do not cover this one.
        """
        if all(low == high for low, high in (*self.ends.values(), *self.paid.values())):
            return self._in_one_pass(kept, end, own, others)
        return [
            own(claim).through(self._left_for(place, kept, end, others)) if claim.plan.rank in kept else None
            for place, claim in enumerate(self.claims)
        ]

    def _left_for(self, place: int, kept: frozenset[int], end: int, others: Callable[[Claim], int]) -> list[Limit]:
        """Give the limits over one claim, after the claims before it took from them."""
        mine = self.keys[place]
        limits = self.limits(1 - end) | {key: limit for key, limit in self.limits(end).items() if key in mine}
        for claim, keys in zip(self.claims[:place], self.keys, strict=False):
            if claim.plan.rank in kept:
                use(others(claim), [limits[key] for key in keys])
        return [limits[key] for key in mine]

    def _in_one_pass(
        self, kept: frozenset[int], end: int, own: Callable[[Claim], Passage], others: Callable[[Claim], int]
    ) -> list[Passage | None]:
        """Do the same in one pass over the claims, where every limit has equal ends."""
        limits = self.limits(end)
        passages: list[Passage | None] = []
        for claim, keys in zip(self.claims, self.keys, strict=True):
            if claim.plan.rank not in kept:
                passages.append(None)
                continue
            over = [limits[key] for key in keys]
            passages.append(own(claim).through(over))
            use(others(claim), over)
        return passages


def _paid(cap: CapPlan, covered: Sequence[ClausePlan], item: int | None, facts: Facts, paid: Paid) -> tuple[int, int]:
    low = high = 0
    for plan in covered:
        year = plan.cap_year(cap.cap, facts.year)
        ends = paid.under(plan.clause, item, year, per_item=cap.cap.per == "item")
        low, high = low + ends[0], high + ends[1]
    return low, high


def settle_component(desk: Desk) -> Settled:
    """Settle one component: choose the possible combinations, then bound each claim over them.

    A combination is possible unless another surely gives more, or surely no less and comes earlier.
    """
    combinations = _worth_trying(desk)
    lows = [desk.run(kept, 0, lambda claim: claim.scenario_low) for kept in combinations]
    highs = [desk.run(kept, 1, lambda claim: claim.scenario_high) for kept in combinations]
    best_low = max(range(len(combinations)), key=lambda place: lows[place].total)
    best_high = max(range(len(combinations)), key=lambda place: highs[place].total)
    low, high = lows[best_low], highs[best_high]
    possible = [
        kept
        for place, kept in enumerate(combinations)
        if low.total < highs[place].total or (low.total == highs[place].total and place <= best_low)
    ]
    _bound(desk, possible)
    bounded = high.total
    if bounded >= BOUNDED_BELOW:
        bounded = max(desk.run(kept, 1, _bounded).total for kept in combinations)
    ledger = tuple(
        Row(desk.plan.caps[key[0]], key[1], desk.ends[key], desk.paid[key], (limit.used, high.limits[key].used))
        for key, limit in low.limits.items()
    )
    return Settled(low, high, bounded, ledger)


def _worth_trying(desk: Desk) -> Sequence[frozenset[int]]:
    """Leave out each combination that claims nothing but what an earlier one claims too.

    It never gives more, and between equals the earlier one is paid: it is never chosen, whatever is still unknown.
    """
    combinations = desk.plan.combinations
    if len(combinations) == 1:
        return combinations
    live = {claim.plan.rank for claim in desk.claims}
    chosen: dict[frozenset[int], frozenset[int]] = {}
    for kept in combinations:
        claimed = kept & live
        if not any(claimed <= earlier for earlier in chosen):
            chosen[claimed] = kept
    return tuple(chosen.values())


def _bounded(claim: Claim) -> int:
    """Give a claim's greatest amount; none at all if nothing bounds it."""
    return claim.scenario_high if claim.high.left < BOUNDED_BELOW else 0


def _bound(desk: Desk, possible: Sequence[frozenset[int]]) -> None:
    """Set each claim's ends to the least and greatest over the possible combinations, with that one's reductions."""
    lows = [desk.beside(kept, 0, lambda claim: claim.low, lambda claim: claim.deplete) for kept in possible]
    highs = [desk.beside(kept, 1, lambda claim: claim.high, lambda claim: claim.low.left) for kept in possible]
    worth: dict[int, int] = {}
    for claim in desk.claims:
        worth[claim.plan.rank] = worth.get(claim.plan.rank, 0) + claim.high.left
    for place, claim in enumerate(desk.claims):
        rivals = [_group_of(desk.plan, claim.plan.rank, kept, worth) for kept in possible]
        claim.low = _first(min, [passages[place] for passages in lows], claim.low, rivals)
        claim.high = _first(max, [passages[place] for passages in highs], claim.high, rivals)


def _first(
    best: Callable[..., int], passages: Sequence[Passage | None], before: Passage, rivals: Sequence[str]
) -> Passage:
    """Give the passage in the first combination that attains the least (greatest); left out, all goes to its rival."""
    ends = [passage or before.excluded(rival) for passage, rival in zip(passages, rivals, strict=True)]
    values = [end.left for end in ends]
    return ends[values.index(best(values))]


def _group_of(plan: ComponentPlan, rank: int, kept: frozenset[int], worth: dict[int, int]) -> str:
    """Name the group that keeps a clause out of a combination: of several, the one whose clause there may give most."""
    rivals = [
        (max(worth.get(rival, 0) for rival in ranks & kept), ident)
        for ident, ranks in plan.groups
        if rank in ranks and ranks & kept - {rank}
    ]
    return max(rivals, key=lambda rival: rival[0])[1] if rivals else ""
