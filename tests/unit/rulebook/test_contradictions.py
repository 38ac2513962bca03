"""Findings about conditions: a bad example and a good one of each, and the lines they point at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from folders import POLICY, relative, rules

from eligibility.rulebook.contradictions import logical

if TYPE_CHECKING:
    from pathlib import Path

    from eligibility.rulebook import Rulebook

WHEN = "when: {company.track: vaccines}"
DEFINED = """\
definitions:
  small_company:
    title: {zh: 小企业, en: small company}
    when: {company.size: [micro, small]}
    assumptions: [{zh: 按划型, en: by the standard}]
"""


def with_when(folder: Path, condition: str, **files: str) -> Rulebook:
    return rules(folder, policy=POLICY.replace(WHEN, f"when: {condition}"), **files)


def said(rulebook: Rulebook) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.severity, finding.message) for finding in logical(rulebook)]


NEVER = [
    pytest.param("{company.employees: {above: 1000000000}}", id="a value past the end of the fact"),
    pytest.param("{company.registered_on: {before: 1900-01-01}}", id="a day before the first"),
    pytest.param("{company.market_share: {above: 100%}}", id="a share above the whole"),
    pytest.param("{year.revenue: {above: 10000亿元}}", id="an amount above the largest"),
    pytest.param(
        "{all: [{company.employees: {above: 5}}, {company.employees: {below: 6}}]}", id="no whole number between"
    ),
    pytest.param(
        "{all: [{company.market_share: {above: 9999/10000}}, {company.market_share: {below: 100%}}]}",
        id="no rate so fine between",
    ),
    pytest.param("{all: [{company.track: vaccines}, {company.track: [generic_drugs, not_health]}]}", id="two values"),
    pytest.param(
        "{not: {any: [{company.size: [micro, small]}, {company.size: medium}, {company.size: large}]}}",
        id="an enumeration exhausted",
    ),
    pytest.param(
        "{all: [{company.activities: {includes_all: [rnd, sales]}}, {not: {company.activities: {includes: sales}}}]}",
        id="a word that is in and out",
    ),
    pytest.param(
        "{all: [{any: [{company.size: micro}, {company.size: small}]}, {company.size: large}]}",
        id="every alternative contradicted",
    ),
    pytest.param(
        "{all: [{some: {product: {product.kind: drug}}}, {not: {some: {product: {product.kind: [drug, device]}}}}]}",
        id="an item that is there and is not",
    ),
    pytest.param(
        "{all: [{year.revenue: {above: prior_year.revenue}}, {year.revenue: {at_most: prior_year.revenue}}]}",
        id="above a quantity and at most it",
    ),
    pytest.param(
        "{all: [{company.registered_on: {within: 1 year}}, {not: {company.registered_on: {within: 18 months}}}]}",
        id="a shorter period outside a longer one",
    ),
]

MEETS = [
    "{company.employees: {at_least: 1000000000}}",
    "{company.registered_on: {before: 1900-01-02}}",
    "{all: [{company.employees: {above: 5}}, {company.employees: {below: 7}}]}",
    "{all: [{company.market_share: {above: 9998/10000}}, {company.market_share: {below: 100%}}]}",
    "{not: {any: [{company.size: [micro, small]}, {company.size: medium}]}}",
    "{all: [{company.activities: {includes: rnd}}, {not: {company.activities: {includes: sales}}}]}",
    "{all: [{any: [{company.size: micro}, {company.size: large}]}, {not: {company.size: micro}}]}",
    "{all: [{some: {product: {product.kind: drug}}}, {not: {some: {product: {product.kind: device}}}}]}",
    "{all: [{some: {product: {product.kind: drug}}}, {some: {product: {product.kind: device}}}]}",
    "{all: [{year.revenue: {at_least: prior_year.revenue}}, {year.revenue: {at_most: prior_year.revenue}}]}",
    "{all: [{not: {year.revenue: {below: prior_year.revenue}}}, {not: {year.revenue: {above: prior_year.revenue}}}]}",
    "{all: [{company.registered_on: {within: 18 months}}, {not: {company.registered_on: {within: 1 year}}}]}",
    "{all: [{company.registered_on: {within: 30 days}}, {not: {company.registered_on: {within: 1 month}}}]}",
]


@pytest.mark.parametrize("condition", NEVER)
def test_a_clause_that_can_never_hold(tmp_path: Path, condition: str) -> None:
    found = said(with_when(tmp_path, condition))
    assert [(code, severity) for code, severity, _ in found] == [("never-holds", "error")]
    assert found[0][2].startswith("the condition of `devices/rent` can never hold: ")


@pytest.mark.parametrize("condition", MEETS)
def test_a_clause_that_some_company_meets(tmp_path: Path, condition: str) -> None:
    assert "never-holds" not in [code for code, _, _ in said(with_when(tmp_path, condition))]


def test_the_conflicting_lines_are_shown_and_no_other(tmp_path: Path) -> None:
    tests = [
        "company.employees: {at_least: 20}",
        "company.foreign_funded: true",
        "company.employees: {below: 50}",
        "company.employees: {between: [50, 80]}",
    ]
    findings = logical(with_when(tmp_path, "\n      all:\n" + "".join(f"        - {test}\n" for test in tests)))
    assert relative(list(findings), tmp_path) == (
        "policies/devices.yaml:24:11: error[never-holds]: the condition of `devices/rent` can never hold: its tests"
        " contradict each other\n"
        "   24 |         - company.employees: {between: [50, 80]}\n"
        "      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "policies/devices.yaml:23:11: note: it conflicts with this\n"
        "   23 |         - company.employees: {below: 50}\n"
        "      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "help: correct one of these lines"
    )


def test_a_definition_that_contradicts_the_clause_is_shown_where_it_says_so(tmp_path: Path) -> None:
    rulebook = with_when(tmp_path, "{all: [{company.size: large}, small_company]}", definitions=DEFINED)
    assert relative(list(logical(rulebook)), tmp_path) == (
        "policies/devices.yaml:19:41: error[never-holds]: the condition of `devices/rent` can never hold: its tests"
        " contradict each other\n"
        "   19 |     when: {all: [{company.size: large}, small_company]}\n"
        "      |                                         ^^^^^^^^^^^^^\n"
        "definitions.yaml:4:12: note: it says this, in the definition `small_company`\n"
        "    4 |     when: {company.size: [micro, small]}\n"
        f"      |            {'^' * len('company.size')}\n"
        "policies/devices.yaml:19:19: note: it conflicts with this\n"
        "   19 |     when: {all: [{company.size: large}, small_company]}\n"
        f"      |                   {'^' * len('company.size')}\n"
        "help: correct one of these lines"
    )


def test_what_the_policy_requires_conflicts_with_the_clause(tmp_path: Path) -> None:
    policy = POLICY.replace("clauses:\n", "  requires: [{company.track: generic_drugs}]\nclauses:\n")
    findings = list(logical(rules(tmp_path, policy=policy)))
    assert [(finding.code, [note.place.line for note in finding.notes]) for finding in findings] == [
        ("never-holds", [9])
    ]


def test_what_a_policy_requires_is_blamed_once_and_not_on_each_clause(tmp_path: Path) -> None:
    requires = "  requires: [{company.track: vaccines}, {not: {company.track: vaccines}}]\n"
    rulebook = rules(tmp_path, policy=POLICY.replace("clauses:\n", f"{requires}clauses:\n"))
    assert [message for _, _, message in said(rulebook)] == [
        "what `devices` requires can never hold: its tests contradict each other"
    ]


def test_a_definition_and_a_where_that_can_never_hold(tmp_path: Path) -> None:
    never = "{all: [{product.kind: drug}, {product.kind: device}]}"
    definition = DEFINED.replace("{company.size: [micro, small]}", never)
    award = f"award: {{per_unit: 1元, of: {{count: product, where: {never}}}, frequency: once}}"
    policy = POLICY.replace("award: {rate: 50%, of: year.revenue, frequency: yearly}", award)
    assert [message for _, _, message in said(rules(tmp_path, policy=policy, definitions=definition))] == [
        "the definition `small_company` can never hold: its tests contradict each other",
        "this `where` can never hold: its tests contradict each other",
    ]


# ---- parts that change nothing

IDLE = [
    ("{company.employees: {at_least: 0}}", "always-true", "this is always true"),
    ("{company.size: [micro, small, medium, large]}", "always-true", "this is always true"),
    ("{any: [{company.foreign_funded: true}, {company.foreign_funded: false}]}", "always-true", "this is always true"),
    (
        "{all: [{company.employees: {at_least: 20}}, {company.employees: {at_least: 100}}]}",
        "always-true",
        "this is always true here",
    ),
    (
        "{all: [{company.size: large}, {not: {company.size: micro}}]}",
        "always-true",
        "this is always true here",
    ),
    (
        "{any: [{company.size: large}, {company.employees: {below: 0}}]}",
        "adds-nothing",
        "this alternative can never hold",
    ),
    (
        "{all: [{company.size: large}, {any: [{company.foreign_funded: true}, {company.size: micro}]}]}",
        "adds-nothing",
        "this alternative can never hold here",
    ),
    (
        "{any: [{company.employees: {at_least: 20}}, {company.employees: {at_least: 100}}]}",
        "adds-nothing",
        "this alternative adds nothing",
    ),
    (
        "{some: {product: {all: [{product.kind: drug}, {product.kind: [drug, device]}]}}}",
        "always-true",
        "this is always true here",
    ),
]


@pytest.mark.parametrize(("condition", "code", "message"), IDLE)
def test_a_part_that_changes_nothing(tmp_path: Path, condition: str, code: str, message: str) -> None:
    assert said(with_when(tmp_path, condition)) == [(code, "warning", message)]


@pytest.mark.parametrize(
    "condition",
    [
        "{company.employees: {at_least: 1}}",
        "{company.size: [micro, small, medium]}",
        "{all: [{company.employees: {at_least: 20}}, {company.employees: {at_most: 100}}]}",
        "{any: [{company.employees: {below: 20}}, {company.employees: {at_least: 100}}]}",
        "{all: [{company.size: large}, {any: [{company.foreign_funded: true}, {company.track: vaccines}]}]}",
        "{some: {product: {all: [{product.kind: drug}, {product.innovative: true}]}}}",
        "{all: [{some: {product: {product.kind: drug}}}, {some: {product: {product.innovative: true}}}]}",
        "{year.revenue: {at_least: {rate: 107%, of: prior_year.revenue}}}",
    ],
)
def test_parts_that_matter(tmp_path: Path, condition: str) -> None:
    assert said(with_when(tmp_path, condition)) == []


def test_what_makes_a_test_true_is_shown(tmp_path: Path) -> None:
    tests = ["company.employees: {at_least: 100}", "company.foreign_funded: true", "company.employees: {above: 20}"]
    findings = logical(with_when(tmp_path, "\n      all:\n" + "".join(f"        - {test}\n" for test in tests)))
    assert relative(list(findings), tmp_path) == (
        "policies/devices.yaml:23:11: warning[always-true]: this is always true here\n"
        "   23 |         - company.employees: {above: 20}\n"
        "      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "policies/devices.yaml:21:11: note: it follows from this\n"
        "   21 |         - company.employees: {at_least: 100}\n"
        "      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "help: leave it out, or write the test that was meant"
    )


def test_of_two_equal_tests_the_later_is_left_out(tmp_path: Path) -> None:
    rulebook = with_when(tmp_path, "{all: [{company.size: large}, {company.size: [large]}]}")
    (finding,) = logical(rulebook)
    assert finding.place
    assert (finding.code, finding.place.column) == ("always-true", 42)
    assert [note.place.column for note in finding.notes] == [19]


def test_what_the_policy_requires_need_not_be_said_again(tmp_path: Path) -> None:
    policy = POLICY.replace("clauses:\n", "  requires: [{company.track: [vaccines, generic_drugs]}]\nclauses:\n")
    assert said(rules(tmp_path, policy=policy)) == []
    again = policy.replace(WHEN, "when: {company.track: [vaccines, generic_drugs]}")
    assert [code for code, _, _ in said(rules(tmp_path / "again", policy=again))] == ["always-true"]


def test_a_definition_is_judged_by_itself_and_not_by_the_clause_that_names_it(tmp_path: Path) -> None:
    definitions = DEFINED.replace(
        "{company.size: [micro, small]}", "{any: [{company.size: small}, {company.size: micro}]}"
    )
    rulebook = with_when(tmp_path, "{all: [small_company, {not: {company.size: micro}}]}", definitions=definitions)
    assert said(rulebook) == []


# ---- two clauses


TWICE = """  - id: again
    title: {zh: 奖励, en: reward}
    for_each: product
    when: {any: [{product.first_special_review_entry: true}]}
    award: {fixed: 300万元, frequency: once}
    citations:
      - {document: D, quote: one-time reward of 3 million yuan, supports: [amount]}
"""


def test_two_clauses_with_the_same_condition_and_award(tmp_path: Path) -> None:
    assert relative(list(logical(rules(tmp_path, policy=POLICY + TWICE))), tmp_path) == (
        "policies/devices.yaml:27:9: warning[same-clause]: `devices/again` has the same condition and award as"
        " `devices/reward`\n"
        "   27 |   - id: again\n"
        "      |         ^^^^^\n"
        "policies/devices.yaml:10:9: note: `devices/reward` stands here\n"
        "   10 |   - id: reward\n"
        "      |         ^^^^^^\n"
        "help: remove one, or say what sets them apart"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fixed: 300万元", "fixed: 200万元"),
        ("first_special_review_entry", "innovative"),
        ("    for_each: product\n", "    for_each: product\n    reference: any\n"),
        ("{fixed: 300万元, frequency: once}", "{service: true}"),
    ],
)
def test_clauses_that_something_sets_apart(tmp_path: Path, one: str, other: str) -> None:
    assert one in TWICE
    assert said(rules(tmp_path, policy=POLICY + TWICE.replace(one, other))) == []


def test_two_services_are_told_apart_by_their_titles(tmp_path: Path) -> None:
    service = "{fixed: 300万元, frequency: once}", "{service: true}"
    assert said(rules(tmp_path, policy=POLICY.replace(*service) + TWICE.replace(*service))) == []


def test_clauses_that_are_never_in_force_on_one_day(tmp_path: Path) -> None:
    later = POLICY.replace("id: devices", "id: later").replace(
        "from: 2023-01-01, to: open", "from: 2024-01-01, to: open"
    )
    earlier = POLICY.replace("to: open", "to: 2023-12-31")
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "later.yaml").write_text(later, encoding="utf-8")
    assert said(rules(tmp_path, policy=earlier)) == []
    assert len(said(rules(tmp_path, policy=earlier.replace("2023-12-31", "2024-01-01")))) == 2
