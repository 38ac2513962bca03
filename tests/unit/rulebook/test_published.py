from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from folders import POLICY, relative, rules

from eligibility.diagnostics import RulebookRefused
from eligibility.rulebook import Rulebook
from eligibility.rulebook.coverage import coverage, left_over
from eligibility.rulebook.lint import lint
from eligibility.rulebook.load import shipped
from eligibility.rulebook.published import PublishedFact, read_published

if TYPE_CHECKING:
    from pathlib import Path

REWARD = "{id: A-1, fact: {zh: 奖, en: a reward}, sources: [D], authority: newspaper, clauses: [devices/reward]}"
RENT = "{id: A-2, fact: {zh: 租, en: rent}, sources: [D], authority: newspaper, clauses: [devices/rent]}"
STORY = "{id: B-1, fact: {zh: 事, en: a story}, sources: [D], authority: newspaper, reason: {zh: 无款, en: no money}}"
LEFT = "{id: C-1, fact: {zh: 余, en: left}, sources: [D], authority: newspaper}"
DEFINITIONS = """definitions:
  makers:
    title: {zh: 定, en: makers}
    when: {company.track: vaccines}
    citations: [{document: D, figure: makers, supports: [who]}]
"""
STACKING = """caps:
  - {id: ceiling, limit: 1亿元, per: company, period: year, over: [devices/reward, devices/rent], assumed: {zh: 设, en: so}}
exclusive:
  - {id: either, clauses: [devices/reward, devices/rent], keep: highest, per: company, assumed: {zh: 设, en: so}}
"""
NAMING = POLICY.replace("when: {company.track: vaccines}", "when: makers")


def facts(*entries: str) -> str:
    return "facts:\n" + "".join(f"  - {entry}\n" for entry in entries)


def ruled(folder: Path, text: str | None, **changed: str | None) -> Rulebook:
    if text is not None:
        (folder / "facts.yaml").write_text(text, encoding="utf-8")
    return rules(folder, **changed)


def read(folder: Path, text: str) -> tuple[tuple[PublishedFact, ...], str]:
    found, findings = read_published(ruled(folder, text))
    return found, relative(findings, folder)


# ---- reading


def test_without_the_file_there_are_no_facts(tmp_path: Path) -> None:
    rulebook = ruled(tmp_path, None)
    assert read_published(rulebook) == ((), ())
    assert coverage(rulebook).unnamed == ()
    assert lint(rulebook) == ()


def test_a_fact_keeps_what_it_says(tmp_path: Path) -> None:
    [fact], shown = read(tmp_path, facts(REWARD.replace("authority", "confidence: partial, authority")))
    assert shown == ""
    assert (fact.id, fact.fact.zh, fact.fact.en, fact.authority, fact.confidence) == (
        "A-1",
        "奖",
        "a reward",
        "newspaper",
        "partial",
    )
    assert [document.id for document in fact.sources] == ["D"]
    assert [(tie.kind, tie.id) for tie in fact.ties] == [("clause", "devices/reward")]
    assert (fact.reason, fact.left) == (None, False)


def test_words_were_seen_unless_it_says_otherwise(tmp_path: Path) -> None:
    [fact], _ = read(tmp_path, facts(REWARD))
    assert fact.confidence == "seen"


READ_TWO_WAYS = (
    STACKING.replace("period: year", "period: year, reading: scope/narrow")
    + """readings:
  - id: scope
    title: {zh: 范围, en: scope}
    ways:
      - {id: narrow, title: {zh: 窄, en: narrow}, assumed: {zh: 设, en: so}}
      - {id: wide, title: {zh: 宽, en: wide}, assumed: {zh: 设, en: so}}
    assumed: {zh: 取窄, en: the narrower}
"""
)
TOGETHER = "together:\n  - {id: both, clauses: [devices/reward, devices/rent], assumed: {zh: 设, en: so}}\n"


@pytest.mark.parametrize(
    ("stacking", "named"),
    [
        (READ_TWO_WAYS, {"ceiling": "cap", "either": "group", "scope": "reading"}),
        (TOGETHER, {"both": "together"}),
    ],
)
def test_a_fact_is_tied_to_every_kind_of_rule(tmp_path: Path, stacking: str, named: dict[str, str]) -> None:
    ties = f"clauses: [devices/rent], definitions: [makers], stacking: [{', '.join(named)}], policies: [devices]"
    entry = RENT.replace("clauses: [devices/rent]", ties)
    rulebook = ruled(tmp_path, facts(entry), definitions=DEFINITIONS, stacking=stacking, policy=NAMING)
    [fact], findings = read_published(rulebook)
    assert findings == ()
    assert [(tie.kind, tie.id) for tie in fact.ties] == [
        ("clause", "devices/rent"),
        ("definition", "makers"),
        *((kind, ident) for ident, kind in named.items()),
        ("policy", "devices"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "message", "help_"),
    [
        ("[devices/reward]", "[devices/rewrd]", "unknown-clause]: there is no clause `devices/rewrd`", "did you mean `devices/reward`?"),
        ("clauses: [devices/reward]", "definitions: [makers]", "unknown-definition]: there is no definition `makers`", "see definitions.yaml"),
        ("clauses: [devices/reward]", "stacking: [devices]", "unknown-word]: `devices` is no stacking rule", "name a shared cap"),
        ("clauses: [devices/reward]", "policies: [device]", "unknown-word]: `device` is no policy", "did you mean `devices`?"),
        ("[D]", "[Dee]", "unknown-word]: `Dee` is no document of documents.yaml", "add it to documents.yaml"),
        ("[D]", "[]", "empty]: the list of documents is empty", ""),
        ("[devices/reward]", "[]", "empty]: the list of clauses is empty", ""),
        ("newspaper", "press", "unknown-word]: `press` is no authority", "one of: official"),
        ("authority", "confidence: sure, authority", "unknown-word]: `sure` is no confidence", "one of: seen"),
        ("A-1", "A_1", "id]: `A_1` cannot be the id of a fact", "use letters, digits and hyphens: `KC2-2`"),
        ("{zh: 奖, en: a reward}", "a reward", "shape]: a mapping belongs here", ""),
        (", authority: newspaper", "", "missing-key]: `authority` is missing", ""),
        ("clauses:", "clause:", "unknown-key]: the key `clause` is not known here", "did you mean `clauses`?"),
        (
            "clauses:",
            "reason: {zh: 无, en: none}, clauses:",
            "fact-both]: `A-1` is tied to `devices/reward`, and says why it is tied to nothing",
            "keep the ties, or keep the reason",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_fact_is_shown_at_its_place(
    tmp_path: Path, old: str, new: str, message: str, help_: str
) -> None:
    _, shown = read(tmp_path, facts(REWARD.replace(old, new)))
    first, *_, last = shown.splitlines()
    assert first.startswith("facts.yaml:2:")
    assert first.endswith(f"error[{message}")
    assert last.startswith(f"help: {help_}")


def test_two_facts_of_one_id_show_both_places(tmp_path: Path) -> None:
    _, shown = read(tmp_path, facts(REWARD, RENT, STORY.replace("B-1", "A-1")))
    assert shown.startswith("facts.yaml:4:10: error[duplicate-id]: two facts have the id `A-1`\n")
    assert "facts.yaml:2:10: note: first here\n" in shown


def test_one_wrong_fact_does_not_hide_the_next(tmp_path: Path) -> None:
    found, shown = read(tmp_path, facts(REWARD.replace("[D]", "[X]"), RENT, STORY.replace("B-1", "B_1")))
    assert [fact.id for fact in found] == ["A-2"]
    assert [line.split(":")[1] for line in shown.splitlines() if "error[" in line] == ["2", "4"]


def test_every_wrong_tie_of_a_fact_is_shown(tmp_path: Path) -> None:
    _, shown = read(tmp_path, facts(RENT.replace("clauses: [devices/rent]", "clauses: [x, y], policies: [z]")))
    assert shown.count("error[") == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), ("facts: [", "not-yaml"), ("facts: []", "empty"), ("- a", "shape"), ("facts: 3", "shape")],
)
def test_a_file_that_holds_no_facts_is_refused(tmp_path: Path, text: str, code: str) -> None:
    rulebook = ruled(tmp_path, text)
    _, findings = read_published(rulebook)
    assert [finding.code for finding in findings] == [code]
    assert [finding.code for finding in lint(rulebook)] == [code]
    with pytest.raises(RulebookRefused):
        coverage(rulebook)


# ---- coverage


def test_ties_and_reasons_leave_nothing(tmp_path: Path) -> None:
    rulebook = ruled(tmp_path, facts(REWARD, RENT, STORY))
    report = coverage(rulebook)
    assert [fact.id for fact in report.facts] == ["A-1", "A-2", "B-1"]
    assert left_over(report, rulebook) == ()
    assert lint(rulebook) == ()


def test_a_fact_without_tie_or_reason_is_left(tmp_path: Path) -> None:
    rulebook = ruled(tmp_path, facts(REWARD, RENT, LEFT))
    report = coverage(rulebook)
    assert [fact.id for fact in report.facts if fact.left] == ["C-1"]
    assert relative(left_over(report, rulebook), tmp_path) == (
        "facts.yaml:4:10: error[fact-left]: `C-1` is tied to nothing, and no reason says why\n"
        f"    4 |   - {LEFT}\n"
        f"      |          ^^^\n"
        "help: name what holds it under `clauses`, `definitions`, `stacking` or `policies`, or give a `reason`"
    )


def test_a_clause_of_money_that_no_fact_names_is_doubted(tmp_path: Path) -> None:
    rulebook = ruled(tmp_path, facts(REWARD, STORY))
    report = coverage(rulebook)
    assert [clause.id for clause in report.unnamed] == ["devices/rent"]
    for findings in (left_over(report, rulebook), lint(rulebook)):
        assert [(finding.severity, finding.code, finding.message) for finding in findings] == [
            ("warning", "clause-without-fact", "no fact names the clause `devices/rent`")
        ]


def test_a_policy_that_a_fact_names_does_not_stand_for_its_clauses(tmp_path: Path) -> None:
    entry = RENT.replace("clauses: [devices/rent]", "policies: [devices]")
    assert [clause.id for clause in coverage(ruled(tmp_path, facts(REWARD, entry))).unnamed] == ["devices/rent"]


def test_a_service_needs_no_fact(tmp_path: Path) -> None:
    award = "{rate: 50%, of: year.revenue, frequency: yearly}\n    caps:\n      - limit: 2000万元"
    policy = POLICY.replace(award, "{service: true}").replace("[rate, cap]", "[service]")
    assert coverage(ruled(tmp_path, facts(REWARD), policy=policy)).unnamed == ()


def test_wrong_facts_raise_no_doubt_about_clauses(tmp_path: Path) -> None:
    rulebook = ruled(tmp_path, facts(REWARD, RENT.replace("[D]", "[X]")))
    assert [finding.code for finding in lint(rulebook)] == ["unknown-word"]


# ---- authority and documents


def test_an_authority_that_is_not_that_of_the_best_source_is_doubted(tmp_path: Path) -> None:
    entry = REWARD.replace("[D]", "[D, DC]").replace("newspaper", "weak")
    rulebook = ruled(tmp_path, facts(entry, RENT))
    assert relative(lint(rulebook), tmp_path).startswith(
        "facts.yaml:2:73: warning[fact-authority]: `A-1` is given as `weak`, and the best of its sources is `newspaper`\n"
    )


def test_the_best_of_several_sources_counts(tmp_path: Path) -> None:
    entry = REWARD.replace("[D]", "[DC, D, JZF22]").replace("newspaper", "official")
    assert lint(ruled(tmp_path, facts(entry, RENT))) == ()


def test_a_document_that_a_fact_names_is_cited(tmp_path: Path) -> None:
    documents = (
        "documents:\n  - {id: D, title: {zh: 文件, en: document}, authority: newspaper, file: d.txt}\n"
        "  - {id: E, title: {zh: 文, en: e}, authority: weak, url: 'https://example.org'}\n"
    )
    entry = STORY.replace("[D]", "[E]").replace("newspaper", "weak")
    assert lint(ruled(tmp_path, facts(REWARD, RENT, entry), documents=documents)) == ()
    assert [finding.code for finding in lint(ruled(tmp_path, facts(REWARD, RENT), documents=documents))] == [
        "document-uncited"
    ]


# ---- the shipped facts

SERIES = {
    "E-Town": "GEO 4, ORG 1, MH 9, ME 5, CGT 4, KC2 4, KC1 5, ZJ 9, TAL 4, FDI 5, HQS 1, PS 3, AI 3, GR 10, ECO 3, "
    "RENT22 2, BP- 2, INC 1, SVC 1, FUND 3, PROC 3",
    "beyond": "BJ24 11, BJ25 16, DX 11, DXG 8, DXS 4, DXB 4, DA 5, AP 5, GJJ 12, MD 7, MDP 1, ZGC 4, FRD 4, WL 2, RD 6, "
    "SP 5, CP 3, TZ 1, OT 3, DEF 38, BP 6, ST 11",
}
"""How many entries each series has; of E-Town's own on BioPark the numbers have one digit."""


def counted(place: str) -> dict[str, int]:
    return {name: int(count) for name, _, count in (entry.partition(" ") for entry in SERIES[place].split(", "))}


def test_the_shipped_facts_are_complete_and_none_is_left() -> None:
    rulebook = Rulebook.load(shipped("rules"))
    report = coverage(rulebook)
    assert left_over(report, rulebook) == ()
    assert Counter(series(fact.id) for fact in report.facts) == counted("E-Town") | counted("beyond")
    assert (sum(counted("E-Town").values()), sum(counted("beyond").values())) == (82, 167)


def series(ident: str) -> str:
    """Give the series of an entry, by its id."""
    head, _, number = ident.partition("-")
    return "BP-" if head == "BP" and len(number) == 1 else head


def test_the_shipped_facts_agree_with_the_weight_of_their_sources() -> None:
    facts, findings = read_published(Rulebook.load(shipped("rules")))
    assert findings == ()
    assert [fact.id for fact in facts if fact.authority != fact.best_authority] == []
