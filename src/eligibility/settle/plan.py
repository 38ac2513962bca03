"""What settlement can know before any company comes: compiled amounts and limits, components, combinations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eligibility.decide.kleene import compile_condition
from eligibility.frozen import frozen
from eligibility.rulebook.authority import authority_of
from eligibility.rulebook.describe import Described
from eligibility.rulebook.language import Constant, Service
from eligibility.rulebook.walk import basis_of
from eligibility.settle.amounts import compile_award, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from eligibility.decide.kleene import Check, Compiled
    from eligibility.decision import Standing
    from eligibility.rulebook import Rulebook
    from eligibility.rulebook.language import Cap, Clause, Group, Quantity, Reference
    from eligibility.rulebook.stacking import Component
    from eligibility.settle.amounts import Worth


@frozen
class CapPlan:
    """A published cap with its compiled limit; `constant` if it needs no facts."""

    cap: Cap
    limit: Worth
    constant: int | None


@frozen
class ClausePlan:
    """A clause, compiled.

    Attributes:
        rank: its place in rulebook order.
        check: its condition.
        worth: its gross amount.
        caps: its own caps that limit the single award.
        basis: what its gross amount is computed from, if from anything.
        limits: what the limits over it, its own and shared ones, are computed from.
        paid_under: the clauses whose payments use up what it can get, itself among them, and for each whether it
            matters for which item a payment is.
        described: what the decision says of it, whatever the company.
        back: how many years the reference year lies back; None where there is none.
        authority: the strongest authority that its figure or promise rests on.
    """

    rank: int
    clause: Clause
    check: Check
    worth: Worth
    caps: tuple[CapPlan, ...]
    basis: tuple[Quantity, ...]
    limits: tuple[Quantity, ...]
    paid_under: dict[str, bool]
    described: Described
    back: int | None
    authority: str

    @property
    def end_unknown(self) -> bool:
        """Whether the last (or first) day of the policy's validity was not seen."""
        return self.clause.policy.end_unknown or self.clause.policy.starts is None

    def payment_year(self, on_year: int) -> int | None:
        """Give the year whose payments use up the award: its reference year if yearly, else all years."""
        return on_year - self.back if self.back is not None and self.clause.award.frequency == "yearly" else None

    def cap_year(self, cap: Cap, on_year: int) -> int | None:
        """Give the year whose payments under this clause count against a cap; None: all years."""
        return on_year - self.back if self.back is not None and cap.period == "year" else None


@frozen
class ComponentPlan:
    """Clauses that are settled together because a cap or group ties them.

    Attributes:
        ranks: the clauses, in rulebook order.
        caps: for each cap the ranks of the clauses it covers, inner caps first.
        over: for each rank the places in `caps` of the caps over it.
        groups: the id and the ranks of each exclusive group.
        combinations: the sets of ranks that may be paid together, in order of preference.
    """

    ranks: tuple[int, ...]
    caps: tuple[CapPlan, ...]
    over: dict[int, tuple[int, ...]]
    combinations: tuple[frozenset[int], ...]
    groups: tuple[tuple[str, frozenset[int]], ...]


@frozen
class Plan:
    """A rulebook, compiled."""

    clauses: tuple[ClausePlan, ...]
    item_groups: tuple[tuple[Group, tuple[int, ...]], ...]
    components: tuple[ComponentPlan, ...]

    def in_force(self, on: date) -> list[Standing]:
        """Give the standing of every clause on a date."""
        from eligibility.settle.standing import standing

        known: dict[str, Standing] = {}
        for plan in self.clauses:
            policy = plan.clause.policy
            if policy.id not in known:
                known[policy.id] = standing(policy, on)
        return [known[plan.clause.policy.id] for plan in self.clauses]


def make_plan(rulebook: Rulebook) -> Plan:
    """Compile a rulebook."""
    ranks = {clause.id: rank for rank, clause in enumerate(rulebook.clauses)}
    shared: dict[str, list[Cap]] = {ident: [] for ident in ranks}
    for cap in rulebook.caps_held:
        for ident in cap.over:
            shared[ident].append(cap)
    named: Compiled = {}
    clauses = tuple(
        _clause(rank, clause, compile_condition(clause.condition, clause.reference, named), shared[clause.id], rulebook)
        for rank, clause in enumerate(rulebook.clauses)
    )
    groups = tuple(
        (group, tuple(sorted(ranks[ident] for ident in group.clauses)))
        for group in rulebook.groups_held
        if group.per == "item"
    )
    components = []
    for component in rulebook.components:
        outer = tuple(cap for cap in component.caps if cap.shared or rulebook.by_id[cap.over[0]].for_each)
        if outer or component.groups:
            components.append(_component(component, outer, ranks, rulebook))
    return Plan(clauses, groups, tuple(components))


def _clause(rank: int, clause: Clause, check: Check, shared: Sequence[Cap], rulebook: Rulebook) -> ClausePlan:
    reference, basis = clause.reference, basis_of(clause.award.form)
    own = tuple(
        cap_plan(cap, reference)
        for cap in clause.caps
        if cap.limit is not None and (cap.per == "item" or clause.for_each is None)
    )
    return ClausePlan(
        rank,
        clause,
        check,
        compile_award(clause.award, reference),
        own,
        () if basis is None else (basis,),
        tuple(_computed_limits(clause, shared)),
        _paid_under(clause, shared),
        Described(clause, rulebook),
        {"current_year": 0, "previous_year": 1, "any": None}[reference],
        authority_of(clause),
    )


def _computed_limits(clause: Clause, shared: Sequence[Cap]) -> Iterator[Quantity]:
    """Give what the limits over a clause are computed from; a service has nothing to limit."""
    for cap in () if isinstance(clause.award.form, Service) else (*clause.caps, *shared):
        if cap.limit is not None and not isinstance(cap.limit, Constant):
            yield cap.limit


def _paid_under(clause: Clause, shared: Sequence[Cap]) -> dict[str, bool]:
    tied = {clause.id: clause.for_each is not None}
    for cap in shared:
        if cap.limit is not None:
            tied |= {ident: tied.get(ident, False) or cap.per == "item" for ident in cap.over}
    return tied


def cap_plan(cap: Cap, reference: Reference) -> CapPlan:
    """Compile a published cap."""
    if cap.limit is None:
        raise AssertionError("an unpublished cap limits nothing that can be computed")
    constant: int | None = cap.limit.value if isinstance(cap.limit, Constant) else None
    return CapPlan(cap, rounded(cap.limit, reference), constant)


def _component(component: Component, caps: tuple[Cap, ...], ranks: dict[str, int], rulebook: Rulebook) -> ComponentPlan:
    covered = [frozenset(ranks[ident] for ident in cap.over) for cap in caps]
    members = tuple(ranks[ident] for ident in component.clauses)
    return ComponentPlan(
        members,
        tuple(cap_plan(cap, _reference_of(cap, rulebook)) for cap in caps),
        {rank: tuple(place for place, ids in enumerate(covered) if rank in ids) for rank in members},
        tuple(frozenset(ranks[ident] for ident in kept) for kept in component.combinations),
        tuple((group.id, frozenset(ranks[ident] for ident in group.clauses)) for group in component.groups),
    )


def _reference_of(cap: Cap, rulebook: Rulebook) -> Reference:
    """Give the reference year that a cap's limit reads; its clauses share one wherever it reads a year."""
    return rulebook.by_id[cap.over[0]].reference
