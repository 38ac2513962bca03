"""Findings about the catalogue: they point into the module that declares the fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from folders import rules

from eligibility.bilingual import Words
from eligibility.frozen import replace
from eligibility.profile.catalogue import FACTS
from eligibility.rulebook import Rulebook, declared

if TYPE_CHECKING:
    from pathlib import Path

    from eligibility.profile.facts import Fact


def given(monkeypatch: pytest.MonkeyPatch, *facts: Fact) -> None:
    monkeypatch.setattr(declared, "FACTS", {fact.path: fact for fact in facts})


def test_the_shipped_catalogue_is_clean() -> None:
    assert list(declared.unlabelled()) == []
    assert list(declared.unused(Rulebook.load())) == []


def test_a_fact_that_no_clause_uses_is_shown_where_it_is_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declared, "facts_used", lambda _clause, _rulebook: frozenset({"company.track"}))
    given(monkeypatch, FACTS["company.track"], FACTS["lease.area"])
    (finding,) = declared.unused(Rulebook.load())
    assert (finding.code, finding.severity) == ("fact-unused", "warning")
    assert finding.message == "no clause uses the fact `lease.area`"
    assert finding.place
    assert finding.place.source.name.endswith("profile/records.py")
    assert finding.place.source.line(finding.place.line).strip().startswith("area: ")


def test_what_is_offered_to_other_rules_alone_is_used_by_no_shipped_clause() -> None:
    rulebook = Rulebook.load()
    used = frozenset().union(*(declared.facts_used(clause, rulebook) for clause in rulebook.clauses))
    assert set(FACTS) >= declared.OFFERED
    assert used & declared.OFFERED == set()


def test_facts_with_another_use_need_no_clause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declared, "facts_used", lambda _clause, _rulebook: frozenset())
    spared = ("company.name", "company.credit_code", "company.age_months", "year.year", "product.milestone_on")
    given(monkeypatch, *(FACTS[path] for path in spared))
    assert list(declared.unused(Rulebook.load())) == []


def test_other_rules_do_not_answer_for_the_catalogue(tmp_path: Path) -> None:
    assert list(declared.unused(rules(tmp_path))) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"label": Words("", "area")}, "the fact `lease.area` has no label in Chinese"),
        ({"label": Words("面积", " ")}, "the fact `lease.area` has no label in English"),
        ({"label": Words("面积", "面积")}, "the fact `lease.area` has no label in English"),
        ({"question": Words(" ", "How large?")}, "the fact `lease.area` has no question in Chinese"),
        ({"unit": Words("平方米", "")}, "the fact `lease.area` has no unit in English"),
    ],
)
def test_a_fact_without_words(monkeypatch: pytest.MonkeyPatch, change: dict[str, Words], message: str) -> None:
    given(monkeypatch, replace(FACTS["lease.area"], **change))
    (finding,) = declared.unlabelled()
    assert (finding.code, finding.severity, finding.message) == ("unlabelled", "warning", message)
    assert finding.place
    assert finding.place.source.line(finding.place.line).strip().startswith("area: ")


def test_a_value_without_words_is_shown_where_it_is_labelled(monkeypatch: pytest.MonkeyPatch) -> None:
    fact = FACTS["company.size"]
    given(monkeypatch, replace(fact, values={**(fact.values or {}), "small": Words("小型", "小型")}))
    (finding,) = declared.unlabelled()
    assert finding.message == "the value `small` of `company.size` has no label in English"
    assert finding.place
    assert finding.place.source.name.endswith("profile/words.py")
    assert finding.place.source.line(finding.place.line).strip().startswith('"small": ')
