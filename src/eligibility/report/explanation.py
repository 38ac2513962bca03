"""One clause, explained: for a terminal and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich.console import Group
from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from eligibility.disputed import readings_of
from eligibility.explain import interval_words
from eligibility.money import yuan
from eligibility.report.contract import citation_json, reading_json
from eligibility.report.near import adds_line, near_json, near_lines
from eligibility.report.notice import NOTICE
from eligibility.report.table import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from eligibility.bilingual import Words
    from eligibility.decision import Decision, NearMiss, ReadingTaken
    from eligibility.explain import Basis, Explained, Explanation

_MARKS: Final = {True: ("✓", "green"), False: ("✗", "red"), None: ("?", "yellow")}
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "true": ("满足", "holds"),
    "false": ("不满足", "does not hold"),
    "none": ("未知", "unknown"),
    "seen": ("实际值", "seen"),
    "conditions": ("条件", "Conditions"),
    "amount": ("金额", "Amount"),
    "gives": ("规定", "the clause gives"),
    "gross": ("限制前", "before limits"),
    "net": ("可得", "what remains"),
    "less": ("减", "less"),
    "no_items": ("没有相应的项，无从享受。", "There is no such item to pay for."),
    "any_number": ("尚不知有几项，因此没有上限。", "It is not known how many there are, so nothing bounds the amount."),
    "sources": ("出处", "Sources"),
    "assumptions": ("假设", "Assumptions"),
    "verdict": ("结论", "Verdict"),
    "near": ("改变以下事实即符合（每组为最小改变）", "It would be eligible with (each a smallest set of changes)"),
    "adds": ("合计变化", "adds to the total"),
}


def explanation_sheet(
    decision: Decision, explanations: Sequence[Explanation], lang: str, near: Sequence[NearMiss] = ()
) -> RenderableType:
    """Lay out the explanation of every award of one clause, with its near misses."""
    return Group(*_parts(decision, explanations, lang, near))


def _say(key: str, lang: str) -> str:
    return _WORDS[key][lang != "zh"]


def _parts(
    decision: Decision, explanations: Sequence[Explanation], lang: str, near: Sequence[NearMiss]
) -> Iterator[RenderableType]:
    sheet = Sheet(decision, lang, everything=True, width=100)
    says = explanations[0].award.entitlement
    yield Text.assemble((says.title[lang], "bold"), f"\n{says.clause} · {says.policy_title[lang]} · {decision.on}")
    for explanation in explanations:
        yield Text("")
        yield from _one(sheet, explanation, lang)
        yield from _near([each for each in near if each.item == explanation.award.item], sheet)
    yield Text(f"\n{_say('sources', lang)}", "bold")
    for citation in says.citations:
        yield Text("  ").append_text(sheet.source(citation, whole=True))
    disputed = _readings(decision, says.clause)
    if says.assumptions or disputed:
        yield Text(f"\n{_say('assumptions', lang)}", "bold")
        for assumption in says.assumptions:
            yield Text(f"  {assumption[lang]}", "italic")
        for reading in disputed:
            yield Text(f"  {sheet.say('reading')}{'：' if lang == 'zh' else ': '}{sheet.reading(reading)}", "italic")
    yield Text(f"\n{NOTICE[lang]}", "italic")


def _readings(decision: Decision, clause: str) -> list[ReadingTaken]:
    return [reading for reading in readings_of(decision) if clause in reading.clauses]


def _one(sheet: Sheet, explanation: Explanation, lang: str) -> Iterator[RenderableType]:
    award = explanation.award
    head = f"{award.item}: " if award.item else ""
    yield Text.assemble((head, "cyan"), sheet.say(award.verdict), f" · {sheet.say(award.standing)}", style="bold")
    if explanation.condition is None:
        yield Text(_say("no_items", lang))
        return
    tree = Tree(Text(_say("conditions", lang), "bold"), guide_style="dim")
    for part in explanation.condition.parts:
        _grow(tree, part, lang)
    yield tree
    yield Text(_say("amount", lang), "bold")
    for line in _amount(explanation, lang):
        yield Text(f"  {line}")


def _near(near: Sequence[NearMiss], sheet: Sheet) -> Iterator[RenderableType]:
    """Say what would have to be otherwise, one set of changes after the other."""
    if not near:
        return
    yield Text(_say("near", sheet.lang), "bold")
    for each in near:
        adds = f"{_say('adds', sheet.lang)} {adds_line(each.adds, sheet.lang)}"
        yield Padding(Group(*map(Text, near_lines(each, sheet.lang)), Text(adds, "dim")), (0, 0, 0, 2))
        if each.still_needed:
            yield Text(f"  {sheet.say('missing')}: {', '.join(each.still_needed)}", "yellow")


def _grow(tree: Tree, part: Explained, lang: str) -> None:
    mark, style = _MARKS[part.truth]
    word = _say(str(part.truth).lower(), lang)
    text = Text.assemble((f"{mark} ", style), part.says[lang], (f" — {word}", style))
    if part.seen is not None:
        text.append(f"; {_say('seen', lang)}: {part.seen[lang]}")
    elif part.fact is not None:
        text.append(f" ({part.fact})", "dim")
    for citation in part.citations:
        text.append(f" [{citation.document}]", "dim")
    branch = tree.add(text)
    for child in part.parts:
        _grow(branch, child, lang)


def _amount(explanation: Explanation, lang: str) -> Iterator[str]:
    award = explanation.award
    yield f"{_say('gives', lang)}: {explanation.gives[lang]}"
    for basis in explanation.bases:
        yield f"{basis.label[lang]} ({basis.fact}): {_basis(basis, lang)}"
    if award.verdict == "not_eligible":
        return
    yield f"{_say('gross', lang)}: {interval_words(award.gross.low, award.gross.high)[lang]}"
    if explanation.any_number and award.gross.high is None:
        yield _say("any_number", lang)
    for reduction in award.reductions:
        amount = interval_words(*_sorted(reduction.low, reduction.high))[lang]
        yield f"{_say('less', lang)} {amount}: {reduction.reason[lang]} [{reduction.by}]"
    yield f"{_say('net', lang)}: {interval_words(award.net.low, award.net.high)[lang]}"


def _sorted(low: int, high: int | None) -> tuple[int, int | None]:
    return (low, high) if high is None or low <= high else (high, low)


def _basis(basis: Basis, lang: str) -> str:
    return _say("none", lang) if basis.seen is None else basis.seen[lang]


# ---- JSON


def explanation_json(
    decision: Decision, explanations: Sequence[Explanation], near: Sequence[NearMiss] = ()
) -> list[dict[str, Any]]:
    """Give explanations as plain values, with the near misses of each award."""
    return [
        {
            "clause": explanation.award.clause,
            "item": explanation.award.item,
            "verdict": explanation.award.verdict,
            "standing": explanation.award.standing,
            "authority": explanation.award.entitlement.authority,
            "caution": explanation.award.entitlement.caution,
            "condition": None if explanation.condition is None else _part_json(explanation.condition),
            "gives": _both(explanation.gives),
            "bases": [{"fact": basis.fact, "seen": _both(basis.seen)} for basis in explanation.bases],
            "gross": _ends(explanation.award.gross.low, explanation.award.gross.high),
            "net": _ends(explanation.award.net.low, explanation.award.net.high),
            "near": [near_json(each) for each in near if each.item == explanation.award.item],
            "readings": [reading_json(reading) for reading in _readings(decision, explanation.award.clause)],
        }
        for explanation in explanations
    ]


def _part_json(part: Explained) -> dict[str, Any]:
    return {
        "says": _both(part.says),
        "truth": part.truth,
        "fact": part.fact,
        "seen": _both(part.seen),
        "citations": [citation_json(citation) for citation in part.citations],
        "parts": [_part_json(child) for child in part.parts],
    }


def _both(words: Words | None) -> dict[str, str] | None:
    return None if words is None else {"zh": words.zh, "en": words.en}


def _ends(low: int, high: int | None) -> dict[str, str | None]:
    return {"low": yuan(low), "high": None if high is None else yuan(high)}
