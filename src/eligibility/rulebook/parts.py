"""The parts of a rulebook that decide, each with its own digest, so that two states of the rules can be compared.

A digest covers what a part says: not its place in a file, not how a figure is written, not titles, sources or
comments. Of its sources only how much they weigh decides, so a clause's digest has that.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias, get_args

from eligibility.frozen import compared
from eligibility.money import Rate
from eligibility.rulebook.authority import authority_of
from eligibility.rulebook.describe import definitions_of
from eligibility.rulebook.language import FactRef, Named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility.rulebook.language import Cap, Clause, Definition, Group, Policy
    from eligibility.rulebook.rulebook import Rulebook

PartKind: TypeAlias = Literal["policy", "definition", "clause", "cap", "group"]
PART_KINDS: Final[tuple[PartKind, ...]] = get_args(PartKind)
PartName: TypeAlias = tuple[PartKind, str]


class Part(NamedTuple):
    """One part of a rulebook as far as it decides.

    Attributes:
        members: the clauses that a shared cap or a group covers, by name; none for other parts.
    """

    digest: str
    members: tuple[str, ...] = ()


def parts_of_rulebook(rulebook: Rulebook) -> dict[PartName, Part]:
    """Give every part with its digest, whichever way of a reading it holds in."""
    rulebook = rulebook.as_loaded
    parts: dict[PartName, Part] | None = rulebook.made.get("parts")
    if parts is None:
        parts = rulebook.made["parts"] = dict(_parts(rulebook))
    return parts


def definitions_used(clause: Clause) -> frozenset[str]:
    """Name the definitions that a clause or its policy rests on, with those that they rest on."""
    return frozenset(definition.id for definition in definitions_of(clause))


def _parts(rulebook: Rulebook) -> Iterator[tuple[PartName, Part]]:
    for policy in rulebook.policies:
        yield ("policy", policy.id), Part(_digest(_policy(policy)))
    for definition in rulebook.definitions:
        yield ("definition", definition.id), Part(_digest(_definition(definition)))
    for clause in rulebook.clauses:
        yield ("clause", clause.id), Part(_digest(_clause(clause)))
    for cap in rulebook.caps:
        yield ("cap", cap.id), Part(_digest([_cap(cap), sorted(cap.over)]), tuple(sorted(cap.over)))
    for group in rulebook.groups:
        yield ("group", group.id), Part(_digest(_group(group)), tuple(sorted(group.clauses)))


# ---- what each kind of part says


def _policy(policy: Policy) -> Any:
    starts = policy.starts or policy.issued  # the day of issue counts only where the first day was not seen
    known = policy.starts is not None
    return [policy.layer, form(starts), known, form(policy.ends), policy.end_unknown, form(policy.requires)]


def _definition(definition: Definition) -> Any:
    return form(definition.condition)


def _clause(clause: Clause) -> Any:
    caps = [_cap(cap) for cap in clause.caps]
    weight = authority_of(clause)
    return [clause.for_each, form(clause.when), form(clause.award), caps, clause.reference, weight]


def _cap(cap: Cap) -> Any:
    return [form(cap.limit), cap.per, cap.period, form(cap.read_as)]


def _group(group: Group) -> Any:
    return [sorted(group.clauses), group.per, form(group.read_as)]


# ---- one form for all


def form(node: Any) -> Any:
    """Give a part of the rule language as plain values: equal for equal meaning, places and spelling aside.

    A definition is given by its name, for it has a digest of its own. What is absent is left out, so that a word that
    the language gains later changes no digest of rules that do not use it.
    """
    match node:
        case None | bool() | int() | str():
            return node
        case FactRef():
            return node.path
        case Named():
            return {"definition": node.definition.id}
        case date():
            return node.isoformat()
        case Rate(num=num, den=den):
            return {"rate": [num, den]}
        case tuple():
            return [form(part) for part in node]
        case _:
            said = {name: value for name, value in compared(node).items() if not _absent(name, value)}
            return {"is": type(node).__name__} | {name: form(value) for name, value in said.items()}


def _absent(name: str, value: object) -> bool:
    return name == "text" or value is None or value is False or value == ()


def _digest(plain: Any) -> str:
    import json
    from hashlib import sha256

    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + sha256(text.encode()).hexdigest()
