"""Near misses, by brute force: what is proposed makes the clause eligible, nothing smaller or nearer does."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from itertools import chain, combinations, islice, product
from typing import TYPE_CHECKING, Any

from hypothesis import assume, event, given, note
from hypothesis import strategies as st

from campaign import laws
from eligibility import Profile, check
from eligibility.advise.near_misses import changed, near_misses, near_misses_of
from eligibility.diagnostics import Refused
from eligibility.money import yuan
from eligibility.profile.catalogue import DATED_BY, FACTS, MANY
from eligibility.profile.derive import BOUNDS
from eligibility.profile.facts import FactType
from eligibility.profile.profile import LISTS
from eligibility.rulebook import language as l
from eligibility.rulebook.walk import every, facts_of
from eligibility.testing import profiles
from generated import ON, kinds_of, numbers, rulebooks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility import Decision, Rulebook
    from eligibility.decision import Award, NearMiss
    from eligibility.profile.facts import Fact

Plain = dict[str, Any]
Path = tuple[str | int, ...]
MOST = 400
"""How many sets of changes a clause is tried with by brute force."""


def decide(profile: Profile, rulebook: Rulebook) -> Decision:
    return check(profile, rulebook, on=ON, engine="kleene")


def drawn(data: st.DataObject, rulebook: Rulebook, *, whole: bool | None = None) -> Profile:
    whole = data.draw(st.booleans()) if whole is None else whole
    near = numbers(rulebook)
    return data.draw(profiles(on=ON, whole=whole, kinds=kinds_of(rulebook), clauses=rulebook.clauses, near=near))


def award_of(decision: Decision, near: NearMiss) -> Award:
    """The award that a near miss is about, after its changes: an empty list has its first item then."""
    awards = [award for award in decision.awards if award.clause == near.clause]
    item = next((change.at for change in near.changes if change.at.endswith("]")), None)
    wanted = (near.item, item) if near.item is None else (near.item,)
    return next(award for award in awards if award.item in wanted)


# ---- what is proposed holds


@laws(150)
@given(rulebooks(most_clauses=3, busy=False), st.data())
def test_the_proposed_changes_make_the_clause_eligible_or_leave_it_to_the_answers_named(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    profile = drawn(data, rulebook)
    for near in near_misses(decide(profile, rulebook)):
        note(repr(near))
        award = award_of(decide(changed(profile, near), rulebook), near)
        assert award.verdict == ("undetermined" if near.still_needed else "eligible")
        assert set(near.still_needed) <= set(award.missing)
        event(f"{len(near.changes)} changes")


@laws(150)
@given(rulebooks(most_clauses=4), st.data())
def test_what_it_adds_is_the_difference_of_two_checks(rulebook: Rulebook, data: st.DataObject) -> None:
    profile = drawn(data, rulebook)
    decision = decide(profile, rulebook)
    for near in near_misses(decision):
        note(repr(near))
        before, after = decision.total, decide(changed(profile, near), rulebook).total
        assert near.adds.low == after.amount.low - before.amount.low
        assert near.bounded == after.bounded_high - before.bounded_high
        if before.amount.high is not None:
            high = None if after.amount.high is None else after.amount.high - before.amount.high
            assert near.adds.high == high


@laws(60)
@given(rulebooks(most_clauses=4), st.data())
def test_a_limit_gives_the_first_of_all(rulebook: Rulebook, data: st.DataObject) -> None:
    decision = decide(drawn(data, rulebook), rulebook)
    whole = near_misses(decision)
    for limit in (1, 2):
        assert near_misses(decision, limit) == whole[:limit]


# ---- nothing smaller or nearer does


def named(clause: l.Clause) -> set[str]:
    """The facts that a company gives for what a clause reads."""
    nodes = list(every(clause.condition))
    paths = {ref.fact.path for ref in facts_of(clause.condition)}
    paths |= {DATED_BY[part.kind] for part in nodes if isinstance(part, l.Some | l.CountOf)}
    paths |= {DATED_BY[part.fact.fact.kind] for part in nodes if isinstance(part, l.SumOf)}
    if "company.size" in paths:
        paths |= {"company.sme_sector", "company.employees", "year.revenue"}
    if "company.age_months" in paths:
        paths.add("company.registered_on")
    if "company.months_in_yizhuang" in paths:
        paths.add("company.registered_in_yizhuang_on")
    return paths


def places(raw: Plain, clause: l.Clause) -> Iterator[tuple[Path, Fact]]:
    """Every fact that the company states and the clause may read, with its place."""
    paths = named(clause)
    for name in raw["company"]:
        if (path := f"company.{name}") in paths:
            yield ("company", name), FACTS[path]
    for many, record in LISTS.items():
        for place, entry in enumerate(raw.get(many) or ()):
            for name in entry:
                path = f"{record.KIND}.{name}"
                if path in paths and path != "year.year":
                    yield (many, place, name), FACTS[path]


def domain(fact: Fact, near: tuple[int, ...]) -> list[Any]:
    """Values worth a try, as a profile file writes them."""
    match fact.type:
        case FactType.BOOLEAN:
            return [False, True]
        case FactType.CHOICE:
            return list(fact.values or ())
        case FactType.CHOICES:
            words = list(fact.values or ())[:3]
            return [[], *([word] for word in fact.values or ()), words, list(fact.values or ())]
        case FactType.DATE:
            days = [date(ON.year - back, month, 1) for back in (0, 1, 2) for month in (1, 6)]
            return [str(day) for day in (*days, date(1969, 12, 30), date(2020, 2, 28), date(2020, 2, 29), ON)]
        case FactType.YEAR:
            return [ON.year - back for back in (0, 1, 2)]
        case FactType.RATE:
            return ["0%", "0.5%", "12.5%", "33.33%", "1/3", "50%", "50.01%", "100%"]
    whole = sorted({0, 1, 5, 20, 300, 1000, *near, *(each + step for each in near for step in (-1, 1))})
    if fact.path in ("company.employees", "year.revenue"):
        bounds = [bound for rows in BOUNDS.values() for bound in rows.values()]
        each = [bound.employees if fact.path == "company.employees" else bound.revenue or 0 for bound in bounds]
        whole += [value for bound in each for value in (bound - 1, bound)]
    high = fact.high if fact.high is not None else 10**9
    if fact.type is FactType.MONEY:
        return [yuan(value) for value in whole if value >= 0]
    return [value for value in whole if fact.low <= value <= high]


def with_changes(raw: Plain, changes: tuple[tuple[Path, Any], ...]) -> Profile | None:
    """Change a profile; a declared size that contradicts changed figures gives way to them."""
    made = deepcopy(raw)
    for path, value in changes:
        inside: Any = made
        for step in path[:-1]:
            inside = inside[step]
        inside[path[-1]] = value
    try:
        return Profile.read(made)
    except Refused:
        return None


def verdict(profile: Profile, rulebook: Rulebook, award: Award, changes: tuple[tuple[Path, Any], ...]) -> str | None:
    """The verdict on an award of a changed profile; None if such a profile is refused."""
    figures = {("company", "employees"), ("company", "sme_sector")}
    free = any(path in figures or path[0] == "years" for path, _ in changes)
    tries = [profile]
    if free and ("company", "size") not in dict(changes) and profile.company.size is not None:
        raw = profile.to_dict()
        del raw["company"]["size"]
        tries.append(Profile.read(raw))
    for tried in tries:
        try:
            decision = decide(tried, rulebook)
        except Refused:
            continue
        return next((a.verdict for a in decision.awards if (a.clause, a.item) == (award.clause, award.item)), None)
    return None


def one_clause(rulebook: Rulebook, data: st.DataObject, *, whole: bool) -> tuple[Profile, Decision, Award]:
    """A company, its decision, and an award that is not met and counts."""
    profile = drawn(data, rulebook, whole=whole)
    decision = decide(profile, rulebook)
    counting = ("in_force", "in_force_end_unknown")
    failed = [a for a in decision.awards if a.verdict == "not_eligible" and a.standing in counting]
    assume(failed)
    return profile, decision, data.draw(st.sampled_from(failed), label="award")


@laws(150)
@given(rulebooks(most_clauses=2, busy=False), st.data())
def test_no_smaller_set_makes_it_eligible(rulebook: Rulebook, data: st.DataObject) -> None:
    profile, decision, award = one_clause(rulebook, data, whole=True)
    found = [near for near in near_misses_of(decision, award.clause) if near.item == award.item]
    size = len(found[0].changes) if found else 3
    event(f"the smallest set has {size if found else 'more than 4'} facts")
    raw, near, clause = profile.to_dict(), numbers(rulebook), rulebook.by_id[award.clause]
    spots = list(places(raw, clause))
    sets = chain.from_iterable(combinations(spots, count) for count in range(1, size))
    tries = chain.from_iterable(
        ((tuple(zip((path for path, _ in several), values, strict=True))) for values in
         product(*(domain(fact, near) for _, fact in several)))
        for several in sets
    )  # fmt: skip
    for changes in islice(tries, MOST):
        made = with_changes(raw, changes)
        if made is not None and made.to_dict() != raw:
            assert verdict(made, rulebook, award, changes) != "eligible", changes


@laws(150)
@given(rulebooks(most_clauses=2, busy=False), st.data())
def test_every_single_fact_that_would_do_is_found_and_none_nearer(rulebook: Rulebook, data: st.DataObject) -> None:
    profile, decision, award = one_clause(rulebook, data, whole=True)
    found = {
        near.changes[0].at: near.changes[0].values
        for near in near_misses_of(decision, award.clause)
        if near.item == award.item and len(near.changes) == 1
    }
    raw, near, clause = profile.to_dict(), numbers(rulebook), rulebook.by_id[award.clause]
    for path, fact in places(raw, clause):
        for value in islice(domain(fact, near), 60):
            made = with_changes(raw, ((path, value),))
            if made is None or made.to_dict() == raw or verdict(made, rulebook, award, ((path, value),)) != "eligible":
                continue
            at = ".".join(map(str, path)) if path[0] == "company" else f"{path[0]}[{path[1]}].{path[2]}"
            assert at in found, (path, value)
            if fact.type in (FactType.MONEY, FactType.COUNT):
                now, best = raw[path[0]], found[at][0]
                for step in path[1:]:
                    now = now[step]
                assert abs(float(best) - float(now)) <= abs(float(value) - float(now))
            elif fact.type in (FactType.CHOICE, FactType.BOOLEAN):
                assert value in found[at]


@laws(100)
@given(rulebooks(most_clauses=2, busy=False), st.data())
def test_one_more_item_that_would_do_is_found(rulebook: Rulebook, data: st.DataObject) -> None:
    """An item drawn at random, in a list of the profile."""
    profile, decision, award = one_clause(rulebook, data, whole=True)
    raw = profile.to_dict()
    kind = data.draw(st.sampled_from(kinds_of(rulebook) or ("product",)))
    other = drawn(data, rulebook, whole=True).to_dict()
    found = [near for near in near_misses_of(decision, award.clause) if near.item == award.item]
    for item in other.get(MANY[kind]) or ():
        made = with_changes(raw, (((MANY[kind],), [*raw.get(MANY[kind], ()), item]),))
        if made is None or MANY[kind] not in raw:
            continue
        first = award.trace is None and f"{MANY[kind]}[0]"
        same = next(
            (a for a in decide(made, rulebook).awards if a.clause == award.clause and a.item in (award.item, first)),
            None,
        )
        if same is not None and same.verdict == "eligible":
            assert found
            assert len(found[0].changes) == 1
