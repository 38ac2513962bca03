"""What a verdict rests on: the facts that are missing, and the facts that fail.

Both are read off the recorded trace. A definite verdict misses nothing; a fact that can no longer matter to an
undetermined one (a part that is settled either way) is not named.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from eligibility.decide.facts import attribute
from eligibility.decide.kleene import counted, over, truth_of
from eligibility.profile.catalogue import DATED_BY, MANY, asked_for
from eligibility.rulebook.language import All, AnyOf, CountOf, Dated, FactRef, Named, Not, Some, SumOf, Test, Within
from eligibility.rulebook.walk import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility.decide.facts import Facts
    from eligibility.decide.kleene import Trace
    from eligibility.rulebook.language import Condition, Quantity, Reference


def blamed(condition: Condition, trace: Trace, facts: Facts, reference: Reference) -> Iterator[str]:
    """Give the paths of the facts that make a condition what it is, if it is false or unknown.

    Args:
        trace: what evaluating the condition recorded; if its truth is None the missing facts are given, if it is
            False the facts that fail, if True the facts that hold (they fail a `not` above).
    """
    truth = truth_of(trace)
    match condition:
        case Named():
            yield from blamed(condition.definition.condition, trace, facts, reference)
        case All() | AnyOf():
            for part, child in zip(condition.parts, _children(trace), strict=True):
                if truth_of(child) is truth:
                    yield from blamed(part, child, facts, reference)
        case Not():
            yield from blamed(condition.part, _children(trace)[0], facts, reference)
        case Some():
            yield from _some(condition, trace, facts, reference)
        case Test():
            yield from _test(condition, truth, facts, reference)
        case Within() | Dated():
            yield unknown_path(condition.fact, facts) if truth is None else asked_for(condition.fact.path)


def _children(trace: Trace) -> tuple[Trace, ...]:
    return trace[1] if isinstance(trace, tuple) else ()


def _some(some: Some, trace: Trace, facts: Facts, reference: Reference) -> Iterator[str]:
    items = facts.items[some.kind]
    if not items:
        yield MANY[some.kind]
        return
    for _, child in zip(over(facts, some.kind, items), _children(trace), strict=True):
        inner = _children(child)
        if truth_of(child) is not truth_of(trace):
            continue
        if not inner or truth_of(inner[0]) is not truth_of(child):
            yield DATED_BY[some.kind]
        if inner and truth_of(inner[0]) is truth_of(child):
            yield from blamed(some.condition, inner[0], facts, reference)


def _test(test: Test, truth: bool | None, facts: Facts, reference: Reference) -> Iterator[str]:
    if truth is not None:
        yield asked_for(test.fact.path)
        return
    for part in (test.fact, *test.operands):
        yield from missing_in(part, facts, reference)


def missing_in(quantity: Quantity, facts: Facts, reference: Reference) -> Iterator[str]:
    """Give the paths of the unknown facts that a quantity needs."""
    match quantity:
        case FactRef():
            if attrgetter(attribute(quantity, reference))(facts) is None:
                yield unknown_path(quantity, facts)
        case SumOf():
            yield from _missing_items(quantity.fact.fact.kind, quantity.where, quantity.fact, facts, reference)
        case CountOf():
            yield from _missing_items(quantity.kind, quantity.where, None, facts, reference)
        case _:
            for part in parts_of(quantity):
                yield from missing_in(part, facts, reference)  # type: ignore[arg-type]


def unknown_path(ref: FactRef, facts: Facts) -> str:
    """Name what to ask for when a fact is unknown: the list, if it is not even known whether there are items."""
    kind = ref.fact.kind
    if facts.items.get(kind, ()) is None:
        return MANY[kind]
    return asked_for(ref.path)


def _missing_items(
    kind: str, where: Condition | None, fact: FactRef | None, facts: Facts, reference: Reference
) -> Iterator[str]:
    items = facts.items[kind]
    if items is None:
        yield MANY[kind]
        return
    from eligibility.decide.kleene import compile_condition, item_year

    dated, counts = item_year(kind, reference), counted(kind, where, reference)
    check = compile_condition(where, reference) if where is not None else None
    for _ in over(facts, kind, items):
        truth = counts(facts)
        if truth is None and dated(facts) is None:
            yield DATED_BY[kind]
        if truth is None and check is not None and where is not None and truth_of(trace := check(facts)) is None:
            yield from blamed(where, trace, facts, reference)
        if truth is not False and fact is not None and attrgetter(fact.fact.path)(facts) is None:
            yield fact.path
