"""`eligibility explain`: one clause for one company, from the recorded evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from eligibility.cli.check import decide, engine_option
from eligibility.cli.options import (
    authority_option,
    find_clause,
    format_option,
    lang_option,
    load_rules,
    on_option,
    reading_option,
    rules_option,
    show,
    show_json,
    today,
)

if TYPE_CHECKING:
    from datetime import date
    from typing import Unpack

    from eligibility.cli.options import How


@click.command(
    epilog="Examples:\n\n  eligibility explain etown-2023-devices/rent company.yaml --on 2023-06-30\n\n"
    "  eligibility explain etown-2023-devices/rent company.yaml --lang zh"
)
@click.argument("clause", metavar="CLAUSE")
@click.argument("profile", metavar="PROFILE")
@on_option
@format_option
@lang_option
@authority_option
@reading_option
@rules_option
def command(
    clause: str,
    profile: str,
    on: date | None,
    form: str,
    lang: str,
    rules: str | None,
    **how: Unpack[How],
) -> None:
    """Explain one clause for a company, condition by condition.

    CLAUSE is an id such as etown-2023-devices/rent (see `eligibility rules list`); PROFILE is a YAML or JSON file.
    """
    from eligibility.advise.near_misses import near_misses_of
    from eligibility.explain import explain
    from eligibility.profile.files import read_profile
    from eligibility.report.explanation import explanation_json, explanation_sheet

    rulebook = load_rules(rules)
    rule = find_clause(rulebook, clause)
    decision = decide(read_profile(profile), rulebook, on or today(), **how)
    explanations, near = explain(decision, rule.id), near_misses_of(decision, rule.id)
    if form == "json":
        show_json(explanation_json(decision, explanations, near))
        return
    show(explanation_sheet(decision, explanations, lang, near))


command.params.append(engine_option())
