from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from folders import POLICY, TEXT, relative, rules

from eligibility.diagnostics import RulebookRefused
from eligibility.rulebook.coverage import Coverage, coverage, left_over, read_reasons

if TYPE_CHECKING:
    from pathlib import Path

    from eligibility.rulebook import Rulebook

REASON = "  - {document: D, quote: %s, kind: target, reason: {zh: 因, en: why}}\n"
TARGET = "The industry will reach 200 billion yuan; it employs 300 people.\n"


def reasons(*quotes: str) -> str:
    return "reasons:\n" + "".join(REASON % quote for quote in quotes)


def left(report: Coverage) -> list[tuple[int, str]]:
    return [(covered.sentence.line, covered.sentence.text) for covered in report.left]


def test_what_clauses_quote_is_tied_to_them(tmp_path: Path) -> None:
    report = coverage(rules(tmp_path))
    assert report.left == ()
    tied = {
        covered.sentence.line: [(tie.kind, tie.id) for tie in covered.ties]
        for covered in report.sentences
        if covered.ties
    }
    assert tied == {3: [("clause", "devices/reward")], 4: [("clause", "devices/rent")]}
    assert len(report.sentences) == 4


def test_a_promise_that_nothing_quotes_is_left(tmp_path: Path) -> None:
    rulebook = rules(tmp_path, text=TEXT + TARGET)
    report = coverage(rulebook)
    assert left(report) == [(5, "The industry will reach 200 billion yuan;"), (5, "it employs 300 people.")]
    assert relative(left_over(report, rulebook), tmp_path) == (
        "d.txt:5:1: error[sentence-left]: no clause and no reason quotes this sentence, which holds `200 billion yuan`\n"
        f"    5 | {TARGET.rstrip()}\n"
        f"      | {'^' * 41}\n"
        "help: quote it in a clause, or say in reasons.yaml why it is none\n"
        "\n"
        "d.txt:5:43: error[sentence-left]: no clause and no reason quotes this sentence, which holds `300 people`\n"
        f"    5 | {TARGET.rstrip()}\n"
        f"      | {' ' * 42}{'^' * 22}\n"
        "help: quote it in a clause, or say in reasons.yaml why it is none"
    )


def test_a_reason_ties_a_sentence(tmp_path: Path) -> None:
    rulebook = rules(tmp_path, text=TEXT + TARGET, reasons=reasons("will reach 200 billion yuan", "300 people"))
    report = coverage(rulebook)
    assert report.left == ()
    assert [(tie.kind, tie.id) for tie in report.sentences[-1].ties] == [("reason", "target")]


def test_one_quote_may_span_sentences(tmp_path: Path) -> None:
    rulebook = rules(tmp_path, text=TEXT + TARGET, reasons=reasons("reach 200 billion yuan; it employs 300 people"))
    assert coverage(rulebook).left == ()


def test_a_figure_outside_every_quote_is_left(tmp_path: Path) -> None:
    rulebook = rules(tmp_path, policy=POLICY.replace("rent, up to 20 million yuan a year", "rent"))
    report = coverage(rulebook)
    assert [covered.loose for covered in report.left] == [("20 million yuan",)]
    message = "no clause and no reason quotes `20 million yuan`, though other words of the sentence are quoted"
    assert [(finding.code, finding.message) for finding in left_over(report, rulebook)] == [("figure-left", message)]


def test_a_quote_ties_every_place_where_it_stands(tmp_path: Path) -> None:
    rulebook = rules(
        tmp_path, text=TEXT + TARGET + TARGET, reasons=reasons("will reach 200 billion yuan", "300 people")
    )
    assert coverage(rulebook).left == ()


CITING = {
    "policy": {
        "policy": POLICY.replace(
            "clauses:", "  citations: [{document: D, quote: 200 billion yuan, supports: [dates]}]\nclauses:"
        )
    },
    "cap": {
        "policy": POLICY.replace(
            "limit: 2000万元",
            "limit: 2000万元\n        citations: [{document: D, quote: 200 billion yuan, supports: [cap]}]",
        )
    },
    "definition": {
        "definitions": "definitions:\n  d:\n    title: {zh: 定, en: d}\n    when: {company.track: vaccines}\n"
        "    citations: [{document: D, quote: 200 billion yuan, supports: [who]}]\n"
    },
    "group": {
        "stacking": "exclusive:\n  - {id: g, clauses: [devices/reward, devices/rent], keep: highest, per: company,\n"
        "     citations: [{document: D, quote: 200 billion yuan, supports: [stacking]}]}\n"
    },
    "together": {
        "stacking": "together:\n  - {id: t, clauses: [devices/reward, devices/rent],\n"
        "     citations: [{document: D, quote: 200 billion yuan, supports: [stacking]}]}\n"
    },
}


@pytest.mark.parametrize("kind", CITING)
def test_whatever_quotes_a_sentence_ties_it(tmp_path: Path, kind: str) -> None:
    report = coverage(rules(tmp_path, text=TEXT + "The industry will reach 200 billion yuan.\n", **CITING[kind]))
    assert [tie.kind for tie in report.sentences[-1].ties] == [kind]


def test_every_clause_names_the_sentence_that_supports_each_figure(tmp_path: Path) -> None:
    report = coverage(rules(tmp_path))
    rests = {
        part.support.by: [(quote, [covered.sentence.line for covered in stands]) for quote, stands in part.quoted]
        for _, supported in report.clauses
        for part in supported
    }
    rent = "subsidized at the rate of 50% of the rent, up to 20 million yuan a year"
    assert rests == {
        "devices/reward": [("one-time reward of 3 million yuan", [3])],
        "devices/rent": [(rent, [4])],
        "devices/rent.cap": [(rent, [4])],
    }


def test_shipped_documents_count_only_where_they_are_quoted(tmp_path: Path) -> None:
    assert [document.id for document in coverage(rules(tmp_path)).documents] == ["D"]
    quoting = POLICY.replace(
        "clauses:",
        "  citations: [{document: S001, quote: one-time reward of 3 million yuan, supports: [dates]}]\nclauses:",
    )
    assert [document.id for document in coverage(rules(tmp_path, policy=quoting)).documents] == ["S001", "D"]


def test_coverage_of_a_missing_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookRefused, match="document-missing"):
        coverage(rules(tmp_path, text=None))


# ---- reasons


def read(folder: Path, text: str) -> tuple[Rulebook, str]:
    rulebook = rules(folder, reasons=text)
    _, findings = read_reasons(rulebook.folder, rulebook)
    return rulebook, relative(findings, folder)


def test_without_the_file_there_are_no_reasons(tmp_path: Path) -> None:
    rulebook = rules(tmp_path)
    assert read_reasons(rulebook.folder, rulebook) == ((), ())


def test_a_reason_keeps_its_words(tmp_path: Path) -> None:
    rulebook = rules(tmp_path, reasons=reasons("It met  Ms. Tse"))
    [reason], findings = read_reasons(rulebook.folder, rulebook)
    assert (reason.quote, reason.kind, reason.reason.zh, reason.document.id, findings) == (
        "It met Ms. Tse",
        "target",
        "因",
        "D",
        (),
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("document: D", "document: DD", "unknown-word]: `DD` is no document of documents.yaml"),
        ("document: D", "document: NOTICE", "quote-not-held]: `NOTICE` is not held, so its words cannot be checked"),
        ("kind: target", "kind: tarket", "unknown-word]: `tarket` is no kind of reason"),
        ("kind: target, ", "", "missing-key]: `kind` is missing"),
        ("kind:", "sort: a, kind:", "unknown-key]: the key `sort` is not known here"),
        ("reason: {zh: 因, en: why}", "reason: why", "shape]: a mapping belongs here"),
        ("It met Ms. Tse", "'  '", "shape]: a word or text belongs here"),
        ("It met Ms. Tse", "It met Mr. Tse", "quote-not-found]: `D` does not hold these words"),
    ],
)
def test_what_is_wrong_with_a_reason_is_shown_at_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    _, shown = read(tmp_path, reasons("It met Ms. Tse").replace(old, new))
    assert shown.splitlines()[0].startswith("reasons.yaml:2:")
    assert shown.splitlines()[0].endswith(f"error[{message}")


def test_one_wrong_reason_does_not_hide_the_next(tmp_path: Path) -> None:
    _, shown = read(tmp_path, reasons("no such words", "It met Ms. Tse", "nor these"))
    assert [line.split(":")[1] for line in shown.splitlines() if "error[" in line] == ["2", "4"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), ("reasons: [", "not-yaml"), ("reasons: []", "empty"), ("- a", "shape"), ("reasons: 3", "shape")],
)
def test_a_file_that_holds_no_reasons_is_refused(tmp_path: Path, text: str, code: str) -> None:
    rulebook, shown = read(tmp_path, text)
    assert f"error[{code}]" in shown
    with pytest.raises(RulebookRefused):
        coverage(rulebook)
