"""What changes nothing: the order of items, years and clauses, the names of files; and what a new fact cannot change."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, note
from hypothesis import strategies as st

from campaign import laws
from eligibility import Profile, Rulebook, check
from eligibility.profile.files import read_profile
from eligibility.profile.profile import LISTS
from eligibility.testing import completions, profiles
from generated import ON, kinds_of, load, numbers, rulebook_files, rulebooks, write
from tight import TIGHT, tight_profiles

if TYPE_CHECKING:
    from collections.abc import Callable

    from eligibility import Decision
    from eligibility.decision import Award, LedgerRow
    from eligibility.rulebook.language import Cap

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.yaml"))
Plain = dict[str, Any]
Name = str | None
"""How an item is called: `projects[0]`; None for the company or an unknown list."""

runs = laws(100)
few = laws(5)


def drawn_profile(data: st.DataObject, rulebook: Rulebook) -> Profile:
    near = numbers(rulebook)
    return data.draw(
        profiles(on=ON, kinds=kinds_of(rulebook), clauses=rulebook.clauses, near=near, whole=data.draw(st.booleans()))
    )


def decide(profile: Profile, rulebook: Rulebook) -> Decision:
    return check(profile, rulebook, on=ON, engine="kleene")


def same(name: Name) -> Name:
    return name


# ---- what a decision says, whatever the order


def verdicts(decision: Decision, name: Callable[[Name], Name] = same) -> dict[Any, Any]:
    """Verdict, standing, gross, and the facts it fails on or misses, award by award."""
    return {
        (award.clause, name(award.item)): (award.verdict, award.standing, award.gross, facts_of(award))
        for award in decision.awards
    }


def facts_of(award: Award) -> tuple[set[str], set[str]]:
    return set(award.failed), set(award.missing)


def limits(decision: Decision, name: Callable[[Name], Name] = same) -> dict[Any, Any]:
    """Each limit, and what was paid before."""
    return {(row.cap, name(row.item)): (row.limit, row.paid) for row in decision.ledger}


def sums(decision: Decision, rulebook: Rulebook, name: Callable[[Name], Name] = same) -> dict[Any, Any]:
    """What is used of each limit over which there is no other; how limits inside it share that is the order's."""
    return {(row.cap, name(row.item)): row.used for row in decision.ledger if not _inner(row, rulebook)}


def _inner(row: LedgerRow, rulebook: Rulebook) -> bool:
    caps = {cap.id: cap for cap in (*rulebook.caps, *(cap for clause in rulebook.clauses for cap in clause.caps))}
    own = caps[row.cap]
    return any(_covers(cap, own, single=row.item is None) for cap in caps.values() if cap.limit is not None)


def _covers(outer: Cap, inner: Cap, *, single: bool) -> bool:
    """Tell whether a cap covers what another does, and more; `single`: the inner one holds for the company."""
    wider = set(outer.over) > set(inner.over)
    return set(outer.over) >= set(inner.over) and (wider if outer.per == "item" or single else True)


def apart(decision: Decision, rulebook: Rulebook, name: Callable[[Name], Name] = same) -> dict[Any, Any]:
    """What remains of the awards that share no limit and stand in no group."""
    tied = {clause for cap in rulebook.caps for clause in cap.over}
    tied |= {clause for group in rulebook.groups for clause in group.clauses}
    own = [(clause, cap) for clause in rulebook.clauses for cap in clause.caps]
    tied |= {clause.id for clause, cap in own if clause.for_each and cap.per == "company"}
    return {(award.clause, name(award.item)): award.net for award in decision.awards if award.clause not in tied}


# ---- the order of items and years


def shuffled(raw: Plain, data: st.DataObject) -> tuple[Plain, dict[Name, Name]]:
    """Put every list into another order; give the new name of each item."""
    names: dict[Name, Name] = {}
    moved: Plain = {"company": raw["company"]}
    for many in LISTS:
        if raw.get(many) is not None:
            order = data.draw(st.permutations(range(len(raw[many]))), label=many)
            moved[many] = [raw[many][place] for place in order]
            names |= {f"{many}[{place}]": f"{many}[{now}]" for now, place in enumerate(order)}
    for payment in moved.get("payments", ()):
        if payment.get("item") in names:
            payment |= {"item": names[payment["item"]]}
    return moved, names


def holds_in_another_order(profile: Profile, rulebook: Rulebook, data: st.DataObject) -> None:
    raw, names = shuffled(profile.to_dict(), data)
    before, after = decide(profile, rulebook), decide(Profile.read(raw), rulebook)

    def renamed(name: Name) -> Name:
        return names.get(name, name)

    assert verdicts(before, renamed) == verdicts(after)
    assert before.total == after.total
    assert limits(before, renamed) == limits(after)
    assert sums(before, rulebook, renamed) == sums(after, rulebook)
    assert apart(before, rulebook, renamed) == apart(after, rulebook)


@runs
@given(rulebooks(), st.data())
def test_the_order_of_items_and_years_changes_only_the_split_under_a_shared_cap(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    holds_in_another_order(drawn_profile(data, rulebook), rulebook, data)


def test_the_order_does_change_the_split() -> None:
    """So the laws here are no empty words: who comes first gets more of what is too little for all."""
    rulebook = load(write(TIGHT))
    nets = []
    for grants in ((80, 60), (60, 80)):
        projects = [{"year": ON.year, "grant": f"0.{grant}", "own_funds": "0"} for grant in grants]
        decision = decide(Profile.read({"company": {"employees": 1}, "projects": projects, "payments": []}), rulebook)
        nets.append([award.net.low for award in decision.awards if award.clause == "tight/grant"])
    assert nets == [[40, 25], [30, 35]]


@runs
@given(st.data())
def test_the_order_of_items_changes_only_the_split_under_tight_limits(data: st.DataObject) -> None:
    holds_in_another_order(data.draw(tight_profiles()), load(write(TIGHT)), data)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@few
@given(data=st.data())
def test_the_order_in_an_example_changes_nothing(path: Path, data: st.DataObject) -> None:
    holds_in_another_order(read_profile(str(path)).profile, shipped(), data)


@cache
def shipped() -> Rulebook:
    return Rulebook.load()


# ---- the order of clauses


@st.composite
def rewritten(
    draw: st.DrawFn, change: Callable[[dict[str, str]], st.SearchStrategy[dict[str, str]]]
) -> tuple[Rulebook, Rulebook]:
    """Draw a rulebook, and the same after a change of its files."""
    files = draw(rulebook_files())
    changed = draw(change(files))
    note("\n".join(f"# ---- {name}\n{text}" for name, text in files.items()))
    note(f"afterwards: {list(changed)}")
    return load(files), load(changed)


@st.composite
def other_order(draw: st.DrawFn, files: dict[str, str]) -> dict[str, str]:
    """Put the clauses of each policy, the shared caps and the groups into another order."""
    plain = {name: yaml.safe_load(text) for name, text in files.items()}
    for parts in plain.values():
        for key in ("clauses", "caps", "exclusive", "together"):
            if key in parts:
                parts[key] = draw(st.permutations(parts[key]))
    return write(plain)


def holds_with_clauses_in_another_order(profile: Profile, first: Rulebook, second: Rulebook) -> None:
    before, after = decide(profile, first), decide(profile, second)
    assert verdicts(before) == verdicts(after)
    assert before.total.amount == after.total.amount
    assert before.total.bounded_high == after.total.bounded_high
    assert set(before.total.unbounded) == set(after.total.unbounded)
    assert limits(before) == limits(after)
    assert apart(before, first) == apart(after, second)
    if not first.groups:  # of two combinations that give the same, the earlier one is paid: their limits differ
        assert sums(before, first) == sums(after, second)


@runs
@given(rewritten(other_order), st.data())
def test_the_order_of_clauses_changes_only_the_split_under_a_shared_cap(
    books: tuple[Rulebook, Rulebook], data: st.DataObject
) -> None:
    holds_with_clauses_in_another_order(drawn_profile(data, books[0]), *books)


@runs
@given(tight_profiles(), st.data(), st.booleans())
def test_the_order_of_clauses_changes_only_the_split_under_tight_limits(
    profile: Profile, data: st.DataObject, grouped: bool
) -> None:
    files = write({name: part for name, part in TIGHT.items() if grouped or name != "stacking.yaml"})
    holds_with_clauses_in_another_order(profile, load(files), load(data.draw(other_order(files))))


# ---- the names of files


@st.composite
def other_names(draw: st.DrawFn, files: dict[str, str]) -> dict[str, str]:
    """Give the policies' files other names, in another order and with either ending."""
    policies = [name for name in files if name.startswith("policies/")]
    ends = [draw(st.sampled_from(("yaml", "yml"))) for _ in policies]
    others = draw(st.permutations([f"policies/{place}-政策.{end}" for place, end in enumerate(ends)]))
    names = dict(zip(policies, others, strict=True))
    return {names.get(name, name): files[name] for name in draw(st.permutations(list(files)))}


@runs
@given(rewritten(other_names), st.data())
def test_the_names_of_files_change_nothing(books: tuple[Rulebook, Rulebook], data: st.DataObject) -> None:
    first, second = books
    profile = drawn_profile(data, first)
    assert decide(profile, first) == decide(profile, second)
    assert (first.digest, first.version) == (second.digest, second.version)


# ---- new facts


@st.composite
def partly(draw: st.DrawFn, before: Plain, after: Plain) -> Plain:
    """Take a profile and some of what a completion of it adds: facts, entries of years, whole lists."""
    said = {"company": _some(before["company"], after["company"], draw)}
    for many in LISTS:
        known, whole = before.get(many), after[many]
        if known is None:
            said |= {many: whole} if draw(st.booleans()) else {}
        elif many == "payments":  # two that are for one clause, item and year contradict each other
            said[many] = whole if draw(st.booleans()) else known
        else:
            said[many] = [_some(entry, full, draw) for entry, full in zip(known, whole, strict=False)]
            said[many] += whole[len(known) :] if draw(st.booleans()) else []
    return said


def _some(known: Plain, full: Plain, draw: st.DrawFn) -> Plain:
    new = sorted(full.keys() - known.keys())
    chosen = draw(st.sets(st.sampled_from(new))) if new else set()
    return known | {name: full[name] for name in chosen}


def holds_with_more_facts(profile: Profile, rulebook: Rulebook, data: st.DataObject) -> None:
    """A definite verdict stays, through some new facts and through all of them."""
    whole = data.draw(completions(profile, on=ON, clauses=rulebook.clauses, near=numbers(rulebook)))
    part = Profile.read(data.draw(partly(profile.to_dict(), whole.to_dict())))
    steps = [decide(each, rulebook) for each in (profile, part, whole)]
    for before, after in pairwise(steps):
        for award in before.awards:
            note(f"{award.clause} {award.item}")
            assert award.verdict == "undetermined" or became(award, after) == {award.verdict}
    assert all(award.verdict != "undetermined" for award in steps[-1].awards)


def became(award: Award, after: Decision) -> set[str]:
    """The verdicts of what an award turned into: itself, or the items of the list that was unknown before."""
    same_clause = [other for other in after.awards if other.clause == award.clause]
    same_item = [other for other in same_clause if other.item == award.item]
    return {other.verdict for other in same_item or same_clause}


@runs
@given(rulebooks(), st.data())
def test_a_new_fact_never_flips_a_definite_verdict(rulebook: Rulebook, data: st.DataObject) -> None:
    holds_with_more_facts(drawn_profile(data, rulebook), rulebook, data)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@few
@given(data=st.data())
def test_a_new_fact_never_flips_a_verdict_of_an_example(path: Path, data: st.DataObject) -> None:
    holds_with_more_facts(read_profile(str(path)).profile, shipped(), data)
