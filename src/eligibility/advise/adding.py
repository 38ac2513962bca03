"""What changed facts add to the total: clauses that read them are evaluated again, what is tied to them is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from eligibility.advise.scratch import SIZE_INPUTS
from eligibility.checking import claims_of, plan_of
from eligibility.decide.facts import attribute
from eligibility.decide.kleene import truth_of
from eligibility.money import BOUNDED_BELOW, UNBOUNDED, Interval
from eligibility.profile.catalogue import DATED_BY
from eligibility.profile.derive import DERIVED
from eligibility.rulebook.authority import ACCEPTED
from eligibility.rulebook.language import CountOf, Some, SumOf
from eligibility.rulebook.walk import every, facts_of
from eligibility.settle.claim import Claim
from eligibility.settle.plan import Plan
from eligibility.settle.settle import settle
from eligibility.settle.standing import COUNTING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from eligibility.decide.facts import Facts
    from eligibility.decision import Award, Decision
    from eligibility.rulebook import Rulebook
    from eligibility.rulebook.language import Condition, FactRef, Quantity, Reference
    from eligibility.settle.plan import ClausePlan

FalseParts: TypeAlias = "tuple[frozenset[str], ...]"
"""For each part of a condition that fails the facts it reads."""


AsDecided: TypeAlias = "tuple[int | None, bool | None, tuple[int, int]]"
_TRUTHS: Final[dict[str, bool | None]] = {"eligible": True, "not_eligible": False, "undetermined": None}


class Ends(NamedTuple):
    """What awards come to together, in fen."""

    low: int
    high: int
    bounded: int


class Tied(NamedTuple):
    """Clauses that are settled together, as a plan of their own."""

    ranks: tuple[int, ...]
    plan: Plan


class Ties(NamedTuple):
    """What a changed fact reaches, for a rulebook.

    Attributes:
        readers: for each fact, as an attribute path, and each kind of item the clauses whose worth reads it.
        limited: the same for the clauses under a limit that reads it.
        tied: for each clause the clauses it is settled with.
    """

    readers: dict[str, frozenset[int]]
    limited: dict[str, frozenset[int]]
    tied: tuple[Tied, ...]


def ties_of(rulebook: Rulebook) -> Ties:
    """Give what a changed fact reaches, drawing it up the first time."""
    ties: Ties | None = rulebook.made.get("ties")
    if ties is None:
        ties = rulebook.made["ties"] = Ties(_readers(rulebook), _limited(rulebook), _tied(plan_of(rulebook)))
    return ties


def _readers(rulebook: Rulebook) -> dict[str, frozenset[int]]:
    readers: dict[str, set[int]] = {}
    for plan in plan_of(rulebook).clauses:
        clause = plan.clause
        for node in (clause.condition, *plan.basis):
            _note(node, clause.reference, (plan.rank,), readers)
        if clause.for_each is not None:
            readers.setdefault(clause.for_each, set()).add(plan.rank)
    return {name: frozenset(found) for name, found in readers.items()}


def _limited(rulebook: Rulebook) -> dict[str, frozenset[int]]:
    ranks = {clause.id: rank for rank, clause in enumerate(rulebook.clauses)}
    readers: dict[str, set[int]] = {}
    own = (cap for clause in rulebook.clauses for cap in clause.caps)
    for cap in (*own, *rulebook.caps_held):
        if cap.limit is not None:
            over = [ranks[ident] for ident in cap.over]
            _note(cap.limit, rulebook.by_id[cap.over[0]].reference, over, readers)
    return {name: frozenset(found) for name, found in readers.items()}


def _note(
    node: Condition | Quantity, reference: Reference, ranks: Collection[int], readers: dict[str, set[int]]
) -> None:
    for name in (*(name for ref in facts_of(node) for name in given(ref, reference)), *_kinds(node)):
        readers.setdefault(name, set()).update(ranks)


def _kinds(node: Condition | Quantity) -> Iterator[str]:
    for part in every(node):
        if isinstance(part, Some | CountOf | SumOf):
            kind = part.fact.fact.kind if isinstance(part, SumOf) else part.kind
            yield from (kind, DATED_BY[kind])


def given(ref: FactRef, reference: Reference) -> tuple[str, ...]:
    """Name the facts, as attribute paths, that a company gives for a fact that a clause reads."""
    path = ref.fact.path
    if path == "company.size":
        return SIZE_INPUTS
    return (DERIVED[path][2],) if path in DERIVED else (attribute(ref, reference),)


def _tied(plan: Plan) -> tuple[Tied, ...]:
    """Put clauses together that a limit or group ties, directly or through others."""
    home = list(range(len(plan.clauses)))
    for ranks in (*(component.ranks for component in plan.components), *(ranks for _, ranks in plan.item_groups)):
        homes = {home[rank] for rank in ranks}
        home = [min(homes) if place in homes else place for place in home]
    members: dict[int, list[int]] = {}
    for rank, place in enumerate(home):
        members.setdefault(place, []).append(rank)
    tied = {place: Tied(tuple(ranks), _part_of(plan, frozenset(ranks))) for place, ranks in members.items()}
    return tuple(tied[place] for place in home)


def _part_of(plan: Plan, ranks: frozenset[int]) -> Plan:
    return Plan(
        plan.clauses,
        tuple((group, members) for group, members in plan.item_groups if ranks.issuperset(members)),
        tuple(component for component in plan.components if ranks.issuperset(component.ranks)),
    )


class Adding:
    """Computes what changes add to the total of one decision."""

    def __init__(self, decision: Decision, facts: Facts, false: Callable[[Award, ClausePlan], FalseParts]) -> None:
        self.plan = plan_of(decision.rulebook)
        self.ties = ties_of(decision.rulebook)
        self.facts = facts
        self.false = false
        accepted = ACCEPTED[decision.authority]  # type: ignore[index]
        standings = self.plan.in_force(decision.on)
        self.counting = [
            standing in COUNTING and clause.authority in accepted
            for clause, standing in zip(self.plan.clauses, standings, strict=True)
        ]
        ranks = {clause.clause.id: clause.rank for clause in self.plan.clauses}
        self.awards: dict[int, list[Award]] = {}
        for award in decision.awards:
            self.awards.setdefault(ranks[award.clause], []).append(award)
        self.before: dict[tuple[int, ...], Ends] = {}
        self.decided: dict[int, list[AsDecided]] = {}
        self.kept_false: dict[int, list[FalseParts]] = {}

    def of(self, changed: Collection[str], facts: Facts) -> tuple[Interval, int]:
        """Give what changes add: at both ends, and at the high end over the awards that have a bound.

        Args:
            changed: the facts that were changed, as attribute paths, and the kinds that have one more item.
            facts: the facts as changed.
        """
        fresh = self.evaluated(changed, facts)
        limited = {rank for name in changed for rank in self.ties.limited.get(name, ())}
        low = high = bounded = 0
        open_ = False
        for ranks in dict.fromkeys(self.ties.tied[rank].ranks for rank in sorted({*fresh, *limited})):
            tied = self.ties.tied[ranks[0]]
            before, after = self.ends_before(tied), self.ends_after(tied, fresh, facts)
            low, bounded = low + after.low - before.low, bounded + after.bounded - before.bounded
            if after.high < BOUNDED_BELOW:
                high += after.high - (before.bounded if before.high >= BOUNDED_BELOW else before.high)
            else:
                open_ = True
        return Interval(low, None if open_ else high), bounded

    def evaluated(self, changed: Collection[str], facts: Facts) -> dict[int, list[Claim]]:
        """Evaluate the clauses that read what was changed; gives the claims of those that come out otherwise."""
        fresh = {}
        for rank in sorted({rank for name in changed for rank in self.ties.readers.get(name, ())}):
            if not self.counting[rank] or self.stays_false(rank, changed):
                continue
            if self.fails_still(rank, facts):
                continue
            claims = list(claims_of(self.plan.clauses[rank], facts))
            if [(claim.item, claim.truth, claim.gross) for claim in claims] != self.as_before(rank):
                fresh[rank] = claims
        return fresh

    def fails_still(self, rank: int, facts: Facts) -> bool:
        """Tell whether a clause that is paid once per company failed and fails as before."""
        plan = self.plan.clauses[rank]
        if plan.clause.for_each is not None or self.as_before(rank)[0][1] is not False:
            return False
        return truth_of(plan.check(facts)) is False

    def as_before(self, rank: int) -> list[AsDecided]:
        """Give what was decided on a clause: for each award its item, verdict and gross amount."""
        known = self.decided.get(rank)
        if known is None:
            known = self.decided[rank] = [
                (place_of(award), _TRUTHS[award.verdict], _gross(award)) for award in self.awards[rank]
            ]
        return known

    def stays_false(self, rank: int, changed: Collection[str]) -> bool:
        """Tell whether for every award of a clause a part that fails reads nothing of what was changed."""
        plan = self.plan.clauses[rank]
        if plan.clause.for_each in changed:
            return False
        known = self.kept_false.get(rank)
        if known is None:
            known = self.kept_false[rank] = [self.false(award, plan) for award in self.awards[rank]]
        for parts in known:
            for part in parts:
                if part.isdisjoint(changed):
                    break
            else:
                return False
        return True

    def ends_before(self, tied: Tied) -> Ends:
        """Give what clauses come to as things are."""
        known = self.before.get(tied.ranks)
        if known is None:
            known = self.before[tied.ranks] = self.ends_after(tied, {}, self.facts)
        return known

    def ends_after(self, tied: Tied, fresh: dict[int, list[Claim]], facts: Facts) -> Ends:
        """Give what clauses come to, some with other claims than were decided."""
        claims: list[Claim] = []
        for rank in tied.ranks:
            claims += fresh[rank] if rank in fresh else self.as_decided(rank)
        return self.settled(claims, tied, facts)

    def settled(self, claims: list[Claim], tied: Tied, facts: Facts) -> Ends:
        """Settle claims by themselves."""
        outcome = settle(claims, tied.plan, self.counting, facts)
        return Ends(outcome.low, outcome.high, outcome.bounded_high)

    def as_decided(self, rank: int) -> Iterator[Claim]:
        """Give the claims of a clause as they stood before any limit."""
        plan = self.plan.clauses[rank]
        for award, (place, truth, gross) in zip(self.awards[rank], self.as_before(rank), strict=True):
            yield Claim(plan, place, award.trace, truth, gross)


def _gross(award: Award) -> tuple[int, int]:
    return award.gross.low, UNBOUNDED if award.gross.high is None else award.gross.high


def place_of(award: Award) -> int | None:
    """Give the place of an award's item in its list."""
    return None if award.item is None else int(award.item[award.item.index("[") + 1 : -1])
