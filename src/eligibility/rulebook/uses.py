"""Which facts a clause rests on: those it names, those that date its items, and those that derived ones follow from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eligibility.profile.catalogue import DATED_BY
from eligibility.profile.derive import DERIVED
from eligibility.rulebook.language import CountOf, FactRef, Some, SumOf
from eligibility.rulebook.walk import basis_of, every

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility.rulebook.language import Clause, Condition, Quantity
    from eligibility.rulebook.rulebook import Rulebook

_YEAR: Final = "year.year"
"""What every fact of a year is found by."""

_INPUTS: Final = {path: (asked,) for path, (_, _, asked) in DERIVED.items()} | {
    "company.size": ("company.sme_sector", "company.employees", "year.revenue")
}
"""What a fact follows from where it is not declared."""


def clauses_using(path: str, rulebook: Rulebook) -> list[Clause]:
    """Give the clauses that rest on a fact, in rulebook order."""
    return [clause for clause in rulebook.clauses if path in facts_used(clause, rulebook)]


def facts_used(clause: Clause, rulebook: Rulebook) -> frozenset[str]:
    """Give the path of every fact that a clause's condition, award and caps rest on."""
    used = {part.fact.path for part in _parts(clause, rulebook) if isinstance(part, FactRef)}
    if clause.reference != "any":
        used |= {DATED_BY[kind] for kind in kinds_used(clause, rulebook)}
    used |= {basis for path in used for basis in _INPUTS.get(path, ())}
    return frozenset(used | {_YEAR for path in used if path.startswith("year.")})


def kinds_used(clause: Clause, rulebook: Rulebook) -> frozenset[str]:
    """Give the kinds of items that a clause pays for, looks through, adds up or counts."""
    kinds = {clause.for_each} if clause.for_each else set()
    for part in _parts(clause, rulebook):
        match part:
            case Some() | CountOf():
                kinds.add(part.kind)
            case SumOf():
                kinds.add(part.fact.fact.kind)
            case _:
                pass
    return frozenset(kinds)


def _parts(clause: Clause, rulebook: Rulebook) -> Iterator[Condition | Quantity]:
    """Give every condition and quantity that bears on a clause, and every part of them."""
    caps = (*clause.caps, *(cap for cap in rulebook.caps if clause.id in cap.over))
    for root in (clause.condition, basis_of(clause.award.form), *(cap.limit for cap in caps)):
        if root is not None:
            yield from every(root)
