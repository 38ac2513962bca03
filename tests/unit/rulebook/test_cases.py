from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from folders import POLICY, relative, rules

from eligibility.cases import Case, read_cases, run_case
from eligibility.diagnostics import Diagnostic, RulebookRefused
from eligibility.money import Interval

if TYPE_CHECKING:
    from pathlib import Path

    from eligibility.rulebook import Rulebook

CASE = """
cases:
  - name: rewarded
    clause: devices/reward
    on: 2023-06-30
    profile:
      company: {track: vaccines}
      years: [{year: 2023, revenue: 6000万元}]
      products: [{milestone_on: 2023-05-01, first_special_review_entry: true}, {milestone_on: 2023-05-02}]
      payments: []
    expect:
      devices/reward products[0]: {verdict: eligible, standing: in_force, gross: 300万元, net: 300万元}
      devices/reward products[1]:
        verdict: undetermined
        net: [0元, 300万元]
        missing: [product.first_special_review_entry]
      devices/rent:
        gross: 3000万元
        net: ¥20,000,000
        missing: []
        reductions: [{by: devices/rent.cap, kind: cap, amount: 1000万元}]
    total: [2300万元, 2600万元]
"""


def one(folder: Path, text: str = CASE) -> tuple[Case, Rulebook]:
    rulebook = rules(folder, cases=text)
    [case] = read_cases(rulebook)
    return case, rulebook


def results(folder: Path, old: str = "", new: str = "") -> str:
    assert old in CASE
    return relative(run_case(*one(folder, CASE.replace(old, new))), folder)


def refused(folder: Path, old: str, new: str) -> list[Diagnostic]:
    assert old in CASE
    with pytest.raises(RulebookRefused) as caught:
        one(folder, CASE.replace(old, new))
    return list(caught.value.diagnostics)


def test_a_case_that_holds_finds_nothing(tmp_path: Path) -> None:
    assert results(tmp_path) == ""


def test_a_case_is_read_exactly(tmp_path: Path) -> None:
    case, _ = one(tmp_path)
    assert (case.name, case.clause, case.on.isoformat()) == ("rewarded", "devices/reward", "2023-06-30")
    wanted = {(each.award, what.what): what.value for each in case.expectations for what in each.wanted}
    assert wanted["devices/reward products[1]", "net"] == Interval(0, 300_000_000)
    assert case.about("devices/rent")
    assert not case.about("devices/other")


def test_another_amount_is_shown_at_the_expectation(tmp_path: Path) -> None:
    assert results(tmp_path, "gross: 300万元", "gross: 30万元") == (
        "cases/devices.yaml:12:82: error[case-failed]: expected gross `30万元`, got `¥3,000,000`\n"
        "   12 |       devices/reward products[0]: {verdict: eligible, standing: in_force, gross: 30万元, net: 300万元}\n"
        "      |                                                                                  ^^^^^^\n"
        "help: case `rewarded`: `devices/reward products[0]` is eligible"
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("verdict: eligible", "verdict: not_eligible", "expected verdict `not_eligible`, got `eligible`"),
        ("standing: in_force", "standing: expired", "expected standing `expired`, got `in_force`"),
        ("net: [0元, 300万元]", "net: 300万元", "expected net `300万元`, got `[¥0, ¥3,000,000]`"),
        ("net: [0元, 300万元]", "net: [0元, null]", "expected net `[0元, null]`, got `[¥0, ¥3,000,000]`"),
        ("net: ¥20,000,000", 'net: "20000000.01"', "expected net `20000000.01`, got `¥20,000,000`"),
        ("missing: []", "missing: [payments]", "expected missing `[payments]`, got `[]`"),
        (
            "missing: [product.first_special_review_entry]",
            "failed: [product.milestone_on]",
            "expected failed `[product.milestone_on]`, got `[]`",
        ),
        (
            "amount: 1000万元",
            "amount: 999万元",
            "expected reductions `[{by: devices/rent.cap, kind: cap, amount: 999万元}]`, got `[{by: devices/rent.cap, kind: cap, amount: ¥10,000,000}]`",
        ),
        (
            "reductions: [{by: devices/rent.cap, kind: cap, amount: 1000万元}]",
            "reductions: []",
            "expected reductions `[]`, got `[{by: devices/rent.cap, kind: cap, amount: ¥10,000,000}]`",
        ),
        (
            "total: [2300万元, 2600万元]",
            "total: 2300万元",
            "expected total `2300万元`, got `[¥23,000,000, ¥26,000,000]`",
        ),
        ("products[1]:", "products[2]:", "the profile gives no award `devices/reward products[2]`"),
        ("devices/reward products[1]:", "devices/reward:", "the profile gives no award `devices/reward`"),
    ],
)
def test_whatever_differs_is_found(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert f"]: {message}\n" in results(tmp_path, old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (", kind: cap, amount: 1000万元", ""),
        (", amount: 1000万元", ""),
        ("amount: 1000万元", "amount: [1000万元, 1000万元]"),
        ("missing: []", "failed: []"),
        ("total: [2300万元, 2600万元]", ""),
        ("clause: devices/reward", ""),
    ],
)
def test_what_is_left_out_is_not_compared(tmp_path: Path, old: str, new: str) -> None:
    assert results(tmp_path, old, new) == ""


def test_the_help_says_what_a_verdict_rests_on(tmp_path: Path) -> None:
    shown = results(tmp_path, "verdict: undetermined", "verdict: eligible")
    assert shown.endswith("is undetermined, product.first_special_review_entry missing")
    shown = results(tmp_path, "{track: vaccines}", "{track: digital_health}")
    assert "help: case `rewarded`: `devices/rent` is not_eligible, it fails on company.track" in shown


def test_an_amount_without_bound_is_null(tmp_path: Path) -> None:
    policy = POLICY.replace("{fixed: 300万元, frequency: once}", "{unpublished: true, frequency: once}")
    rulebook = rules(tmp_path, policy=policy, cases=CASE.replace("net: [0元, 300万元]", "net: [0元, null]"))
    [case] = read_cases(rulebook)
    assert "expected gross `300万元`, got `[¥0, null]`" in relative(run_case(case, rulebook), tmp_path)
    assert "expected net `[0元, null]`" not in relative(run_case(case, rulebook), tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "code", "message", "help_"),
    [
        (
            "clause: devices/reward",
            "clause: devices/rewad",
            "unknown-clause",
            "there is no clause `devices/rewad`",
            "did you mean `devices/reward`?",
        ),
        (
            "devices/rent:",
            "device/rent:",
            "unknown-clause",
            "there is no clause `device/rent`",
            "did you mean `devices/rent`?",
        ),
        (
            "devices/rent:",
            "devices/rent leases[0]:",
            "item-kind",
            "`devices/rent` pays once per company",
            "write `devices/rent` alone",
        ),
        (
            "products[1]:",
            "leases[1]:",
            "item-kind",
            "`devices/reward` pays per product, and `leases[1]` is none",
            "write `devices/reward products[0]`",
        ),
        (
            "products[1]:",
            "products[1] x:",
            "shape",
            "`devices/reward products[1] x` names no award",
            "write `policy-id/clause-id products[0]`",
        ),
        (
            "devices/reward products[1]:",
            "devices/reward products[0]:",
            "duplicate-key",
            "the key `devices/reward products[0]` stands twice",
            "keep one of the two",
        ),
        (
            "verdict: undetermined",
            "verdct: undetermined",
            "unknown-key",
            "the key `verdct` is not known here",
            "did you mean `verdict`?",
        ),
        ("name: rewarded", "nam: rewarded", "unknown-key", "the key `nam` is not known here", "did you mean `name`?"),
        (
            "verdict: undetermined",
            "verdict: unknown",
            "unknown-word",
            "`unknown` is no verdict",
            "one of: eligible, not_eligible, undetermined",
        ),
        (
            "standing: in_force",
            "standing: in_forse",
            "unknown-word",
            "`in_forse` is no standing",
            "did you mean `in_force`?",
        ),
        (
            "gross: 3000万元",
            "gross: lots",
            "value",
            "`lots` is not an amount of money",
            "write an amount such as `2000万元`, `1.2亿元`, `¥3,000,000` or `3000000.00` (yuan)",
        ),
        ("gross: 3000万元", "gross: -1元", "value", "`-1元` is negative", "an amount of money is 0 or more"),
        (
            "net: [0元, 300万元]",
            "net: [0元]",
            "shape",
            "an amount belongs here",
            "write `300万元`, `[0元, 300万元]` or `[0元, null]`",
        ),
        (
            "net: [0元, 300万元]",
            "net: [3元, 2元]",
            "value",
            "the low end is above the high end",
            "write the lower amount first",
        ),
        (
            "missing: [product.first_special_review_entry]",
            "missing: [product.first_special_review]",
            "unknown-fact",
            "`product.first_special_review` is no fact",
            "did you mean `product.first_special_review_entry`?",
        ),
        (
            "by: devices/rent.cap",
            "by: devices/rent.ca",
            "unknown-word",
            "nothing is called `devices/rent.ca`",
            "did you mean `devices/rent.cap`?",
        ),
        ("kind: cap", "kind: caps", "unknown-word", "`caps` is no kind of reduction", "did you mean `cap`?"),
        (
            "on: 2023-06-30",
            "on: 2023-06-31",
            "value",
            "`2023-06-31` is no day of the calendar",
            "write a date of the calendar as year-month-day, such as `2023-06-30`",
        ),
        (
            "{track: vaccines}",
            "{track: vacines}",
            "value",
            "`company.track`: `vacines` is no value of `company.track`",
            "did you mean `vaccines`?",
        ),
        ("{track: vaccines}", "{trak: vaccines}", "unknown-key", "`company.trak` is no fact", "did you mean `track`?"),
    ],
)
def test_what_cannot_be_read_is_shown_at_its_place(
    tmp_path: Path, old: str, new: str, code: str, message: str, help_: str
) -> None:
    findings = refused(tmp_path, old, new)
    found = {(finding.code, finding.message, finding.help) for finding in findings}
    assert (code, message, help_) in found
    assert all(finding.place for finding in findings)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("cases: []", "empty"),
        ("cases: [{name: a}]", "missing-key"),
        ("cases:\n  - {name: a, on: 2023-06-30, profile: 3, expect: {devices/rent: {net: 0元}}}", "shape"),
        ("cases:\n  - {name: a, on: 2023-06-30, profile: {}, expect: 3}", "shape"),
        ("cases:\n  - {name: a, on: 2023-06-30, profile: {}, expect: {}}", "shape"),
        ("cases:\n  - {name: a, on: 2023-06-30, profile: {}, expect: {devices/rent: {}}}", "empty"),
        ("cases: [", "not-yaml"),
    ],
)
def test_a_file_that_holds_no_case_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(RulebookRefused) as caught:
        read_cases(rules(tmp_path, cases=text))
    assert [finding.code for finding in caught.value.diagnostics] == [code]


def test_all_that_is_wrong_is_shown_at_once(tmp_path: Path) -> None:
    text = (
        CASE.replace("verdict: eligible", "verdict: yes")
        .replace("clause: devices/reward", "clause: x/y")
        .replace("missing: []", "missing: [a]")
    )
    with pytest.raises(RulebookRefused) as caught:
        one(tmp_path, text)
    assert [finding.place.line for finding in caught.value.diagnostics if finding.place] == [4, 12, 20]


def test_without_a_folder_of_cases_there_are_none(tmp_path: Path) -> None:
    assert read_cases(rules(tmp_path)) == ()


def test_a_profile_that_does_not_fit_the_date_fails_the_case(tmp_path: Path) -> None:
    shown = results(tmp_path, "milestone_on: 2023-05-02", "milestone_on: 2024-05-02")
    assert shown.startswith("cases/devices.yaml:9:")
    assert "error[after-on]: `products[1].milestone_on`" in shown


def test_a_payment_under_an_unknown_clause_fails_the_case(tmp_path: Path) -> None:
    shown = results(tmp_path, "payments: []", "payments: [{clause: devices/reant, year: 2023, amount: 1元}]")
    assert shown.startswith("cases/devices.yaml:10:")
    assert "help: did you mean `devices/rent`?" in shown
