"""`eligibility rules mutate`: would the cases notice a wrong figure?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import click

from eligibility.cli.options import find_clause, format_option, load_rules, rules_option, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.table import Table

    from eligibility.mutation import Report
    from eligibility.mutation.bench import Trials, Tried

_COUNTS: Final = ("mutants", "killed", "refused", "equivalent", "survived")


@click.command(
    epilog="Examples:\n\n  eligibility rules mutate --jobs 2\n\n"
    "  eligibility rules mutate --clause etown-2023-devices/rent\n\n"
    "  eligibility rules mutate --rules my-rules --format json > mutants.json"
)
@format_option
@click.option("--clause", "names", metavar="CLAUSE", multiple=True, help="Only this clause and what stacks on it.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="How many processes share the work."
)
@rules_option
def command(form: str, names: tuple[str, ...], jobs: int, rules: str | None) -> None:
    """Change each figure and word of the rules, one at a time, and see whether a case of rules/cases fails.

    Mutants that change nothing are listed in cases/equivalent.yaml with a proof. Exit code 3 if any other survives on
    a clause that gives money, or if that list names a mutant that is not there or that a case notices.
    """
    from eligibility.diagnostics import render
    from eligibility.mutation import mutate

    rulebook = load_rules(rules)
    report = mutate(rulebook, clauses=[find_clause(rulebook, name).id for name in names], jobs=jobs)
    if form == "json":
        click.echo(json.dumps(_to_json(report), ensure_ascii=False, indent=2))
    else:
        _print(report)
    if report.findings:
        click.echo("\n" + render(report.findings), err=True)
    if any(finding.severity == "error" for finding in report.findings):
        raise SystemExit(3)


Group = dict[str, dict[str, int]]


def _counted(report: Report, name: Callable[[Trials, Tried], str]) -> Group:
    """Count what became of the mutants, under a name for each."""
    groups: Group = {}
    for trial, tried in _each(report):
        row = groups.setdefault(name(trial, tried), dict.fromkeys(_COUNTS, 0))
        row["mutants"] += 1
        row[_fate(report, tried)] += 1
    return groups


def _each(report: Report) -> Iterator[tuple[Trials, Tried]]:
    for trial in report.trials:
        for tried in trial.tried:
            yield trial, tried


def _fate(report: Report, tried: Tried) -> str:
    return "equivalent" if tried.fate == "survived" and not report.survived(tried) else tried.fate


def _by_policy(trial: Trials, _tried: Tried) -> str:
    return trial.target.home


def _by_kind(_trial: Trials, tried: Tried) -> str:
    return tried.mutant.kind


def _of_all(_trial: Trials, _tried: Tried) -> str:
    return "all"


def _print(report: Report) -> None:
    from rich.console import Group as Page

    from eligibility.mutation.mutant import KINDS

    kinds = _counted(report, _by_kind)
    by_kind = _grid("kind", {kind: kinds[kind] for kind in KINDS if kind in kinds})
    by_policy = _grid("policy", _counted(report, _by_policy) | _counted(report, _of_all))
    show(Page(by_kind, "", by_policy))


def _grid(title: str, rows: Group) -> Table:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    for _ in _COUNTS:
        grid.add_column(justify="right")
    grid.add_row(*(Text(word, style="bold") for word in (title, *_COUNTS)))
    for name, counts in rows.items():
        grid.add_row(name, *(str(counts[word]) for word in _COUNTS))
    return grid


def _to_json(report: Report) -> dict[str, Any]:
    return {
        **_counted(report, _of_all).get("all", dict.fromkeys(_COUNTS, 0)),
        "by_kind": _counted(report, _by_kind),
        "by_policy": _counted(report, _by_policy),
        "survivors": [
            {
                "id": tried.mutant.id,
                "kind": tried.mutant.kind,
                "place": str(tried.mutant.place),
                "was": tried.mutant.was,
                "became": tried.mutant.became,
                "money": trial.target.money,
            }
            for trial, tried in _each(report)
            if report.survived(tried)
        ],
    }
