"""Findings about the amounts and rates that conditions ask for: those that the cited words do not state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eligibility.diagnostics import Diagnostic
from eligibility.money import Rate, format_money, format_rate
from eligibility.profile.facts import FactType
from eligibility.rulebook.language import Constant, RateOf, Test
from eligibility.rulebook.supports import values_in
from eligibility.rulebook.walk import every, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eligibility.rulebook.language import Cited, Condition
    from eligibility.rulebook.rulebook import Rulebook
    from eligibility.rulebook.supports import Value

PARTS = frozenset(("condition", "who", "definition"))
"""What a citation supports if it states what must be met."""


def thresholds(rulebook: Rulebook) -> Iterator[Diagnostic]:
    """Find figures that a clause or definition asks for, and that its citations do not state.

    A definition answers for its own figures. Where no citation is given for what must be met, there is nothing to
    compare.
    """
    for clause in rulebook.clauses:
        cited = (*clause.citations, *(cited for cap in clause.caps for cited in cap.citations))
        yield from _unstated(clause.when, (*cited, *clause.policy.citations), f"`{clause.id}`")
    for definition in rulebook.definitions:
        yield from _unstated(definition.condition, definition.citations, f"the definition `{definition.id}`")


def _unstated(condition: Condition, cited: Sequence[Cited], whose: str) -> Iterator[Diagnostic]:
    if not any(PARTS & set(citation.supports) for citation in cited):
        return
    stated = {value for citation in cited for value in values_in(citation)}
    for test in written(condition):
        for value in _asked(test) if isinstance(test, Test) else ():
            if not _states(stated, value):
                shown = format_rate(value) if isinstance(value, Rate) else format_money(value)
                help_ = "correct the figure, or cite the words that state it"
                message = f"no citation of {whose} states the figure `{shown}` of this test"
                yield Diagnostic("figure-unstated", message, test.place, help_, severity="warning")


def _asked(test: Test) -> Iterator[Value]:
    """Give the amounts and rates that a test asks for; zero asks for nothing that a text must state."""
    money = test.fact.fact.type in (FactType.MONEY, FactType.RATE)
    for part in (part for operand in test.operands for part in every(operand)):
        if isinstance(part, RateOf) and part.rate.num:
            yield part.rate
        elif isinstance(part, Constant) and money and part.value not in (0, Rate(0, 1)):
            yield part.value


def _states(stated: set[Value], value: Value) -> bool:
    """Tell whether a figure is stated; `107%` of the year before is stated as growth of `7%` too."""
    grown = Rate(value.num - value.den, value.den) if isinstance(value, Rate) and value.num > value.den else None
    return value in stated or grown in stated
