"""`eligibility rules test`: run the cases that come with the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from eligibility.cli.options import find_clause, load_rules, rules_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eligibility.cases import Case
    from eligibility.rulebook import Rulebook


@click.command(
    epilog="Examples:\n\n  eligibility rules test\n\n  eligibility rules test --clause etown-2023-devices/rent\n\n"
    "  eligibility rules test --rules my-rules"
)
@rules_option
@click.option("--clause", metavar="CLAUSE", help="Run only the cases that say something about this clause.")
def command(rules: str | None, clause: str | None) -> None:
    """Run the cases of rules/cases: a profile, a date, and what must come out.

    Exit code 3 if a case cannot be read, or if anything else comes out.
    """
    from eligibility.cases import read_cases, run_case
    from eligibility.diagnostics import render

    rulebook = load_rules(rules)
    cases = read_cases(rulebook)
    wanted = find_clause(rulebook, clause).id if clause else None
    if wanted:
        cases = tuple(case for case in cases if case.about(wanted))
    results = [run_case(case, rulebook) for case in cases]
    findings = [finding for result in results for finding in result]
    if findings:
        click.echo(render(findings) + "\n", err=True)
        click.echo(f"{sum(map(bool, results))} of {_counted(len(cases))} failed")
        raise SystemExit(3)
    click.echo(f"{_counted(len(cases))} passed")
    bare = [each for each in _without_case(cases, rulebook) if wanted in (None, each)]
    if bare:
        click.echo(f"no case says anything about: {', '.join(bare)}")


def _counted(count: int) -> str:
    return f"{count} case{'' if count == 1 else 's'}"


def _without_case(cases: Sequence[Case], rulebook: Rulebook) -> list[str]:
    return [clause.id for clause in rulebook.clauses if not any(case.about(clause.id) for case in cases)]
