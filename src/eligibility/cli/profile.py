"""`eligibility profile`: everything about profile files."""

from __future__ import annotations

from typing import Final

import click

from eligibility.cli import CONTEXT, LazyGroup

COMMANDS: Final = {
    "new": ("eligibility.cli.profile_new", "Print a commented template to fill in."),
    "check": ("eligibility.cli.profile_check", "Check a profile file without assessing it."),
    "schema": ("eligibility.cli.profile_schema", "Print the JSON Schema of profiles."),
}


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    context_settings=CONTEXT,
    epilog="Examples:\n\n  eligibility profile new --lang zh > company.yaml\n\n"
    "  eligibility profile check company.yaml",
)
def command() -> None:
    """Write, check or describe profile files."""
