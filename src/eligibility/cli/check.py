"""`eligibility check`: every award of one company."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from eligibility.cli.options import (
    authority_option,
    format_option,
    lang_option,
    load_rules,
    on_option,
    plain_width,
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
    from eligibility.decision import Decision
    from eligibility.profile.files import ProfileFile
    from eligibility.rulebook import Rulebook


def engine_option() -> click.Option:
    """Give `--engine`."""
    return click.Option(
        ["--engine"],
        type=click.Choice(["kleene", "both"]),
        help="`both` insists that the rule network agrees; `kleene` evaluates once. Default: both where available.",
    )


def decide(file: ProfileFile, rulebook: Rulebook, on: date, **how: Unpack[How]) -> Decision:
    """Check a profile file; what is refused is shown at its place in the file."""
    from eligibility.checking import check
    from eligibility.diagnostics import ProfileRefused

    try:
        return check(file.profile, rulebook, on=on, **how)
    except ProfileRefused as refused:
        raise file.placed(refused) from None


@click.command(
    epilog="Examples:\n\n  eligibility check company.yaml --on 2023-06-30 --all\n\n"
    "  eligibility check company.yaml --format json > decision.json\n\n"
    "  cat company.yaml | eligibility check - --lang zh"
)
@click.argument("profile", metavar="PROFILE")
@on_option
@format_option
@lang_option
@authority_option
@reading_option
@click.option("--all", "everything", is_flag=True, help="Show undetermined and failed clauses too.")
@rules_option
def command(
    profile: str,
    on: date | None,
    form: str,
    lang: str,
    everything: bool,
    rules: str | None,
    **how: Unpack[How],
) -> None:
    """Check a company: every award with amount, limits and source.

    PROFILE is a YAML or JSON file; `-` reads standard input.
    """
    from eligibility.profile.files import read_profile

    decision = decide(read_profile(profile), load_rules(rules), on or today(), **how)
    if form == "json":
        from eligibility.report.contract import to_json

        show_json(to_json(decision))
        return
    from eligibility.report.table import sheet

    show(sheet(decision, lang, everything=everything, width=plain_width()))


command.params.append(engine_option())
