"""The mutants of conditions and quantities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from eligibility.mutation.literals import beside, windows, word_of, words
from eligibility.mutation.mutant import DROPPED, Slot, shown, slot_of, without, wrapped, written
from eligibility.profile.catalogue import FACTS
from eligibility.profile.facts import FactType
from eligibility.rulebook.quantities import PATH, QUANTITY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from eligibility.mutation.mutant import Draft, Kind, Pen
    from eligibility.profile.facts import Fact

_FLIPPED: Final = {
    "at_least": "above",
    "above": "at_least",
    "at_most": "below",
    "below": "at_most",
    "before": "on_or_after",
    "on_or_after": "before",
    "includes_any": "includes_all",
    "includes_all": "includes_any",
}
"""Each comparison and the one it turns into."""

_OTHER: Final = {"all": "any", "any": "all", "least": "greatest", "greatest": "least"}
_WORDED: Final = (FactType.CHOICE, FactType.CHOICES)


# ---- conditions


def condition(pen: Pen, slot: Slot, path: str) -> Iterator[Draft]:
    """Give the mutants of a condition: its connectives, its parts dropped one at a time, its tests."""
    node = slot.node
    if not isinstance(node, MappingNode) or len(node.value) != 1:
        return
    (key, value), inner = node.value[0], Slot(node, 0)
    match key.value:
        case "all" | "any":
            yield from _joined(pen, node, f"{path}.{key.value}")
        case "not":
            yield pen.draft("comparison", f"{path}.not", key, ("not", "without not"), slot.holding(value))
            yield from condition(pen, inner, f"{path}.not")
        case "some":
            kind = value.value[0][0].value
            yield from condition(pen, Slot(value, 0), f"{path}.some.{kind}")
        case _:
            fact = FACTS.get(key.value.replace("prior_year.", "year.", 1))
            if fact is not None:
                yield from _test(pen, fact, slot, f"{path}.{key.value}")


def _joined(pen: Pen, node: Any, path: str) -> Iterator[Draft]:
    key, value = node.value[0]
    if len(value.value) > 1:
        other = _OTHER[key.value]
        yield pen.draft("connective", path, key, (key.value, other), (key, other))
    keys = [_key(part) for part in value.value]
    for at, own in enumerate(keys):
        base = path if keys.count(own) == 1 else f"{path}[{at}]"
        if len(keys) > 1:
            yield dropped(pen, "test", value, at, f"{base}.{own}")
        yield from condition(pen, Slot(value, at), base)


def _key(node: Any) -> str:
    """Name a condition by its definition, or by the word that it begins with."""
    return str(node.value if isinstance(node, ScalarNode) else node.value[0][0].value)


def dropped(pen: Pen, kind: Kind, list_: Node, at: int, path: str) -> Draft:
    """Draft the mutant that lacks one entry of a list."""
    part = list_.value[at]
    return pen.draft(kind, path, part, (shown(part), DROPPED), (list_, without(list_.value, at)))


def _test(pen: Pen, fact: Fact, slot: Slot, path: str) -> Iterator[Draft]:
    node = slot.node
    value = node.value[0][1]
    if isinstance(value, SequenceNode):
        yield from _values(pen, fact, value, path)
    elif isinstance(value, MappingNode) and value.value and value.value[0][0].value in (*QUANTITY_WORDS, "of"):
        yield from _negated(pen, slot, path)
        yield from quantity(pen, Slot(node, 0), path, fact.type)
    elif isinstance(value, MappingNode):
        yield from _compared(pen, fact, value, path)
    else:
        if fact.type is not FactType.BOOLEAN:  # the other truth value says the same
            yield from _negated(pen, slot, path)
        yield from _constant(pen, fact, value, path)


def _negated(pen: Pen, slot: Slot, path: str) -> Iterator[Draft]:
    node = slot.node
    was = shown(node.value[0][1])
    yield pen.draft("comparison", path, node, (was, f"not {was}"), slot.holding(wrapped("not", node)))


def _constant(pen: Pen, fact: Fact, node: ScalarNode, path: str) -> Iterator[Draft]:
    if fact.type in _WORDED or fact.type is FactType.BOOLEAN:
        yield from pen.texts("value", path, node, words(fact, str(node.value)))
    elif not PATH.fullmatch(str(node.value)):
        yield from pen.texts("constant", path, node, beside(fact.type, str(node.value)))


def _compared(pen: Pen, fact: Fact, node: Any, path: str) -> Iterator[Draft]:
    op, value = node.value[0]
    path = f"{path}.{op.value}"
    one = op.value.startswith("includes") and (isinstance(value, ScalarNode) or len(value.value) == 1)
    if op.value in _FLIPPED and not one:
        yield from pen.texts("comparison", path, op, [_FLIPPED[op.value]])
    if op.value == "within":
        yield from pen.texts("window", path, value, windows(str(value.value)))
    elif op.value == "between":
        for at, end in enumerate(("from", "to")):
            yield from _operand(pen, fact, Slot(value, at), f"{path}.{end}")
    elif isinstance(value, SequenceNode):
        yield from _values(pen, fact, value, path)
    else:
        yield from _operand(pen, fact, Slot(node, 0), path)


def _operand(pen: Pen, fact: Fact, slot: Slot, path: str) -> Iterator[Draft]:
    if isinstance(slot.node, ScalarNode):
        yield from _constant(pen, fact, slot.node, path)
    else:
        yield from quantity(pen, slot, path, fact.type)


def _values(pen: Pen, fact: Fact, node: Any, path: str) -> Iterator[Draft]:
    """Give the mutants of a list of values: each one dropped, each missing word added, each figure moved."""
    for at, part in enumerate(node.value):
        if len(node.value) > 1:
            change = (node, without(node.value, at))
            yield pen.draft("value", path, part, (str(part.value), f"without {part.value}"), change)
        if fact.type not in _WORDED:
            yield from _constant(pen, fact, part, f"{path}[{at}]")
    given = {word_of(fact, str(part.value)) for part in node.value}
    for word in fact.values or () if fact.type in _WORDED else ():
        if word not in given:
            change = (node, [*node.value, written(word, node.value[-1])])
            yield pen.draft("value", path, node, (shown(node), f"with {word}"), change)


# ---- quantities


def quantity(pen: Pen, slot: Slot, path: str, kind: FactType, moved: Kind = "constant") -> Iterator[Draft]:
    """Give the mutants of a quantity.

    Args:
        kind: what it is: money or a count.
        moved: the kind of mutant that moves a constant.
    """
    node = slot.node
    if isinstance(node, ScalarNode):
        if not PATH.fullmatch(str(node.value)):
            yield from pen.texts(moved, path, node, beside(kind, str(node.value)))
        return
    word = node.value[0][0].value
    if word in ("rate", "of"):
        yield from share(pen, node, path, kind)
    elif word in ("sum", "count"):
        yield from _where(pen, node, f"{path}.{word}")
    else:
        yield from _several(pen, slot, f"{path}.{word}", kind)


def share(pen: Pen, node: Node, path: str, kind: FactType) -> Iterator[Draft]:
    """Give the mutants of a share of a quantity, if there is one."""
    rate, of = slot_of(node, "rate"), slot_of(node, "of")
    if rate is not None and of is not None:
        yield from pen.texts("rate", f"{path}.rate", rate.node, beside(FactType.RATE, str(rate.node.value)))
        yield from quantity(pen, of, f"{path}.of", kind)


def _where(pen: Pen, node: Node, path: str) -> Iterator[Draft]:
    where = slot_of(node, "where")
    if where is not None:
        yield from pen.without("quantity", f"{path}.where", node, "where")
        yield from condition(pen, where, f"{path}.where")


def _several(pen: Pen, slot: Slot, path: str, kind: FactType) -> Iterator[Draft]:
    key, value = slot.node.value[0]
    if key.value in _OTHER:
        yield from pen.texts("quantity", path, key, [_OTHER[key.value]])
    for at, part in enumerate(value.value):
        own = f"{path}[{at}]"
        if len(value.value) > 2:
            yield dropped(pen, "quantity", value, at, own)
        else:
            yield pen.draft("quantity", own, part, (shown(part), DROPPED), slot.holding(value.value[1 - at]))
        yield from quantity(pen, Slot(value, at), own, kind)
