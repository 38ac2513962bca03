"""`eligibility rules coverage`: every promise tied to a clause or a reason, every figure to a sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import click

from eligibility.cli.options import format_option, lang_option, load_rules, rules_option, show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

    from eligibility.rulebook.coverage import Coverage, Covered, Supported
    from eligibility.rulebook.language import Clause, Document

_TEXTS: Final = {
    "documents": ("所存文件", "Held documents"),
    "sentences": ("句子", "sentences"),
    "bearing": ("含金额、比例或支持承诺", "state a figure or promise support"),
    "clauses": ("对应条款", "tied to clauses"),
    "reasons": ("仅有说明", "to a reason alone"),
    "left": ("遗漏", "left"),
    "figures": ("各项金额的依据", "What each figure rests on"),
    "ours": ("未存原文，以自述引用", "not held, cited in our words"),
    "none": ("没有出处，按假设处理", "no source: assumed"),
    "all": ("各句的对应关系", "What each sentence is tied to"),
    "clause": ("条款", "clause"),
    "cap": ("上限", "cap"),
    "policy": ("政策", "policy"),
    "definition": ("定义", "definition"),
    "group": ("不重复享受", "exclusive group"),
    "together": ("可同时享受", "together"),
    "reason": ("说明", "reason"),
    "amount": ("金额", "amount"),
    "rate": ("比例", "rate"),
    "count": ("数量", "count"),
    "support": ("支持", "support"),
    "nothing": ("不含金额和承诺", "neither figure nor promise"),
    "complete": (
        "完整：{sentences}句，其中{bearing}句含金额、比例或支持承诺：{clauses}句对应条款，{reasons}句仅有说明",
        "complete: {sentences} sentences, {bearing} to be tied: {clauses} to clauses, {reasons} to a reason alone",
    ),
    "incomplete": (
        "遗漏{left}句：既无条款也无说明",
        "{left} of {bearing} sentences that state a figure or promise support are tied to no clause and no reason",
    ),
}


@click.command(
    epilog="Examples:\n\n  eligibility rules coverage\n\n  eligibility rules coverage --all --lang zh\n\n"
    "  eligibility rules coverage --format json > coverage.json"
)
@format_option
@lang_option
@click.option("--all", "everything", is_flag=True, help="List every sentence with what it is tied to.")
@rules_option
def command(form: str, lang: str, everything: bool, rules: str | None) -> None:
    """Tie every promise in the held documents to a clause or a reason.

    For each clause the report names the sentence that supports each figure. Exit code 3 if a sentence with an amount,
    a rate or a promise of support is quoted by no clause and no reason.
    """
    from eligibility.diagnostics import render
    from eligibility.rulebook.coverage import coverage, left_over

    rulebook = load_rules(rules)
    report = coverage(rulebook)
    left = left_over(report, rulebook)
    if form == "json":
        click.echo(json.dumps(_to_json(report), ensure_ascii=False, indent=2))
    else:
        _print(report, lang, everything=everything)
    if left:
        click.echo("\n" + render(left), err=True)
        raise SystemExit(3)


def _say(key: str, lang: str, **values: object) -> str:
    return _TEXTS[key][lang != "zh"].format(**values)


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

    page: list[RenderableType] = [_heading("documents", lang), _documents(report, lang), Text("")]
    page += [_heading("figures", lang), *(_clause(*each, lang, whole=everything) for each in report.clauses)]
    if everything:
        page += [Text(""), _heading("all", lang)]
        page += [_sentences(document, report, lang) for document in report.documents]
    counts = _counts(report.sentences)
    page += [Text(""), Text(_say("incomplete" if counts["left"] else "complete", lang, **counts))]
    show(Group(*page))


def _heading(key: str, lang: str) -> Text:
    from rich.text import Text

    return Text(_say(key, lang), style="bold")


def _grid() -> Table:
    from rich.table import Table

    return Table.grid(padding=(0, 2, 0, 0))


def _documents(report: Coverage, lang: str) -> Table:
    grid = _grid()
    keys = ("sentences", "bearing", "clauses", "reasons", "left")
    grid.add_column()
    for _ in keys:
        grid.add_column(justify="right")
    grid.add_row("", *(_say(key, lang) for key in keys))
    for document in report.documents:
        counts = _counts(report.of(document))
        grid.add_row(document.id, *(str(counts[key]) for key in keys))
    return grid


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
        (cited.document.id, f"{cited.figure[lang]} ({_say('ours', lang)})")
        for cited in part.support.cited
        if cited.figure is not None
    ]
    rows = rows or [("—", _say("none", lang))]
    width = max(len(where) for where, _ in rows)
    if not whole:
        lines = (Text(f"{where:<{width}}  {text}", no_wrap=True, overflow="ellipsis") for where, text in rows)
        return Group(*lines)
    grid = _grid()
    grid.add_column(no_wrap=True, style="green", min_width=width)
    for row in rows:
        grid.add_row(*row)
    return grid


def _quoted(quote: str, stands: tuple[Covered, ...], *, whole: bool) -> Iterator[tuple[str, str]]:
    for covered in stands if whole else stands[:1]:
        yield f"{covered.document.id}:{covered.sentence.line}", covered.sentence.text if whole else f'"{quote}"'


def _sentences(document: Document, report: Coverage, lang: str) -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    parts: list[RenderableType] = [Text(f"{document.id} {document.title[lang]}", style="cyan")]
    for covered in report.of(document):
        bears = ", ".join(_say(kind, lang) for kind in covered.sentence.bears) or _say("nothing", lang)
        ties = "; ".join(f"{_say(tie.kind, lang)} {tie.id}" for tie in covered.ties) or "—"
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
