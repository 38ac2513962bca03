"""The facts in `eligibility rules coverage`: counted, listed, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from eligibility.cli.coverage_words import grid, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType
    from rich.table import Table

    from eligibility.bilingual import Words
    from eligibility.rulebook.published import PublishedFact

_STACKING: Final = frozenset(("cap", "group", "together", "reading"))


def fact_counts(facts: Iterable[PublishedFact]) -> dict[str, int]:
    """Count the facts by what they are tied to; one that is tied to several kinds of rules counts in each."""
    found = list(facts)
    kinds = [{tie.kind for tie in fact.ties} for fact in found]
    return {
        "facts": len(found),
        "clauses": sum("clause" in each for each in kinds),
        "definitions": sum("definition" in each for each in kinds),
        "stacking": sum(bool(each & _STACKING) for each in kinds),
        "policies": sum("policy" in each for each in kinds),
        "tied": sum(map(bool, kinds)),
        "reasons": sum(not fact.ties and not fact.left for fact in found),
        "left": sum(fact.left for fact in found),
    }


def facts_table(facts: Iterable[PublishedFact], lang: str) -> Table:
    """Count the facts by what they are tied to, in one row."""
    table = grid()
    titles = {"facts": "entries"}
    counts = {key: count for key, count in fact_counts(facts).items() if key != "tied"}
    for _ in counts:
        table.add_column(justify="right")
    table.add_row(*(say(titles.get(key, key), lang) for key in counts))
    table.add_row(*map(str, counts.values()))
    return table


def each_fact(facts: Iterable[PublishedFact], lang: str) -> Iterator[RenderableType]:
    """List each fact with its sources, and what it is tied to or why it is not."""
    from rich.padding import Padding
    from rich.text import Text

    for fact in facts:
        weight = f"{say(fact.authority, lang)}, {say(fact.confidence, lang)}"
        ties = "; ".join(f"{say(tie.kind, lang)} {tie.id}" for tie in fact.ties)
        ties = ties or (f"{say('reason', lang)}: {fact.reason[lang]}" if fact.reason else "—")
        sources = ", ".join(document.id for document in fact.sources)
        yield Text(f"{fact.id}  {sources} ({weight}) → {ties}", style="red" if fact.left else "")
        yield Padding(Text(fact.fact[lang], style="dim"), (0, 0, 0, 4))


def fact_json(fact: PublishedFact) -> dict[str, Any]:
    """Give one fact as JSON."""
    return {
        "id": fact.id,
        "fact": _words_json(fact.fact),
        "sources": [document.id for document in fact.sources],
        "authority": fact.authority,
        "confidence": fact.confidence,
        "ties": [{"kind": tie.kind, "id": tie.id} for tie in fact.ties],
        "reason": _words_json(fact.reason) if fact.reason else None,
        "left": fact.left,
    }


def _words_json(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
