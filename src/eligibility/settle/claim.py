"""One claim on its way through settlement: what a clause may give for one item, end by end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from eligibility.money import BOUNDED_BELOW, UNBOUNDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eligibility.decide.kleene import Trace
    from eligibility.decision import ReductionKind
    from eligibility.settle.plan import ClausePlan


class Step(NamedTuple):
    """One reduction at one end: what took the money, how, and how much of it (fen)."""

    by: str
    kind: ReductionKind
    amount: int


class Limit:
    """One end of a limit while awards are taken from it in order.

    Attributes:
        limit: fen at this end.
        paid: fen already received that count against it, at this end.
        used: fen that earlier awards took.
    """

    __slots__ = ("id", "kind", "limit", "paid", "used")

    def __init__(self, ident: str, kind: ReductionKind, limit: int, paid: int) -> None:
        self.id = ident
        self.kind = kind
        self.limit = limit
        self.paid = paid
        self.used = 0

    @property
    def left(self) -> int:
        """What can still be taken."""
        return room(self.limit, self.paid + self.used)


def room(limit: int, taken: int) -> int:
    """Give what is left of a limit after some was taken; one without bound stays so while what was taken has one."""
    return UNBOUNDED if limit >= BOUNDED_BELOW > taken else max(0, limit - taken)


class Passage(NamedTuple):
    """One end of a claim, part of the way through its limits.

    Attributes:
        left: what is left of the amount (fen).
        free: what would be left had nothing been paid before.
        steps: reductions by limits and groups.
        gaps: what earlier payments took, by the limit they count against; left = free − gaps.
    """

    left: int
    free: int
    steps: tuple[Step, ...] = ()
    gaps: tuple[tuple[str, int], ...] = ()

    @property
    def reductions(self) -> tuple[Step, ...]:
        """Everything that was taken; with what is left it adds up to the gross amount."""
        return (*self.steps, *(Step(by, "payment", gap) for by, gap in self.gaps))

    def through(self, limits: Sequence[Limit]) -> Passage:
        """Go on through limits, inner ones first.

        At each limit the shortfall that there would be without any payment is the limit's own; the rest is the
        payments'. What is left in the end is the least room over all limits.
        """
        left, free = self.left, self.free
        steps, gaps = list(self.steps), list(self.gaps)
        for limit in limits:
            gap = free - left
            after = min(free, room(limit.limit, limit.used))
            if after < free:
                steps.append(Step(limit.id, limit.kind, free - after))
                free = after
            left = min(left, limit.left)
            _widen(gaps, limit.id, free - left - gap)
        return Passage(left, free, tuple(steps), tuple(gaps))

    def excluded(self, group: str) -> Passage:
        """Lose what is left to another award of a group."""
        if not self.left:
            return self
        return Passage(0, 0, (*self.steps, Step(group, "exclusive", self.left)), self.gaps)


def _widen(gaps: list[tuple[str, int]], by: str, grown: int) -> None:
    """Write down what payments took at a limit; what a limit takes that payments had taken before is theirs no more."""
    while grown < 0:
        last, amount = gaps.pop()
        grown += amount
        by = last
    if grown > 0:
        gaps.append((by, grown))


def use(amount: int, limits: Sequence[Limit]) -> int:
    """Take an amount from limits and write it down as used; gives what could be taken."""
    for limit in limits:
        amount = min(amount, limit.left)
    for limit in limits:
        if limit.limit < BOUNDED_BELOW:  # without a bound there is nothing to use up
            limit.used += amount
    return amount


class Claim:
    """One clause's claim for one item, or for the company.

    Attributes:
        item: the item's place in its list; None for the company or an unknown list.
        truth: whether the condition holds; None if that is unknown.
        gross: the amount before any limit, as (low, high).
        low, high: its two ends, as far as they have come.
        scenario_low, scenario_high: what the item stage leaves if every low (every high) is the true amount.
        deplete: how much of a shared limit this claim may use at most, beside its rivals for the same item.
    """

    __slots__ = ("deplete", "gross", "high", "item", "low", "plan", "scenario_high", "scenario_low", "trace", "truth")

    def __init__(
        self, plan: ClausePlan, item: int | None, trace: Trace, truth: bool | None, gross: tuple[int, int]
    ) -> None:
        self.plan = plan
        self.item = item
        self.trace = trace
        self.truth = truth
        self.begin(gross)

    def begin(self, gross: tuple[int, int]) -> None:
        """Set the gross amount, before any limit."""
        self.gross = gross
        self.keep(Passage(gross[0], gross[0]), Passage(gross[1], gross[1]))

    def keep(self, low: Passage, high: Passage) -> None:
        """Set both ends, the same in every scenario."""
        self.low = low
        self.high = high
        self.scenario_low = low.left
        self.scenario_high = self.deplete = high.left
