"""Walking conditions and quantities: the facts they name, the parts they have."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from eligibility.profile.catalogue import ITEM_KINDS
from eligibility.rulebook.language import (
    All,
    AnyOf,
    Brackets,
    ByTable,
    Ceiling,
    Constant,
    CountOf,
    Dated,
    FactRef,
    Fixed,
    Greatest,
    Least,
    Minus,
    Named,
    Not,
    PerUnit,
    Plus,
    Range,
    RateOf,
    Service,
    Some,
    SumOf,
    Test,
    Unpublished,
    Within,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility.rulebook.language import Condition, Form, Quantity


def parts_of(node: Condition | Quantity) -> tuple[Condition | Quantity, ...]:
    """Give the direct parts of a condition or quantity, in order."""
    match node:
        case All() | AnyOf() | Plus() | Least() | Greatest():
            return node.parts
        case Not():
            return (node.part,)
        case Named():
            return (node.definition.condition,)
        case Some():
            return (node.condition,)
        case Test():
            return (node.fact, *node.operands)
        case Within() | Dated():
            return (node.fact,)
        case RateOf():
            return (node.of,)
        case Minus():
            return (node.left, node.right)
        case SumOf():
            return (node.fact,) if node.where is None else (node.fact, node.where)
        case CountOf():
            return () if node.where is None else (node.where,)
        case FactRef() | Constant():
            return ()
        case _:
            assert_never(node)


def facts_of(node: Condition | Quantity) -> Iterator[FactRef]:
    """Give every fact named, with repeats, in order of appearance."""
    if isinstance(node, FactRef):
        yield node
    for part in parts_of(node):
        yield from facts_of(part)


def every(node: Condition | Quantity) -> Iterator[Condition | Quantity]:
    """Give the node and every part below it."""
    yield node
    for part in parts_of(node):
        yield from every(part)


def written(node: Condition | Quantity) -> Iterator[Condition | Quantity]:
    """Give the node and every part written below it: a definition is named there, and written elsewhere."""
    yield node
    for part in () if isinstance(node, Named) else parts_of(node):
        yield from written(part)


def free_kinds(node: Condition | Quantity) -> frozenset[str]:
    """Give the item kinds whose facts are named outside a `some`, `sum` or `count` over that kind."""
    match node:
        case FactRef():
            return frozenset((node.fact.kind,)) & frozenset(ITEM_KINDS)
        case Some() | CountOf():
            bound = node.kind
        case SumOf():
            bound = node.fact.fact.kind
        case _:
            bound = ""
    return frozenset().union(*map(free_kinds, parts_of(node))) - {bound}


def basis_of(form: Form) -> Quantity | None:
    """Give the quantity an award is computed from, if there is one."""
    match form:
        case RateOf():
            return form
        case PerUnit() | Brackets():
            return form.of
        case ByTable():
            return form.fact
        case Fixed() | Range() | Ceiling() | Unpublished() | Service():
            return None
        case _:
            assert_never(form)
