"""`eligibility rules show`: one clause as sentences drawn from the rule, with its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from eligibility.cli.options import find_clause, lang_option, load_rules, rules_option, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility.decision import Citation
    from eligibility.rulebook import Rulebook
    from eligibility.rulebook.language import Clause

_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "policy": ("政策", "policy"),
    "in_force": ("有效期", "in force"),
    "source": ("出处", "source"),
    "assumed": ("假设", "assumed"),
    "place": ("位置", "written at"),
    "unknown": ("未知", "unknown"),
    "open": ("未设终止日", "no last day"),
}


@click.command(
    epilog="Examples:\n\n  eligibility rules show etown-2023-devices/rent\n\n  eligibility rules show rent --lang zh"
)
@click.argument("clause", metavar="CLAUSE")
@lang_option
@rules_option
def command(clause: str, lang: str, rules: str | None) -> None:
    """Show one clause as sentences, with its sources.

    CLAUSE is an id such as etown-2023-devices/rent.
    """
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    rulebook = load_rules(rules)
    rule = find_clause(rulebook, clause)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in _rows(rule, rulebook, lang):
        grid.add_row(label, text)
    show(Group(Text.assemble((rule.title[lang], "bold"), f"\n{rule.id}\n"), grid))


def _say(key: str, lang: str) -> str:
    return _TEXTS[key][lang != "zh"]


def _rows(rule: Clause, rulebook: Rulebook, lang: str) -> Iterator[tuple[str, str]]:
    from eligibility.report.rule_lines import LABELS, lines, references

    policy = rule.policy
    end = _say("unknown", lang) if policy.end_unknown else str(policy.ends or _say("open", lang))
    yield _say("policy", lang), f"{policy.title[lang]} ({policy.id}, {policy.layer})"
    yield _say("in_force", lang), f"{policy.starts or _say('unknown', lang)} → {end}"
    for line in lines(rule, rulebook, lang):
        named = [*((line.ident,) if line.ident else ()), *references(line.cited, rulebook)]
        named += [_say("assumed", lang)] if line.assumed else []
        beside = f" [{', '.join(named)}]" if named else ""
        yield LABELS[line.label][lang != "zh"], line.text + beside
    yield from _sources(rule, rulebook, lang)


def _beside(citation: Citation) -> Iterator[str]:
    """Say what a citation supports, how much its source weighs and how it was come by."""
    yield from (*citation.supports, citation.authority)
    if citation.confidence:
        yield citation.confidence


def _sources(rule: Clause, rulebook: Rulebook, lang: str) -> Iterator[tuple[str, str]]:
    from eligibility.rulebook.describe import entitlement

    says = entitlement(rule, rulebook)
    for citation in says.citations:
        words = f"“{citation.quote}”" if citation.quote else citation.figure[lang] if citation.figure else ""
        line = f":{citation.line}" if citation.line else ""
        yield (
            _say("source", lang),
            f"{words} — {citation.document}{line}, {citation.title[lang]} ({', '.join(_beside(citation))})",
        )
    for assumption in says.assumptions:
        yield _say("assumed", lang), assumption[lang]
    if rule.place:
        yield _say("place", lang), f"{rule.place.source.name.rsplit('/', 1)[-1]}:{rule.place.line}"
