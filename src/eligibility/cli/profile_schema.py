"""`eligibility profile schema`: the JSON Schema of profiles."""

from __future__ import annotations

import click

from eligibility.cli.options import load_rules, rules_option, show_json


@click.command(
    epilog="Examples:\n\n  eligibility profile schema > profile.schema.json\n\n"
    "An editor with YAML support completes facts and words in a profile that begins with\n\n"
    "  # yaml-language-server: $schema=profile.schema.json"
)
@rules_option
def command(rules: str | None) -> None:
    """Print the JSON Schema (draft 2020-12) of profiles.

    With --rules its payments are for the clauses of those rules.
    """
    from eligibility.profile.schema import profile_schema

    clauses = None if rules is None else load_rules(rules).by_id
    show_json(profile_schema(clauses))
