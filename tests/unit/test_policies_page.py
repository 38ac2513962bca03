"""docs/policies.md is what the rules say: drawn from them, and nothing is left out."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from eligibility import Rulebook
from eligibility.cli import main
from eligibility.report.policy_page import policy_page
from eligibility.rulebook.describe import kind_of
from eligibility.rulebook.language import Dated
from eligibility.rulebook.wording import award_name, cap_name, sentence

from pages import DOCS  # isort: skip - in tests/

if TYPE_CHECKING:
    from pathlib import Path

PAGE = DOCS / "policies.md"


def plain(text: str) -> str:
    return text.replace("\\", "")


def test_the_page_is_drawn_from_the_rules() -> None:
    drawn, kept = policy_page(Rulebook.load()).splitlines(), PAGE.read_text(encoding="utf-8").splitlines()
    changed = [line for line in zip(kept, drawn, strict=False) if line[0] != line[1]][:1]
    assert (changed, len(kept)) == ([], len(drawn)), "the rules have changed: run `make policies`"


def test_the_command_prints_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    with suppress(SystemExit):
        main(["rules", "list", "--format", "md"])
    assert capsys.readouterr().out == policy_page(Rulebook.load())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_of_a_clause_is_left_out(lang: str) -> None:
    rulebook = Rulebook.load()
    page = plain(policy_page(rulebook))
    blocks = {
        found[1]: found[2] for found in re.finditer(r"^### `(\S+)`\n(.*?)(?=^##)", page, re.DOTALL | re.MULTILINE)
    }
    for clause in rulebook.clauses:
        block = blocks[clause.id]
        assert clause.title[lang] in block
        assert award_name(clause.award, lang) in block
        head = page.split(f"\n## `{clause.policy.id}`\n")[1].split("\n### ")[0]
        required = len(clause.policy.requires)
        for place, part in enumerate(clause.condition.parts):
            if isinstance(part, Dated):
                assert {"zh": "（属于参照年度者）", "en": " of the reference year"}[lang] in block
            else:
                assert " ".join(sentence(part, lang).split()) in (head if place < required else block)
        for cap in clause.caps:
            assert cap_name(cap, lang, clause.for_each) in block
        for cited in clause.citations:
            assert f"[{cited.document.id}]" in block
        for assumption in clause.assumptions:
            words = " ".join(assumption[lang].split())
            of_several = [line for line in head.splitlines() if words in line and f"[{clause.short_id}]" in line]
            assert words in block or of_several
        shared = [rule.id for rule in rulebook.caps if clause.id in rule.over]
        shared += [rule.id for rule in (*rulebook.groups, *rulebook.together) if clause.id in rule.clauses]
        assert [ident for ident in shared if f"[{ident}](#" not in block] == []
        assert ("参照年度 reference year:" in block) or clause.reference == "current_year"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_clauses_share_stands_once(lang: str) -> None:
    rulebook = Rulebook.load()
    page = plain(policy_page(rulebook))
    for cap in rulebook.caps:
        block = page.split(f"\n### `{cap.id}`\n")[1].split("\n##")[0]
        assert cap_name(cap, lang, kind_of(cap, rulebook)) in block
        assert [name for name in cap.over if f"[{name}]" not in block] == []
    for group in rulebook.groups:
        assert page.count(f"\n### `{group.id}`\n") == 1


def test_a_viewer_still_renders_the_page() -> None:
    assert len(policy_page(Rulebook.load()).encode()) < 500_000  # code hosts render pages up to half a megabyte


def test_what_is_unknown_of_a_policy_is_said() -> None:
    rulebook = Rulebook.load()
    page = policy_page(rulebook)
    for policy in rulebook.policies:
        head = page.split(f"\n## `{policy.id}`\n")[1].split("\n### ")[0]
        assert ("未知 unknown: 终止日期" in head) is policy.end_unknown
        assert ("未知 unknown: 施行日期" in head) is (policy.starts is None)


def test_every_link_of_the_page_has_its_heading() -> None:
    page = policy_page(Rulebook.load())
    headings = {re.sub(r"[^a-z0-9_ -]", "", found.lower()) for found in re.findall(r"^#+ `(.*)`$", page, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]*)\)", page)) <= headings


def test_special_characters_stay_text(tmp_path: Path) -> None:
    from pages import policy_file, write

    clause = "title: {zh: a*b_c, en: 'a|b [c] <d>'}\n"
    page = policy_page(Rulebook.load(write(tmp_path, {"policies/sample.yaml": policy_file(clause)})))
    assert "a\\*b\\_c · a\\|b \\[c\\] \\<d\\>" in page
