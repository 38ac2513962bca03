"""Findings about conditions: clauses that can never hold, parts that change nothing, two clauses that are one.

Each is proven, over every company that a profile can describe and of which all is known. What cannot be proven is no
finding (docs/decisions/logical-lint.md).
"""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from eligibility.diagnostics import Diagnostic, Note, Place
from eligibility.rulebook.language import All, CountOf, Service, SumOf, Test, Within
from eligibility.rulebook.redundant import conflict, equivalent, redundant
from eligibility.rulebook.walk import basis_of, every, free_kinds, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eligibility.rulebook.language import Clause, Condition, Policy, Quantity
    from eligibility.rulebook.redundant import Premise, Redundant
    from eligibility.rulebook.rulebook import Rulebook


def logical(rulebook: Rulebook) -> Iterator[Diagnostic]:
    """Find what the conditions of a rulebook prove about themselves."""
    for definition in rulebook.definitions:
        whose = f"the definition `{definition.id}`"
        yield from _of_parts((definition.condition,), (), free_kinds(definition.condition), whose)
    for policy in rulebook.policies:
        yield from _of_parts(policy.requires, (), frozenset(), f"what `{policy.id}` requires")
    for clause in rulebook.clauses:
        if not conflict(clause.policy.requires):
            yield from _of_clause(clause)
    for quantity in _quantities(rulebook):
        yield from _of_quantity(quantity)
    yield from _same(rulebook)


# ---- one condition


def _of_clause(clause: Clause) -> Iterator[Diagnostic]:
    own = _parts(clause.when)
    given = [part for part in clause.condition.parts if not any(part is mine for mine in own)]
    yield from _of_parts(own, given, _at_hand(clause), f"the condition of `{clause.id}`")


def _of_quantity(quantity: Quantity) -> Iterator[Diagnostic]:
    """Look at what is counted or added up, on its own."""
    for part in every(quantity):
        if isinstance(part, SumOf | CountOf) and part.where is not None:
            yield from _of_parts(_parts(part.where), (), free_kinds(part.where), "this `where`")


def _of_parts(
    parts: Sequence[Condition], given: Sequence[Condition], at_hand: frozenset[str], whose: str
) -> Iterator[Diagnostic]:
    """Look at parts that must all hold, beside what is given."""
    core = conflict((*given, *parts), at_hand)
    if core:
        yield _never(core, parts, whose)
    else:
        for found in redundant(parts, given, at_hand):
            yield _idle(found)


def _never(core: Sequence[Premise], parts: Sequence[Condition], whose: str) -> Diagnostic:
    """Point at the last of the rule's own lines in a conflict, and at the others in notes."""
    ours = {id(node) for part in parts for node in written(part)}
    own = [premise for premise in core if id(premise.via or premise.condition) in ours] or list(core)
    at = own[-1]
    notes = [_note("it conflicts with this", premise) for premise in core if premise is not at]
    if at.via is not None:
        notes.insert(0, _note("it says this", at))
    message = f"{whose} can never hold"
    message += ": its tests contradict each other" if len(core) > 1 else ": no value meets this test"
    help_ = "correct one of these lines" if len(core) > 1 else "correct the test"
    return Diagnostic("never-holds", message, _line(at.via or at.condition), help_, notes=_placed(notes))


def _idle(found: Redundant) -> Diagnostic:
    place = _line(found.part)
    if found.always:
        message = "this is always true" if not found.because else "this is always true here"
        notes = [_note("it follows from this", premise) for premise in found.because]
        help_ = "leave it out, or write the test that was meant"
        return _warning("always-true", message, place, help_, _placed(notes))
    covered = any(not premise.holds for premise in found.because)
    message = "this alternative adds nothing" if covered else "this alternative can never hold"
    message += " here" if found.because and not covered else ""
    notes = [
        _note("it conflicts with this" if premise.holds else "it is covered by this", premise)
        for premise in found.because
    ]
    return _warning("adds-nothing", message, place, "leave it out, or write the test that was meant", _placed(notes))


# ---- two clauses


def _same(rulebook: Rulebook) -> Iterator[Diagnostic]:
    """Find two clauses that give the same for the same; services are told apart by their titles alone."""
    paying = [clause for clause in rulebook.clauses if not isinstance(clause.award.form, Service)]
    for first, second in combinations(paying, 2):
        if _alike(first, second) and _meet(first.policy, second.policy):
            hand = _at_hand(first)
            if equivalent(first.condition, second.condition, hand) and not conflict((first.condition,), hand):
                message = f"`{second.id}` has the same condition and award as `{first.id}`"
                notes = (Note(f"`{first.id}` stands here", first.place),) if first.place else ()
                help_ = "remove one, or say what sets them apart"
                yield _warning("same-clause", message, second.place, help_, notes)


def _alike(first: Clause, second: Clause) -> bool:
    return first.award == second.award and first.for_each == second.for_each and first.reference == second.reference


def _meet(first: Policy, second: Policy) -> bool:
    """Tell whether there is a day on which both are in force."""
    starts = max(policy.starts or policy.issued for policy in (first, second))
    return starts <= min(policy.ends or date.max for policy in (first, second))


# ---- what is looked at


def _quantities(rulebook: Rulebook) -> Iterator[Quantity]:
    for clause in rulebook.clauses:
        basis = basis_of(clause.award.form)
        yield from () if basis is None else (basis,)
        yield from (cap.limit for cap in clause.caps if cap.limit is not None)
        yield from (part for part in written(clause.when) if isinstance(part, SumOf | CountOf))
    yield from (cap.limit for cap in rulebook.caps if cap.limit is not None)


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, All) else (condition,)


def _at_hand(clause: Clause) -> frozenset[str]:
    return frozenset((clause.for_each,) if clause.for_each else ())


# ---- places


def _line(condition: Condition) -> Place | None:
    """Give the place of a condition; of a test the fact and what it is compared with."""
    place = condition.place
    fact = condition.fact.place if isinstance(condition, Test | Within) else None
    if place is None or fact is None or fact.line != place.line:
        return place
    return Place(place.source, place.line, fact.column, place.end)


def _note(message: str, premise: Premise) -> tuple[str, Place | None]:
    inside = f", in the definition `{premise.via.definition.id}`" if premise.via else ""
    return message + inside, _line(premise.condition)


def _placed(notes: Sequence[tuple[str, Place | None]]) -> tuple[Note, ...]:
    return tuple(Note(message, place) for message, place in notes if place is not None)


def _warning(code: str, message: str, place: Place | None, help_: str, notes: tuple[Note, ...]) -> Diagnostic:
    return Diagnostic(code, message, place, help_, notes=notes, severity="warning")
