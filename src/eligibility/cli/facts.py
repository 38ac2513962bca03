"""`eligibility facts`: the catalogue of facts, and one fact with everything that is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from eligibility.cli.options import format_option, lang_option, load_rules, rules_option, show, show_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import RenderableType

    from eligibility.profile.facts import Fact
    from eligibility.rulebook import Rulebook
    from eligibility.rulebook.language import Clause


_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "money": ("金额", "money"),
    "count": ("数量", "count"),
    "rate": ("比率", "rate"),
    "date": ("日期", "date"),
    "year": ("年份", "year"),
    "boolean": ("是/否", "true or false"),
    "choice": ("单选", "one of"),
    "choices": ("多选", "any of"),
    "text": ("文本", "text"),
    "derived": ("推算", "derived"),
    "type": ("类型", "type"),
    "question": ("问题", "question"),
    "range": ("范围", "range"),
    "past": ("不晚于评估日", "not after the date of assessment"),
    "value": ("取值", "value"),
    "source": ("推算依据", "derived by"),
    "size": (
        "未填报时，由划型行业、从业人员和上一年度营业收入推算",
        "where it is not declared: from the sector, the employees and the revenue of the year before",
    ),
    "used": ("用于条款", "used by"),
    "unused": ("没有条款用到", "no clause"),
    "to": ("至", "to"),
}
_SIZE: Final = "company.size"


@click.command(
    epilog="Examples:\n\n  eligibility facts --lang zh\n\n  eligibility facts company.size\n\n"
    "  eligibility facts --format json > facts.json"
)
@click.argument("fact", metavar="[FACT]", required=False)
@lang_option
@format_option
@rules_option
def command(fact: str | None, lang: str, form: str, rules: str | None) -> None:
    """List the facts that a profile can hold, or show one with its question, values and clauses.

    FACT is a path such as company.size, its last part alone, or a record such as lease.
    """
    chosen = find_facts(fact) if fact else list(every_fact().values())
    if fact and len(chosen) == 1:
        _show_one(chosen[0], load_rules(rules), lang, form)
    elif form == "json":
        _print([described(one) for one in chosen])
    else:
        show(_catalogue(chosen, lang))


def every_fact() -> dict[str, Fact]:
    """Give every fact of a profile by path: those that clauses can name, and those of payments."""
    from eligibility.profile.catalogue import FACTS
    from eligibility.profile.records import Payment

    return FACTS | {fact.path: fact for fact in Payment.FACTS.values()}


def find_facts(name: str) -> list[Fact]:
    """Find the fact of a path, of its last part where that is unique, or all facts of a record.

    Raises:
        UsageRefused: nothing, or several facts, have this name.
    """
    from eligibility.diagnostics import Diagnostic, UsageRefused, did_you_mean
    from eligibility.profile.catalogue import LISTS

    facts = every_fact()
    path = name.replace("prior_year.", "year.", 1) if name.startswith("prior_year.") else name
    if path in facts:
        return [facts[path]]
    kind = LISTS[name].KIND if name in LISTS else name
    same = [fact for fact in facts.values() if fact.name == name]
    if of_record := [fact for fact in facts.values() if fact.kind == kind]:
        return of_record
    if len(same) == 1:
        return same
    message = f"several facts are called `{name}`" if same else f"there is no fact `{name}`"
    known = [*facts, *(fact.name for fact in facts.values())]
    listed = f"one of: {', '.join(fact.path for fact in same)}"
    help_ = listed if same else did_you_mean(name, known, "see `eligibility facts`")
    raise UsageRefused([Diagnostic("unknown-fact", message, help=help_)])


def _say(key: str, lang: str) -> str:
    return _TEXTS[key][lang != "zh"]


def _print(value: Any) -> None:
    show_json(value)


# ---- the catalogue


def _catalogue(facts: list[Fact], lang: str) -> RenderableType:
    """Lay the facts out, record by record."""
    from rich.console import Group
    from rich.text import Text

    page: list[RenderableType] = []
    for kind in dict.fromkeys(fact.kind for fact in facts):
        page += [
            Text(_heading(kind, lang), "bold"),
            _grid([fact for fact in facts if fact.kind == kind], lang),
            Text(""),
        ]
    return Group(*page[:-1])


def _heading(kind: str, lang: str) -> str:
    """Name a record as it stands in a profile file, then in words."""
    from eligibility.profile.catalogue import LISTS, MANY
    from eligibility.profile.records import Company

    if kind in MANY:
        return f"{MANY[kind]} · {LISTS[MANY[kind]].LABEL[lang]}"
    return kind if lang == "en" else f"{kind} · {Company.LABEL[lang]}"


def _grid(facts: list[Fact], lang: str) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    from eligibility.profile.catalogue import by_topic

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="cyan", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold")
    for topic, about_it in by_topic(facts):
        if topic:
            grid.add_row(Text(f"  -- {topic[lang]}", "dim"), "", "")
        for fact in about_it:
            words = _words(fact, lang)
            about = Text.assemble(fact.label[lang], (f"\n{words}" if words else "", "dim"))
            grid.add_row(f"  {fact.path}", _type(fact, lang), about)
    return grid


def _words(fact: Fact, lang: str) -> str:
    """List the words of an enumeration; in Chinese their labels, which a profile can use as well."""
    values = fact.values or {}
    return "；".join(label.zh for label in values.values()) if lang == "zh" else ", ".join(values)


def _type(fact: Fact, lang: str) -> str:
    """Name a fact's type with its unit."""
    text = _say(fact.type.value, lang)
    notes = [fact.unit[lang]] if fact.unit else []
    notes += [_say("derived", lang)] if fact.source else []
    return text + "".join(f"（{note}）" if lang == "zh" else f" ({note})" for note in notes)


# ---- one fact


def _show_one(fact: Fact, rulebook: Rulebook, lang: str, form: str) -> None:
    from eligibility.rulebook.uses import clauses_using

    clauses = clauses_using(fact.path, rulebook)
    if form == "json":
        _print(described(fact) | {"used_by": [clause.id for clause in clauses]})
        return
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in _rows(fact, clauses, lang):
        grid.add_row(label, text)
    show(Group(Text.assemble((fact.label[lang], "bold"), f"\n{fact.path}\n"), grid))


def _rows(fact: Fact, clauses: list[Clause], lang: str) -> Iterator[tuple[str, str]]:
    from eligibility.money import format_money

    yield _say("type", lang), _type(fact, lang)
    yield _say("question", lang), fact.question[lang]
    if bounds := range_of(fact, lambda fen: format_money(fen, lang)):
        yield _say("range", lang), f"{bounds[0]} {_say('to', lang)} {bounds[1]}"
    if fact.not_after_on:
        yield _say("range", lang), _say("past", lang)
    for word, label in (fact.values or {}).items():
        yield _say("value", lang), f"{word}: {label[lang]}"
    if source := source_of(fact):
        yield _say("source", lang), f"{source} ({_say('size', lang)})" if fact.path == _SIZE else source
    for clause in clauses:
        yield _say("used", lang), f"{clause.id}: {clause.title[lang]}"
    if not clauses:
        yield _say("used", lang), _say("unused", lang)


def range_of(fact: Fact, money: Callable[[int], str]) -> tuple[str, str] | None:
    """Give the least and the greatest value as text, money as it is to be printed; None where no number is meant."""
    from eligibility.money import MAX_MONEY, MAX_RATE_PART
    from eligibility.profile.facts import MAX_COUNT, FactType

    match fact.type:
        case FactType.MONEY:
            return money(0), money(MAX_MONEY)
        case FactType.COUNT | FactType.YEAR:
            return str(fact.low), str(MAX_COUNT if fact.high is None else fact.high)
        case FactType.RATE:
            return "0%", f"{MAX_RATE_PART * 100}%" if fact.over_one else "100%"
        case _:
            return None


def source_of(fact: Fact) -> str | None:
    """Say what a fact that can be derived is derived by."""
    from eligibility.profile.derive import SME_STANDARD

    return SME_STANDARD if fact.path == _SIZE else fact.source


def described(fact: Fact) -> dict[str, Any]:
    """Describe a fact as plain values; money in yuan."""
    from eligibility.money import yuan

    bounds = range_of(fact, yuan)
    return {
        "path": fact.path,
        "type": fact.type.value,
        "unit": _plain(fact.unit),
        "label": _plain(fact.label),
        "question": _plain(fact.question),
        "range": {"low": bounds[0], "high": bounds[1]} if bounds else None,
        "values": {word: _plain(label) for word, label in fact.values.items()} if fact.values else None,
        "not_after_on": fact.not_after_on,
        "source": source_of(fact),
    }


def _plain(words: Any) -> dict[str, str] | None:
    return None if words is None else {"zh": words.zh, "en": words.en}
