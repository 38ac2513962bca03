"""The command line: one file per command; the only part that prints, reads arguments or exits.

Commands are imported when they are called, so that `--help` stays quick.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click

from eligibility import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMANDS: Final = {
    "check": ("eligibility.cli.check", "Check a company: every award with amount, limits and source."),
    "explain": ("eligibility.cli.explain", "Explain one clause for a company, condition by condition."),
    "facts": ("eligibility.cli.facts", "List the facts that a profile can hold."),
    "profile": ("eligibility.cli.profile", "Write, check or describe profile files."),
    "replay": ("eligibility.cli.replay", "Compute a saved decision again: the same, or what differs and why."),
    "rules": ("eligibility.cli.rules", "List, show, lint and test the rules."),
}
CONTEXT: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and give a command."""
        if cmd_name not in self.lazy:
            return None
        command: click.Command = import_module(self.lazy[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in self.lazy.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, offering the nearest name for one that is not there."""
        if args[0] not in self.lazy and not args[0].startswith("-"):
            from eligibility.diagnostics import did_you_mean

            ctx.fail(f"there is no command `{args[0]}`; {did_you_mean(args[0], list(self.lazy), 'see --help')}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    context_settings=CONTEXT,
    epilog="Examples:\n\n  eligibility check company.yaml --on 2023-06-30\n\n"
    "  eligibility profile new > company.yaml\n\n  eligibility rules show etown-2023-devices/rent --lang zh",
)
@click.version_option(__version__, prog_name="eligibility")
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
@click.pass_context
def app(ctx: click.Context, debug: bool) -> None:
    """Subsidy eligibility for Beijing E-Town's health industry.

    A company profile in; every clause's verdict, exact amount, limits and checked source out.
    """
    ctx.ensure_object(dict)["debug"] = debug


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 could not run, 2 usage, 3 rulebook, 4 profile, 5 differs."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        app.main(arguments, prog_name="eligibility", standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        _forget_output()
        sys.exit(1)
    except Exception as problem:  # noqa: BLE001 - a traceback in a user's face is a bug
        sys.exit(_report(problem, debug="--debug" in arguments))


def run() -> None:
    """Be the whole process: what it leaves behind is the system's to clear away, which is much quicker."""
    import gc

    gc.disable()  # a short-lived process: collecting would cost more than it frees
    code = 0
    try:
        main()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = code or 1
    os._exit(code)


def _forget_output() -> None:
    """Let the interpreter not fail again when it flushes a pipe that nobody reads."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report(problem: Exception, *, debug: bool) -> int:
    from eligibility.diagnostics import Refused, render

    if isinstance(problem, Refused):
        click.echo(render(problem.diagnostics), err=True)
        return problem.exit_code
    if debug:
        import traceback

        traceback.print_exception(problem)
    elif isinstance(problem, OSError):
        click.echo(f"error[output]: {(problem.strerror or str(problem)).lower()}", err=True)
    else:
        name = type(problem).__name__
        click.echo(f"error[internal]: {name}: {problem}\nhelp: run it again with `eligibility --debug …`", err=True)
    return 1
