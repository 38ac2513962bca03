"""`eligibility rules lint`: do the rules agree with their sources?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from eligibility.cli.options import load_rules, rules_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eligibility.diagnostics import Diagnostic
    from eligibility.rulebook import Rulebook


@click.command(
    epilog="Examples:\n\n  eligibility rules lint\n\n  eligibility rules lint --rules my-rules --strict",
)
@rules_option
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
def command(rules: str | None, strict: bool) -> None:
    """Check the rules: form, words, figures, quotes.

    Exit code 3 if something is wrong, under --strict also if something is doubtful.
    """
    from eligibility.diagnostics import in_order, render
    from eligibility.rulebook.lint import lint

    rulebook = load_rules(rules)
    findings = in_order([*lint(rulebook), *_unheld(rulebook)])
    if findings:
        click.echo(render(findings) + "\n", err=True)
    click.echo(_summary(findings, rulebook))
    if any(strict or finding.severity == "error" for finding in findings):
        raise SystemExit(3)


def _unheld(rulebook: Rulebook) -> Sequence[Diagnostic]:
    """Give what the rule network refuses, where it can be built at all: the first check would refuse it too."""
    from eligibility.checking import network_of
    from eligibility.diagnostics import RulebookRefused

    try:
        network_of(rulebook)
    except RulebookRefused as refused:
        return refused.diagnostics
    return ()


def _summary(findings: Sequence[Diagnostic], rulebook: Rulebook) -> str:
    from eligibility.rulebook.lint import quotes_checked

    severities = [finding.severity for finding in findings]
    found = [
        _counted(severities.count(severity), severity) for severity in ("error", "warning") if severity in severities
    ]
    seen = (
        _counted(len(rulebook.clauses), "clause"),
        "1 policy" if len(rulebook.policies) == 1 else f"{len(rulebook.policies)} policies",
        f"{_counted(quotes_checked(rulebook), 'quote')} checked",
    )
    return f"{', '.join(found) or 'clean'}: {', '.join(seen)}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
