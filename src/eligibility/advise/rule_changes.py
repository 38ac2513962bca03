"""What a part of the rules said and what it says now, sentence by sentence, in the words of `rules show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from eligibility.bilingual import Words
from eligibility.report.rule_lines import LABELS, lines, only_read_as
from eligibility.rulebook.authority import authority_of
from eligibility.rulebook.describe import kind_of
from eligibility.rulebook.wording import cap_name, group_name, join, pick, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from eligibility.advise.causes import Change
    from eligibility.rulebook import Rulebook
    from eligibility.rulebook.language import Cap, Clause, Group, Policy

_IN_CLAUSE: Final = ("for", "reference", "if", "gives", "limit")
_MORE: Final = {
    "in_force": Words("有效期", "in force"),
    "layer": Words("层级", "layer"),
    "over": Words("适用条款", "over"),
    "weight": Words("来源等级", "weight of its sources"),
}
_WEIGHTS: Final = {
    "official": Words("官方文本", "official text"),
    "government_news": Words("政府新闻", "government news"),
    "newspaper": Words("报纸", "newspaper"),
    "repost": Words("转载", "repost"),
    "weak": Words("弱来源", "weak source"),
}


class Sentence(NamedTuple):
    """One sentence of a part, with the word it stands behind."""

    label: str
    text: str


class Wording(NamedTuple):
    """The sentences in which two states of a part differ."""

    before: tuple[Sentence, ...]
    after: tuple[Sentence, ...]


def wording(change: Change, then: Rulebook, now: Rulebook, lang: str) -> Wording:
    """Give what a changed part said and does not say any more, and what it says now and did not."""
    before, after = (list(_sentences(change, rulebook, lang)) for rulebook in (then, now))
    return Wording(
        tuple(said for said in before if said not in after), tuple(said for said in after if said not in before)
    )


def title_of(change: Change, *rulebooks: Rulebook | None) -> Words | None:
    """Give the title of a part from the first of the rulebooks that has it."""
    parts = (_part(change, rulebook) for rulebook in rulebooks if rulebook is not None)
    return next((part.title for part in parts if part is not None), None)


def _part(change: Change, rulebook: Rulebook) -> Any:
    """Find a part in a rulebook; None if it is not there, or is no part of the rules."""
    lists = {
        "policy": rulebook.policies,
        "definition": rulebook.definitions,
        "clause": rulebook.clauses,
        "cap": rulebook.caps,
        "group": rulebook.groups,
    }
    parts = cast("tuple[Any, ...]", lists.get(change.kind, ()))
    return next((part for part in parts if part.id == change.id), None)


def _sentences(change: Change, rulebook: Rulebook, lang: str) -> Iterator[Sentence]:
    part = _part(change, rulebook)
    if part is not None:
        says: dict[str, Callable[..., Iterator[Sentence]]] = {
            "policy": _policy,
            "definition": _definition,
            "clause": _clause,
            "cap": _cap,
            "group": _group,
        }
        yield from says[change.kind](part, rulebook, lang)


def _policy(policy: Policy, _rulebook: Rulebook, lang: str) -> Iterator[Sentence]:
    unknown, none = pick(lang, "未知", "unknown"), pick(lang, "未设终止日", "no last day")
    ends = unknown if policy.end_unknown else str(policy.ends or none)
    yield Sentence(_MORE["layer"][lang], policy.layer)
    yield Sentence(_MORE["in_force"][lang], f"{policy.starts or f'{policy.issued} ({unknown})'} → {ends}")
    for condition in policy.requires:
        yield Sentence(_label("if", lang), sentence(condition, lang))


def _definition(definition: Any, _rulebook: Rulebook, lang: str) -> Iterator[Sentence]:
    yield Sentence(_label("means", lang), sentence(definition.condition, lang))


def _clause(clause: Clause, rulebook: Rulebook, lang: str) -> Iterator[Sentence]:
    """Say what the clause itself says; limits over several clauses and definitions are parts of their own."""
    own = {cap.id for cap in clause.caps}
    required = {sentence(condition, lang) for condition in clause.policy.requires}
    for line in lines(clause, rulebook, lang):
        shared = line.label == "limit" and line.ident not in own
        if line.label in _IN_CLAUSE and not shared and not (line.label == "if" and line.text in required):
            yield Sentence(_label(line.label, lang), line.text)
    yield Sentence(_MORE["weight"][lang], _WEIGHTS[authority_of(clause)][lang])


def _cap(cap: Cap, rulebook: Rulebook, lang: str) -> Iterator[Sentence]:
    text = cap_name(cap, lang, kind_of(cap, rulebook)) + only_read_as(cap, rulebook, lang)
    yield Sentence(_label("limit", lang), text)
    yield Sentence(_MORE["over"][lang], join(cap.over, lang))


def _group(group: Group, rulebook: Rulebook, lang: str) -> Iterator[Sentence]:
    text = group_name(group, lang, kind_of(group, rulebook)) + only_read_as(group, rulebook, lang)
    yield Sentence(_label("stacking", lang), text)
    yield Sentence(_MORE["over"][lang], join(group.clauses, lang))


def _label(key: str, lang: str) -> str:
    return LABELS[key][lang != "zh"]
