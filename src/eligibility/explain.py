"""One award, explained from what its evaluation recorded: no condition is evaluated a second time."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, assert_never

from eligibility.bilingual import Words
from eligibility.decide.facts import NO_ITEM, Facts, attribute
from eligibility.decide.kleene import exact, over, truth_of
from eligibility.frozen import frozen
from eligibility.profile.catalogue import MANY
from eligibility.profile.facts import FactType
from eligibility.rulebook.citations import citation
from eligibility.rulebook.grain import grain_of
from eligibility.rulebook.language import (
    All,
    AnyOf,
    Constant,
    Dated,
    FactRef,
    Named,
    Not,
    Some,
    Test,
    Within,
)
from eligibility.rulebook.walk import basis_of, facts_of
from eligibility.rulebook.wording import amount_name, award_name, kind_name, sentence, value_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility.decide.kleene import Trace
    from eligibility.decision import Award, Citation, Decision
    from eligibility.rulebook.language import Clause, Condition, Quantity, Reference
    from eligibility.rulebook.rulebook import Rulebook


@frozen
class Explained:
    """One part of a condition, as it came out.

    Attributes:
        says: the part as a sentence, drawn from the rule.
        truth: True, False, or None where it is unknown.
        seen: the value that was tested, with the bound if it was computed; None for groups and unknown facts.
        fact: the fact that was tested.
        citations: what a named definition rests on.
        parts: the parts of a group, definition or `some`.
    """

    says: Words
    truth: bool | None
    seen: Words | None
    fact: str | None
    citations: tuple[Citation, ...]
    parts: tuple[Explained, ...]


@frozen
class Basis:
    """A fact that an amount is computed from, and its value; `seen` None: unknown."""

    fact: str
    label: Words
    seen: Words | None


@frozen
class Explanation:
    """One award with its recorded conditions and what its amount is computed from.

    Attributes:
        any_number: the award stands for every item of a list that is not known.
    """

    award: Award
    condition: Explained | None
    gives: Words
    bases: tuple[Basis, ...]
    any_number: bool


def explain(decision: Decision, clause: str) -> tuple[Explanation, ...]:
    """Explain every award of a clause.

    Args:
        clause: an id of the rulebook the decision was made with.
    """
    rule: Clause = decision.rulebook.by_id[clause]
    facts = Facts(decision.profile, decision.on)
    return tuple(
        _explanation(award, rule, facts, decision.rulebook) for award in decision.awards if award.clause == clause
    )


def _explanation(award: Award, rule: Clause, facts: Facts, rulebook: Rulebook) -> Explanation:
    kind = rule.for_each
    if kind is not None:
        items = facts.items[kind]
        place = int(award.item[len(MANY[kind]) + 1 : -1]) if award.item else None
        setattr(facts, kind, items[place] if items and place is not None else NO_ITEM[kind])
    teller = _Teller(facts, rule.reference, rulebook)
    condition = None if award.trace is None else teller.tell(rule.condition, award.trace)
    basis = basis_of(rule.award.form)
    bases = () if basis is None else tuple(teller.bases(basis))
    gives = Words(award_name(rule.award, "zh"), award_name(rule.award, "en"))
    any_number = kind is not None and facts.items[kind] is None
    return Explanation(award, condition, gives, bases, any_number)


class _Teller:
    """Puts a recorded trace beside the condition it came from."""

    def __init__(self, facts: Facts, reference: Reference, rulebook: Rulebook) -> None:
        self.facts = facts
        self.reference = reference
        self.rulebook = rulebook

    def tell(self, condition: Condition, trace: Trace) -> Explained:
        """Explain a condition and everything below it."""
        says = Words(sentence(condition, "zh"), sentence(condition, "en"))
        citations: tuple[Citation, ...] = ()
        fact = seen = None
        parts: tuple[Explained, ...] = ()
        match condition:
            case Named():
                definition = condition.definition
                citations = tuple(citation(cited, self.rulebook.homes) for cited in definition.citations)
                parts = self._unwrapped(definition.condition, trace)
            case All() | AnyOf():
                parts = tuple(map(self.tell, condition.parts, _children(trace)))
            case Not():
                parts = (self.tell(condition.part, _children(trace)[0]),)
            case Some():
                parts = tuple(self._items(condition, trace))
            case Test() | Within() | Dated():
                fact, seen = condition.fact.path, self._seen(condition)
            case _:
                assert_never(condition)
        return Explained(says, truth_of(trace), seen, fact, citations, parts)

    def _unwrapped(self, condition: Condition, trace: Trace) -> tuple[Explained, ...]:
        """Explain what a definition says, without a group of one around it."""
        told = self.tell(condition, trace)
        return told.parts if isinstance(condition, All) else (told,)

    def _items(self, some: Some, trace: Trace) -> Iterator[Explained]:
        items = self.facts.items[some.kind] or ()
        for place, (_, child) in enumerate(zip(over(self.facts, some.kind, items), _children(trace), strict=True)):
            name = Words(f"{kind_name(some.kind, 'zh')} {MANY[some.kind]}[{place}]", f"{MANY[some.kind]}[{place}]")
            inner = tuple(self.tell(some.condition, part) for part in _children(child))
            yield Explained(name, truth_of(child), None, None, (), inner)

    def _seen(self, condition: Test | Within | Dated) -> Words | None:
        ref = condition.fact
        value = self._value(ref)
        if value is None:
            return None
        seen = Words(value_name(ref.fact, value, "zh"), value_name(ref.fact, value, "en"))
        bounds = (
            [operand for operand in condition.operands if not isinstance(operand, Constant)]
            if isinstance(condition, Test)
            else []
        )
        for bound in bounds:
            worth = self._exact(bound, ref)
            if worth is not None:
                seen = Words(f"{seen.zh}（比较值 {worth.zh}）", f"{seen.en} (compared with {worth.en})")
        return seen

    def _value(self, ref: FactRef) -> Any:
        return attrgetter(attribute(ref, self.reference))(self.facts)

    def _exact(self, quantity: Quantity, ref: FactRef) -> Words | None:
        """Print the exact value of a computed bound; a fraction of a fen stays a fraction."""
        value, den = exact(quantity, self.reference)(self.facts), grain_of(quantity).den
        if value is None:
            return None
        if value % den:
            unit = Words("分", "fen") if ref.fact.type is FactType.MONEY else Words("", "")
            return Words(f"{value}/{den}{unit.zh}", f"{value}/{den} {unit.en}")
        return Words(value_name(ref.fact, value // den, "zh"), value_name(ref.fact, value // den, "en"))

    def bases(self, quantity: Quantity) -> Iterator[Basis]:
        """Give the facts that a quantity reads, each once, with its value."""
        for ref in dict.fromkeys(facts_of(quantity)):
            value = self._value(ref) if self.facts.items.get(ref.fact.kind, ()) is not None else None
            seen = (
                None if value is None else Words(value_name(ref.fact, value, "zh"), value_name(ref.fact, value, "en"))
            )
            yield Basis(ref.path, ref.fact.label, seen)


def _children(trace: Trace) -> tuple[Trace, ...]:
    return trace[1] if isinstance(trace, tuple) else ()


def interval_words(low: int, high: int | None) -> Words:
    """Print an interval in both languages."""
    return Words(amount_name(low, high, "zh"), amount_name(low, high, "en"))
