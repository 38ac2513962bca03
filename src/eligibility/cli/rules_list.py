"""`eligibility rules list`: the policies and their clauses, as a table or as the page docs/policies.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from eligibility.cli.options import lang_option, load_rules, rules_option, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from eligibility.rulebook import Rulebook


@click.command(
    epilog="Examples:\n\n  eligibility rules list --lang zh\n\n  eligibility rules list --format md > policies.md"
)
@lang_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "md"]),
    default="table",
    show_default=True,
    help="`md`: everything that the rules say, as one page of Markdown in both languages.",
)
@rules_option
def command(lang: str, form: str, rules: str | None) -> None:
    """List the policies and their clauses, in rulebook order."""
    if form == "md":
        from eligibility.report.policy_page import policy_page

        click.echo(policy_page(load_rules(rules)), nl=False)
        return
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    from eligibility.rulebook.wording import award_name

    rulebook = load_rules(rules)
    page: list[object] = []
    for policy in rulebook.policies:
        end = "?" if policy.end_unknown else policy.ends or ("…" if lang == "en" else "长期")
        page.append(
            Text.assemble(
                (policy.title[lang], "bold"), f"\n{policy.id} · {policy.layer} · {policy.starts or '?'} → {end}"
            )
        )
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="cyan", overflow="fold")
        grid.add_column(overflow="fold")
        grid.add_column(overflow="fold", style="green")
        for clause in rulebook.clauses:
            if clause.policy is policy:
                grid.add_row(f"  {clause.short_id}", clause.title[lang], award_name(clause.award, lang))
        page += [grid, Text("")]
    show(Group(*page, *_readings(rulebook, lang)))  # type: ignore[arg-type]


def _readings(rulebook: Rulebook, lang: str) -> Iterator[Text]:
    """List what the sources leave in dispute, with what to write for each way."""
    from rich.text import Text

    for reading in rulebook.readings:
        yield Text(reading.title[lang], "bold")
        for way in reading.ways:
            taken = ("（默认）", " (taken here)")[lang != "zh"] if way is reading.ways[0] else ""
            yield Text(f"  --reading {reading.id}={way.id}  {way.title[lang]}{taken}")
        yield Text("")
