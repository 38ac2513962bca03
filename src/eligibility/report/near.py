"""Near misses for a terminal and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from eligibility.money import format_money, yuan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility.bilingual import Words
    from eligibility.decision import Change, NearMiss
    from eligibility.money import Interval

_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "or_more": ("起", " or more"),
    "to": ("至", " to "),
    "needs": ("，需要", ", needs "),
    "gap": ("：", ": "),
    "past": ("（已成事实，无法改变）", " (has happened: it cannot be changed)"),
    "left_out": ("并去掉与之矛盾的", "without, for it contradicts the change: "),
}


def _say(key: str, lang: str) -> str:
    return _TEXTS[key][lang != "zh"]


def adds_line(adds: Interval, lang: str) -> str:
    """Print what changes add to the total, with its sign.

    >>> from eligibility.money import Interval
    >>> adds_line(Interval(0, 30_000_000), "en"), adds_line(Interval(-100, -100), "en")
    ('+¥0 to +¥300,000', '-¥1')
    """
    low = _signed(adds.low, lang)
    if adds.high is None:
        return f"{low}{_say('or_more', lang)}"
    return low if adds.low == adds.high else f"{low}{_say('to', lang)}{_signed(adds.high, lang)}"


def _signed(fen: int, lang: str) -> str:
    return f"{'-' if fen < 0 else '+'}{format_money(abs(fen), lang)}"


def change_line(change: Change, lang: str) -> str:
    """Print one change: what is seen, what would do, and how far apart they are."""
    text = change.needed[lang]
    if change.seen is not None:
        text = f"{change.label[lang]} ({change.at}) {change.seen[lang]}{_say('needs', lang)}{text}"
    if change.gap is not None:
        text += f"{_say('gap', lang)}{change.gap[lang]}"
    return text if change.changeable else f"{text}{_say('past', lang)}"


def near_lines(near: NearMiss, lang: str) -> Iterator[str]:
    """Print the changes of a near miss, one a line."""
    for change in near.changes:
        yield change_line(change, lang)
    if near.left_out:
        yield f"{_say('left_out', lang)}{', '.join(near.left_out)}"


# ---- JSON


def near_json(near: NearMiss) -> dict[str, Any]:
    """Give a near miss as plain values; amounts are yuan with two decimals, as text."""
    return {
        "clause": near.clause,
        "item": near.item,
        "title": _words(near.title),
        "changes": [_change(change) for change in near.changes],
        "changeable": near.changeable,
        "still_needed": list(near.still_needed),
        "left_out": list(near.left_out),
        "adds": {
            "low": _yuan(near.adds.low),
            "high": None if near.adds.high is None else _yuan(near.adds.high),
            "bounded_high": _yuan(near.bounded),
        },
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "fact": change.fact,
        "at": change.at,
        "label": _words(change.label),
        "seen": None if change.seen is None else _words(change.seen),
        "needed": _words(change.needed),
        "gap": None if change.gap is None else _words(change.gap),
        "values": list(change.values),
        "changeable": change.changeable,
    }


def _yuan(fen: int) -> str:
    return f"-{yuan(-fen)}" if fen < 0 else yuan(fen)


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
