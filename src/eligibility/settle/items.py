"""The item stage: each award's own payments and caps, then groups of which an item gets only the highest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eligibility.decide.facts import NO_ITEM
from eligibility.decide.kleene import over
from eligibility.settle.claim import Claim, Limit
from eligibility.settle.payments import NONE_PAID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eligibility.decide.facts import Facts
    from eligibility.settle.payments import Paid
    from eligibility.settle.plan import CapPlan

PAYMENTS = "payments"


def limit_single(claim: Claim, facts: Facts, paid: Paid) -> None:
    """Take a claim through what was already paid for it and through its own caps.

    The award itself is a limit: what it gave before, it does not give again. Over an unknown list one claim stands
    for any number of items, so nothing that holds per item bounds it.
    """
    plan = claim.plan
    per_item = plan.clause.for_each is not None
    of_list = per_item and claim.item is None
    received = paid.under(plan.clause, claim.item, plan.payment_year(facts.year), per_item=per_item)
    if received == NONE_PAID and not plan.caps:
        return
    lows = [Limit(PAYMENTS, "payment", claim.gross[0], received[1])]
    highs = [Limit(PAYMENTS, "payment", claim.gross[1], received[0])]
    for cap in () if of_list else plan.caps:
        low, high = cap_ends(cap, facts, plan.clause.for_each, claim.item)
        used = paid.under(plan.clause, claim.item, plan.cap_year(cap.cap, facts.year), per_item=per_item)
        lows.append(Limit(cap.cap.id, "cap", low, used[1]))
        highs.append(Limit(cap.cap.id, "cap", high, used[0]))
    claim.keep(claim.low.through(lows), claim.high.through(highs))


def keep_highest(ident: str, rivals: Sequence[Claim]) -> None:
    """Let at most one of the claims for one item stay: the highest, ties to rulebook order.

    A rival may stay unless another surely gets more (or surely no less and comes earlier). What may stay keeps its
    high end, and its low end only if nothing else may stay. `scenario_low` and `scenario_high` hold what stays if
    every low (every high) is the true amount.
    """
    may_stay = [claim for place, claim in enumerate(rivals) if not _beaten(place, claim, rivals)]
    best_low = max(rivals, key=lambda claim: claim.low.left)
    best_high = max(rivals, key=lambda claim: claim.high.left)
    depleted = 0
    for claim in rivals:
        low, high = claim.low, claim.high
        stays = claim in may_stay
        claim.keep(
            low if stays and len(may_stay) == 1 else low.excluded(ident),
            high if stays else high.excluded(ident),
        )
        claim.scenario_low = low.left if claim is best_low else 0
        claim.scenario_high = high.left if claim is best_high else 0
        claim.deplete = max(0, claim.high.left - depleted)
        depleted = max(depleted, claim.high.left)


def _beaten(place: int, claim: Claim, rivals: Sequence[Claim]) -> bool:
    return any(
        rival.low.left > claim.high.left or (rival.low.left == claim.high.left and other < place)
        for other, rival in enumerate(rivals)
        if rival is not claim
    )


def cap_ends(cap: CapPlan, facts: Facts, kind: str | None, item: int | None) -> tuple[int, int]:
    """Give a cap's limit at both ends.

    Args:
        kind: the kind of item that the clauses under the cap pay for.
        item: the place of the item whose facts the limit reads; None for the company.
    """
    if cap.constant is not None:
        return cap.constant, cap.constant
    if kind is None or item is None:
        return cap.limit(facts)
    items = facts.items[kind]
    at_hand = items[item] if items else NO_ITEM[kind]
    ends = (0, 0)
    for _ in over(facts, kind, (at_hand,)):
        ends = cap.limit(facts)
    return ends
