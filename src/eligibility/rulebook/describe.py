"""What the rulebook says of a clause, cap or group, in the form a decision carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eligibility.bilingual import Words
from eligibility.decision import Citation, Entitlement
from eligibility.money import format_rate
from eligibility.rulebook.authority import authority_of, caution_of
from eligibility.rulebook.citations import citation
from eligibility.rulebook.language import FORM_NAMES, Cap, Named, Service
from eligibility.rulebook.walk import every
from eligibility.rulebook.wording import cap_name, group_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility.rulebook.language import Clause, Definition, Group, Reading, Together, Way
    from eligibility.rulebook.rulebook import Rulebook

NOT_PUBLIC = Words(
    "设有上限但金额未公布，实际金额可能更低", "a limit applies whose figure is not public: the award may be lower"
)


class Described:
    """A clause's entitlement, drawn when it is first asked for."""

    __slots__ = ("_clause", "_drawn", "_rulebook")

    def __init__(self, clause: Clause, rulebook: Rulebook) -> None:
        self._clause = clause
        self._rulebook = rulebook
        self._drawn: Entitlement | None = None

    @property
    def clause(self) -> str:
        """The clause's id."""
        return self._clause.id

    def draw(self) -> Entitlement:
        """Give the entitlement."""
        if self._drawn is None:
            self._drawn = entitlement(self._clause, self._rulebook)
        return self._drawn


def entitlement(clause: Clause, rulebook: Rulebook) -> Entitlement:
    """Describe a clause, whatever the company."""
    unpublished = [cap for cap in (*clause.caps, *rulebook.caps_held) if cap.limit is None and clause.id in cap.over]
    award = clause.award
    return Entitlement(
        clause=clause.id,
        policy=clause.policy.id,
        title=clause.title,
        policy_title=clause.policy.title,
        layer=clause.policy.layer,
        form=FORM_NAMES[type(award.form)],
        up_to=award.up_to,
        frequency=award.frequency,
        instalments=tuple(map(format_rate, award.instalments)),
        unpublished_caps=tuple(cap.id for cap in unpublished),
        filing=(clause.filing.first, clause.filing.last) if clause.filing else None,
        apply=clause.apply,
        citations=tuple(dict.fromkeys(_citations(clause, rulebook))),
        assumptions=tuple(dict.fromkeys(_assumptions(clause, unpublished, rulebook))),
        authority=authority_of(clause),
        caution=None if isinstance(award.form, Service) else caution_of(clause),
    )


def definitions_of(clause: Clause) -> Iterator[Definition]:
    """Give the definitions a clause rests on, with those that they rest on."""
    for part in every(clause.condition):
        if isinstance(part, Named):
            yield part.definition


def _citations(clause: Clause, rulebook: Rulebook) -> Iterator[Citation]:
    for cited in (*clause.citations, *clause.policy.citations):
        yield citation(cited, rulebook.homes)
    for definition in definitions_of(clause):
        for cited in definition.citations:
            yield citation(cited, rulebook.homes)


def _assumptions(clause: Clause, unpublished: list[Cap], rulebook: Rulebook) -> Iterator[Words]:
    yield from clause.assumptions
    yield from clause.policy.assumptions
    for definition in definitions_of(clause):
        yield from definition.assumptions
    rules: list[Cap | Group | Together] = [*clause.caps, *(cap for cap in rulebook.caps_held if clause.id in cap.over)]
    rules += [group for group in rulebook.groups_held if clause.id in group.clauses]
    rules += [statement for statement in rulebook.together if clause.id in statement.clauses]
    for rule in rules:
        if rule.assumed:
            yield rule.assumed
    if unpublished:
        yield NOT_PUBLIC


def kind_of(rule: Cap | Group, rulebook: Rulebook) -> str | None:
    """Give the kind of item that the clauses under a cap or group pay for."""
    members = rule.over if isinstance(rule, Cap) else rule.clauses
    return rulebook.by_id[members[0]].for_each


def limit_reason(cap: Cap, rulebook: Rulebook) -> Words:
    """Say what a cap allows."""
    kind = kind_of(cap, rulebook)
    return Words(cap_name(cap, "zh", kind), cap_name(cap, "en", kind))


def group_reason(group: Group, rulebook: Rulebook) -> Words:
    """Say what a group allows."""
    title, kind = group.title or Words(group.id, group.id), kind_of(group, rulebook)
    return Words(f"{title.zh}：{group_name(group, 'zh', kind)}", f"{title.en}: {group_name(group, 'en', kind)}")


def way_of(rule: Cap | Group, rulebook: Rulebook) -> tuple[Reading, Way] | None:
    """Give the reading and the way in which a cap or group holds; None: it holds in every one."""
    if rule.read_as is None:
        return None
    reading = next(reading for reading in rulebook.readings if reading.id == rule.read_as.reading)
    return reading, next(way for way in reading.ways if way.id == rule.read_as.way)
