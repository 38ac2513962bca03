"""Near misses: for a clause that is not met, the smallest sets of facts whose change would make it eligible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from eligibility.advise.adding import Adding, place_of
from eligibility.advise.layout import lay_out
from eligibility.advise.moves import Item, Value, Word, name_of
from eligibility.advise.scratch import Scratch, copy_of
from eligibility.advise.search import MOST_FACTS, Search
from eligibility.advise.telling import Telling
from eligibility.checking import plan_of
from eligibility.decide.blame import blamed
from eligibility.decide.facts import NO_ITEM, Facts
from eligibility.decision import NearMiss
from eligibility.profile.profile import MANY, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from eligibility.advise.adding import FalseParts
    from eligibility.advise.layout import Layout
    from eligibility.advise.moves import Move
    from eligibility.advise.scratch import Holder
    from eligibility.advise.search import Solution
    from eligibility.decision import Award, Decision
    from eligibility.money import Interval
    from eligibility.rulebook import Rulebook
    from eligibility.settle.plan import ClausePlan

__all__ = ["MOST_FACTS", "changed", "near_misses", "near_misses_of"]


def near_misses(decision: Decision, limit: int | None = None) -> tuple[NearMiss, ...]:
    """Give for every award that is not met its nearest near miss.

    Only clauses that count are looked at: in force, and resting on sources that were asked for. One that more than
    `MOST_FACTS` facts keep away is too far.

    Args:
        limit: how many to give; None: all.

    Returns:
        First those that change what the company can change of what it says, then those that take one more item, then
        those that rest on what has happened; in each lot by what they would add to the total: the surest first (the
        low end), then by the high end over what has a bound.
    """
    finder = _Finder(decision)
    found: list[Weighed] = []
    for near in finder.in_reach():
        found += sorted((finder.weighed(award, solution) for award, solution in near), key=_rank)
        if limit is not None and len(found) >= limit:
            break
    return tuple(finder.told(weighed) for weighed in found[:limit])


def near_misses_of(decision: Decision, clause: str) -> tuple[NearMiss, ...]:
    """Give every smallest set for each award of one clause that is not met, the nearest first.

    Args:
        clause: an id of the rulebook the decision was made with.
    """
    finder = _Finder(decision)
    return tuple(
        finder.told(finder.weighed(award, solution))
        for award in decision.awards
        if award.clause == clause
        for solution in finder.sets(award)
    )


def changed(profile: Profile, near: NearMiss) -> Profile:
    """Give the profile with the changes of a near miss made; of several words that would do the first is taken."""
    plain = profile.to_dict()
    for change in near.changes:
        *steps, last = _steps(change.at)
        inside: Any = plain
        for step in steps:
            inside = inside[step]
        if isinstance(last, int) and last == len(inside):
            inside.append(change.values[0])
        else:
            inside[last] = change.values[0]
    for path in near.left_out:
        kind, name = path.split(".")
        plain[kind].pop(name)
    return Profile.read(plain)


def _steps(at: str) -> list[str | int]:
    """Split a place in a profile.

    >>> _steps("leases[0].rent_paid")
    ['leases', 0, 'rent_paid']
    """
    return [int(step) if step.isdecimal() else step for step in at.replace("[", ".").replace("]", "").split(".")]


class Weighed(NamedTuple):
    """A set of changes with what it would add."""

    award: Award
    solution: Solution
    adds: Interval
    bounded: int


def _rank(weighed: Weighed) -> tuple[Any, ...]:
    return -weighed.adds.low, -weighed.bounded, weighed.adds.high is not None


Layouts: TypeAlias = "tuple[date, dict[int, Layout]]"


def _layouts(rulebook: Rulebook, on: date) -> dict[int, Layout]:
    """Give the clauses laid out so far for a date of assessment; those of the last date are kept."""
    kept: Layouts | None = rulebook.made.get("layouts")
    if kept is None or kept[0] != on:
        kept = rulebook.made["layouts"] = (on, {})
    return kept[1]


class _Finder:
    """Looks for the near misses of one decision."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.scratch = Scratch(decision.profile, decision.on)
        self.adding = Adding(decision, Facts(decision.profile, decision.on), self.false_parts)
        self.layouts = _layouts(decision.rulebook, decision.on)
        self.plans = {plan.clause.id: plan for plan in plan_of(decision.rulebook).clauses}
        self.added: dict[Any, tuple[Interval, int]] = {}
        self.telling = Telling(decision, self.scratch)

    # ---- the sets

    def in_reach(self) -> Iterator[list[tuple[Award, Solution]]]:
        """Give the nearest set of each award, in three lots; an empty list is looked into once it is reached."""
        first: list[tuple[Award, Solution]] = []
        with_item: list[tuple[Award, Solution]] = []
        past: list[tuple[Award, Solution]] = []
        for award in self.decision.awards:
            if award.trace is not None and (sets := self.sets(award)):
                best = sets[0]
                lot = past if not self.telling.changeable(best) else with_item if best.takes_item else first
                lot.append((award, best))
        yield first
        for award in self.decision.awards:
            if award.trace is None and (sets := self.sets(award)):
                lot = with_item if self.telling.changeable(sets[0]) else past
                lot.append((award, sets[0]))
        yield with_item
        yield past

    def sets(self, award: Award) -> list[Solution]:
        """Give the smallest sets of changes for one award, the nearest first."""
        plan = self.plans[award.clause]
        if award.verdict != "not_eligible" or not self.adding.counting[plan.rank]:
            return []
        search = Search(self.layout(plan), plan.check, self.scratch, self.at_hand(award, plan))
        found = search.run(award.trace, MOST_FACTS) if award.trace is not None else self.with_an_item(search, plan)
        self.put_away(plan)
        return found

    def with_an_item(self, search: Search, plan: ClausePlan) -> list[Solution]:
        """Give the sets for a clause that pays for items of which there is none: one more item comes first."""
        kind = plan.clause.for_each or ""
        move = Item(kind)
        search.hand.do(move)
        holder = search.hand.added[0]
        search.turning.at[kind] = holder
        setattr(self.scratch.facts, kind, self.scratch.record(holder))
        found = search.run(search.evaluate(), MOST_FACTS - 1)
        search.hand.undo(move)
        return found

    def false_parts(self, award: Award, plan: ClausePlan) -> FalseParts:
        """Give for each part of an award's condition that fails the facts it reads."""
        if award.verdict != "not_eligible" or award.trace is None:
            return ()
        named = self.layout(plan).named
        return tuple(
            names
            for names, trace in zip(named, award.trace[1], strict=True)
            if (trace[0] if isinstance(trace, tuple) else trace) is False
        )

    def layout(self, plan: ClausePlan) -> Layout:
        """Give a clause laid out."""
        layout = self.layouts.get(plan.rank)
        if layout is None:
            layout = self.layouts[plan.rank] = lay_out(plan.clause, self.decision.on)
        return layout

    def at_hand(self, award: Award, plan: ClausePlan) -> dict[str, Holder]:
        """Put the award's item at hand; of a list that is not known an item of which nothing is known."""
        kind = plan.clause.for_each
        if kind is None:
            return {}
        place = place_of(award)
        if place is None:
            setattr(self.scratch.facts, kind, copy_of(NO_ITEM[kind]))
            return {}
        setattr(self.scratch.facts, kind, self.scratch.record((kind, place)))
        return {kind: (kind, place)}

    def put_away(self, plan: ClausePlan) -> None:
        """Leave no item at hand."""
        if plan.clause.for_each is not None:
            setattr(self.scratch.facts, plan.clause.for_each, NO_ITEM[plan.clause.for_each])

    # ---- what they add

    def weighed(self, award: Award, solution: Solution) -> Weighed:
        """Say what a set would add, by the evaluator on the changed facts."""
        self.make(solution)
        changes = tuple(_path(move) for move in solution.moves)
        known = (*solution.moves, solution.made)
        if known not in self.added:
            self.added[known] = self.adding.of(changes, self.scratch.facts)
        adds, bounded = self.added[known]
        self.unmake(solution)
        return Weighed(award, solution, adds, bounded)

    def make(self, solution: Solution) -> None:
        """Make the changes of a solution."""
        for move in solution.moves:
            match move:
                case Value():
                    self.scratch.set(move.spot, move.value)
                case Word():
                    now = self.scratch.value(move.spot)
                    self.scratch.set(move.spot, now | {move.word} if move.inside else now - {move.word})
                case Item():
                    self.scratch.add_item(move.kind)
        for spot, value in solution.made:
            object.__setattr__(self.scratch.record(spot[0]), spot[1], value)

    def unmake(self, solution: Solution) -> None:
        """Take the changes of a solution back."""
        for spot in dict.fromkeys(move.spot for move in solution.moves if not isinstance(move, Item)):
            self.scratch.unset(spot)
        for move in solution.moves:
            if isinstance(move, Item):
                self.scratch.drop_item(move.kind)

    def missing(self, award: Award, plan: ClausePlan) -> tuple[str, ...]:
        """Name what is still unknown once the changes are made; what was found holds only if it comes out well."""
        clause, facts = plan.clause, self.scratch.facts
        self.at_hand(award, plan)
        if award.trace is None and clause.for_each is not None:
            setattr(facts, clause.for_each, self.scratch.record((clause.for_each, 0)))
        trace = plan.check(facts)
        truth = trace[0] if isinstance(trace, tuple) else trace
        if truth is False:
            raise AssertionError("a near miss is found by the evaluator that checks it")
        missing = [] if truth else [*blamed(clause.condition, trace, facts, clause.reference)]
        if clause.for_each is not None and facts.items[clause.for_each] is None:
            missing.append(MANY[clause.for_each])
        self.put_away(plan)
        return tuple(dict.fromkeys(missing))

    def told(self, weighed: Weighed) -> NearMiss:
        """Put a set into words."""
        award = weighed.award
        changes = self.telling.changes(weighed.solution)
        self.make(weighed.solution)
        left_out = ("company.size",) if self.scratch.dropped else ()
        missing = self.missing(award, self.plans[award.clause])
        self.unmake(weighed.solution)
        return NearMiss(
            award.clause,
            award.item,
            award.entitlement.title,
            changes,
            missing,
            left_out,
            weighed.adds,
            weighed.bounded,
        )


def _path(move: Move) -> str:
    return move.kind if isinstance(move, Item) else name_of(move.spot)
