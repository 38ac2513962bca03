"""`eligibility check`: every award of one company."""

from __future__ import annotations

import os
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
    from eligibility.decision import Decision, NearMiss
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
@click.option("--near", type=click.IntRange(min=1), metavar="N", help="Show the N best near misses, by money.")
@click.option("--record", metavar="FILE", help="Save the decision with all it rests on, for `eligibility replay`.")
@rules_option
def command(
    profile: str,
    on: date | None,
    form: str,
    lang: str,
    everything: bool,
    near: int | None,
    record: str | None,
    rules: str | None,
    **how: Unpack[How],
) -> None:
    """Check a company: every award with amount, limits and source.

    PROFILE is a YAML or JSON file; `-` reads standard input.
    """
    from eligibility.profile.files import read_profile

    _refuse_as_record(record, profile)
    decision = decide(read_profile(profile), load_rules(rules), on or today(), **how)
    if record is not None:
        from eligibility.advise.record import write_record

        write_record(decision, record)
    missed = _near(decision, near)
    if form == "json":
        from eligibility.report.contract import to_json

        show_json(to_json(decision, missed))
        return
    from eligibility.report.table import sheet

    show(sheet(decision, lang, everything=everything, width=plain_width(), near=missed))


command.params.append(engine_option())


def _near(decision: Decision, near: int | None) -> tuple[NearMiss, ...] | None:
    """Give the near misses that were asked for."""
    if near is None:
        return None
    from eligibility.advise.near_misses import near_misses

    return near_misses(decision, near)


def _refuse_as_record(record: str | None, profile: str) -> None:
    """Refuse a name that is no file for a record: standard output has the table, and the profile is to be kept."""
    if record == "-":
        raise click.BadParameter("a record goes into a file; name one", param_hint="'--record'")
    if record is not None and os.path.realpath(record) == os.path.realpath(profile):
        raise click.BadParameter(f"`{record}` is the profile itself; name another file", param_hint="'--record'")
