"""Trying a mutant: the rule is read anew, and the cases of the clauses it bears on are run until one fails."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from eligibility import frozen
from eligibility.cases import run_case
from eligibility.checking import check
from eligibility.mutation.stacking import WHOLE
from eligibility.mutation.targets import Workshop
from eligibility.rulebook.language import Cap, Clause, Definition, Group, Named, Policy
from eligibility.rulebook.stacking import check_stacking, components
from eligibility.rulebook.stacking_reader import StackingReader
from eligibility.rulebook.walk import every

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from eligibility.cases import Case
    from eligibility.diagnostics import Diagnostic
    from eligibility.mutation.mutant import Mutant
    from eligibility.mutation.targets import Rule, Target
    from eligibility.rulebook import Rulebook

Fate: TypeAlias = Literal["killed", "refused", "survived"]
Define: TypeAlias = "Callable[[str], Definition | None]"


@dataclass(frozen=True, slots=True)
class Tried:
    """A mutant and what became of it: a case failed, it did not load, or nothing noticed."""

    mutant: Mutant
    fate: Fate


@dataclass(frozen=True, slots=True)
class Trials:
    """The mutants of one rule.

    Attributes:
        failing: what fails before anything is changed; then nothing was tried.
    """

    target: Target
    tried: tuple[Tried, ...]
    failing: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """A part of the rulebook that settles by itself: some clauses, all that are tied to them, and their cases.

    Attributes:
        failing: what these cases expect and does not come out, though nothing is changed.
    """

    rulebook: Rulebook
    cases: tuple[Case, ...]
    failing: tuple[Diagnostic, ...]


class Bench:
    """Tries the mutants of a rulebook."""

    def __init__(self, rulebook: Rulebook, cases: tuple[Case, ...]) -> None:
        self.rulebook = rulebook
        self.cases = cases
        self.workshop = Workshop(rulebook)
        self._tied = _tied(rulebook)
        self._definitions = {definition.id: definition for definition in rulebook.definitions}
        self._rooms: dict[frozenset[str], Room] = {}

    def run(self, target: Target) -> Trials:
        """Try every mutant of a rule."""
        idents = frozenset().union(*(self._tied[ident] for ident in target.touched))
        if idents not in self._rooms:
            self._rooms[idents] = self._room(idents)
        room = self._rooms[idents]
        if room.failing:
            return Trials(target, (), room.failing)
        own = [case for case in room.cases if any(case.about(ident) for ident in target.touched)]
        queue = own + [case for case in room.cases if case not in own]
        return Trials(target, tuple(self._try_all(target, room.rulebook, queue)))

    def _try_all(self, target: Target, book: Rulebook, queue: list[Case]) -> Iterable[Tried]:
        for mutant, edit in self.workshop.drafts(target):
            with edit.made():
                changed = self._changed(target, mutant, book)
            yield Tried(mutant, "refused" if changed is None else _fate(changed, queue))

    # ---- a part of the rulebook

    def _room(self, idents: frozenset[str]) -> Room:
        book = self.rulebook
        part = replace(
            book,
            clauses=tuple(clause for clause in book.clauses if clause.id in idents),
            caps=tuple(cap for cap in book.caps if cap.over[0] in idents),
            groups=tuple(group for group in book.groups if group.clauses[0] in idents),
            together=(),
            made={},
        )
        cases = [case for case in self.cases if any(case.about(ident) for ident in idents)]
        within = [_summed(_within(case, idents), part) for case in cases]
        kept = tuple(case for case in within if case.expectations or case.total)
        failing = (*self._unsound(cases), *(finding for case in kept for finding in _run(case, part)))
        return Room(part, kept, failing)

    def _unsound(self, cases: list[Case]) -> tuple[Diagnostic, ...]:
        """Give what is wrong with the sums that cases expect of the whole rulebook."""
        sums = (case for case in cases if case.total is not None)
        return tuple(finding for case in sums for finding in _run(case, self.rulebook))

    # ---- a rule, read anew

    def _changed(self, target: Target, mutant: Mutant, book: Rulebook) -> Rulebook | None:
        """Give the part of the rulebook with the rule as it is written now; None if it would not load."""
        findings: list[Diagnostic] = []
        rules = () if mutant.path == WHOLE else self._read(target, findings)
        if findings:
            return None
        changed = _with_clauses(book, rules) if _holds_clauses(target) else _with_rule(book, target, rules)
        check_stacking(changed.clauses, changed.caps, changed.groups, (), changed.readings, findings)
        return None if findings else changed

    def _read(self, target: Target, findings: list[Diagnostic]) -> tuple[Any, ...]:
        """Read a rule: a shared cap or group by itself, else every clause that the rule bears on."""
        rule = self.workshop.rule(target)
        match rule:
            case Cap():
                return self._reader(rule, findings).shared_caps([self.workshop.node(rule)], self._own(target))
            case Group():
                return self._reader(rule, findings).groups([self.workshop.node(rule)])
            case Clause():
                return self._reader(rule, findings).clauses([self.workshop.node(rule)], rule.policy)
            case Policy() | Definition():
                return self._clauses(target, findings)

    def _clauses(self, target: Target, findings: list[Diagnostic]) -> tuple[Clause, ...]:
        """Read the clauses that rest on the head of a policy or on a definition."""
        define = self._define(target, findings) if target.sort == "definition" else self._definitions.get
        heads: dict[str, Policy | None] = {}
        read: list[Clause] = []
        for ident in target.touched:
            clause = self.rulebook.by_id[ident]
            reader = self._reader(clause, findings, define)
            if clause.policy.id not in heads:
                heads[clause.policy.id] = reader.attempt(reader.policy, self.workshop.node(clause.policy))
            if (head := heads[clause.policy.id]) is not None:
                read += reader.clauses([self.workshop.node(clause)], head)
        return tuple(read)

    def _define(self, target: Target, findings: list[Diagnostic]) -> Define:
        """Read a definition anew, and those that rest on it."""
        stale = {name for name, known in self._definitions.items() if _rests_on(known, target.id)}
        new: dict[str, Definition | None] = {}

        def define(name: str) -> Definition | None:
            if name in stale and name not in new:
                known = self._definitions[name]
                reader = self._reader(known, findings, define)
                new[name] = reader.attempt(reader.definition, name, self.workshop.node(known))
            return new[name] if name in stale else self._definitions.get(name)

        return define

    def _reader(self, rule: Rule, findings: list[Diagnostic], define: Define | None = None) -> StackingReader:
        return StackingReader(
            self.workshop.source(rule),
            findings,
            documents=self.rulebook.documents,
            define=define or self._definitions.get,
            heard=(),
        )

    def _own(self, target: Target) -> dict[str, tuple[str, ...]]:
        """Give the clauses that a shared cap may name by their short ids: those of the policy file it stands in."""
        own = [clause for clause in self.rulebook.clauses if clause.policy.id == target.home]
        return {clause.short_id: (clause.id,) for clause in own} | {"all": tuple(clause.id for clause in own)}


def _tied(rulebook: Rulebook) -> dict[str, frozenset[str]]:
    """Give for each clause those that are settled with it, in whichever way the disputes are read."""
    parts = components(rulebook.clauses, rulebook.caps, rulebook.groups)
    return {ident: frozenset(part.clauses) for part in parts for ident in part.clauses}


def _rests_on(definition: Definition, name: str) -> bool:
    parts = every(definition.condition)
    return name == definition.id or any(isinstance(part, Named) and part.definition.id == name for part in parts)


def _holds_clauses(target: Target) -> bool:
    return target.sort in ("definition", "policy", "clause")


def _with_clauses(book: Rulebook, clauses: Iterable[Clause]) -> Rulebook:
    new = {clause.id: clause for clause in clauses}
    return replace(book, made={}, clauses=tuple(new.get(clause.id, clause) for clause in book.clauses))


def _with_rule(book: Rulebook, target: Target, rules: tuple[Any, ...]) -> Rulebook:
    """Give the rulebook with another cap or group in the place of one; without it, if there is none."""
    if target.sort == "cap":
        return replace(book, made={}, caps=_swapped(book.caps, target.id, rules))
    return replace(book, made={}, groups=_swapped(book.groups, target.id, rules))


def _swapped(known: tuple[Any, ...], ident: str, rules: tuple[Any, ...]) -> tuple[Any, ...]:
    left = [each for each in known if each.id != ident]
    return tuple(sorted([*left, *rules], key=lambda each: each.id))


# ---- cases


def _within(case: Case, idents: frozenset[str]) -> Case:
    """Give what a case says of some clauses, without the payments under others."""
    profile = case.file.profile
    if any(payment.clause not in idents for payment in profile.payments or ()):
        raw = profile.to_dict()
        kept = [payment for payment in raw["payments"] if payment["clause"] in idents]
        profile = profile.read(raw | {"payments": kept})
    expectations = tuple(each for each in case.expectations if each.clause in idents)
    return replace(case, file=frozen.replace(case.file, profile=profile), expectations=expectations)


def _summed(case: Case, part: Rulebook) -> Case:
    """Let the sum that a case expects of the whole rulebook be the sum of a part of it.

    What one part gives changes nothing in the others, so the whole sum is wrong whenever the part's is, unless it has
    no upper end: then nothing can be said of that end, and the sum is left aside.
    """
    if case.total is None or case.total.value.high is None:
        return replace(case, total=None)
    decision = check(case.file.profile, part, on=case.on, engine="kleene", readings=case.readings)
    return replace(case, total=replace(case.total, value=decision.total.amount))


def _fate(book: Rulebook, queue: list[Case]) -> Fate:
    """Run cases until one fails; that one goes first the next time, for like mutants fail like cases."""
    for at, case in enumerate(queue):
        if _run(case, book):
            queue.insert(0, queue.pop(at))
            return "killed"
    return "survived"


def _run(case: Case, book: Rulebook) -> tuple[Diagnostic, ...]:
    return run_case(case, book, engine="kleene")
