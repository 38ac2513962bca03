"""Options and arguments that several commands share."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from eligibility.dates import parse_date
from eligibility.money import LiteralError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from eligibility.checking import Engine
    from eligibility.rulebook import Rulebook
    from eligibility.rulebook.authority import Authority
    from eligibility.rulebook.language import Clause
    from eligibility.rulebook.readings import Ways

    class How(TypedDict):
        """How a company is to be checked, as the options of a command say."""

        engine: Engine | None
        authority: Authority
        readings: Ways


F = TypeVar("F", bound="Callable[..., Any]")


class Day(click.ParamType[Any]):
    """A date of the calendar."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read year-month-day."""
        if not isinstance(value, str):
            return value
        try:
            return parse_date(value)
        except LiteralError as problem:
            self.fail(f"{problem}; {problem.help}", param, ctx)


def on_option(command: F) -> F:
    """Add `--on`: the only place where a default reads the clock."""
    return click.option("--on", type=Day(), metavar="YYYY-MM-DD", help="Date of assessment (today, if left out).")(
        command
    )


def lang_option(command: F) -> F:
    """Add `--lang`."""
    return click.option(
        "--lang",
        type=click.Choice(["en", "zh"]),
        default=lambda: os.environ.get("ELIGIBILITY_LANG", "en"),
        show_default="ELIGIBILITY_LANG, else en",
        help="Language of the output.",
    )(command)


def rules_option(command: F) -> F:
    """Add `--rules`."""
    return click.option("--rules", metavar="DIR", help="A folder of your own rules (the shipped rules, if left out).")(
        command
    )


def format_option(command: F) -> F:
    """Add `--format`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json"]),
        default="table",
        show_default=True,
        help="Form of the output.",
    )(command)


def authority_option(command: F) -> F:
    """Add `--authority`."""
    return click.option(
        "--authority",
        type=click.Choice(["official", "press", "any"]),
        default="any",
        show_default=True,
        help="Which sources count: official texts, government and newspaper pages too, or any.",
    )(command)


class ReadingWay(click.ParamType[Any]):
    """A reading and the way to take."""

    name = "reading"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read `reading=way`."""
        if not isinstance(value, str):
            return value
        reading, equals, way = value.partition("=")
        if not (reading and equals and way):
            self.fail(f"`{value}` names no way of a reading; write `reading-id=way-id`", param, ctx)
        return reading, way


def _ways(ctx: click.Context, param: click.Parameter, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Give the way by reading; one reading in two ways at once is wrong usage."""
    ways = dict(pairs)
    twice = next((name for name, way in pairs if ways[name] != way), None)
    if twice:
        raise click.BadParameter(f"`{twice}` is read in two ways; name one", ctx, param)
    return ways


def reading_option(command: F) -> F:
    """Add `--reading`, which can be given several times."""
    return click.option(
        "--reading",
        "readings",
        type=ReadingWay(),
        metavar="READING=WAY",
        multiple=True,
        callback=_ways,
        help="Read what the sources leave in dispute in another way (`eligibility rules list` names them).",
    )(command)


def today() -> date:
    """Give today's date: the clock is read here and nowhere else."""
    from datetime import date

    return date.today()  # noqa: DTZ011 - the day on the user's own calendar


def load_rules(rules: str | None) -> Rulebook:
    """Load the rules a command works with."""
    from eligibility.rulebook import Rulebook

    return Rulebook.load(rules)


def plain_width(default: int = 100) -> int:
    """Give the width to print at: the terminal's, COLUMNS, or the default where output is no terminal."""
    if os.environ.get("COLUMNS", "").isdecimal():
        return max(40, int(os.environ["COLUMNS"]))
    width = os.get_terminal_size().columns if sys.stdout.isatty() else 0
    return width or default  # a terminal may not know its size


def show(renderable: Any) -> None:
    """Print for a terminal of any width; without a terminal there is no colour and no trailing space."""
    from rich.console import Console

    if sys.stdout.isatty():
        Console(width=plain_width(), highlight=False, emoji=False, markup=False).print(renderable)
        return
    from io import StringIO

    page = StringIO()
    Console(file=page, width=plain_width(), highlight=False, emoji=False, markup=False).print(renderable)
    click.echo("\n".join(line.rstrip() for line in page.getvalue().splitlines()))


def show_json(value: Any) -> None:
    """Print plain values as JSON, indented, every character as it is."""
    from pydantic_core import to_json

    click.echo(to_json(value, indent=2).decode())


def find_clause(rulebook: Rulebook, name: str) -> Clause:
    """Find a clause by its id, or by its id inside the policy where that is unique.

    Raises:
        UsageRefused: no clause, or several, have this name.
    """
    from eligibility.diagnostics import Diagnostic, UsageRefused, did_you_mean

    if name in rulebook.by_id:
        return rulebook.by_id[name]
    short = [clause for clause in rulebook.clauses if clause.short_id == name]
    if len(short) == 1:
        return short[0]
    known = [clause.id for clause in short or rulebook.clauses]
    help_ = f"one of: {', '.join(known)}" if short else did_you_mean(name, known, "see `eligibility rules list`")
    message = f"several clauses are called `{name}`" if short else f"there is no clause `{name}`"
    raise UsageRefused([Diagnostic("unknown-clause", message, help=help_)])
