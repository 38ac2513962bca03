"""Claims → what they come to together: item stage, components, total, ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from eligibility.money import BOUNDED_BELOW
from eligibility.settle.component import Desk, Row, settle_component
from eligibility.settle.items import cap_ends, keep_highest, limit_single
from eligibility.settle.payments import Paid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eligibility.decide.facts import Facts
    from eligibility.settle.claim import Claim
    from eligibility.settle.plan import Plan


class Outcome(NamedTuple):
    """What a company's claims come to together, in fen."""

    low: int
    high: int
    bounded_high: int
    end_unknown: tuple[int, int]
    ledger: tuple[Row, ...]


def settle(claims: Sequence[Claim], plan: Plan, counting: Sequence[bool], facts: Facts) -> Outcome:
    """Settle all claims; sets each claim's ends and reductions.

    Args:
        claims: in rulebook order, then item order; claims that fail or do not count have nothing to take.
        counting: whether each clause enters settlement, by rank.
    """
    paid = Paid(facts.payments)
    taking = [claim for claim in claims if claim.truth is not False and counting[claim.plan.rank]]
    for claim in taking:
        limit_single(claim, facts, paid)
    _keep_highest(taking, plan)
    by_rank: dict[int, list[Claim]] = {}
    for claim in taking:
        by_rank.setdefault(claim.plan.rank, []).append(claim)
    low = high = bounded = low_unknown = high_unknown = 0
    ledger: list[Row] = []
    for component in plan.components:
        members = [claim for rank in component.ranks for claim in by_rank.pop(rank, ())]
        settled = settle_component(Desk(component, members, plan.clauses, facts, paid))
        low, high = low + settled.low.total, high + settled.high.total
        low_unknown, high_unknown = low_unknown + settled.low.end_unknown, high_unknown + settled.high.end_unknown
        bounded += settled.bounded_high
        ledger += settled.ledger
    for claim in (claim for alone in by_rank.values() for claim in alone):
        low, high = low + claim.scenario_low, high + claim.scenario_high
        bounded += claim.scenario_high if claim.scenario_high < BOUNDED_BELOW else 0
        if claim.plan.end_unknown:
            low_unknown, high_unknown = low_unknown + claim.scenario_low, high_unknown + claim.scenario_high
    return Outcome(low, high, bounded, (low_unknown, high_unknown), (*ledger, *_own_rows(taking, facts, paid)))


def _keep_highest(claims: Sequence[Claim], plan: Plan) -> None:
    """Apply the groups that hold per item, item by item."""
    for group, ranks in plan.item_groups:
        rivals: dict[int | None, list[Claim]] = {}
        for claim in claims:
            if claim.plan.rank in ranks:
                rivals.setdefault(claim.item, []).append(claim)
        for several in rivals.values():
            keep_highest(group.id, several)


def _own_rows(claims: Sequence[Claim], facts: Facts, paid: Paid) -> list[Row]:
    """List the caps of single awards."""
    rows = []
    for claim in claims:
        per_item = claim.plan.clause.for_each is not None
        if per_item and claim.item is None:
            continue
        for cap in claim.plan.caps:
            year = claim.plan.cap_year(cap.cap, facts.year)
            received = paid.under(claim.plan.clause, claim.item, year, per_item=per_item)
            limit = cap_ends(cap, facts, claim.plan.clause.for_each, claim.item)
            rows.append(Row(cap, claim.item, limit, received, (claim.low.left, claim.high.left)))
    return rows
