"""Limits that are quantities: a cap per item reads the item at hand, any cap the reference year of its clause."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from eligibility import Profile, Rulebook, check
from eligibility.diagnostics import RulebookRefused

from pages import indented, policy_file, write  # isort: skip - in tests/

if TYPE_CHECKING:
    from pathlib import Path

    from eligibility.decision import Decision

ON = date(2023, 6, 30)
LEASES = [
    {"year": 2023, "use": "rnd", "rent_paid": 100},
    {"year": 2023, "use": "rnd", "rent_paid": 30},
    {"year": 2023, "use": "rnd"},
]
HALF = "id: half\nfor_each: lease\nwhen: {lease.use: rnd}\naward: {rate: 50%, of: lease.rent_paid, frequency: yearly}\n"
WHOLE = "id: whole\nfor_each: lease\nwhen: {lease.use: rnd}\naward: {fixed: 60元, frequency: yearly}\n"
TOGETHER = """caps:
  - id: rent-paid
    limit: LIMIT
    per: item
    period: year
    over: [sample/half, sample/whole]
    assumed: {zh: 假设, en: assumed}
"""


def rulebook(folder: Path, limit: str = "lease.rent_paid") -> Rulebook:
    head = policy_file("").partition("clauses:\n")[0]
    cited = "citations: [{document: S001, quote: R&D space, supports: [amount]}]\ntitle: {zh: 某, en: some}"
    clauses = "\n".join(indented(f"{clause}{cited}", "  - ", "    ") for clause in (HALF, WHOLE))
    files = {"policies/sample.yaml": f"{head}clauses:\n{clauses}\n", "stacking.yaml": TOGETHER.replace("LIMIT", limit)}
    return Rulebook.load(write(folder, files))


def decide(folder: Path, **profile: Any) -> Decision:
    return check(Profile.read({"leases": LEASES, "payments": []} | profile), rulebook(folder), on=ON)


def nets(decision: Decision) -> dict[str, tuple[int, int | None]]:
    return {f"{award.clause} {award.item}": (award.net.low, award.net.high) for award in decision.awards}


def test_each_item_has_a_limit_of_its_own(tmp_path: Path) -> None:
    decision = decide(tmp_path)
    assert nets(decision) == {
        "sample/half leases[0]": (5000, 5000),
        "sample/half leases[1]": (1500, 1500),
        "sample/half leases[2]": (0, None),
        "sample/whole leases[0]": (5000, 5000),  # 100 − 50, not 60
        "sample/whole leases[1]": (1500, 1500),  # 30 − 15
        "sample/whole leases[2]": (0, 6000),  # the rent is not known, and so is not its limit
    }
    assert [(row.item, row.limit.low, row.limit.high) for row in decision.ledger] == [
        ("leases[0]", 10000, 10000),
        ("leases[1]", 3000, 3000),
        ("leases[2]", 0, None),
    ]


def test_what_was_paid_for_an_item_counts_against_its_own_limit(tmp_path: Path) -> None:
    paid = [{"clause": "sample/half", "item": "leases[1]", "year": 2023, "amount": 20}]
    found = nets(decide(tmp_path, payments=paid))
    assert found["sample/whole leases[0]"] == (5000, 5000)
    assert found["sample/half leases[1]"] == (0, 0)
    assert found["sample/whole leases[1]"] == (1000, 1000)  # 30 − 20


def test_over_an_unknown_list_nothing_is_bounded(tmp_path: Path) -> None:
    decision = check(Profile.read({"payments": []}), rulebook(tmp_path), on=ON)
    assert set(nets(decision).values()) == {(0, None)}


def test_an_expression_of_the_items_facts_is_read_item_by_item(tmp_path: Path) -> None:
    book = rulebook(tmp_path, "{least: [{rate: 80%, of: lease.rent_paid}, 70元]}")
    found = nets(check(Profile.read({"leases": LEASES[:2], "payments": []}), book, on=ON))
    assert found["sample/whole leases[0]"] == (2000, 2000)  # 70 − 50
    assert found["sample/whole leases[1]"] == (900, 900)  # 24 − 15


@pytest.mark.parametrize("limit", ["product.rnd_expense", "{plus: [lease.rent_paid, project.grant]}"])
def test_facts_of_another_kind_are_refused(limit: str, tmp_path: Path) -> None:
    with pytest.raises(RulebookRefused, match="and its clauses pay for each lease"):
        rulebook(tmp_path, limit)


def test_a_cap_of_the_company_names_no_item(tmp_path: Path) -> None:
    text = TOGETHER.replace("per: item", "per: company")
    rulebook(tmp_path)
    (tmp_path / "stacking.yaml").write_text(text.replace("LIMIT", "lease.rent_paid"), encoding="utf-8")
    with pytest.raises(RulebookRefused, match="belongs to one lease"):
        Rulebook.load(tmp_path)
    (tmp_path / "stacking.yaml").write_text(text.replace("LIMIT", "{sum: lease.rent_paid}"), encoding="utf-8")
    assert Rulebook.load(tmp_path)


@pytest.mark.parametrize(("reference", "net"), [("previous_year", 1000), ("current_year", 3000)])
def test_a_limit_of_the_company_is_read_in_the_reference_year(reference: str, net: int, tmp_path: Path) -> None:
    parts = f"""reference: {reference}
for_each: project
when: {{project.major: true}}
award: {{fixed: 100元, frequency: yearly}}
caps: [{{limit: year.revenue, per: company}}]
"""
    book = Rulebook.load(write(tmp_path, {"policies/sample.yaml": policy_file(parts)}))
    profile = {
        "years": [{"year": 2023, "revenue": 30}, {"year": 2022, "revenue": 10}],
        "projects": [{"year": year, "major": True} for year in (2022, 2023)],
        "payments": [],
    }
    decision = check(Profile.read(profile), book, on=ON)
    assert (decision.total.amount.low, decision.total.amount.high) == (net, net)
