"""What each figure of a clause rests on: the citations given for it, and whether their words state it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never

from eligibility.profile.facts import FactType
from eligibility.rulebook.figures import figures_in
from eligibility.rulebook.language import (
    Brackets,
    ByTable,
    Cap,
    Ceiling,
    Constant,
    CountOf,
    Fixed,
    PerUnit,
    Range,
    RateOf,
    Service,
    SumOf,
    Unpublished,
)
from eligibility.rulebook.walk import facts_of, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eligibility.money import Rate
    from eligibility.rulebook.language import AwardRule, Cited, Clause, Form, Quantity
    from eligibility.rulebook.rulebook import Rulebook

FIGURE_PARTS: Final = ("amount", "rate", "cap")
"""What a citation supports if it supports a figure."""

Value: TypeAlias = "int | Rate"


@dataclass(frozen=True, slots=True)
class Support:
    """What one part of a clause rests on.

    Attributes:
        by: id of the clause or cap.
        values: its figures: fen or rates; none for a service, and for money that is not public.
        cited: the citations that are given for it.
    """

    by: str
    rule: AwardRule | Cap
    values: tuple[Value, ...]
    cited: tuple[Cited, ...]

    @property
    def unstated(self) -> tuple[Value, ...]:
        """The figures that no words of its citations state."""
        stated = {value for cited in self.cited for value in values_in(cited)}
        return tuple(dict.fromkeys(value for value in self.values if value not in stated))


def supports_of(clause: Clause, rulebook: Rulebook) -> Iterator[Support]:
    """Give what a clause's award, its own caps and the shared caps over it rest on."""
    yield of_award(clause)
    for cap in clause.caps:
        yield of_cap(cap, clause)
    for cap in rulebook.caps:
        if clause.id in cap.over:
            yield of_cap(cap)


def of_award(clause: Clause) -> Support:
    """Give what a clause's award rests on."""
    form = clause.award.form
    parts = ("service",) if isinstance(form, Service) else FIGURE_PARTS
    cited = _supporting(clause.citations, parts)
    if isinstance(form, Service | Unpublished):
        cited = cited or clause.citations
    return Support(clause.id, clause.award, tuple(value for value in _values(form) if value), cited)


def of_cap(cap: Cap, clause: Clause | None = None) -> Support:
    """Give what a cap rests on: its own citations, else those of its clause.

    An amount of the award that stands in the expression of a limit is cited with the award.
    """
    cited = cap.citations or _supporting(clause.citations if clause else (), ("cap",))
    given = () if clause is None or isinstance(cap.limit, Constant) else tuple(_values(clause.award.form))
    return Support(cap.id, cap, tuple(value for value in _in_quantity(cap.limit) if value not in given), cited)


def values_in(cited: Cited) -> tuple[Value, ...]:
    """Give the figures that a citation states, in the document's words or in ours."""
    texts = (cited.quote or "", *((cited.figure.en, cited.figure.zh) if cited.figure else ()))
    found = (figure.value for text in texts for figure in figures_in(text))
    return tuple(value for value in found if value is not None)


def _supporting(cited_by: Iterable[Cited], parts: Iterable[str]) -> tuple[Cited, ...]:
    wanted = set(parts)
    return tuple(cited for cited in cited_by if wanted & set(cited.supports))


def _values(form: Form) -> Iterator[Value]:
    match form:
        case Fixed() | PerUnit() | Ceiling():
            yield form.amount
        case RateOf():
            yield from _in_quantity(form)
        case ByTable():
            yield from (amount for _, amount in form.amounts)
            yield from () if form.otherwise is None else (form.otherwise,)
        case Brackets():
            yield from (value for row in form.rows for value in (row.amount, row.rate) if value is not None)
            yield from _bounds(form)
        case Range():
            yield from (form.low, form.high)
        case Unpublished() | Service():
            pass
        case _:
            assert_never(form)


def _bounds(form: Brackets) -> Iterator[Value]:
    """Give the bounds between brackets of money; those of a count are no figures."""
    if any(ref.fact.type is FactType.MONEY for ref in facts_of(form.of)):
        yield from (row.low for row in form.rows)


def _in_quantity(quantity: Quantity | None) -> Iterator[Value]:
    """Give the rates and the amounts of a quantity, but not those of a `where`."""
    if isinstance(quantity, Constant):
        yield quantity.value
    elif isinstance(quantity, RateOf):
        yield quantity.rate
    if quantity is not None and not isinstance(quantity, SumOf | CountOf):
        for part in parts_of(quantity):
            yield from _in_quantity(part)  # type: ignore[arg-type]
