"""`eligibility rules list`: the policies and their clauses."""

from __future__ import annotations

import click

from eligibility.cli.options import lang_option, load_rules, rules_option, show


@click.command(epilog="Example:\n\n  eligibility rules list --lang zh")
@lang_option
@rules_option
def command(lang: str, rules: str | None) -> None:
    """List the policies and their clauses, in rulebook order."""
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
    show(Group(*page))  # type: ignore[arg-type]
