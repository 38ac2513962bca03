"""The whole rulebook as one page of Markdown, in Chinese and English: docs/policies.md."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eligibility.bilingual import Words
from eligibility.report.rule_lines import LABELS, lines, only_read_as
from eligibility.rulebook.citations import citation
from eligibility.rulebook.describe import kind_of
from eligibility.rulebook.held import citings
from eligibility.rulebook.language import (
    Cap,
    Ceiling,
    Dated,
    Group,
    Named,
    Range,
    ReadAs,
    Service,
    Together,
    Unpublished,
)
from eligibility.rulebook.wording import award_name, cap_name, group_name, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eligibility.decision import Citation
    from eligibility.rulebook.language import Cited, Clause, Condition, Definition, Document, Policy, Reading
    from eligibility.rulebook.rulebook import Rulebook

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|])")
_LANGS: Final = ("zh", "en")
_OF_THE_YEAR: Final = Words("（属于参照年度者）", " of the reference year")
_THIS_YEAR: Final = "评估日所在年度"
"""The reference year where a clause says nothing else."""
_HEAD: Final = """# Policies · 政策

Every policy of the rulebook with its clauses, drawn from the rules. Do not edit this page: `make policies` writes it
anew. How to read the sentences: [the rule language](rule-language.md). No entry is an official determination.

The conditions that stand under a policy hold for each of its clauses, and so do the assumptions that name them. The
reference year is the year of the date of assessment, unless a clause says otherwise. § is a source, with what it
supports in brackets; how much it weighs stands under Documents. What clauses share stands once, under Definitions and
Stacking.

本页由规则库自动生成，列出每项政策及其条款；请勿手工修改，用 `make policies` 重新生成。本页内容不是官方认定。

政策名下的条件适用于其全部条款，注明条款的假设适用于所列条款；除另有说明外，参照年度为评估日所在年度。§为出处，括号内为其所支持的内容，效力见文末“文件”；多个条款共用的内容只在“定义”和“叠加”中写一次。
"""
_AUTHORITIES: Final = {
    "official": "官方文本 official text",
    "government_news": "政府新闻 government news",
    "newspaper": "报纸 newspaper",
    "repost": "转载 repost",
    "weak": "弱来源 weak source",
}
_LAYERS: Final = {
    "1": "“1”：普惠政策 universal",
    "N": "“N”：赛道专项 track",
    "general": "经开区综合政策 E-Town, general",
    "municipal": "市级 municipal",
    "district": "区级 district",
    "national": "国家级 national",
}


def policy_page(rulebook: Rulebook) -> str:
    """Write the page."""
    return "\n".join([_HEAD, *_Page(rulebook).lines()]) + "\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _both(words: Words) -> str:
    zh, en = _escaped(words.zh), _escaped(words.en)
    return zh if zh == en else f"{zh} · {en}"


def _link(name: str, text: str | None = None) -> str:
    """Link a clause, definition or document to its heading, as a viewer of Markdown names it."""
    return f"[{_escaped(text or name)}](#{re.sub(r'[^a-z0-9_ -]', '', name.lower())})"


def _line(label: str, words: Words) -> str:
    return f"- {' '.join(LABELS[label])}: {_both(words)}"


def _sentence(condition: Condition) -> str:
    return _both(Words(sentence(condition, "zh"), sentence(condition, "en")))


def _condition(part: Condition) -> str:
    """Write one condition; a definition is linked, for its meaning and sources stand there."""
    link = f" ({_link(part.definition.id)})" if isinstance(part, Named) else ""
    return f"- {' '.join(LABELS['if'])}: {_sentence(part)}{link}"


class _Page:
    """Writes the parts of the page."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook

    def lines(self) -> Iterator[str]:
        """Give the page line by line."""
        yield from self._contents()
        for policy in self.rulebook.policies:
            yield from self._policy(policy)
        yield "## Definitions · 定义\n"
        for definition in self.rulebook.definitions:
            yield from self._definition(definition)
        yield "## Stacking · 叠加\n"
        rules: list[Cap | Group | Together] = [*self.rulebook.caps, *self.rulebook.groups, *self.rulebook.together]
        for rule in rules:
            yield from self._rule(rule)
        if self.rulebook.readings:
            yield "## Readings · 解读\n"
        for reading in self.rulebook.readings:
            yield from self._reading(reading)
        yield "## Documents · 文件\n"
        for document in self._documents():
            yield from self._document(document)

    def _contents(self) -> Iterator[str]:
        yield "| policy 政策 | title 题名 | layer 层级 | in force 有效期 | clauses 条款 | with money 资金条款 |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for policy in self.rulebook.policies:
            clauses = self._clauses(policy)
            money = sum(not isinstance(clause.award.form, Service) for clause in clauses)
            cells = (_link(policy.id), _both(policy.title), policy.layer, _validity(policy), len(clauses), money)
            yield f"| {' | '.join(map(str, cells))} |"
        yield ""

    def _clauses(self, policy: Policy) -> list[Clause]:
        return [clause for clause in self.rulebook.clauses if clause.policy is policy]

    # ---- policies

    def _policy(self, policy: Policy) -> Iterator[str]:
        yield f"## `{policy.id}`\n"
        yield f"**{_escaped(policy.title.zh)}**\n"
        yield f"**{_escaped(policy.title.en)}**\n"
        yield f"- 发布机关 issuer: {_both(policy.issuer)}"
        yield f"- 印发 issued: {policy.issued}"
        yield f"- 有效期 in force: {_validity(policy)}"
        yield f"- 层级 layer: {_LAYERS[policy.layer]}"
        yield from map(_condition, policy.requires)
        yield from self._sources(policy.citations)
        yield from self._unknown(policy)
        yield ""
        for clause in self._clauses(policy):
            yield from self._clause(clause)

    def _unknown(self, policy: Policy) -> Iterator[str]:
        if policy.starts is None:
            yield "- 未知 unknown: 施行日期 the first day in force"
        if policy.end_unknown:
            yield "- 未知 unknown: 终止日期 the last day in force"
        gaps: dict[str, list[str]] = {}
        for clause in self._clauses(policy):
            if gap := _unpublished(clause):
                gaps.setdefault(gap, []).append(_link(clause.id, clause.short_id))
        for gap, named in gaps.items():
            yield f"- 未知 unknown: {gap}: {', '.join(named)}"
        for cap in self._caps(policy):
            yield f"- 未知 unknown: 上限金额未公布 the figure of a limit is not public: {_escaped(cap.id)}"
        yield from _assumed(policy.assumptions)
        for assumption, clauses in self._assumed_in_several(policy).items():
            of = ", ".join(_link(clause.id, clause.short_id) for clause in clauses)
            yield f"- 假设 assumed ({of}): {_both(assumption)}"

    def _caps(self, policy: Policy) -> Iterator[Cap]:
        """Give the limits over a policy's clauses whose figure is not public."""
        clauses = self._clauses(policy)
        ids = {clause.id for clause in clauses}
        own = (cap for clause in clauses for cap in clause.caps)
        shared = (cap for cap in self.rulebook.caps if ids & set(cap.over))
        return (cap for cap in (*own, *shared) if cap.limit is None)

    def _clause(self, clause: Clause) -> Iterator[str]:
        yield f"### `{clause.id}`\n"
        yield f"{_both(clause.title)}\n"
        own = clause.condition.parts[len(clause.policy.requires) :]
        dated = any(isinstance(part, Dated) for part in own)
        for zh, en in zip(*(lines(clause, self.rulebook, lang) for lang in _LANGS), strict=True):
            if zh.label == "for":
                year = _OF_THE_YEAR if dated else Words("", "")
                yield _line(zh.label, Words(zh.text + year.zh, en.text + year.en))
            elif zh.label == "reference" and zh.text != _THIS_YEAR:
                yield _line(zh.label, Words(zh.text, en.text))
        yield from (_condition(part) for part in own if not isinstance(part, Dated))
        yield _line("gives", Words(award_name(clause.award, "zh"), award_name(clause.award, "en")))
        yield from self._limits(clause)
        if clause.apply:
            yield f"- 申报 apply: {_both(clause.apply)}"
        yield from self._sources(clause.citations)
        shared = self._assumed_in_several(clause.policy)
        yield from _assumed(assumption for assumption in clause.assumptions if assumption not in shared)
        yield ""

    def _assumed_in_several(self, policy: Policy) -> dict[Words, list[Clause]]:
        """Give the assumptions that several clauses of a policy make; they stand under the policy."""
        made: dict[Words, list[Clause]] = {}
        for clause in self._clauses(policy):
            for assumption in clause.assumptions:
                made.setdefault(assumption, []).append(clause)
        return {assumption: clauses for assumption, clauses in made.items() if len(clauses) > 1}

    def _limits(self, clause: Clause) -> Iterator[str]:
        """Write a clause's own limits; what it shares with others is linked."""
        for cap in clause.caps:
            kind = kind_of(cap, self.rulebook)
            name = Words(cap_name(cap, "zh", kind), cap_name(cap, "en", kind))
            yield _line("limit", name) + ("" if cap.citations else " (假设 assumed)")
        book = self.rulebook
        shared = [
            *(cap.id for cap in book.caps if clause.id in cap.over),
            *(group.id for group in book.groups if clause.id in group.clauses),
            *(statement.id for statement in book.together if clause.id in statement.clauses),
        ]
        if shared:
            yield f"- 共用上限与叠加 shared limits and stacking: {', '.join(map(_link, shared))}"

    # ---- definitions and stacking

    def _definition(self, definition: Definition) -> Iterator[str]:
        yield f"### `{definition.id}`\n"
        yield f"{_both(definition.title)}\n"
        yield f"- {_sentence(definition.condition)}"
        yield from self._sources(definition.citations)
        yield from _assumed(definition.assumptions)
        yield ""

    def _rule(self, rule: Cap | Group | Together) -> Iterator[str]:
        yield f"### `{rule.id}`\n"
        if rule.title:
            yield f"{_both(rule.title)}\n"
        texts = []
        for lang in _LANGS:
            if isinstance(rule, Cap):
                text = cap_name(rule, lang, kind_of(rule, self.rulebook))
            elif isinstance(rule, Group):
                text = group_name(rule, lang, kind_of(rule, self.rulebook))
            else:
                text = ("以下各项可同时享受", "these may be enjoyed together")[lang != "zh"]
            if not isinstance(rule, Together):
                text += only_read_as(rule, self.rulebook, lang)
            texts.append(text)
        yield f"- {_both(Words(*texts))}"
        members = rule.over if isinstance(rule, Cap) else rule.clauses
        yield f"- 条款 clauses: {', '.join(map(_link, members))}"
        yield from self._sources(rule.citations)
        yield from _assumed((rule.assumed,) if rule.assumed else ())
        yield ""

    def _reading(self, reading: Reading) -> Iterator[str]:
        """Write what is in dispute: each way with the rules that hold in it and what it rests on."""
        yield f"### `{reading.id}`\n"
        yield f"{_both(reading.title)}\n"
        for way in reading.ways:
            taken = "（默认 taken here）" if way is reading.ways[0] else ""
            yield f"#### `{reading.id}={way.id}`\n"
            yield f"{_both(way.title)}{taken}\n"
            rules: list[Cap | Group] = [*self.rulebook.caps, *self.rulebook.groups]
            held = [rule.id for rule in rules if rule.read_as == ReadAs(reading.id, way.id)]
            yield f"- 规则 rules: {', '.join(map(_link, held)) or '无 none'}"
            yield from self._sources(way.citations)
            yield from _assumed((way.assumed,) if way.assumed else ())
            yield ""
        yield from _assumed((reading.assumed,))
        yield ""

    # ---- sources

    def _sources(self, cited_by: Iterable[Cited]) -> Iterator[str]:
        for cited in cited_by:
            yield f"- § {_source(citation(cited, self.rulebook.homes))}"

    def _documents(self) -> list[Document]:
        cited = {citing.cited.document.id: citing.cited.document for citing in citings(self.rulebook)}
        return [cited[ident] for ident in sorted(cited)]

    def _document(self, document: Document) -> Iterator[str]:
        yield f"### `{document.id}`\n"
        yield f"{_both(document.title)}\n"
        issuer = [_both(document.issuer)] if document.issuer else []
        date = str(document.date or "日期未知 date unknown")
        address = [f"<{document.url}>"] if document.url else []
        yield f"- {' — '.join([*issuer, date, _AUTHORITIES[document.authority], *address])}\n"


def _validity(policy: Policy) -> str:
    end = "未知 unknown" if policy.end_unknown else str(policy.ends or "未设终止日 no last day")
    return f"{policy.starts or '未知 unknown'} → {end}"


def _unpublished(clause: Clause) -> str | None:
    match clause.award.form:
        case Unpublished():
            return "金额未公布 the amount is not public"
        case Range():
            return "仅公布金额区间 only a range is published"
        case Ceiling():
            return "仅公布最高限额 only an upper limit is published"
        case _:
            return None


def _assumed(assumptions: Iterable[Words]) -> Iterator[str]:
    for assumption in assumptions:
        yield f"- 假设 assumed: {_both(assumption)}"


def _source(cited: Citation) -> str:
    words = f"“{_escaped(cited.quote)}”" if cited.quote else _both(cited.figure) if cited.figure else ""
    where = [_link(cited.document)]
    where += [f"第{cited.line}行 line {cited.line}"] if cited.line else []
    where += [_escaped(cited.at)] if cited.at else []
    where += [cited.confidence] if cited.confidence else []
    return f"{words} — {', '.join(where)} ({', '.join(cited.supports)})"
