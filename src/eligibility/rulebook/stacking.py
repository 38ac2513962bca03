"""How caps and groups tie clauses together: nesting, components, combinations.

Laws that settlement rests on are checked here, when a rulebook loads. Each refusal names both places.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import prod
from typing import TYPE_CHECKING, Final

from eligibility.diagnostics import Diagnostic, Note, did_you_mean
from eligibility.rulebook.language import Cap, CountOf, FactRef, Group, SumOf
from eligibility.rulebook.readings import coexist, every_ways, holds, named_by
from eligibility.rulebook.walk import every, free_kinds

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from eligibility.rulebook.language import Clause, Reading, Together
    from eligibility.rulebook.readings import Ways

MOST_COMBINATIONS: Final = 256


@dataclass(frozen=True)
class Component:
    """Clauses that settlement must look at together.

    Attributes:
        clauses: their ids, in rulebook order.
        caps: the published caps above the single award's own item caps, inner ones first.
        groups: the exclusive groups per company among them.
    """

    clauses: tuple[str, ...]
    caps: tuple[Cap, ...]
    groups: tuple[Group, ...]

    @cached_property
    def combinations(self) -> tuple[frozenset[str], ...]:
        """The maximal sets of clauses that no group forbids, those keeping earlier clauses first."""
        sets = list(_maximal(self.clauses, self.groups))
        return tuple(sorted(sets, key=lambda kept: [clause not in kept for clause in self.clauses]))


def outer_caps(clauses: Sequence[Clause], shared: Sequence[Cap]) -> tuple[Cap, ...]:
    """Give the published caps that stand above an award's own item caps, inner ones first."""
    own = [cap for clause in clauses for cap in clause.caps if cap.per == "company"]
    caps = [cap for cap in (*own, *shared) if cap.limit is not None]
    return tuple(sorted(caps, key=lambda cap: (cap.per != "item", len(cap.over), cap.id)))


def components(clauses: Sequence[Clause], shared: Sequence[Cap], groups: Sequence[Group]) -> tuple[Component, ...]:
    """Split the clauses into components, in rulebook order of their first clauses."""
    caps = outer_caps(clauses, shared)
    company_groups = [group for group in groups if group.per == "company"]
    home = {clause.id: clause.id for clause in clauses}

    def find(ident: str) -> str:
        while home[ident] != ident:
            ident = home[ident]
        return ident

    for tied in (*(cap.over for cap in caps), *(group.clauses for group in groups)):
        for other in tied[1:]:
            home[find(other)] = find(tied[0])
    members: dict[str, list[str]] = {}
    for clause in clauses:
        members.setdefault(find(clause.id), []).append(clause.id)
    return tuple(
        Component(
            tuple(ids),
            tuple(cap for cap in caps if cap.over[0] in ids),
            tuple(group for group in company_groups if group.clauses[0] in ids),
        )
        for ids in members.values()
    )


def _maximal(clauses: Sequence[str], groups: Sequence[Group]) -> Iterator[frozenset[str]]:
    """Give the maximal sets without two clauses of one group (Bron and Kerbosch, 1973, with a pivot).

    Stops one past the most that a component may have.
    """
    rivals: dict[str, set[str]] = {clause: set() for clause in clauses}
    for group in groups:
        for clause in group.clauses:
            rivals[clause] |= set(group.clauses) - {clause}
    free = [clause for clause in clauses if not rivals[clause]]
    torn = [clause for clause in clauses if rivals[clause]]
    friends = {clause: set(torn) - rivals[clause] - {clause} for clause in torn}
    found = 0

    def grow(kept: set[str], open_: set[str], closed: set[str]) -> Iterator[frozenset[str]]:
        nonlocal found
        if not open_ and not closed:
            found += 1
            yield frozenset((*free, *kept))
            return
        pivot = max(sorted(open_ | closed), key=lambda clause: len(open_ & friends[clause]))
        for clause in sorted(open_ - friends[pivot]):
            if found > MOST_COMBINATIONS:
                return
            yield from grow(kept | {clause}, open_ & friends[clause], closed & friends[clause])
            open_ = open_ - {clause}
            closed = closed | {clause}

    yield from grow(set(), set(torn), set())


def covers(outer: Cap, inner: Cap) -> bool:
    """Tell whether one cap covers every (clause, item) pair that the other covers."""
    if inner.per == "company" and outer.per == "item":
        return False
    return set(inner.over) <= set(outer.over)


# ---- checks


def wrong_names(
    rules: Sequence[Cap | Group | Together], known: Sequence[str], heard: Container[str]
) -> Iterator[Diagnostic]:
    """Find stacking rules that name no clause or share an id; a clause that was heard of may be one yet."""
    for rule in rules:
        for ident in _named_by(rule):
            if ident not in known and ident not in heard:
                help_ = did_you_mean(ident, known, "see `eligibility rules list`")
                yield Diagnostic(
                    "unknown-clause", f"`{rule.id}` names `{ident}`, which is no clause", rule.place, help_
                )
    yield from _repeated(rules)


def check_stacking(
    clauses: Sequence[Clause],
    caps: Sequence[Cap],
    groups: Sequence[Group],
    together: Sequence[Together],
    readings: Sequence[Reading],
    findings: list[Diagnostic],
) -> None:
    """Record everything that settlement could not honour, once every clause and reading that is named is there.

    It is checked in every way to read what is in dispute: rules that stand for two ways of one reading never meet.
    """
    known = {clause.id: clause for clause in clauses}
    every_cap = [*(cap for clause in clauses for cap in clause.caps), *caps]
    findings += _not_nested([cap for cap in every_cap if cap.limit is not None])
    findings += _item_caps(caps, known)
    findings += _mixed_references(caps, known)
    for group in groups:
        findings += _item_group(group, groups, outer_caps(clauses, caps), known)
    findings += _contradicting(together, groups)
    if not findings:
        findings += _too_many(clauses, caps, groups, readings)


def _named_by(rule: Cap | Group | Together) -> tuple[str, ...]:
    named: tuple[str, ...] = getattr(rule, "over", ()) or getattr(rule, "clauses", ())
    return named


def _repeated(rules: Sequence[Cap | Group | Together]) -> Iterator[Diagnostic]:
    seen: dict[str, Cap | Group | Together] = {}
    for rule in rules:
        first = seen.setdefault(rule.id, rule)
        if first is not rule:
            yield _two("duplicate-id", f"two stacking rules have the id `{rule.id}`", rule, first, "rename one")


def _two(
    code: str, message: str, here: Cap | Group | Together, there: Cap | Group | Together, help_: str
) -> Diagnostic:
    notes = (Note(f"`{there.id}` stands here", there.place),) if there.place else ()
    return Diagnostic(code, message, here.place, help_, notes=notes)


def _not_nested(caps: Sequence[Cap]) -> Iterator[Diagnostic]:
    for first, second in combinations(caps, 2):
        if not coexist(first, second):
            continue
        if set(first.over) & set(second.over) and not covers(first, second) and not covers(second, first):
            message = f"the caps `{first.id}` and `{second.id}` overlap, but neither covers the other"
            help_ = "let one cover every award that the other covers, or none of them"
            yield _two("caps-not-nested", message, second, first, help_)


def _item_caps(caps: Sequence[Cap], known: dict[str, Clause]) -> Iterator[Diagnostic]:
    for cap in caps:
        if cap.per == "item":
            yield from _one_kind(cap, cap.over, known) or _stray_facts(cap, known)
        if cap.period == "year":
            for ident in cap.over:
                if known[ident].reference == "any":
                    message = f"`{cap.id}` is a yearly cap, and `{ident}` has no reference year"
                    yield Diagnostic("reference-any", message, cap.place, "write `period: ever`")


def _mixed_references(caps: Sequence[Cap], known: dict[str, Clause]) -> Iterator[Diagnostic]:
    """A limit that reads a year, or items of one, needs one reference year."""
    for cap in caps:
        references = sorted({known[ident].reference for ident in cap.over})
        parts = [] if cap.limit is None else list(every(cap.limit))
        reads_year = any(isinstance(part, FactRef) and part.fact.kind == "year" for part in parts)
        dated = reads_year or any(isinstance(part, SumOf | CountOf) for part in parts)
        if (dated and len(references) > 1) or (reads_year and "any" in references):
            several = ", ".join(references)
            message = f"the limit of `{cap.id}` reads a year, and its clauses mean different ones: {several}"
            yield Diagnostic("reference-mixed", message, cap.place, "let the clauses share one `reference`, not `any`")


def _one_kind(rule: Cap | Group, ids: Sequence[str], known: dict[str, Clause]) -> list[Diagnostic]:
    kinds = {known[ident].for_each for ident in ids}
    if len(kinds) == 1 and None not in kinds:
        return []
    message = f"`{rule.id}` holds per item, and its clauses do not all pay for the same kind of item"
    help_ = "write `per: company`, or name clauses with one `for_each`"
    return [Diagnostic("item-kind", message, rule.place, help_)]


def _stray_facts(cap: Cap, known: dict[str, Clause]) -> list[Diagnostic]:
    """Find facts in a limit per item that belong to another kind of item than its clauses pay for."""
    kind = known[cap.over[0]].for_each
    strays = sorted(free_kinds(cap.limit) - {kind}) if cap.limit is not None else []
    message = "the limit of `{}` speaks of one {}, and its clauses pay for each {}"
    help_ = f"name facts of one {kind}, of the company or of its years"
    return [Diagnostic("scope", message.format(cap.id, stray, kind), cap.place, help_) for stray in strays]


def _item_group(
    group: Group, groups: Sequence[Group], caps: Sequence[Cap], known: dict[str, Clause]
) -> Iterator[Diagnostic]:
    if group.per != "item":
        return
    yield from _one_kind(group, group.clauses, known)
    members = set(group.clauses)
    for other in groups:
        if other is not group and members & set(other.clauses) and coexist(group, other):
            message = f"the groups `{group.id}` and `{other.id}` share a clause, and one of them holds per item"
            help_ = "a clause of a `per: item` group is in no other group: else a higher amount could lower the total"
            yield _two("group-overlap", message, group, other, help_)
    for cap in caps:
        if members & set(cap.over) and not members <= set(cap.over) and coexist(group, cap):
            message = f"the cap `{cap.id}` covers some clauses of the group `{group.id}`, but not all"
            yield _two("group-cap", message, group, cap, "let the cap cover every clause of the group, or none")


def _contradicting(together: Sequence[Together], groups: Sequence[Group]) -> Iterator[Diagnostic]:
    for statement in together:
        for group in groups:
            both = [clause for clause in statement.clauses if clause in group.clauses]
            if len(both) > 1:
                pair = f"`{both[0]}` and `{both[1]}`"
                message = f"{pair} go together in `{statement.id}` and exclude each other in `{group.id}`"
                yield _two("together-exclusive", message, statement, group, "only one of the two can hold")


def _too_many(
    clauses: Sequence[Clause], caps: Sequence[Cap], groups: Sequence[Group], readings: Sequence[Reading]
) -> Iterator[Diagnostic]:
    """Count the combinations of each component, whichever way what is in dispute is read."""
    known = {clause.id: clause for clause in clauses}
    every_rule: list[Cap | Group] = [*caps, *groups]
    for whole in components(clauses, caps, groups):
        if not whole.groups:
            continue
        rules = [rule for rule in every_rule if _named_by(rule)[0] in whole.clauses]
        disputed = named_by(rules, readings)
        if prod(len(reading.ways) for reading in disputed) > MOST_COMBINATIONS:
            yield _too_many_ways(disputed)
            continue
        own = [known[ident] for ident in whole.clauses]
        views = (view for ways in every_ways(disputed) for view in _components_in(own, rules, ways))
        found = next((view for view in views if len(view.combinations) > MOST_COMBINATIONS), None)
        if found:
            names = ", ".join(f"`{group.id}`" for group in found.groups[:4])
            message = f"the groups {names} allow more than {MOST_COMBINATIONS} combinations"
            place = found.groups[0].place
            yield Diagnostic("too-many-combinations", message, place, "split them, or drop a cap that joins them")


def _components_in(clauses: Sequence[Clause], rules: Sequence[Cap | Group], ways: Ways) -> tuple[Component, ...]:
    """Split clauses into components by the rules that hold when these ways are taken."""
    held = [rule for rule in rules if holds(rule, ways)]
    caps = [rule for rule in held if isinstance(rule, Cap)]
    return components(clauses, caps, [rule for rule in held if isinstance(rule, Group)])


def _too_many_ways(readings: Sequence[Reading]) -> Diagnostic:
    names = ", ".join(f"`{reading.id}`" for reading in readings[:4])
    message = f"the readings {names} allow more than {MOST_COMBINATIONS} combinations"
    place = readings[0].place
    return Diagnostic("too-many-combinations", message, place, "let fewer readings bear on the same clauses")
