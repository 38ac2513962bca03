"""Every case of rules/cases, each as a test of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eligibility.cases import read_cases, run_case
from eligibility.diagnostics import render
from eligibility.rulebook import Rulebook

if TYPE_CHECKING:
    from eligibility.cases import Case

RULEBOOK = Rulebook.load()
CASES = read_cases(RULEBOOK)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.clause or 'several'}: {case.name}")
def test_the_case_holds(case: Case) -> None:
    assert render(run_case(case, RULEBOOK)) == ""


@pytest.mark.parametrize("clause", RULEBOOK.clauses, ids=lambda clause: clause.id)
def test_the_clause_has_a_case_that_wins_and_one_that_does_not(clause: object) -> None:
    verdicts = {
        wanted.value
        for case in CASES
        for expectation in case.expectations
        if expectation.clause == clause.id  # type: ignore[attr-defined]
        for wanted in expectation.wanted
        if wanted.what == "verdict"
    }
    assert "eligible" in verdicts
    assert verdicts & {"not_eligible", "undetermined"}
