"""`eligibility profile schema`: the JSON Schema of profiles."""

from __future__ import annotations

import json

import click


@click.command(
    epilog="Examples:\n\n  eligibility profile schema > profile.schema.json\n\n"
    "An editor with YAML support completes facts and words in a profile that begins with\n\n"
    "  # yaml-language-server: $schema=profile.schema.json"
)
def command() -> None:
    """Print the JSON Schema (draft 2020-12) of profiles."""
    from eligibility.profile.schema import profile_schema

    click.echo(json.dumps(profile_schema(), ensure_ascii=False, indent=2))
