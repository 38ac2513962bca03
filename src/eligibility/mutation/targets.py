"""What can be mutated: definitions, the heads of policies, clauses, shared caps and groups, with nodes and mutants."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from yaml.nodes import MappingNode, SequenceNode

from eligibility.mutation.awards import clause_mutants
from eligibility.mutation.mutant import Pen
from eligibility.mutation.stacking import cap_mutants, definition_mutants, group_mutants, policy_mutants
from eligibility.rulebook.language import Cap, Clause, Definition, Group, Named, Policy, Service
from eligibility.rulebook.walk import basis_of, every
from eligibility.source import compose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yaml.nodes import Node

    from eligibility.diagnostics import Place, Source
    from eligibility.mutation.mutant import Draft
    from eligibility.rulebook import Rulebook

Sort: TypeAlias = Literal["definition", "policy", "clause", "cap", "group"]
Rule: TypeAlias = Definition | Policy | Clause | Cap | Group
DEFINITIONS: Final = "definitions"
STACKING: Final = "stacking"


@dataclass(frozen=True, slots=True)
class Target:
    """A rule whose figures and words are changed.

    Attributes:
        id: of the definition, policy, clause, cap or group.
        home: the policy it belongs to, or `definitions` or `stacking`.
        touched: the clauses that it bears on.
        money: whether one of them gives money.
    """

    sort: Sort
    id: str
    home: str
    touched: tuple[str, ...]
    money: bool


def targets(rulebook: Rulebook) -> tuple[Target, ...]:
    """Give everything that can be mutated, in rulebook order; what is not published limits nothing and is left out."""
    return tuple(_targets(rulebook))


def _targets(rulebook: Rulebook) -> Iterator[Target]:
    homes = {str(policy.place.source): policy.id for policy in rulebook.policies if policy.place}

    def target(sort: Sort, rule: Rule, home: str, touched: Iterable[str]) -> Target:
        touched = tuple(touched)
        money = any(not isinstance(rulebook.by_id[ident].award.form, Service) for ident in touched)
        return Target(sort, rule.id, home, touched, money)

    users = users_of(rulebook)
    for definition in rulebook.definitions:
        if definition.id in users:
            yield target("definition", definition, DEFINITIONS, users[definition.id])
    for policy in rulebook.policies:
        own = [clause.id for clause in rulebook.clauses if clause.policy is policy]
        yield target("policy", policy, policy.id, own)
        yield from (target("clause", rulebook.by_id[ident], policy.id, (ident,)) for ident in own)
    for cap in rulebook.caps:
        if cap.limit is not None:
            yield target("cap", cap, homes.get(str(_place(cap).source), STACKING), cap.over)
    yield from (target("group", group, STACKING, group.clauses) for group in rulebook.groups)


def users_of(rulebook: Rulebook) -> dict[str, list[str]]:
    """Give for each definition the clauses that rest on it, directly or through other definitions."""
    users: dict[str, list[str]] = {}
    for clause in rulebook.clauses:
        parts = (clause.condition, basis_of(clause.award.form), *(cap.limit for cap in clause.caps))
        nodes = [node for part in parts if part is not None for node in every(part)]
        for name in dict.fromkeys(node.definition.id for node in nodes if isinstance(node, Named)):
            users.setdefault(name, []).append(clause.id)
    return users


class Workshop:
    """Finds the nodes of the rules of a rulebook, composing each file once."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._nodes: dict[str, dict[tuple[int, int], Node]] = {}

    @cached_property
    def _rules(self) -> dict[tuple[Sort, str], Rule]:
        book = self.rulebook
        rules: dict[tuple[Sort, str], Rule] = {}
        rules |= {("definition", definition.id): definition for definition in book.definitions}
        rules |= {("policy", policy.id): policy for policy in book.policies}
        rules |= {("clause", clause.id): clause for clause in book.clauses}
        rules |= {("cap", cap.id): cap for cap in book.caps}
        rules |= {("group", group.id): group for group in book.groups}
        return rules

    def rule(self, target: Target) -> Rule:
        """Give the rule as it was read."""
        return self._rules[target.sort, target.id]

    def node(self, rule: Rule) -> Node:
        """Give a rule as it is written: the mapping whose `id` stands at its place, or that begins there."""
        place = _place(rule)
        if place.source.name not in self._nodes:
            self._nodes[place.source.name] = _by_place(compose(place.source))
        return self._nodes[place.source.name][place.line, place.column]

    def source(self, rule: Rule) -> Source:
        """Give the text that a rule stands in."""
        return _place(rule).source

    def drafts(self, target: Target) -> Iterator[Draft]:
        """Give the mutants of a rule."""
        rule = self.rule(target)
        node, pen = self.node(rule), Pen(self.source(rule), target.id)
        match rule:
            case Definition():
                return definition_mutants(pen, node)
            case Policy():
                return policy_mutants(pen, node, rule)
            case Clause():
                over = [cap for cap in self.rulebook.caps if target.id in cap.over]
                return clause_mutants(pen, node, rule, over)
            case Cap():
                return cap_mutants(pen, node, rule, self.rulebook.readings)
            case Group():
                return group_mutants(pen, node, rule, self.rulebook.readings)


def _place(rule: Rule) -> Place:
    if rule.place is None:
        raise AssertionError("a rule that was read from a file has a place")
    return rule.place


def _by_place(root: Node | None) -> dict[tuple[int, int], Node]:
    """Find every mapping by where it begins, and by where its id stands."""
    found: dict[tuple[int, int], Node] = {}
    nodes = [root]
    while nodes:
        node = nodes.pop()
        if isinstance(node, MappingNode):
            found[_at(node)] = node
            found |= {_at(value): node for key, value in node.value if key.value == "id"}
            nodes += [value for _, value in node.value]
        elif isinstance(node, SequenceNode):
            nodes += node.value
    return found


def _at(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1
