"""The mutants of what stands above single clauses: definitions, heads of policies, shared caps, exclusive groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from yaml.nodes import ScalarNode, SequenceNode

from eligibility.mutation.conditions import condition, dropped, quantity
from eligibility.mutation.literals import beside
from eligibility.mutation.mutant import DROPPED, Slot, entry_of, slot_of, written
from eligibility.profile.facts import FactType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yaml.nodes import Node

    from eligibility.mutation.mutant import Draft, Pen
    from eligibility.rulebook.language import Cap, Group, Policy, Reading

WHOLE: Final = "rule"
"""The path of the mutant that lacks a cap or group altogether."""

_OTHER: Final = {"item": "company", "company": "item", "year": "ever", "ever": "year"}


# ---- definitions and policies


def definition_mutants(pen: Pen, node: Node) -> Iterator[Draft]:
    """Give the mutants of a definition."""
    when = slot_of(node, "when")
    if when is None:
        raise AssertionError("a definition that was read has a condition")
    return condition(pen, when, "when")


def policy_mutants(pen: Pen, node: Node, policy: Policy) -> Iterator[Draft]:
    """Give the mutants of what holds for every clause of a policy: its requirements and its dates."""
    entry = entry_of(node, "requires")
    if entry is not None:
        yield from _requirements(pen, node, entry[1])
    yield from _dates(pen, node, policy)


def _requirements(pen: Pen, head: Node, node: Any) -> Iterator[Draft]:
    for at, part in enumerate(node.value):
        if len(node.value) > 1:
            yield dropped(pen, "test", node, at, f"requires.{_key(part)}")
        else:
            yield from pen.without("test", f"requires.{_key(part)}", head, "requires")
        yield from condition(pen, Slot(node, at), "requires")


def _key(node: Any) -> str:
    return str(node.value if isinstance(node, ScalarNode) else node.value[0][0].value)


def _dates(pen: Pen, node: Node, policy: Policy) -> Iterator[Draft]:
    force = entry_of(node, "in_force")
    starts, ends = (entry_of(force[1], key) for key in ("from", "to")) if force else (None, None)
    issued = entry_of(node, "issued")
    first = (issued, "issued") if policy.starts is None else (starts, "in_force.from")
    for entry, path in (first, (ends, "in_force.to")):
        if entry is not None:
            yield from pen.texts("validity", path, entry[1], beside(FactType.DATE, str(entry[1].value)))
    if ends is not None and policy.starts is not None and policy.ends is None:  # else the end counts as unknown anyway
        other = "open" if policy.end_unknown else "unknown"
        yield from pen.texts("validity", "in_force.to", ends[1], [other])


# ---- stacking


def cap_mutants(pen: Pen, node: Node, cap: Cap, readings: Sequence[Reading]) -> Iterator[Draft]:
    """Give the mutants of a shared cap: its limit, reach and period, its members, and the cap itself."""
    limit, over = slot_of(node, "limit"), slot_of(node, "over")
    if limit is None or over is None:
        raise AssertionError("a cap that was read has a limit and members")
    yield from quantity(pen, limit, "limit", FactType.MONEY, "stacking")
    for key, word in (("per", cap.per), ("period", cap.period)):
        yield from pen.worded("stacking", key, node, (key, _OTHER[word]), anchor="id", was=word)
    yield from _members(pen, over, cap.over, "over", 1)
    yield from _whole(pen, node)
    yield from _ways(pen, node, cap, readings)


def group_mutants(pen: Pen, node: Node, group: Group, readings: Sequence[Reading]) -> Iterator[Draft]:
    """Give the mutants of an exclusive group: its reach, its members, and the group itself."""
    clauses = slot_of(node, "clauses")
    if clauses is None:
        raise AssertionError("a group that was read has members")
    yield from pen.worded("stacking", "per", node, ("per", _OTHER[group.per]), anchor="id", was=group.per)
    yield from _members(pen, clauses, group.clauses, "clauses", 2)
    yield from _whole(pen, node)
    yield from _ways(pen, node, group, readings)


def _members(pen: Pen, slot: Slot, members: Sequence[str], path: str, fewest: int) -> Iterator[Draft]:
    """Drop each member, where enough are left."""
    node = slot.node
    for at, member in enumerate(members if len(members) > fewest else ()):
        rest = [written(each, node) for each in members if each != member]
        list_ = SequenceNode("sequence", rest, node.start_mark, node.end_mark)
        place = node if isinstance(node, ScalarNode) else node.value[at]  # one word may stand for all
        yield pen.draft("stacking", path, place, (member, f"without {member}"), slot.holding(list_))


def _whole(pen: Pen, node: Node) -> Iterator[Draft]:
    """Drop the rule: emptied, it is no rule any more."""
    entry = entry_of(node, "id")
    if entry is not None:
        yield pen.draft("stacking", WHOLE, entry[1], (pen.owner, DROPPED), (node, []))


def _ways(pen: Pen, node: Node, rule: Cap | Group, readings: Sequence[Reading]) -> Iterator[Draft]:
    entry = entry_of(node, "reading")
    if entry is None or rule.read_as is None:
        return
    yield from pen.without("stacking", "reading", node, "reading")
    reading = next(each for each in readings if each.id == rule.read_as.reading)
    others = [f"{reading.id}/{way.id}" for way in reading.ways if way.id != rule.read_as.way]
    yield from pen.texts("stacking", "reading", entry[1], others)
