"""What an award is worth before any limit: an interval that holds the true amount whatever is still unknown.

An unknown fact ranges over its catalogue range. Ends are whole multiples of 1/den, den being the quantity's grain,
and are rounded once, half up, to the fen.
"""

from __future__ import annotations

from math import lcm
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias, assert_never

from eligibility.decide.facts import attribute
from eligibility.decide.kleene import counted, over
from eligibility.money import UNBOUNDED, round_half_up
from eligibility.profile.facts import fact_range
from eligibility.rulebook.grain import grain_of
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

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eligibility.decide.facts import Facts
    from eligibility.rulebook.language import AwardRule, Bracket, Form, Quantity, Reference

    Ends: TypeAlias = tuple[int, int]
    Worth: TypeAlias = Callable[[Facts], Ends]


def compile_award(award: AwardRule, reference: Reference) -> Worth:
    """Compile an award to its gross amount in fen, as (low, high); high may stand for no bound."""
    worth = _form(award.form, reference)
    if not award.up_to:
        return worth
    return lambda facts: (0, worth(facts)[1])


def _form(form: Form, reference: Reference) -> Worth:
    match form:
        case Fixed():
            return _constant(form.amount, form.amount)
        case RateOf():
            return rounded(form, reference)
        case PerUnit():
            return _per_unit(form, reference)
        case ByTable():
            return _table(form, reference)
        case Brackets():
            return _brackets(form, reference)
        case Range():
            return _constant(form.low, form.high)
        case Ceiling():
            return _constant(0, form.amount)
        case Unpublished():
            return _constant(0, UNBOUNDED)
        case Service():
            return _constant(0, 0)
        case _:
            assert_never(form)


def _constant(low: int, high: int) -> Worth:
    ends = (low, high)
    return lambda _facts: ends


def rounded(quantity: Quantity, reference: Reference) -> Worth:
    """Compile a quantity to its ends, rounded half up to whole fen (or units)."""
    ends, den = interval(quantity, reference), grain_of(quantity).den
    if den == 1:
        return ends

    def to_the_fen(facts: Facts) -> Ends:
        low, high = ends(facts)
        return round_half_up(low, den), round_half_up(high, den)

    return to_the_fen


# ---- quantities


def interval(quantity: Quantity, reference: Reference) -> Worth:
    """Compile a quantity to its least and greatest value, in units of 1/den."""
    match quantity:
        case FactRef():
            return _fact(quantity, reference)
        case Constant():
            return _constant(quantity.value, quantity.value)
        case RateOf():
            return _share(quantity, reference)
        case Plus():
            return _each_end(quantity.parts, grain_of(quantity).den, sum, reference)
        case Least():
            return _each_end(quantity.parts, grain_of(quantity).den, min, reference)
        case Greatest():
            return _each_end(quantity.parts, grain_of(quantity).den, max, reference)
        case Minus():
            return _minus(quantity, reference)
        case SumOf():
            return _sum(quantity, reference)
        case CountOf():
            return _count(quantity, reference)
        case _:
            assert_never(quantity)


def _fact(ref: FactRef, reference: Reference) -> Worth:
    get = attrgetter(attribute(ref, reference))
    least, most = fact_range(ref.fact)
    unknown = (least, UNBOUNDED if most is None else most)

    def fact(facts: Facts) -> Ends:
        value = get(facts)
        return unknown if value is None else (value, value)

    return fact


def _share(share: RateOf, reference: Reference) -> Worth:
    inner = interval(share.of, reference)
    factor = share.rate.num * grain_of(share).den // (share.rate.den * grain_of(share.of).den)

    def share_of(facts: Facts) -> Ends:
        low, high = inner(facts)
        return low * factor, high * factor

    return share_of


def _each_end(parts: Sequence[Quantity], den: int, join: Callable[[list[int]], int], reference: Reference) -> Worth:
    sides = [(interval(part, reference), den // grain_of(part).den) for part in parts]

    def each_end(facts: Facts) -> Ends:
        ends = [(side(facts), factor) for side, factor in sides]
        return join([low * factor for (low, _), factor in ends]), join([high * factor for (_, high), factor in ends])

    return each_end


def _minus(minus: Minus, reference: Reference) -> Worth:
    den = grain_of(minus).den
    left, right = interval(minus.left, reference), interval(minus.right, reference)
    by_left, by_right = den // grain_of(minus.left).den, den // grain_of(minus.right).den

    def less(facts: Facts) -> Ends:
        (low, high), (least, most) = left(facts), right(facts)
        return max(0, low * by_left - most * by_right), max(0, high * by_left - least * by_right)

    return less


def _sum(total: SumOf, reference: Reference) -> Worth:
    kind = total.fact.fact.kind
    value, counts = _fact(total.fact, reference), counted(kind, total.where, reference)

    def sum_of(facts: Facts) -> Ends:
        items = facts.items[kind]
        if items is None:
            return 0, UNBOUNDED
        low = high = 0
        for _ in over(facts, kind, items):
            truth = counts(facts)
            if truth is not False:
                least, most = value(facts)
                low += least if truth else 0
                high += most
        return low, high

    return sum_of


def _count(count: CountOf, reference: Reference) -> Worth:
    kind, counts = count.kind, counted(count.kind, count.where, reference)

    def count_of(facts: Facts) -> Ends:
        items = facts.items[kind]
        if items is None:
            return 0, UNBOUNDED
        truths = [counts(facts) for _ in over(facts, kind, items)]
        return truths.count(True), len(truths) - truths.count(False)

    return count_of


# ---- forms with a basis


def _per_unit(form: PerUnit, reference: Reference) -> Worth:
    count, den, amount = interval(form.of, reference), grain_of(form.of).den, form.amount

    def per_unit(facts: Facts) -> Ends:
        low, high = count(facts)
        return round_half_up(low * amount, den), round_half_up(high * amount, den)

    return per_unit


def _table(form: ByTable, reference: Reference) -> Worth:
    get = attrgetter(attribute(form.fact, reference))
    rows = dict(form.amounts)
    values = tuple(form.fact.fact.values or ("true", "false"))
    amounts = {value: rows.get(value, form.otherwise or 0) for value in values}
    unknown = (min(amounts.values()), max(amounts.values()))
    known = {value: (amount, amount) for value, amount in amounts.items()}
    if form.fact.fact.values is None:
        known |= {True: known["true"], False: known["false"]}  # type: ignore[dict-item]

    def row(facts: Facts) -> Ends:
        value = get(facts)
        return unknown if value is None else known[value]

    return row


def _brackets(form: Brackets, reference: Reference) -> Worth:
    basis, den = interval(form.of, reference), grain_of(form.of).den
    parts = lcm(*(row.rate.den for row in form.rows if row.rate))
    one = _slices if form.mode == "marginal" else None

    def in_brackets(facts: Facts) -> Ends:
        low, high = basis(facts)
        if one is not None:
            ends = one(form.rows, low, den, parts), one(form.rows, high, den, parts)
        else:
            ends = _touched(form.rows, low, high, den, parts)
        return round_half_up(ends[0], den * parts), round_half_up(ends[1], den * parts)

    return in_brackets


def _slices(rows: Sequence[Bracket], basis: int, den: int, parts: int) -> int:
    """Add up each row's rate of the slice of the basis in it, in units of 1/(den · parts)."""
    total = 0
    for row in rows:
        top = basis if row.high is None else min(basis, row.high * den)
        if row.rate and top > row.low * den:
            total += (top - row.low * den) * row.rate.num * (parts // row.rate.den)
    return total


def _touched(rows: Sequence[Bracket], low: int, high: int, den: int, parts: int) -> Ends:
    """Give the least and greatest amount over every row that the basis may fall in."""
    ends: list[int] = []
    for row in rows:
        bottom, top = row.low * den, UNBOUNDED if row.high is None else row.high * den
        begins = high > bottom or (row.low_inside and high == bottom)
        reaches = low < top or (row.high_inside and low == top)
        if begins and reaches:
            ends += (_row(row, max(low, bottom), den, parts), _row(row, min(high, top), den, parts))
    return min(ends), max(ends)


def _row(row: Bracket, basis: int, den: int, parts: int) -> int:
    if row.rate is None:
        return (row.amount or 0) * den * parts
    return basis * row.rate.num * (parts // row.rate.den)
