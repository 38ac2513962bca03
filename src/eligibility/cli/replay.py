"""`eligibility replay`: a saved decision, computed again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from eligibility.cli.check import engine_option
from eligibility.cli.options import format_option, lang_option, load_rules, plain_width, show, show_json

if TYPE_CHECKING:
    from eligibility.advise.saved import SavedRecord
    from eligibility.rulebook import Rulebook

DIFFERS: Final = 5


@click.command(
    epilog="Examples:\n\n  eligibility check company.yaml --on 2023-06-30 --record record.json\n\n"
    "  eligibility replay record.json\n\n  eligibility replay record.json --rules rules-of-2023"
)
@click.argument("record", metavar="RECORD")
@format_option
@lang_option
@click.option(
    "--rules",
    metavar="DIR",
    help="The rules that the record was saved with: each change is then shown in words, and the record is proven "
    "under its own rules too.",
)
@click.option(
    "--against",
    metavar="DIR",
    help="The rules to compute it with (the shipped rules, if left out; for a record of rules of your own, --rules).",
)
def command(record: str, form: str, lang: str, rules: str | None, against: str | None, engine: str | None) -> None:
    """Compute a saved decision again, and say whether it comes out the same.

    RECORD is a file that `eligibility check --record FILE` wrote; `-` reads standard input. Exits with 5 if anything
    differs, and names the part of the rules whose change made it so.
    """
    from eligibility.advise.replay import replay
    from eligibility.advise.saved import load_record

    saved = load_record(record)
    now, own = _rulebooks(saved, rules, against)
    found = replay(saved, now, own=own, engine=engine)  # type: ignore[arg-type]
    if form == "json":
        from eligibility.advise.replay_json import replay_json

        show_json(replay_json(found))
    else:
        from eligibility.cli.replay_words import replay_sheet

        show(replay_sheet(found, lang, plain_width()))
    if not found.same:
        raise SystemExit(DIFFERS)


command.params.append(engine_option())


def _rulebooks(saved: SavedRecord, rules: str | None, against: str | None) -> tuple[Rulebook, Rulebook | None]:
    """Load the rules to compute it with, and those it was saved with where they are named."""
    from eligibility.advise.replay import load_own_rules

    own = None if rules is None else load_own_rules(saved, rules)
    if against is not None:
        return load_rules(against), own
    if saved.rulebook["shipped"]:
        return load_rules(None), own
    if own is None:
        raise _rules_of_its_own(saved)
    return own, own


def _rules_of_its_own(saved: SavedRecord) -> Exception:
    from eligibility.diagnostics import Diagnostic, UsageRefused

    version = saved.rulebook["version"]
    message = f"the record was not saved with the rules that come with this package, but with {version}"
    help_ = "name those rules with `--rules DIR`, or other rules to compute it with by `--against DIR`"
    return UsageRefused([Diagnostic("record-rules", message, help=help_)])
