"""The mutants of what a clause gives, of its caps and of its reference year."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from yaml.nodes import ScalarNode

from eligibility.mutation.conditions import condition, dropped, quantity, share
from eligibility.mutation.literals import beside
from eligibility.mutation.mutant import DROPPED, entry_of, shown, slot_of, without
from eligibility.profile.facts import FactType
from eligibility.rulebook.language import Ceiling, CountOf, Service, Some, SumOf, Unpublished
from eligibility.rulebook.policies import REFERENCES
from eligibility.rulebook.walk import basis_of, every, facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yaml.nodes import Node

    from eligibility.mutation.mutant import Draft, Pen
    from eligibility.rulebook.language import Cap, Clause, Condition, Quantity

_OTHER: Final = {
    "once": "yearly", "yearly": "once", "item": "company", "company": "item", "year": "ever", "ever": "year",
    "whole": "marginal", "marginal": "whole",
}  # fmt: skip
_TURNED: Final = {"below": "at_most", "at_most": "below", "at_least": "above", "above": "at_least"}
_LOWS: Final = ("at_least", "above")
_HIGHS: Final = ("at_most", "below")


def clause_mutants(pen: Pen, node: Node, clause: Clause, shared: Sequence[Cap]) -> Iterator[Draft]:
    """Give the mutants of a clause.

    Args:
        node: the clause as it is written.
        shared: the shared caps over it.
    """
    when, award = slot_of(node, "when"), slot_of(node, "award")
    if when is None or award is None:
        raise AssertionError("a clause that was read has a condition and an award")
    yield from condition(pen, when, "when")
    yield from _award(pen, award.node, clause)
    yield from _caps(pen, node, clause)
    if _has_year(clause, shared):
        for word in REFERENCES:
            if word != clause.reference:
                pair = ("reference", word)
                yield from pen.worded("reference", "reference", node, pair, anchor="id", was=clause.reference)


def _has_year(clause: Clause, shared: Sequence[Cap]) -> bool:
    """Tell whether the reference year decides anything: it dates items, facts of a year, and payments that count."""
    caps = [cap for cap in (*clause.caps, *shared) if cap.limit is not None]
    paid = _paid_by_year(clause) and clause.award.frequency == "yearly"
    yearly = paid or any(cap.period == "year" for cap in caps)
    parts = (clause.condition, basis_of(clause.award.form), *(cap.limit for cap in caps))
    return clause.for_each is not None or yearly or any(_dated(part) for part in parts if part is not None)


def _dated(part: Condition | Quantity) -> bool:
    years = any(ref.fact.kind == "year" for ref in facts_of(part))
    return years or any(isinstance(each, Some | SumOf | CountOf) for each in every(part))


# ---- awards


def _award(pen: Pen, node: Any, clause: Clause) -> Iterator[Draft]:
    money = FactType.MONEY
    for key in ("fixed", "ceiling", "per_unit", "otherwise"):
        yield from _moved(pen, node, key, "award")
    yield from share(pen, node, "award", money)
    if entry_of(node, "per_unit") and (of := slot_of(node, "of")):
        yield from quantity(pen, of, "award.of", FactType.COUNT)
    if ends := entry_of(node, "range"):
        for end, name in zip(ends[1].value, ("from", "to"), strict=True):
            yield from pen.texts("amount", f"award.range.{name}", end, beside(money, str(end.value)))
    if amounts := entry_of(node, "amounts"):
        yield from _table(pen, amounts[1], open_=entry_of(node, "otherwise") is not None)
    if brackets := entry_of(node, "brackets"):
        yield from _brackets(pen, brackets[1])
    yield from _words(pen, node, clause)


def _moved(pen: Pen, node: Node, key: str, path: str) -> Iterator[Draft]:
    entry = entry_of(node, key)
    if entry is not None:
        yield from pen.texts("amount", f"{path}.{key}", entry[1], beside(FactType.MONEY, str(entry[1].value)))


def _table(pen: Pen, node: Any, *, open_: bool) -> Iterator[Draft]:
    for at, (name, amount) in enumerate(node.value):
        path = f"award.amounts.{name.value}"
        yield from pen.texts("amount", path, amount, beside(FactType.MONEY, str(amount.value)))
        if open_ and len(node.value) > 1:
            yield pen.draft("amount", path, name, (shown(amount), DROPPED), (node, without(node.value, at)))


def _words(pen: Pen, node: Node, clause: Clause) -> Iterator[Draft]:
    award = clause.award
    if _paid_by_year(clause):
        pair = ("frequency", _OTHER[award.frequency])
        yield from pen.worded("frequency", "award.frequency", node, pair, anchor="frequency", was=award.frequency)
    if not isinstance(award.form, Ceiling | Unpublished | Service):  # their low end is 0 as it is
        was, other = ("true", "false") if award.up_to else ("false", "true")
        yield from pen.worded("up-to", "award.up_to", node, ("up_to", other), anchor="frequency", was=was)


def _paid_by_year(clause: Clause) -> bool:
    """Tell whether it matters how often a clause pays: it says which years' payments count, if any limit is known."""
    if clause.reference == "any" or isinstance(clause.award.form, Service):
        return False
    return not isinstance(clause.award.form, Unpublished) or any(cap.limit is not None for cap in clause.caps)


# ---- brackets


def _brackets(pen: Pen, node: Any) -> Iterator[Draft]:
    of, rows, mode = slot_of(node, "of"), entry_of(node, "rows"), entry_of(node, "mode")
    if of is None or rows is None or mode is None:
        raise AssertionError("brackets that were read have a quantity, rows and a mode")
    if not isinstance(of.node, ScalarNode):
        yield from quantity(pen, of, "award.brackets.of", FactType.MONEY)
    yield from pen.texts("bracket", "award.brackets.mode", mode[1], [_OTHER[str(mode[1].value)]])
    for at, row in enumerate(rows[1].value):
        path = f"award.brackets.rows[{at}]"
        yield from _moved(pen, row, "fixed", path)
        if rate := entry_of(row, "rate"):
            yield from pen.texts("rate", f"{path}.rate", rate[1], beside(FactType.RATE, str(rate[1].value)))
    for at, (lower, upper) in enumerate(pairwise(rows[1].value)):
        yield from _bound(pen, lower, upper, f"award.brackets.rows[{at}]")


def _bound(pen: Pen, lower: Any, upper: Any, path: str) -> Iterator[Draft]:
    """Move the bound between two rows, and let the other row own it: both rows say it, so both change."""
    end = next((pair for key in _HIGHS if (pair := entry_of(lower, key))), None)
    start = next((pair for key in _LOWS if (pair := entry_of(upper, key))), None)
    if end is None or start is None:
        raise AssertionError("brackets that were read follow each other")
    path = f"{path}.{end[0].value}"
    turned = ((end[0], _TURNED[str(end[0].value)]), (start[0], _TURNED[str(start[0].value)]))
    yield pen.draft("bracket", path, end[0], (str(end[0].value), turned[0][1]), *turned)
    text = str(end[1].value)
    for other in beside(FactType.COUNT if text.isdecimal() else FactType.MONEY, text):
        yield pen.draft("bracket", path, end[1], (text, other), (end[1], other), (start[1], other))


# ---- caps


def _caps(pen: Pen, node: Node, clause: Clause) -> Iterator[Draft]:
    entry = entry_of(node, "caps")
    if entry is None or not clause.caps:
        return
    for at, cap in enumerate(clause.caps):
        if cap.limit is None:
            continue  # what is not published limits nothing
        path = f"caps[{at}]"
        if len(clause.caps) > 1:
            yield dropped(pen, "cap", entry[1], at, path)
        else:
            yield from pen.without("cap", path, node, "caps")
        limit = slot_of(entry[1].value[at], "limit")
        if limit is not None:
            yield from quantity(pen, limit, f"{path}.limit", FactType.MONEY, "cap")
        yield from _reach(pen, entry[1].value[at], clause, cap, path)


def _reach(pen: Pen, node: Node, clause: Clause, cap: Cap, path: str) -> Iterator[Draft]:
    if clause.for_each is not None:
        yield from pen.worded("cap", f"{path}.per", node, ("per", _OTHER[cap.per]), anchor="limit", was=cap.per)
    if clause.reference != "any":
        pair = ("period", _OTHER[cap.period])
        yield from pen.worded("cap", f"{path}.period", node, pair, anchor="limit", was=cap.period)
