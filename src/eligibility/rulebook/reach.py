"""Findings about amounts: caps that can never bite, caps that another makes useless, awards that nothing bounds.

An amount is bounded by what the rules alone say, whatever the company: facts of money have no bound of their own.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from eligibility.diagnostics import Diagnostic, Note
from eligibility.money import format_money, round_half_up
from eligibility.profile.facts import FactType
from eligibility.rulebook.language import (
    Brackets,
    ByTable,
    Ceiling,
    Constant,
    CountOf,
    FactRef,
    Fixed,
    Greatest,
    Least,
    Minus,
    PerUnit,
    Plus,
    Range,
    RateOf,
    Service,
    SumOf,
    Unpublished,
)
from eligibility.rulebook.stacking import covers

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from eligibility.money import Fen
    from eligibility.rulebook.language import Bracket, Cap, CapPeriod, Clause, Form, Per, Quantity
    from eligibility.rulebook.rulebook import Rulebook


def amounts(rulebook: Rulebook) -> Iterator[Diagnostic]:
    """Find caps without effect and awards without bound.

    A cap that another makes useless bounds nothing when a third is judged: two caps do not excuse each other.
    """
    every_cap = [*(cap for clause in rulebook.clauses for cap in clause.caps), *rulebook.caps]
    idle = {cap.id: finding for cap in every_cap for finding in _covered(cap, every_cap)}
    yield from idle.values()
    for clause in rulebook.clauses:
        yield from _unbounded(clause, rulebook)
        for cap in clause.caps:
            if cap.id not in idle:
                yield from _out_of_reach(cap, _most_of(clause, cap.per, cap.period, ()))
    for cap in rulebook.caps:
        if cap.id not in idle:
            yield from _out_of_reach(cap, _most_under(cap, idle, rulebook))


def _most_under(cap: Cap, idle: Container[str], rulebook: Rulebook) -> Fen | None:
    """Give the most that can come under a shared cap, the others inside it counted; None: no bound."""
    inner = [
        (other.over, other.limit.value)
        for other in sorted(rulebook.caps, key=lambda other: -len(other.over))
        if other is not cap and other.id not in idle and isinstance(other.limit, Constant)
        and covers(cap, other) and other.per == cap.per and other.read_as in (None, cap.read_as)
        and (other.period == "ever" or not _many_years(cap.per, cap.period))
    ]  # fmt: skip

    def most(over: Sequence[str], limits: Sequence[tuple[Sequence[str], Fen]]) -> Fen | None:
        if not limits:
            return _total(_most_of(rulebook.by_id[ident], cap.per, cap.period, _counting(ident)) for ident in over)
        (widest, limit), *rest = limits
        inside = [one for one in rest if set(one[0]) <= set(widest)]
        below = most(widest, inside)
        bounded = limit if below is None else min(limit, below)
        outside = [one for one in rest if one not in inside]
        return _total((bounded, most([ident for ident in over if ident not in widest], outside)))

    def _counting(ident: str) -> list[Cap]:
        return [own for own in rulebook.by_id[ident].caps if own.id not in idle]

    return most(cap.over, inner)


def _total(amounts: Iterable[Fen | None]) -> Fen | None:
    """Add up amounts; None as soon as one has no bound."""
    found = list(amounts)
    return None if None in found else sum(amount for amount in found if amount is not None)


def _many_years(per: Per, period: CapPeriod) -> bool:
    """Tell whether what counts together can be of several years: an item belongs to one."""
    return per == "company" and period == "ever"


# ---- the three findings


def _unbounded(clause: Clause, rulebook: Rulebook) -> Iterator[Diagnostic]:
    form = clause.award.form
    if not isinstance(form, RateOf | PerUnit | Brackets) or most_given(form) is not None:
        return
    if not clause.caps and not any(clause.id in cap.over for cap in rulebook.caps):
        message = f"the award of `{clause.id}` grows with its basis, and no cap stands over it"
        help_ = "add the cap; where one is said to exist but not published, write `caps: [{limit: unpublished}]`"
        yield Diagnostic("award-unbounded", message, clause.award.place or clause.place, help_, severity="warning")


def _out_of_reach(cap: Cap, most: Fen | None) -> Iterator[Diagnostic]:
    """Compare a cap with the most that can come under it."""
    if isinstance(cap.limit, Constant) and most is not None and most <= cap.limit.value:
        what = "its award is" if len(cap.over) == 1 else "its awards together are"
        message = f"the cap `{cap.id}` can never bite: {what} at most `{format_money(most)}`"
        help_ = "correct the limit or the amount, or leave the cap out"
        yield Diagnostic("cap-never-bites", message, cap.place, help_, severity="warning")


def _covered(cap: Cap, caps: Sequence[Cap]) -> Iterator[Diagnostic]:
    """Say which other cap makes this one useless; of two that make each other useless the first stays."""
    place = caps.index(cap)
    for other, outer in enumerate(caps):
        if outer is not cap and _makes_useless(outer, cap) and not (_makes_useless(cap, outer) and place < other):
            message = f"the cap `{cap.id}` never counts: `{outer.id}` covers it and is no higher"
            notes = (Note(f"`{outer.id}` stands here", outer.place),) if outer.place else ()
            help_ = "correct one of the limits, or leave this cap out"
            yield Diagnostic("cap-covered", message, cap.place, help_, notes=notes, severity="warning")
            return


def _makes_useless(outer: Cap, inner: Cap) -> bool:
    """Tell whether what is left under one cap is never more than what is left under the other."""
    if outer.limit is None or inner.limit is None or not covers(outer, inner):
        return False
    return (
        (outer.period == "ever" or not _many_years(inner.per, inner.period))
        and outer.read_as in (None, inner.read_as)
        and never_above(outer.limit, inner.limit)
    )


# ---- the most that can be given


def _most_of(clause: Clause, per: Per, period: CapPeriod, caps: Sequence[Cap]) -> Fen | None:
    """Give the most that a clause pays for one item or to a company, in a year or ever; None: no bound.

    An item belongs to one year, so whatever is paid for it is paid in that year.

    Args:
        caps: those of its own caps that are to count.
    """
    whole = per == "company" and clause.for_each is not None
    many_years = _many_years(per, period)
    given = most_given(clause.award.form)
    bounds = [] if whole or given is None or (many_years and clause.award.frequency == "yearly") else [given]
    bounds += [
        cap.limit.value
        for cap in caps
        if isinstance(cap.limit, Constant)
        and not (whole and cap.per == "item")
        and (cap.period == "ever" or not many_years)
    ]
    return min(bounds, default=None)


def most_given(form: Form) -> Fen | None:
    """Give the most that an award can be, once; None: no bound, or none that is published."""
    most = _most_in(form)
    return None if most is None else round_half_up(most.numerator, most.denominator)


def _most_in(form: Form) -> Fraction | None:
    match form:
        case Fixed() | Ceiling():
            return Fraction(form.amount)
        case Range():
            return Fraction(form.high)
        case ByTable():
            rows = [amount for _, amount in form.amounts]
            return Fraction(max(rows if form.otherwise is None else [*rows, form.otherwise]))
        case RateOf():
            return most_value(form)
        case PerUnit():
            units = most_value(form.of)
            return None if units is None else form.amount * units
        case Brackets():
            return _most_in_brackets(form)
        case Unpublished():
            return None
        case Service():
            return Fraction(0)
        case _:
            assert_never(form)


def _most_in_brackets(form: Brackets) -> Fraction | None:
    """Give the most of all rows, or of all slices together."""
    marginal, basis = form.mode == "marginal", most_value(form.of)
    rows = [_most_in_row(row, basis, marginal=marginal) for row in form.rows]
    if None in rows:
        return None
    known = [amount for amount in rows if amount is not None]
    return sum(known, Fraction(0)) if marginal else max(known)


def _most_in_row(row: Bracket, basis: Fraction | None, *, marginal: bool) -> Fraction | None:
    if row.rate is None:
        return Fraction(row.amount or 0)
    high = min((end for end in (row.high, basis) if end is not None), default=None)
    return None if high is None else Fraction(*row.rate) * max(0, high - (row.low if marginal else 0))


def most_value(quantity: Quantity) -> Fraction | None:
    """Give the most that a quantity can be, exactly; None: no bound.

    Only constants and counts with an end of their own are bounded.
    """
    match quantity:
        case Constant():
            return Fraction(quantity.value)
        case FactRef():
            high = quantity.fact.high if quantity.fact.type is FactType.COUNT else None
            return None if high is None else Fraction(high)
        case RateOf():
            most = most_value(quantity.of)
            return None if most is None else most * Fraction(*quantity.rate)
        case Least():
            return min(_known(quantity.parts), default=None)
        case Plus() | Greatest():
            parts = _known(quantity.parts)
            join = sum if isinstance(quantity, Plus) else max
            return Fraction(join(parts)) if len(parts) == len(quantity.parts) else None
        case Minus():
            return most_value(quantity.left)
        case SumOf() | CountOf():
            return None
        case _:
            assert_never(quantity)


def _known(parts: Sequence[Quantity]) -> list[Fraction]:
    return [most for part in parts if (most := most_value(part)) is not None]


def never_above(one: Quantity, other: Quantity) -> bool:
    """Tell whether it is proven that one quantity never passes another, whatever the company.

    >>> never_above(Constant(5, "0.05元"), Constant(7, "0.07元"))
    True
    """
    if one == other:
        return True
    match one, other:
        case Constant(), Constant():
            return bool(one.value <= other.value)
        case Least(), _:
            return any(never_above(part, other) for part in one.parts)
        case _, Least():
            return all(never_above(one, part) for part in other.parts)
        case Greatest(), _:
            return all(never_above(part, other) for part in one.parts)
        case _, Greatest() | Plus():
            return any(never_above(one, part) for part in other.parts)
        case RateOf(), RateOf() if one.of == other.of:
            return one.rate.num * other.rate.den <= other.rate.num * one.rate.den
        case RateOf(), _:
            return one.rate.num <= one.rate.den and never_above(one.of, other)
        case _:
            return False
