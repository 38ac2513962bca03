"""`eligibility rules show`: one clause as sentences drawn from the rule, with its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from eligibility.cli.options import find_clause, lang_option, load_rules, rules_option, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility.rulebook import Rulebook
    from eligibility.rulebook.language import Clause

_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "policy": ("政策", "policy"),
    "in_force": ("有效期", "in force"),
    "for": ("对象", "paid for"),
    "company": ("每家企业", "the company, once"),
    "if": ("条件", "if"),
    "gives": ("给予", "gives"),
    "limit": ("上限", "limit"),
    "stacking": ("叠加", "stacking"),
    "reference": ("参照年度", "reference year"),
    "source": ("出处", "source"),
    "assumed": ("假设", "assumed"),
    "place": ("位置", "written at"),
    "unknown": ("未知", "unknown"),
    "open": ("未设终止日", "no last day"),
}
_REFERENCES: Final = {
    "current_year": ("评估日所在年度", "the year of the date of assessment"),
    "previous_year": ("上一年度", "the year before the date of assessment"),
    "any": ("任何年度", "any year"),
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
    from eligibility.rulebook.wording import award_name, cap_name, kind_name, sentence

    policy = rule.policy
    end = _say("unknown", lang) if policy.end_unknown else str(policy.ends or _say("open", lang))
    yield _say("policy", lang), f"{policy.title[lang]} ({policy.id}, {policy.layer})"
    yield _say("in_force", lang), f"{policy.starts or _say('unknown', lang)} → {end}"
    yield _say("for", lang), kind_name(rule.for_each, lang) if rule.for_each else _say("company", lang)
    yield _say("reference", lang), _REFERENCES[rule.reference][lang != "zh"]
    for part in rule.condition.parts:
        yield _say("if", lang), sentence(part, lang)
    yield _say("gives", lang), award_name(rule.award, lang)
    for cap in (*rule.caps, *(cap for cap in rulebook.caps if rule.id in cap.over)):
        yield _say("limit", lang), f"{cap_name(cap, lang)} [{cap.id}]"
    yield from _stacking(rule, rulebook, lang)
    yield from _sources(rule, rulebook, lang)


def _stacking(rule: Clause, rulebook: Rulebook, lang: str) -> Iterator[tuple[str, str]]:
    from eligibility.rulebook.describe import group_reason

    for group in rulebook.groups:
        if rule.id in group.clauses:
            yield _say("stacking", lang), f"{group_reason(group)[lang]} [{', '.join(group.clauses)}]"
    for statement in rulebook.together:
        if rule.id in statement.clauses:
            title = statement.title[lang] if statement.title else statement.id
            yield _say("stacking", lang), f"{title} [{', '.join(statement.clauses)}]"


def _sources(rule: Clause, rulebook: Rulebook, lang: str) -> Iterator[tuple[str, str]]:
    from eligibility.rulebook.describe import entitlement

    says = entitlement(rule, rulebook)
    for citation in says.citations:
        words = f"“{citation.quote}”" if citation.quote else citation.figure[lang] if citation.figure else ""
        line = f":{citation.line}" if citation.line else ""
        yield (
            _say("source", lang),
            f"{words} — {citation.document}{line}, {citation.title[lang]} ({', '.join(citation.supports)})",
        )
    for assumption in says.assumptions:
        yield _say("assumed", lang), assumption[lang]
    if rule.place:
        yield _say("place", lang), f"{rule.place.source.name.rsplit('/', 1)[-1]}:{rule.place.line}"
