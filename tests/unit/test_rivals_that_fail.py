"""A clause that surely fails, or is not in force, takes no part in the choice within an exclusive group."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from eligibility import Profile, Rulebook, check

from pages import indented, policy_file, write  # isort: skip - in tests/

if TYPE_CHECKING:
    from pathlib import Path

ON = date(2023, 6, 30)
CITED = "citations: [{document: S001, quote: R&D space, supports: [amount]}]\ntitle: {zh: 某, en: some}\n"
HERE = "id: here\nwhen: {company.foreign_funded: true}\naward: {fixed: 30元, frequency: yearly}\n"
THERE = "id: there\nwhen: {company.settles_in_biopark: true}\naward: {fixed: 20元, frequency: yearly}\n"
OPEN = "id: open\nwhen: {company.employees: {at_least: 0}}\naward: {unpublished: true, frequency: yearly}\n"
STACKING = """caps:
  - {id: joined, limit: 100元, per: company, period: year, over: [sample/here, sample/open], assumed: {zh: 某, en: some}}
exclusive:
  - {id: one, clauses: [sample/here, sample/there], keep: highest, per: company, assumed: {zh: 某, en: some}}
"""


def nets(folder: Path, clauses: tuple[str, ...], **company: Any) -> dict[str, tuple[int, int | None]]:
    head = policy_file("").partition("clauses:\n")[0]
    written = "\n".join(indented(clause + CITED, "  - ", "    ") for clause in clauses)
    files = {"policies/sample.yaml": f"{head}clauses:\n{written}\n", "stacking.yaml": STACKING}
    book = Rulebook.load(write(folder, files))
    profile = Profile.read({"company": {"employees": 1} | company, "payments": []})
    return {award.clause: (award.net.low, award.net.high) for award in check(profile, book, on=ON).awards}


def test_a_rival_that_fails_leaves_the_amount_as_it_is(tmp_path: Path) -> None:
    found = nets(tmp_path, (HERE, THERE, OPEN), foreign_funded=True, settles_in_biopark=False)
    assert found["sample/here"] == (3000, 3000)
    assert found["sample/open"] == (0, 7000)


def test_a_rival_that_may_hold_leaves_it_open(tmp_path: Path) -> None:
    found = nets(tmp_path, (HERE, THERE, OPEN), foreign_funded=True)
    assert found["sample/here"] == (0, 3000)
    assert found["sample/there"] == (0, 2000)


@pytest.mark.parametrize("clauses", [(HERE, THERE, OPEN), (THERE, HERE, OPEN)])
def test_the_order_of_the_clauses_decides_only_between_equals(clauses: tuple[str, ...], tmp_path: Path) -> None:
    found = nets(tmp_path, clauses, foreign_funded=False, settles_in_biopark=True)
    assert found["sample/there"][1] == 2000
    assert found["sample/here"] == (0, 0)
