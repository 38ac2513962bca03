"""The parts of a rulebook: each has a digest that changes with what it says, and with nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eligibility import Rulebook
from eligibility.rulebook.parts import definitions_used, parts_of_rulebook

if TYPE_CHECKING:
    from pathlib import Path

    from eligibility.rulebook.parts import PartName

DOCUMENTS = "documents:\n  - {id: D, title: {zh: 文件, en: document}, authority: newspaper}\n"
DEFINITIONS = """\
definitions:
  small: {title: {zh: 小, en: small}, when: {company.size: small}, citations: [{document: D, figure: x, supports: [who]}]}
  young: {title: {zh: 新, en: young}, when: {all: [small, {company.registered_on: {within: 3 years}}]}, assumptions: [{zh: 一, en: one}]}
"""
POLICY = """\
policy:
  id: p
  layer: N
  title: {zh: 政策, en: policy}
  issuer: {zh: 机关, en: office}
  issued: 2023-01-01
  in_force: {from: 2023-01-01, to: open}
  requires: [young]
clauses:
  - id: a
    title: {zh: 甲, en: a}
    when: {company.track: [vaccines, generic_drugs]}
    award: {rate: 50%, of: year.revenue, frequency: yearly}
    caps: [{limit: 20万元}]
    citations: [{document: D, figure: half, supports: [rate]}]
  - id: b
    title: {zh: 乙, en: b}
    for_each: lease
    when: {lease.use: rnd}
    award: {fixed: 10万元, frequency: once}
    citations: [{document: D, figure: ten, supports: [amount]}]
  - id: c
    title: {zh: 丙, en: c}
    when: {company.size: small}
    award: {by: company.size, amounts: {small: 1万元, micro: 2万元}, otherwise: 0元, frequency: once}
    citations: [{document: D, figure: ten, supports: [amount]}]
"""
STACKING = """\
caps:
  - {id: both, limit: 25万元, per: company, period: year, over: [p/a, p/b], assumed: {zh: 一, en: one}}
exclusive:
  - {id: one-of, clauses: [p/a, p/b], keep: highest, per: company, assumed: {zh: 一, en: one}}
"""
FILES = {
    "documents.yaml": DOCUMENTS,
    "definitions.yaml": DEFINITIONS,
    "policies/p.yaml": POLICY,
    "stacking.yaml": STACKING,
}


def load(folder: Path, old: str = "", new: str = "") -> Rulebook:
    """Load the rules with one text replaced where it first stands."""
    (folder / "policies").mkdir(parents=True, exist_ok=True)
    left = bool(old)
    for name, text in FILES.items():
        (folder / name).write_text(text.replace(old, new, 1) if left and old in text else text, encoding="utf-8")
        left = left and old not in text
    assert not left, old
    return Rulebook.load(folder)


def changed(folder: Path, old: str, new: str) -> set[PartName]:
    """Name the parts whose digests one change of a text changes."""
    before, after = parts_of_rulebook(load(folder / "1")), parts_of_rulebook(load(folder / "2", old, new))
    assert before.keys() == after.keys()
    return {name for name in before if before[name] != after[name]}


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("[vaccines, generic_drugs]", "[vaccines]", {("clause", "p/a")}),
        ("rate: 50%", "rate: 51%", {("clause", "p/a")}),
        ("yearly}", "yearly, up_to: true}", {("clause", "p/a")}),
        ("of: year.revenue", "of: prior_year.revenue", {("clause", "p/a")}),
        ("limit: 20万元", "limit: 21万元", {("clause", "p/a")}),
        ("limit: 20万元", "limit: unpublished", {("clause", "p/a")}),
        ("limit: 20万元", "limit: 20万元, period: ever", {("clause", "p/a")}),
        ("lease.use: rnd", "lease.use: production", {("clause", "p/b")}),
        ("    for_each: lease\n", "    for_each: lease\n    reference: previous_year\n", {("clause", "p/b")}),
        ("from: 2023-01-01", "from: 2023-01-02", {("policy", "p")}),
        ("from: 2023-01-01", "from: unknown", {("policy", "p")}),
        ("to: open", "to: unknown", {("policy", "p")}),
        ("to: open", "to: 2024-01-01", {("policy", "p")}),
        ("layer: N", "layer: general", {("policy", "p")}),
        ("requires: [young]", "requires: [small]", {("policy", "p")}),
        ("within: 3 years", "within: 4 years", {("definition", "young")}),
        ("when: {company.size: small}", "when: {company.size: micro}", {("definition", "small")}),
        ("limit: 25万元", "limit: 26万元", {("cap", "both")}),
        ("over: [p/a, p/b]", "over: [p/a]", {("cap", "both")}),
        ("clauses: [p/a, p/b]", "clauses: [p/a, p/c]", {("group", "one-of")}),
        ("small: 1万元", "small: 3万元", {("clause", "p/c")}),
        ("authority: newspaper", "authority: repost", {("clause", f"p/{name}") for name in "abc"}),
    ],
)
def test_a_change_of_what_decides_changes_the_digest_of_its_own_part(
    old: str, new: str, parts: set[PartName], tmp_path: Path
) -> None:
    assert changed(tmp_path, old, new) == parts


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("policy:", "# moved down\n\n\npolicy:"),
        ("rate: 50%", "rate: 1/2"),
        ("limit: 20万元", "limit: '¥200,000'"),
        ("clauses: [p/a, p/b]", "clauses: [p/b, p/a]"),
        ("over: [p/a, p/b]", "over: [p/b, p/a]"),
        ("en: policy", "en: measures"),
        ("en: small", "en: little"),
        ("figure: half", "figure: one half"),
        ("issued: 2023-01-01", "issued: 2022-12-01"),
        ("    for_each: lease\n", "    for_each: lease\n    reference: current_year\n"),
        ("assumed: {zh: 一, en: one}", "assumed: {zh: 二, en: two}"),
    ],
)
def test_places_spelling_titles_and_sources_change_none(old: str, new: str, tmp_path: Path) -> None:
    assert changed(tmp_path, old, new) == set()


def test_the_day_of_issue_decides_where_the_first_day_was_not_seen(tmp_path: Path) -> None:
    first = load(
        tmp_path / "1",
        "issued: 2023-01-01\n  in_force: {from: 2023-01-01",
        "issued: 2023-01-01\n  in_force: {from: unknown",
    )
    other = load(
        tmp_path / "2",
        "issued: 2023-01-01\n  in_force: {from: 2023-01-01",
        "issued: 2022-12-01\n  in_force: {from: unknown",
    )
    assert parts_of_rulebook(first)["policy", "p"] != parts_of_rulebook(other)["policy", "p"]


def test_what_covers_several_clauses_names_them(tmp_path: Path) -> None:
    parts = parts_of_rulebook(load(tmp_path))
    assert parts["cap", "both"].members == parts["group", "one-of"].members == ("p/a", "p/b")
    assert parts["clause", "p/a"].members == ()


def test_a_clause_uses_the_definitions_of_its_policy_and_those_behind_them(tmp_path: Path) -> None:
    assert definitions_used(load(tmp_path).by_id["p/b"]) == {"young", "small"}


def test_digests_stay_what_they_are(tmp_path: Path) -> None:
    """Records of years ago hold them: where this fails, old records would blame rules that never changed."""
    digests = {name: part.digest[7:15] for name, part in parts_of_rulebook(load(tmp_path)).items()}
    assert digests == {
        ("policy", "p"): "e3554679",
        ("definition", "small"): "84d3fc44",
        ("definition", "young"): "97a79837",
        ("clause", "p/a"): "14cb3089",
        ("clause", "p/b"): "eb9e4b59",
        ("clause", "p/c"): "cc4b3bd9",
        ("cap", "both"): "f536ed2a",
        ("group", "one-of"): "e6c91a02",
    }
