"""`eligibility rules`: everything about the rules themselves."""

from __future__ import annotations

from typing import Final

import click

from eligibility.cli import CONTEXT, LazyGroup

COMMANDS: Final = {
    "list": ("eligibility.cli.rules_list", "List the policies and their clauses."),
    "show": ("eligibility.cli.rules_show", "Show one clause as sentences, with its sources."),
    "lint": ("eligibility.cli.rules_lint", "Check the rules: form, words, figures, quotes."),
    "test": ("eligibility.cli.rules_test", "Run the cases of rules/cases."),
    "mutate": ("eligibility.cli.rules_mutate", "Change each figure of the rules: does a case notice?"),
    "schema": ("eligibility.cli.rules_schema", "Print the JSON Schema of rule files."),
    "coverage": ("eligibility.cli.rules_coverage", "Tie every promise in the held documents to a clause or a reason."),
}


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    context_settings=CONTEXT,
    epilog="Examples:\n\n  eligibility rules list\n\n  eligibility rules lint --rules my-rules",
)
def command() -> None:
    """List, show, lint and test the rules."""
