"""A Decision as JSON: the contract that programs read. Keys stay; more may be added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eligibility.disputed import readings_of
from eligibility.money import yuan
from eligibility.questions import questions
from eligibility.record import record_of
from eligibility.report.near import near_json
from eligibility.report.notice import NOTICE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eligibility.bilingual import Words
    from eligibility.decision import (
        Award,
        Citation,
        Decision,
        LedgerRow,
        NearMiss,
        Question,
        ReadingTaken,
        Reduction,
        Total,
        WayOf,
    )
    from eligibility.money import Interval


def to_json(decision: Decision, near: Sequence[NearMiss] | None = None) -> dict[str, Any]:
    """Give a decision as plain values; amounts are yuan with two decimals, as text.

    Args:
        near: its near misses, if they were asked for.
    """
    record = record_of(decision)
    return {
        "company": decision.company,
        "on": decision.on.isoformat(),
        "record": {
            "rulebook_version": record.rulebook_version,
            "rulebook_digest": record.rulebook_digest,
            "profile_digest": record.profile_digest,
            "engine": list(record.engine),
            "package_version": record.package_version,
            "readings": dict(record.readings),
        },
        "authority": decision.authority,
        "awards": [_award(award) for award in decision.awards],
        "total": _total(decision.total),
        "ledger": [_ledger_row(row) for row in decision.ledger],
        "readings": [reading_json(reading) for reading in readings_of(decision)],
        "questions": [_question(question) for question in questions(decision)],
        **({} if near is None else {"near": [near_json(each) for each in near]}),
        "notice": _words(NOTICE),
    }


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _maybe(fen: int | None) -> str | None:
    return None if fen is None else yuan(fen)


def _interval(interval: Interval) -> dict[str, str | None]:
    return {"low": yuan(interval.low), "high": _maybe(interval.high)}


def _award(award: Award) -> dict[str, Any]:
    says = award.entitlement
    return {
        "clause": award.clause,
        "item": award.item,
        "title": _words(says.title),
        "policy": {"id": says.policy, "title": _words(says.policy_title)},
        "layer": says.layer,
        "verdict": award.verdict,
        "standing": award.standing,
        "form": says.form,
        "up_to": says.up_to,
        "frequency": says.frequency,
        "authority": says.authority,
        "caution": says.caution,
        "instalments": list(says.instalments),
        "unpublished_caps": list(says.unpublished_caps),
        "filing": None if says.filing is None else [None if day is None else day.isoformat() for day in says.filing],
        "apply": None if says.apply is None else _words(says.apply),
        "gross": _interval(award.gross),
        "net": _interval(award.net),
        "reductions": [_reduction(reduction) for reduction in award.reductions],
        "missing": list(award.missing),
        "failed": list(award.failed),
        "assumptions": [_words(assumption) for assumption in says.assumptions],
        "citations": [citation_json(citation) for citation in says.citations],
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """Give a citation as plain values."""
    return {
        "document": citation.document,
        "title": _words(citation.title),
        "url": citation.url,
        "quote": citation.quote,
        "figure": None if citation.figure is None else _words(citation.figure),
        "at": citation.at,
        "line": citation.line,
        "supports": list(citation.supports),
        "authority": citation.authority,
        "confidence": citation.confidence,
    }


def _reduction(reduction: Reduction) -> dict[str, Any]:
    return {
        "by": reduction.by,
        "kind": reduction.kind,
        "low": yuan(reduction.low),
        "high": _maybe(reduction.high),
        "reason": _words(reduction.reason),
        "citations": [citation_json(citation) for citation in reduction.citations],
    }


def _total(total: Total) -> dict[str, Any]:
    return {
        **_interval(total.amount),
        "bounded_high": yuan(total.bounded_high),
        "unbounded": list(total.unbounded),
        "of_which_end_unknown": _interval(total.of_which_end_unknown),
    }


def _ledger_row(row: LedgerRow) -> dict[str, Any]:
    return {
        "cap": row.cap,
        "title": None if row.title is None else _words(row.title),
        "item": row.item,
        "limit": _interval(row.limit),
        "period": row.period,
        "over": list(row.over),
        "paid": _interval(row.paid),
        "used": _interval(row.used),
        "headroom": _interval(row.headroom),
        "assumed": None if row.assumed is None else _words(row.assumed),
        "citations": [citation_json(citation) for citation in row.citations],
    }


def reading_json(reading: ReadingTaken) -> dict[str, Any]:
    """Give a reading as plain values."""
    return {
        "id": reading.id,
        "title": _words(reading.title),
        "way": _way(reading.way),
        "others": [_way(way) for way in reading.others],
        "clauses": list(reading.clauses),
        "assumed": _words(reading.assumed),
    }


def _way(way: WayOf) -> dict[str, Any]:
    return {
        "id": way.id,
        "title": _words(way.title),
        "assumed": None if way.assumed is None else _words(way.assumed),
        "citations": [citation_json(citation) for citation in way.citations],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "fact": question.fact,
        "label": _words(question.label),
        "question": _words(question.question),
        "at_stake": yuan(question.at_stake),
        "unbounded": question.unbounded,
    }
