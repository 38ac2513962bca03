"""`eligibility rules schema`: the JSON Schema of rule files."""

from __future__ import annotations

import json

import click


@click.command(
    epilog="Examples:\n\n  eligibility rules schema > rules.schema.json\n\n"
    "An editor with YAML support completes facts, words and forms in a rule file that begins with\n\n"
    "  # yaml-language-server: $schema=rules.schema.json"
)
def command() -> None:
    """Print the JSON Schema (draft 2020-12) of rule files.

    One schema fits policies, definitions, stacking, documents, cases and reasons.
    """
    from eligibility.rulebook.schema import rules_schema

    click.echo(json.dumps(rules_schema(), ensure_ascii=False, indent=2))
