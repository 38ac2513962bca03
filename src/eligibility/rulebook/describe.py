"""What the rulebook says of a clause, cap or group, in the form a decision carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eligibility.bilingual import Words
from eligibility.decision import Citation, Entitlement
from eligibility.money import format_rate
from eligibility.rulebook.citations import citation
from eligibility.rulebook.language import FORM_NAMES, Named
from eligibility.rulebook.walk import every
from eligibility.rulebook.wording import cap_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility.rulebook.language import Cap, Clause, Definition, Group, Together
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
    unpublished = [cap for cap in (*clause.caps, *rulebook.caps) if cap.limit is None and clause.id in cap.over]
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
    rules: list[Cap | Group | Together] = [*clause.caps, *(cap for cap in rulebook.caps if clause.id in cap.over)]
    rules += [group for group in rulebook.groups if clause.id in group.clauses]
    rules += [statement for statement in rulebook.together if clause.id in statement.clauses]
    for rule in rules:
        if rule.assumed:
            yield rule.assumed
    if unpublished:
        yield NOT_PUBLIC


def limit_reason(cap: Cap) -> Words:
    """Say what a cap allows."""
    return Words(cap_name(cap, "zh"), cap_name(cap, "en"))


def group_reason(group: Group) -> Words:
    """Say what a group allows."""
    title = group.title or Words(group.id, group.id)
    return Words(f"{title.zh}：只能享受其中最高的一项", f"{title.en}: only the highest of these is paid")
