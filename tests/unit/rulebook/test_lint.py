from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from folders import DOCUMENTS, POLICY, TEXT, relative, rules

from eligibility.rulebook import Rulebook
from eligibility.rulebook.held import nearest_passage, spans_of
from eligibility.rulebook.lint import lint, quotes_checked

if TYPE_CHECKING:
    from pathlib import Path

    from eligibility.diagnostics import Diagnostic


def found(folder: Path, **changed: str | None) -> list[Diagnostic]:
    return list(lint(rules(folder, **changed)))


def codes(findings: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in findings]


def test_the_shipped_rules_are_clean() -> None:
    assert lint(Rulebook.load()) == ()


def test_the_shipped_rules_are_checked_within_a_second() -> None:
    start = perf_counter()
    lint(Rulebook.load())
    assert perf_counter() - start < 1


def test_rules_that_agree_with_their_sources_are_clean(tmp_path: Path) -> None:
    rulebook = rules(tmp_path)
    assert lint(rulebook) == ()
    assert quotes_checked(rulebook) == 2


def test_a_quote_that_is_not_there_shows_the_nearest_line(tmp_path: Path) -> None:
    findings = found(tmp_path, policy=POLICY.replace("one-time reward of", "one-off reward of"))
    assert relative(findings, tmp_path) == (
        "policies/devices.yaml:16:30: error[quote-not-found]: `D` does not hold these words\n"
        "   16 |       - {document: D, quote: one-off reward of 3 million yuan, supports: [amount]}\n"
        "      |                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "help: line 3 reads `zone pays a one-time reward of 3`, the quote `one-off reward of 3`"
    )


def test_a_quote_that_resembles_nothing_gets_general_help(tmp_path: Path) -> None:
    findings = found(
        tmp_path, policy=POLICY.replace("one-time reward of 3 million yuan", "3 million yuan of something else quite")
    )
    assert codes(findings) == [("quote-not-found", "error")]
    assert findings[0].help == "copy the words from `d.txt`, letter by letter"


@pytest.mark.parametrize(
    "text", [TEXT.replace(" reward of ", "\n  reward\tof "), TEXT.replace("\n", "\r\n"), "\ufeff" + TEXT]
)
def test_white_space_and_byte_order_marks_make_no_difference(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text=text) == []


def test_a_word_that_differs_by_case_is_not_the_word(tmp_path: Path) -> None:
    assert codes(found(tmp_path, text=TEXT.replace("one-time", "One-time"))) == [("quote-not-found", "error")]


def test_a_document_whose_file_is_missing(tmp_path: Path) -> None:
    findings = found(tmp_path, text=None)
    assert relative(findings, tmp_path) == (
        "documents.yaml:3:5: error[document-missing]: the file `d.txt` of the document `D` is not there\n"
        "    3 |   - {id: D, title: {zh: 文件, en: document}, authority: newspaper, file: d.txt}\n"
        f"      |     {'^' * 75}\n"
        f"help: put it into `{tmp_path}`, or leave out `file:` and cite figures in your own words"
    )


def test_a_figure_without_a_citation(tmp_path: Path) -> None:
    findings = found(tmp_path, policy=POLICY.replace("supports: [amount]", "supports: [who]"))
    assert relative(findings, tmp_path) == (
        "policies/devices.yaml:14:12: warning[figure-uncited]: no citation supports the figure of `devices/reward`\n"
        "   14 |     award: {fixed: 300万元, frequency: once}\n"
        "      |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "help: say which citation states it: `supports: [amount]`"
    )


def test_a_cap_without_a_citation(tmp_path: Path) -> None:
    findings = found(tmp_path, policy=POLICY.replace("supports: [rate, cap]", "supports: [rate]"))
    assert [finding.message for finding in findings] == [
        "no citation supports the figure of the cap `devices/rent.cap`"
    ]
    assumed = POLICY.replace("supports: [rate, cap]", "supports: [rate]").replace(
        "limit: 2000万元", "limit: 2000万元\n        assumed: {zh: 假设, en: assumed}"
    )
    assert found(tmp_path, policy=assumed) == []


@pytest.mark.parametrize("award", ["{service: true}", "{unpublished: true, frequency: once}"])
def test_what_has_no_figure_needs_no_citation_for_one(tmp_path: Path, award: str) -> None:
    policy = POLICY.replace("{fixed: 300万元, frequency: once}", award).replace("supports: [amount]", "supports: [who]")
    assert found(tmp_path, policy=policy) == []


def test_a_figure_that_its_citation_does_not_state(tmp_path: Path) -> None:
    findings = found(tmp_path, policy=POLICY.replace("300万元", "30万元"))
    assert relative(findings, tmp_path) == (
        "policies/devices.yaml:14:12: warning[figure-unstated]: no citation of `devices/reward` states its figure `¥300,000`\n"
        "   14 |     award: {fixed: 30万元, frequency: once}\n"
        "      |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "help: correct the figure, or cite the words that state it"
    )


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("rate: 60%", "no citation of `devices/rent` states its figure `60%`"),
        ("limit: 200万元", "no citation of the cap `devices/rent.cap` states its figure `¥2,000,000`"),
    ],
)
def test_rates_and_caps_are_compared_too(tmp_path: Path, wrong: str, message: str) -> None:
    right = "rate: 50%" if "rate" in wrong else "limit: 2000万元"
    assert [finding.message for finding in found(tmp_path, policy=POLICY.replace(right, wrong))] == [message]


def test_a_figure_in_our_words_counts(tmp_path: Path) -> None:
    cited = "quote: one-time reward of 3 million yuan, supports: [amount]"
    policy = POLICY.replace(cited, "figure: 三百万 (3 million yuan), supports: [amount]")
    assert found(tmp_path, policy=policy) == []


DEFINITION = """
definitions:
  idle:
    title: {zh: 定义, en: definition}
    when: {company.track: vaccines}
    citations: [{document: D, figure: as we read it, supports: [who]}]
"""


def test_a_definition_that_no_clause_uses(tmp_path: Path) -> None:
    findings = found(tmp_path, definitions=DEFINITION)
    assert [(finding.code, finding.severity, finding.message) for finding in findings] == [
        ("definition-unused", "warning", "no clause uses the definition `idle`")
    ]
    assert (
        found(tmp_path, definitions=DEFINITION, policy=POLICY.replace("{company.track: vaccines}", "{all: [idle]}"))
        == []
    )


def test_a_definition_used_only_by_an_unused_one_is_unused(tmp_path: Path) -> None:
    both = DEFINITION + DEFINITION.replace("\ndefinitions:\n", "").replace("idle", "upper").replace(
        "{company.track: vaccines}", "{all: [idle]}"
    )
    assert [finding.message for finding in found(tmp_path, definitions=both)] == [
        "no clause uses the definition `idle`",
        "no clause uses the definition `upper`",
    ]


def test_a_definition_used_by_the_policy_alone_is_used(tmp_path: Path) -> None:
    policy = POLICY.replace("  in_force:", "  requires: [idle]\n  in_force:")
    definition = DEFINITION.replace("company.track: vaccines", "company.foreign_funded: true")
    assert found(tmp_path, definitions=definition, policy=policy) == []


def test_a_definition_used_in_an_amount_is_used(tmp_path: Path) -> None:
    policy = POLICY.replace(
        "of: year.revenue", "of: {sum: lease.rent_paid, where: {all: [idle, {lease.in_yizhuang: true}]}}"
    )
    assert found(tmp_path, definitions=DEFINITION, policy=policy) == []


def test_a_document_that_nothing_cites(tmp_path: Path) -> None:
    more = DOCUMENTS + "  - {id: E, title: {zh: 文, en: e}, authority: weak, url: 'https://example.org'}\n"
    findings = found(tmp_path, documents=more)
    assert relative(findings, tmp_path).startswith(
        "documents.yaml:4:5: warning[document-uncited]: nothing cites the document `E`"
    )


def test_documents_that_did_not_come_with_the_rules_need_no_citation(tmp_path: Path) -> None:
    assert "S001" in rules(tmp_path).documents
    assert found(tmp_path) == []


def test_a_reason_is_checked_too(tmp_path: Path) -> None:
    reasons = "reasons:\n  - {document: D, quote: no such words, kind: frame, reason: {zh: 因, en: why}}\n"
    findings = found(tmp_path, reasons=reasons)
    assert relative(findings, tmp_path) == (
        "reasons.yaml:2:26: error[quote-not-found]: `D` does not hold these words\n"
        "    2 |   - {document: D, quote: no such words, kind: frame, reason: {zh: 因, en: why}}\n"
        "      |                          ^^^^^^^^^^^^^\n"
        "help: copy the words from `d.txt`, letter by letter"
    )


def test_findings_come_in_the_order_of_their_places(tmp_path: Path) -> None:
    policy = POLICY.replace("one-time reward of", "gift of").replace("rate: 50%", "rate: 5%")
    places = [finding.place for finding in found(tmp_path, policy=policy, definitions=DEFINITION)]
    assert [(place.source.name.rsplit("/", 1)[1], place.line) for place in places if place] == [
        ("definitions.yaml", 4),
        ("devices.yaml", 16),
        ("devices.yaml", 20),
    ]


def test_the_nearest_passage_survives_odd_texts() -> None:
    assert nearest_passage("", "words") is None
    assert nearest_passage("one two", "nothing like it") is None
    assert nearest_passage("a b c d", "a b x d") == "line 1 reads `a b c d`, the quote `a b x d`"
    assert nearest_passage("short", "short and a good deal longer") is None


def test_a_quote_may_stand_in_several_places() -> None:
    assert spans_of("no no", "no") == ((0, 2), (3, 5))
    assert spans_of("no", "") == ()
