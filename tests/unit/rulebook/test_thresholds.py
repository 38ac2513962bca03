"""Figures that conditions ask for, held against the cited words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from folders import POLICY, relative, rules

from eligibility.rulebook.thresholds import thresholds

if TYPE_CHECKING:
    from pathlib import Path

DEFINITION = """\
definitions:
  earner:
    title: {zh: 有收入, en: an earner}
    when: {year.revenue: {at_least: 20万元}}
    citations: [{document: D, figure: revenue of 200 thousand yuan, supports: [definition]}]
"""


def policy(condition: str, supports: str = "rate, cap, condition") -> str:
    return POLICY.replace("{company.track: vaccines}", condition).replace("[rate, cap]", f"[{supports}]")


def said(folder: Path, text: str, **files: str) -> list[str]:
    return [finding.message for finding in thresholds(rules(folder, policy=text, **files))]


@pytest.mark.parametrize(
    "condition",
    [
        "{year.revenue: {at_least: 2000万元}}",
        "{company.market_share: {above: 50%}}",
        "{year.revenue: {above: 0元}}",
        "{company.employees: {at_least: 300}}",
        "{year.revenue: {at_least: {rate: 150%, of: prior_year.revenue}}}",
    ],
)
def test_figures_that_are_stated_or_need_not_be(tmp_path: Path, condition: str) -> None:
    assert said(tmp_path, policy(condition)) == []


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        ("{year.revenue: {at_least: 2100万元}}", "¥21,000,000"),
        ("{not: {company.market_share: {above: 51%}}}", "51%"),
        ("{year.revenue: {at_least: {rate: 151%, of: prior_year.revenue}}}", "151%"),
        ("{year.revenue: {between: [2000万元, 3000万元]}}", "¥30,000,000"),
    ],
)
def test_figures_that_no_citation_states(tmp_path: Path, condition: str, shown: str) -> None:
    assert said(tmp_path, policy(condition)) == [
        f"no citation of `devices/rent` states the figure `{shown}` of this test"
    ]


def test_what_no_citation_is_given_for_is_not_compared(tmp_path: Path) -> None:
    assert said(tmp_path, policy("{year.revenue: {at_least: 2100万元}}", "rate, cap")) == []


def test_a_definition_answers_for_its_own_figures(tmp_path: Path) -> None:
    assert said(tmp_path, policy("earner"), definitions=DEFINITION) == []
    wrong = DEFINITION.replace("20万元", "30万元")
    assert said(tmp_path / "wrong", policy("earner"), definitions=wrong) == [
        "no citation of the definition `earner` states the figure `¥300,000` of this test"
    ]


def test_the_test_is_shown(tmp_path: Path) -> None:
    findings = list(thresholds(rules(tmp_path, policy=policy("{year.revenue: {at_least: 2100万元}}"))))
    assert relative(findings, tmp_path) == (
        "policies/devices.yaml:19:26: warning[figure-unstated]: no citation of `devices/rent` states the figure"
        " `¥21,000,000` of this test\n"
        "   19 |     when: {year.revenue: {at_least: 2100万元}}\n"
        "      |                          ^^^^^^^^^^^^^^^^^^^^\n"
        "help: correct the figure, or cite the words that state it"
    )
