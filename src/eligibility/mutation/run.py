"""Mutating a rulebook: which mutants no case notices, and what is wrong with the list of those that change nothing."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final

from eligibility.cases import read_cases
from eligibility.diagnostics import Diagnostic, RulebookRefused, UsageRefused, did_you_mean, in_order
from eligibility.mutation.bench import Bench
from eligibility.mutation.equivalent import read_equivalent
from eligibility.mutation.targets import targets
from eligibility.rulebook import Rulebook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from eligibility.mutation.bench import Trials, Tried
    from eligibility.mutation.equivalent import Equivalent
    from eligibility.mutation.targets import Target


def mutate(rulebook: Rulebook, *, clauses: Sequence[str] = (), jobs: int = 1) -> Report:
    """Change each figure and word of the rules, one at a time, and run the cases of the clauses it bears on.

    Args:
        clauses: only the mutants of these clauses and of the caps and groups that name them; all, if left out.
        jobs: how many processes share the work; the result is the same.

    Raises:
        UsageRefused: there is no such clause.
        RulebookRefused: a case, or the list of equivalent mutants, cannot be read; or a case that is needed fails
            before anything is changed.
    """
    cases = read_cases(rulebook)
    listed = read_equivalent(rulebook)
    every = targets(rulebook)
    chosen = _chosen(every, rulebook, clauses)
    if jobs == 1 or len(chosen) == 1:
        bench = Bench(rulebook, cases)
        trials = [bench.run(target) for target in chosen]
    else:
        trials = _shared_out(rulebook.folder, chosen, jobs)
    failing = in_order(finding for trial in trials for finding in trial.failing)
    if failing:
        message = "cases fail before anything is changed, so no mutant can be told from the rules"
        first = Diagnostic("mutate-failing", message, help="mend them first: `eligibility rules test`")
        raise RulebookRefused([first, *failing])
    return Report(tuple(trials), listed, frozenset(target.id for target in every))


def _chosen(every: Sequence[Target], rulebook: Rulebook, clauses: Sequence[str]) -> Sequence[Target]:
    for ident in clauses:
        if ident not in rulebook.by_id:
            help_ = did_you_mean(ident, list(rulebook.by_id), "see `eligibility rules list`")
            raise UsageRefused([Diagnostic("unknown-clause", f"there is no clause `{ident}`", help=help_)])
    if not clauses:
        return every
    return [target for target in every if target.sort in _NEAR and set(target.touched) & set(clauses)]


_NEAR: Final = ("clause", "cap", "group")
"""What belongs to a clause so closely that its mutants are meant when the clause is named."""


# ---- several processes

_BENCHES: list[Bench] = []


def _shared_out(folder: Path, chosen: Sequence[Target], jobs: int) -> list[Trials]:
    """Let several processes try the mutants, one rule at a time, each with a rulebook of its own."""
    with ProcessPoolExecutor(jobs, get_context("spawn"), _set_up, (folder,)) as pool:
        return list(pool.map(_run, chosen))


def _set_up(folder: Path) -> None:
    rulebook = Rulebook.load(folder)
    _BENCHES[:] = [Bench(rulebook, read_cases(rulebook))]


def _run(target: Target) -> Trials:
    return _BENCHES[0].run(target)


# ---- what came out


@dataclass(frozen=True)
class Report:
    """What became of the mutants.

    Attributes:
        trials: rule by rule, in rulebook order.
        listed: the mutants that are said to change nothing.
        owners: the ids of everything that can be mutated, whether it was or not.
    """

    trials: tuple[Trials, ...]
    listed: tuple[Equivalent, ...]
    owners: frozenset[str]

    @cached_property
    def excused(self) -> frozenset[str]:
        """The ids of the mutants that are said to change nothing."""
        return frozenset(entry.mutant for entry in self.listed)

    def survived(self, tried: Tried) -> bool:
        """Tell whether a mutant survived that is not known to change nothing."""
        return tried.fate == "survived" and tried.mutant.id not in self.excused

    @cached_property
    def findings(self) -> tuple[Diagnostic, ...]:
        """Each survivor, an error where money is concerned, and what is wrong with the list; errors first."""
        survivors = [
            _survivor(tried, money=trial.target.money)
            for trial in self.trials
            for tried in trial.tried
            if self.survived(tried)
        ]
        found = in_order([*survivors, *filter(None, map(self._misplaced, self.listed))])
        return tuple(sorted(found, key=lambda finding: finding.severity != "error"))

    @cached_property
    def _known(self) -> dict[str, dict[str, Tried]]:
        return {trial.target.id: {tried.mutant.id: tried for tried in trial.tried} for trial in self.trials}

    def _misplaced(self, entry: Equivalent) -> Diagnostic | None:
        """Say what is wrong with an entry of the list; of rules that were not tried nothing can be said."""
        if entry.owner in self.owners and entry.owner not in self._known:
            return None
        known = self._known.get(entry.owner, {})
        tried = known.get(entry.mutant)
        if tried is None:
            help_ = did_you_mean(entry.mutant, list(known), "remove it, or copy the id from a survivor")
            return Diagnostic("mutant-stale", f"there is no mutant `{entry.mutant}`", entry.place, help_)
        if tried.fate == "survived":
            return None
        message = f"this mutant is not equivalent: {_NOTICED[tried.fate]}"
        return Diagnostic("mutant-not-equivalent", message, entry.place, "remove it from the list")


_NOTICED: Final = {"killed": "a case fails under it", "refused": "the rules do not load with it"}


def _survivor(tried: Tried, *, money: bool) -> Diagnostic:
    mutant = tried.mutant
    return Diagnostic(
        "mutant-survived",
        f"no case fails if {mutant}",
        mutant.place,
        f"write a case that does, or list `{mutant.id}` in cases/equivalent.yaml with a proof",
        severity="error" if money else "warning",
    )
