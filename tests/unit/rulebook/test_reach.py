"""Findings about amounts: a bad example and a good one of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from folders import POLICY, relative, rules

from eligibility.rulebook.reach import amounts

if TYPE_CHECKING:
    from pathlib import Path

CAP = "      - limit: 2000万元\n"
REWARD = "    award: {fixed: 300万元, frequency: once}\n"


def said(folder: Path, policy: str, **files: str) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in amounts(rules(folder, policy=policy, **files))]


def capped(*caps: str, award: str = REWARD, kind: bool = True) -> str:
    lines = "".join(f"      - {cap}\n" for cap in caps)
    policy = POLICY.replace(REWARD, f"{award}    caps:\n{lines}")
    return (
        policy
        if kind
        else policy.replace(
            "    for_each: product\n    when: {product.first_special_review_entry", "    when: {company.foreign_funded"
        )
    )


def shared(limit: str, more: str = "", over: str = "devices/reward, devices/rent") -> str:
    return (
        f"caps:\n  - {{id: total, limit: {limit}, per: company, period: year, over: [{over}], assumed: {{zh: 合计, en: all}}}}\n"
        + more
    )


def test_caps_that_count_are_no_finding(tmp_path: Path) -> None:
    assert said(tmp_path, POLICY, stacking=shared("2000万元")) == [
        ("cap-covered", "the cap `devices/rent.cap` never counts: `total` covers it and is no higher")
    ]
    assert said(tmp_path / "higher", POLICY, stacking=shared("2001万元")) == []


@pytest.mark.parametrize(
    "award",
    [
        "{fixed: 300万元, frequency: once}",
        "{ceiling: 300万元, frequency: once}",
        "{range: [100万元, 300万元], frequency: once}",
        "{by: product.device_class, amounts: {class_i: 300万元}, otherwise: 100万元, frequency: once}",
        "{rate: 50%, of: {least: [year.revenue, 600万元]}, frequency: once}",
        "{per_unit: 625元, of: company.age_months, frequency: once}",
        "{brackets: {of: year.revenue, mode: whole, rows: [{below: 1亿元, rate: 3%}, {at_least: 1亿元, fixed: 1元}]}, frequency: once}",
    ],
)
def test_a_cap_as_high_as_the_award_never_bites(tmp_path: Path, award: str) -> None:
    policy = capped("limit: 300万元", award=f"    award: {award}\n")
    assert said(tmp_path, policy) == [
        ("cap-never-bites", "the cap `devices/reward.cap` can never bite: its award is at most `¥3,000,000`")
    ]
    assert said(tmp_path / "lower", policy.replace("limit: 300万元", "limit: 299万元")) == []


def test_a_cap_that_can_never_bite_is_shown(tmp_path: Path) -> None:
    assert relative(list(amounts(rules(tmp_path, policy=capped("{limit: 400万元}")))), tmp_path) == (
        "policies/devices.yaml:16:9: warning[cap-never-bites]: the cap `devices/reward.cap` can never bite: its award is"
        " at most `¥3,000,000`\n"
        "   16 |       - {limit: 400万元}\n"
        "      |         ^^^^^^^^^^^^^^^^\n"
        "help: correct the limit or the amount, or leave the cap out"
    )


@pytest.mark.parametrize(
    ("caps", "kind", "frequency"),
    [
        ("{limit: 400万元, per: company}", True, "once"),  # two products pass it
        ("{limit: 400万元, period: ever}", False, "yearly"),  # so do two years
        ("{limit: year.revenue}", False, "once"),
        ("{limit: unpublished}", False, "once"),
    ],
)
def test_caps_that_something_can_pass(tmp_path: Path, caps: str, *, kind: bool, frequency: str) -> None:
    award = REWARD.replace("once", frequency)
    assert said(tmp_path, capped(caps, award=award, kind=kind)) == []


def test_an_item_is_of_one_year(tmp_path: Path) -> None:
    """What is paid for a product is paid in its year, so a limit for ever has nothing more to count."""
    policy = capped("{limit: 300万元, period: ever}", award=REWARD.replace("once", "yearly"), kind=True)
    assert said(tmp_path, policy) == [
        ("cap-never-bites", "the cap `devices/reward.cap` can never bite: its award is at most `¥3,000,000`")
    ]


def test_a_shared_cap_as_high_as_all_awards_together(tmp_path: Path) -> None:
    policy = POLICY.replace(
        "    for_each: product\n    when: {product.first_special_review_entry", "    when: {company.foreign_funded"
    )
    assert said(tmp_path, policy, stacking=shared("2300万元")) == [
        ("cap-never-bites", "the cap `total` can never bite: its awards together are at most `¥23,000,000`")
    ]
    assert said(tmp_path / "lower", policy, stacking=shared("2299万元")) == []
    assert said(tmp_path / "items", POLICY, stacking=shared("2300万元")) == []


def test_of_two_equal_caps_the_first_stays(tmp_path: Path) -> None:
    policy = POLICY.replace(CAP, f"{CAP}      - limit: 2000万元\n")
    assert said(tmp_path, policy) == [
        ("cap-covered", "the cap `devices/rent.cap2` never counts: `devices/rent.cap` covers it and is no higher")
    ]


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("{limit: 100万元, per: item}", "{limit: 100万元, per: company}", ["devices/reward.cap"]),
        ("{limit: 100万元, per: item}", "{limit: 101万元, per: company}", []),
        (
            "{limit: 100万元, per: company, period: year}",
            "{limit: 90万元, per: company, period: ever}",
            ["devices/reward.cap"],
        ),
        ("{limit: 100万元, per: company, period: ever}", "{limit: 90万元, per: company, period: year}", []),
        ("{limit: {rate: 50%, of: year.revenue}}", "{limit: {rate: 40%, of: year.revenue}}", ["devices/reward.cap"]),
        ("{limit: {rate: 50%, of: year.revenue}}", "{limit: prior_year.revenue}", []),
        ("{limit: year.revenue}", "{limit: {least: [50万元, {rate: 40%, of: year.revenue}]}}", ["devices/reward.cap"]),
        ("{limit: {plus: [year.revenue, 1万元]}}", "{limit: year.revenue}", ["devices/reward.cap"]),
    ],
)
def test_a_cap_that_lies_above_one_that_covers_it(tmp_path: Path, first: str, second: str, found: list[str]) -> None:
    findings = list(amounts(rules(tmp_path, policy=capped(first, second))))
    assert [finding.message.split("`")[1] for finding in findings] == found
    assert all(finding.code == "cap-covered" and len(finding.notes) == 1 for finding in findings)


@pytest.mark.parametrize(
    "award",
    [
        "{rate: 50%, of: year.revenue, frequency: yearly}",
        "{per_unit: 100元, of: company.employees, frequency: yearly}",
        "{brackets: {of: year.revenue, mode: whole, rows: [{below: 1亿元, fixed: 1元}, {at_least: 1亿元, rate: 1%}]}, frequency: yearly}",
    ],
)
def test_an_award_without_cap_whose_basis_is_unbounded(tmp_path: Path, award: str) -> None:
    policy = POLICY.replace(f"    caps:\n{CAP}", "").replace("{rate: 50%, of: year.revenue, frequency: yearly}", award)
    assert said(tmp_path, policy) == [
        ("award-unbounded", "the award of `devices/rent` grows with its basis, and no cap stands over it")
    ]
    unpublished = policy.replace(f"    award: {award}\n", f"    award: {award}\n    caps: [{{limit: unpublished}}]\n")
    assert said(tmp_path / "unpublished", unpublished) == []
    assert said(tmp_path / "shared", policy, stacking=shared("1亿元")) == []


def test_an_award_that_its_own_terms_bound_needs_no_cap(tmp_path: Path) -> None:
    policy = POLICY.replace(f"    caps:\n{CAP}", "").replace("of: year.revenue", "of: {least: [year.revenue, 1亿元]}")
    assert said(tmp_path, policy) == []
