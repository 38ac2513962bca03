"""Every stacking rule that is shipped has a case with two awards that meet in it, and the loser explained."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from eligibility import Rulebook, check
from eligibility.cases import read_cases, run_case
from eligibility.rulebook.language import Cap, Group

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility.cases import Case
    from eligibility.decision import Award
    from eligibility.rulebook.language import Together

RULEBOOK = Rulebook.load()
LIMITING = (*RULEBOOK.caps, *RULEBOOK.groups)


@cache
def cases() -> tuple[Case, ...]:
    return read_cases(RULEBOOK)


def members(rule: Cap | Group | Together) -> frozenset[str]:
    return frozenset(rule.over if isinstance(rule, Cap) else rule.clauses)


def met(case: Case, among: frozenset[str]) -> list[Award]:
    """Give the awards of a case that it expects something of, that are met, and that stand among some clauses."""
    expected = {(expectation.clause, expectation.item) for expectation in case.expectations}
    if not among & {clause for clause, _ in expected}:
        return []
    decision = check(case.file.profile, RULEBOOK, on=case.on, engine="kleene", readings=case.readings)
    awards = (award for award in decision.awards if (award.clause, award.item) in expected)
    return [award for award in awards if award.clause in among and award.verdict == "eligible"]


def meet(case: Case, rule: Cap | Group) -> bool:
    """Tell whether two awards meet in a rule; money that was received under one is an award too.

    In a cap two items of one clause meet, in a group only two clauses.
    """
    among = members(rule)
    now = met(case, among)
    before = [payment.clause for payment in case.file.profile.payments or () if payment.clause in among]
    awards = [*((award.clause, award.item) for award in now), *((clause, "received") for clause in before)]
    together = {clause for clause, _ in awards} if isinstance(rule, Group) else awards
    return bool(now) and len(together) > 1


def explained(case: Case, rule: Cap | Group) -> bool:
    """Tell whether a case expects a reduction by a rule, or the total in which it shows where no loser is certain."""
    wanted = [wanted for expectation in case.expectations for wanted in expectation.wanted]
    named = any(cut.by == rule.id for each in wanted if each.what == "reductions" for cut in each.value)
    return named or case.total is not None


def pairs(rule: Cap | Group) -> Iterator[Case]:
    """Give the cases with two awards that meet in a rule, and the loser explained."""
    return (case for case in cases() if explained(case, rule) and meet(case, rule))


def without(rule: Cap | Group) -> Rulebook:
    caps = tuple(cap for cap in RULEBOOK.caps if cap is not rule)
    groups = tuple(group for group in RULEBOOK.groups if group is not rule)
    return replace(RULEBOOK, caps=caps, groups=groups, made={})


@pytest.mark.parametrize("rule", LIMITING, ids=lambda rule: rule.id)
def test_a_case_shows_two_awards_that_meet_in_a_rule_and_fails_without_it(rule: Cap | Group) -> None:
    bare = without(rule)
    assert any(run_case(case, bare, engine="kleene") for case in pairs(rule)), "write such a case in rules/cases"


@pytest.mark.parametrize("statement", RULEBOOK.together, ids=lambda statement: statement.id)
def test_a_case_shows_awards_that_are_enjoyed_together_each_whole(statement: Together) -> None:
    policies = {clause.partition("/")[0] for clause in statement.clauses}
    whole = [{award.clause for award in met(case, members(statement)) if not shared(award)} for case in cases()]
    spread = [{clause.partition("/")[0] for clause in clauses} for clauses in whole if len(clauses) > 1]
    assert any(len(found) > 1 or len(policies) == 1 for found in spread), "write such a case in rules/cases"


def shared(award: Award) -> bool:
    """Tell whether an award lost something for another's sake."""
    return any(reduction.kind in ("shared_cap", "exclusive") for reduction in award.reductions)


def test_the_cases_of_a_way_of_reading_take_that_way() -> None:
    for rule in LIMITING:
        if rule.read_as:
            ways = [
                case.readings.get(rule.read_as.reading) or RULEBOOK.ways[rule.read_as.reading] for case in pairs(rule)
            ]
            assert rule.read_as.way in ways, rule.id
