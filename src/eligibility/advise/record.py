"""A decision saved for good: with the profile and the rules' digests, sealed so that a change is noticed.

The texts of the rules stay in the rulebook, which is named by its digest. What is saved is what was decided, what it
was decided from, and a digest of each part of the rules, so that it can be computed again and compared.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from eligibility.diagnostics import Diagnostic, Refused
from eligibility.money import yuan
from eligibility.record import record_of
from eligibility.rulebook.load import shipped
from eligibility.rulebook.parts import parts_of_rulebook
from eligibility.saving import save_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from eligibility.decision import Award, Decision, LedgerRow, Total
    from eligibility.money import Interval
    from eligibility.rulebook import Rulebook

KIND: Final = "eligibility-record"
FORMAT: Final = 1
"""Of what a record holds; another number is another format, which this version does not read."""

SEAL: Final = "sha256"
MOST_BYTES: Final = 100_000_000
TOO_LARGE: Final = "a record is some hundred kilobytes; one of a company with thousands of items a few megabytes"
Plain = dict[str, Any]


def record_json(decision: Decision) -> Plain:
    """Give the record of a decision as plain values, sealed; `read_record` takes it back.

    The engine is the only source of it: the same profile, rules, date and version give the same record.
    """
    made = record_of(decision)
    return sealed(
        {
            "kind": KIND,
            "format": FORMAT,
            "package_version": made.package_version,
            "on": decision.on.isoformat(),
            "authority": decision.authority,
            "readings": dict(made.readings),
            "engine": list(made.engine),
            "rulebook": _rulebook(decision.rulebook),
            "profile": decision.profile.to_dict(),
            "decision": decided(decision),
        }
    )


def write_record(decision: Decision, path: Path | str) -> None:
    """Save the record of a decision in a file, which is replaced whole or not at all.

    Raises:
        UsageRefused: the path is a folder, or its folder is not there.
        Refused: it cannot be written, or is larger than what is read back.
    """
    text = laid_out(record_json(decision))
    if len(text.encode()) > MOST_BYTES:
        message = f"the record of this decision is larger than {MOST_BYTES // 1_000_000} MB"
        raise Refused([Diagnostic("too-large", message, help=TOO_LARGE)])
    save_text(path, text)


def laid_out(record: Mapping[str, Any]) -> str:
    """Lay a record out as the text of a file: always the same text for the same record."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


# ---- the seal


def sealed(content: Mapping[str, Any]) -> Plain:
    """Add the seal to the content of a record."""
    return {**content, SEAL: seal_of(content)}


def seal_of(record: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a record's content: as JSON without its seal, keys sorted, without white space, in UTF-8."""
    content = {key: value for key, value in record.items() if key != SEAL}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# ---- what it was decided with


def _rulebook(rulebook: Rulebook) -> Plain:
    """Name a rulebook, whether it came with the package, and each of its parts by its digest."""
    parts: dict[str, dict[str, Any]] = {kind: {} for kind in ("policy", "definition", "clause", "cap", "group")}
    for (kind, ident), part in parts_of_rulebook(rulebook).items():
        named = {"digest": part.digest, "members": list(part.members)} if part.members else part.digest
        parts[kind][ident] = named
    return {
        "version": rulebook.version,
        "digest": rulebook.digest,
        "shipped": rulebook.folder.resolve() == shipped("rules").resolve(),
        "parts": parts,
    }


# ---- what was decided


def decided(decision: Decision) -> Plain:
    """Give what a decision says, without the words of the rules; amounts are yuan as text, keys as in the contract."""
    return {
        "awards": [_award(award) for award in decision.awards],
        "total": _total(decision.total),
        "ledger": [_row(row) for row in decision.ledger],
    }


def _award(award: Award) -> Plain:
    return {
        "clause": award.clause,
        "item": award.item,
        "verdict": award.verdict,
        "standing": award.standing,
        "gross": _interval(award.gross),
        "net": _interval(award.net),
        "reductions": [
            {"by": each.by, "kind": each.kind, "low": yuan(each.low), "high": _maybe(each.high)}
            for each in award.reductions
        ],
        "missing": list(award.missing),
        "failed": list(award.failed),
    }


def _total(total: Total) -> Plain:
    return {
        **_interval(total.amount),
        "bounded_high": yuan(total.bounded_high),
        "unbounded": list(total.unbounded),
        "of_which_end_unknown": _interval(total.of_which_end_unknown),
    }


def _row(row: LedgerRow) -> Plain:
    return {
        "cap": row.cap,
        "item": row.item,
        "period": row.period,
        "over": list(row.over),
        "limit": _interval(row.limit),
        "paid": _interval(row.paid),
        "used": _interval(row.used),
        "headroom": _interval(row.headroom),
    }


def _interval(interval: Interval) -> Plain:
    return {"low": yuan(interval.low), "high": _maybe(interval.high)}


def _maybe(fen: int | None) -> str | None:
    return None if fen is None else yuan(fen)
