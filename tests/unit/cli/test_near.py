"""`check --near` and the near misses of `explain`."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from eligibility import cli

if TYPE_CHECKING:
    from pathlib import Path

GROWN = """
company: {registered_on: 2022-05-06, areas: [yizhuang_new_town], track: high_end_medical_equipment,
          activities: [rnd], employees: 1012, sme_sector: industry}
years: [{year: 2022, revenue: 4.2亿元}]
leases: [{year: 2023, in_yizhuang: true, use: rnd, rent_paid: 80万元}]
payments: []
"""
RENT = "etown-2023-devices/rent"


@pytest.fixture
def grown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "140")
    path = tmp_path / "grown.yaml"
    path.write_text(GROWN, encoding="utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with suppress(SystemExit):
        cli.main([*words, "--on", "2023-06-30"])
    printed = capsys.readouterr()
    return printed.out + printed.err


def test_the_table_has_as_many_as_were_asked_for(grown: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = run(capsys, "check", grown, "--near", "1")
    assert "employees (company.employees) 1012 people, needs at most 999 people: 13 too many" in page
    assert page.count("change ") == 1
    assert "差一点" in run(capsys, "check", grown, "--near", "1", "--lang", "zh")
    assert "Near misses" not in run(capsys, "check", grown)


def test_json_has_them_on_demand(grown: str, capsys: pytest.CaptureFixture[str]) -> None:
    near = json.loads(run(capsys, "check", grown, "--near", "2", "--format", "json"))["near"]
    assert near[0]["clause"] == RENT
    assert len(near) == 2
    assert "near" not in json.loads(run(capsys, "check", grown, "--format", "json"))


def test_explain_shows_every_smallest_set(grown: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = run(capsys, "explain", RENT, grown)
    assert "It would be eligible with" in page
    assert "needs below ¥400,000,000" in page
    (award,) = json.loads(run(capsys, "explain", RENT, grown, "--format", "json"))
    assert [each["changes"][0]["fact"] for each in award["near"]] == [
        "company.employees",
        "year.revenue",
        "company.sme_sector",
    ]


def test_a_company_without_near_misses_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.yaml"
    path.write_text("company: {}", encoding="utf-8")
    assert "No clause is near." in run(capsys, "check", str(path), "--near", "3")


@pytest.mark.parametrize("number", ["0", "-1", "many"])
def test_a_number_that_is_none_is_refused(number: str, grown: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--near" in run(capsys, "check", grown, "--near", number)
