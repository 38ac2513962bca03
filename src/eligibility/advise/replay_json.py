"""What came of a replay as JSON. Keys stay; more may be added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eligibility import __version__
from eligibility.advise.rule_changes import title_of, wording

if TYPE_CHECKING:
    from eligibility.advise.causes import Change
    from eligibility.advise.replay import Difference, Replay
    from eligibility.bilingual import Words
    from eligibility.diagnostics import Diagnostic


def replay_json(found: Replay) -> dict[str, Any]:
    """Give a replay as plain values; amounts are yuan with two decimals, as text."""
    record, saved = found.record, found.record.rulebook
    total = found.total
    return {
        "same": found.same,
        "proven": found.proven,
        "record": {"sha256": record.seal, "on": record.values["on"], "as_written": record.as_written},
        "rulebook": {
            "before": {"version": saved["version"], "digest": saved["digest"]},
            "after": {"version": found.rulebook.version, "digest": found.rulebook.digest},
        },
        "package_version": {"before": record.package_version, "after": __version__},
        "refused": [_refusal(each) for each in found.refused],
        "total": None if total is None else {"before": total[0], "after": total[1]},
        "awards": [_difference(each, "clause") for each in found.awards],
        "ledger": [_difference(each, "cap") for each in found.ledger],
        "changes": [_change(change, found) for change in found.changes],
    }


def _refusal(finding: Diagnostic) -> dict[str, Any]:
    return {"code": finding.code, "message": finding.message, "path": finding.path, "help": finding.help}


def _difference(each: Difference, key: str) -> dict[str, Any]:
    return {
        key: each.name,
        "item": each.item,
        "title": _words(each.title),
        "fields": list(each.fields),
        "before": each.before,
        "after": each.after,
        "causes": [{"kind": cause.kind, "id": cause.id, "how": cause.how} for cause in each.causes],
    }


def _change(change: Change, found: Replay) -> dict[str, Any]:
    """Give a change with what the part said and says, where both rulebooks are at hand."""
    return {
        "kind": change.kind,
        "id": change.id,
        "how": change.how,
        "title": _words(title_of(change, found.rulebook, found.own)),
        "wording": None if found.own is None else {lang: _wording(change, found, lang) for lang in ("zh", "en")},
    }


def _wording(change: Change, found: Replay, lang: str) -> dict[str, Any]:
    said = wording(change, found.own or found.rulebook, found.rulebook, lang)
    ends = {"before": said.before, "after": said.after}
    return {end: [{"label": each.label, "text": each.text} for each in said] for end, said in ends.items()}


def _words(words: Words | None) -> dict[str, str] | None:
    return None if words is None else {"zh": words.zh, "en": words.en}
