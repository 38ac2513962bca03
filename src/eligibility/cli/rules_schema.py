"""`eligibility rules schema`: the JSON Schema of rule files."""

from __future__ import annotations

import click

from eligibility.cli.options import load_rules, rules_option, show_json


@click.command(
    epilog="Examples:\n\n  eligibility rules schema > rules.schema.json\n\n"
    "An editor with YAML support completes facts, words and forms in a rule file that begins with\n\n"
    "  # yaml-language-server: $schema=rules.schema.json"
)
@rules_option
def command(rules: str | None) -> None:
    """Print the JSON Schema (draft 2020-12) of rule files.

    One schema fits policies, definitions, stacking, documents, cases, reasons and facts. With --rules the definitions
    that a condition can name are those of these rules.
    """
    from eligibility.rulebook.schema import rules_schema

    definitions = None if rules is None else [definition.id for definition in load_rules(rules).definitions]
    show_json(rules_schema(definitions))
