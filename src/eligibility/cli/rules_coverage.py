"""`eligibility rules coverage`: every promise and fact tied to a rule or a reason, every figure to a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from eligibility.cli.coverage_facts import each_fact, fact_counts, fact_json, facts_table
from eligibility.cli.coverage_words import grid, heading, say
from eligibility.cli.options import format_option, lang_option, load_rules, rules_option, show, show_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType
    from rich.table import Table

    from eligibility.rulebook.coverage import Coverage, Covered, Supported
    from eligibility.rulebook.language import Clause, Document


@click.command(
    epilog="Examples:\n\n  eligibility rules coverage\n\n  eligibility rules coverage --all --lang zh\n\n"
    "  eligibility rules coverage --format json > coverage.json"
)
@format_option
@lang_option
@click.option("--all", "everything", is_flag=True, help="List every sentence and fact with what it is tied to.")
@rules_option
def command(form: str, lang: str, everything: bool, rules: str | None) -> None:
    """Tie every promise in the held documents, and every fact of facts.yaml, to the rules or a reason.

    For each clause the report names the sentence that supports each figure. Exit code 3 if a sentence with an amount,
    a rate or a promise of support is quoted by no clause and no reason, or a fact is tied to nothing without a reason.
    """
    from eligibility.diagnostics import render
    from eligibility.rulebook.coverage import coverage, left_over

    rulebook = load_rules(rules)
    report = coverage(rulebook)
    left = left_over(report, rulebook)
    if form == "json":
        show_json(_to_json(report))
    else:
        _print(report, lang, everything=everything)
    if left:
        click.echo("\n" + render(left), err=True)
    if any(finding.severity == "error" for finding in left):
        raise SystemExit(3)


def _counts(covered: Iterable[Covered]) -> dict[str, int]:
    found = list(covered)
    bearing = [each for each in found if each.sentence.bears]
    clauses = sum(any(tie.kind != "reason" for tie in each.ties) for each in bearing)
    return {
        "sentences": len(found),
        "bearing": len(bearing),
        "clauses": clauses,
        "reasons": sum(bool(each.ties) for each in bearing) - clauses,
        "left": sum(each.left for each in found),
    }


# ---- table


def _print(report: Coverage, lang: str, *, everything: bool) -> None:
    from rich.console import Group
    from rich.text import Text

    page: list[RenderableType] = [heading("documents", lang), _documents(report, lang), Text("")]
    page += [heading("figures", lang), *(_clause(*each, lang, whole=everything) for each in report.clauses)]
    if everything:
        page += [Text(""), heading("all", lang)]
        page += [_sentences(document, report, lang) for document in report.documents]
    if report.facts:
        page += [Text(""), heading("facts", lang), facts_table(report.facts, lang)]
        page += [Text(""), heading("all_facts", lang), *each_fact(report.facts, lang)] if everything else []
    page += [Text(""), Text(_result(report, lang))]
    show(Group(*page))


def _result(report: Coverage, lang: str) -> str:
    """Say in the last line that nothing is left, or in a line each what is."""
    sentences, facts = _counts(report.sentences), fact_counts(report.facts)
    left = [
        say(key, lang, **counts)
        for key, counts in (("sentences_left", sentences), ("facts_left", facts))
        if counts["left"]
    ]
    if report.unnamed:
        left.append(say("unnamed" if len(report.unnamed) > 1 else "unnamed_one", lang, count=len(report.unnamed)))
    parts = [say("sentences_tied", lang, **sentences)]
    parts += [say("facts_tied", lang, **facts)] if report.facts else []
    return "\n".join(left) or say("complete", lang, what=say("and", lang).join(parts))


def _documents(report: Coverage, lang: str) -> Table:
    table = grid()
    keys = ("sentences", "bearing", "clauses", "reasons", "left")
    table.add_column()
    for _ in keys:
        table.add_column(justify="right")
    table.add_row("", *(say(key, lang) for key in keys))
    for document in report.documents:
        counts = _counts(report.of(document))
        table.add_row(document.id, *(str(counts[key]) for key in keys))
    return table


def _clause(clause: Clause, supported: tuple[Supported, ...], lang: str, *, whole: bool) -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    parts: list[RenderableType] = [Text(clause.id, style="cyan")]
    for part in supported:
        parts += [
            Padding(Text(_rule(part, lang)), (0, 0, 0, 2)),
            Padding(_sources(part, lang, whole=whole), (0, 0, 0, 4)),
        ]
    return Group(*parts)


def _rule(part: Supported, lang: str) -> str:
    from eligibility.rulebook.language import AwardRule
    from eligibility.rulebook.wording import award_name, cap_name

    rule = part.support.rule
    return award_name(rule, lang) if isinstance(rule, AwardRule) else cap_name(rule, lang)


def _sources(part: Supported, lang: str, *, whole: bool) -> RenderableType:
    """List what a part rests on: the quoted words, each on one line, or the whole sentences they stand in."""
    from rich.console import Group
    from rich.text import Text

    rows = [row for quote, stands in part.quoted for row in _quoted(quote, stands, whole=whole)]
    rows += [
        (cited.document.id, f"{cited.figure[lang]} ({say('ours', lang)})")
        for cited in part.support.cited
        if cited.figure is not None
    ]
    rows = rows or [("—", say("none", lang))]
    width = max(len(where) for where, _ in rows)
    if not whole:
        lines = (Text(f"{where:<{width}}  {text}", no_wrap=True, overflow="ellipsis") for where, text in rows)
        return Group(*lines)
    table = grid()
    table.add_column(no_wrap=True, style="green", min_width=width)
    for row in rows:
        table.add_row(*row)
    return table


def _quoted(quote: str, stands: tuple[Covered, ...], *, whole: bool) -> Iterator[tuple[str, str]]:
    for covered in stands if whole else stands[:1]:
        yield f"{covered.document.id}:{covered.sentence.line}", covered.sentence.text if whole else f'"{quote}"'


def _sentences(document: Document, report: Coverage, lang: str) -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    parts: list[RenderableType] = [Text(f"{document.id} {document.title[lang]}", style="cyan")]
    for covered in report.of(document):
        bears = ", ".join(say(kind, lang) for kind in covered.sentence.bears) or say("nothing", lang)
        ties = "; ".join(f"{say(tie.kind, lang)} {tie.id}" for tie in covered.ties) or "—"
        parts.append(
            Text(f"  {document.id}:{covered.sentence.line}  {bears} → {ties}", style="red" if covered.left else "")
        )
        parts.append(Padding(Text(covered.sentence.text, style="dim"), (0, 0, 0, 4)))
    return Group(*parts)


# ---- json


def _to_json(report: Coverage) -> dict[str, Any]:
    return {
        "documents": [{"document": each.id, **_counts(report.of(each))} for each in report.documents],
        "clauses": [
            {"clause": clause.id, "rests_on": [_support_json(part) for part in supported]}
            for clause, supported in report.clauses
        ],
        "sentences": [_sentence_json(covered) for covered in report.sentences],
        "left": [_sentence_json(covered) for covered in report.left],
        "totals": _counts(report.sentences),
        "facts": {
            "facts": [fact_json(fact) for fact in report.facts],
            "left": [fact.id for fact in report.facts if fact.left],
            "clauses_without_fact": [clause.id for clause in report.unnamed],
            "totals": fact_counts(report.facts),
        },
    }


def _support_json(part: Supported) -> dict[str, Any]:
    return {
        "part": part.support.by,
        "rule": {lang: _rule(part, lang) for lang in ("zh", "en")},
        "quoted": [
            {
                "quote": quote,
                "sentences": [
                    {"document": each.document.id, "line": each.sentence.line, "text": each.sentence.text}
                    for each in stands
                ],
            }
            for quote, stands in part.quoted
        ],
        "in_our_words": [
            {"document": cited.document.id, "figure": {"zh": cited.figure.zh, "en": cited.figure.en}}
            for cited in part.support.cited
            if cited.figure is not None
        ],
    }


def _sentence_json(covered: Covered) -> dict[str, Any]:
    return {
        "document": covered.document.id,
        "line": covered.sentence.line,
        "text": covered.sentence.text,
        "bears": list(covered.sentence.bears),
        "ties": [{"kind": tie.kind, "id": tie.id} for tie in covered.ties],
        "loose_figures": list(covered.loose),
        "left": covered.left,
    }
