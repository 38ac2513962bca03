"""One clause as labelled sentences, each drawn from the rule alone, with what it rests on beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from eligibility.rulebook.citations import citation
from eligibility.rulebook.describe import definitions_of, kind_of, way_of
from eligibility.rulebook.language import CountOf, Dated, Named, Some, SumOf
from eligibility.rulebook.supports import of_award, of_cap
from eligibility.rulebook.walk import basis_of, every
from eligibility.rulebook.wording import award_name, cap_name, group_name, kind_name, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eligibility.rulebook.language import Cap, Cited, Clause, Condition, Group, Policy
    from eligibility.rulebook.rulebook import Rulebook

LABELS: Final[dict[str, tuple[str, str]]] = {
    "for": ("对象", "paid for"),
    "reference": ("参照年度", "reference year"),
    "if": ("条件", "if"),
    "means": ("定义", "meaning"),
    "gives": ("给予", "gives"),
    "limit": ("上限", "limit"),
    "stacking": ("叠加", "stacking"),
}
_REFERENCES: Final = {
    "current_year": ("评估日所在年度", "the year of the date of assessment"),
    "previous_year": ("评估日所在年度的上一年度", "the year before that of the date of assessment"),
    "any": ("任何年度", "any year"),
}
_ITEMS: Final = ("；清单中只计属于参照年度的项", "; in lists only the items of that year count")
_COMPANY: Final = ("企业", "the company")
_TOGETHER: Final = ("可与以下各项同时享受", "may be enjoyed together with")
_AMONG: Final = ("其中还有", "the others are")
_WHO: Final = ("condition", "who", "area", "definition")
"""What a citation supports if it supports a condition."""


class Line(NamedTuple):
    """One sentence about a clause.

    Attributes:
        label: a key of `LABELS`.
        cited: what it rests on.
        ident: the cap, group or definition it is drawn from.
        assumed: whether it rests on an assumption alone.
    """

    label: str
    text: str
    cited: tuple[Cited, ...] = ()
    ident: str | None = None
    assumed: bool = False


def lines(clause: Clause, rulebook: Rulebook, lang: str) -> Iterator[Line]:
    """Say everything that a clause says."""
    yield Line("for", kind_name(clause.for_each, lang) if clause.for_each else _say(_COMPANY, lang))
    listed = clause.reference != "any" and any(isinstance(part, Some | SumOf | CountOf) for part in _parts(clause))
    yield Line("reference", _say(_REFERENCES[clause.reference], lang) + (_say(_ITEMS, lang) if listed else ""))
    yield from _conditions(clause, lang)
    for definition in dict.fromkeys(definitions_of(clause)):
        text = f"{definition.title[lang]}{_say(('：', ': '), lang)}{sentence(definition.condition, lang)}"
        yield Line("means", text, definition.citations, definition.id, assumed=not definition.citations)
    yield Line("gives", award_name(clause.award, lang), of_award(clause).cited)
    for cap in (*clause.caps, *(cap for cap in rulebook.caps if clause.id in cap.over)):
        rests = of_cap(cap, None if cap.shared else clause).cited
        text = cap_name(cap, lang, kind_of(cap, rulebook))
        text += _others(clause, cap.over, lang) + only_read_as(cap, rulebook, lang)
        yield Line("limit", text, rests, cap.id, assumed=not rests)
    yield from _stacking(clause, rulebook, lang)


def references(cited_by: Iterable[Cited], rulebook: Rulebook) -> tuple[str, ...]:
    """Name the documents of citations, with the line where the words are held."""
    drawn = [citation(cited, rulebook.homes) for cited in cited_by]
    return tuple(dict.fromkeys(f"{one.document}:{one.line}" if one.line else one.document for one in drawn))


def only_read_as(rule: Cap | Group, rulebook: Rulebook, lang: str) -> str:
    """Say in which way of a reading a cap or group holds, and whether it is the one taken; nothing if in every one."""
    if (found := way_of(rule, rulebook)) is None:
        return ""
    reading, way = found
    name = f"{reading.id}={way.id}"
    if way is reading.ways[0]:
        return (f"；仅依此解读（默认）：{way.title.zh} [{name}]", f"; only as read here: {way.title.en} [{name}]")[
            lang != "zh"
        ]
    return (f"；仅依另一解读：{way.title.zh} [{name}]", f"; only in another reading: {way.title.en} [{name}]")[
        lang != "zh"
    ]


def _say(texts: tuple[str, str], lang: str) -> str:
    return texts[lang != "zh"]


def _parts(clause: Clause) -> Iterator[object]:
    """Give every part of a clause's condition, amount and own limits."""
    basis = basis_of(clause.award.form)
    yield from every(clause.condition)
    for quantity in (basis, *(cap.limit for cap in clause.caps)):
        yield from () if quantity is None else every(quantity)


def _conditions(clause: Clause, lang: str) -> Iterator[Line]:
    required = len(clause.policy.requires)
    for place, part in enumerate(clause.condition.parts):
        yield Line("if", sentence(part, lang), _supporting(part, clause.policy if place < required else clause))


def _supporting(part: Condition, rule: Policy | Clause) -> tuple[Cited, ...]:
    """Give what a condition rests on; a definition's sources stand beside its meaning."""
    if isinstance(part, Named):
        return part.definition.citations
    if isinstance(part, Dated):
        return ()  # it follows from the reference year
    return tuple(cited for cited in rule.citations if set(_WHO) & set(cited.supports))


def _others(clause: Clause, members: Iterable[str], lang: str) -> str:
    others = [name for name in members if name != clause.id]
    if not others:
        return ""
    among = _say(_AMONG, lang)
    return f"（{among}：{'、'.join(others)}）" if lang == "zh" else f" ({among}: {', '.join(others)})"


def _stacking(clause: Clause, rulebook: Rulebook, lang: str) -> Iterator[Line]:
    for group in rulebook.groups:
        if clause.id in group.clauses:
            text = group_name(group, lang, kind_of(group, rulebook)) + _others(clause, group.clauses, lang)
            text += only_read_as(group, rulebook, lang)
            yield Line("stacking", text, group.citations, group.id, assumed=not group.citations)
    for statement in rulebook.together:
        others = [name for name in statement.clauses if name != clause.id]
        if clause.id in statement.clauses and others:
            text = f"{_say(_TOGETHER, lang)}{_say(('：', ': '), lang)}{_say(('、', ', '), lang).join(others)}"
            yield Line("stacking", text, statement.citations, statement.id, assumed=not statement.citations)
