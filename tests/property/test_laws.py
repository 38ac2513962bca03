"""The laws of DESIGN's settlement, one a test, over generated rulebooks in the whole language and generated profiles."""

from __future__ import annotations

from dataclasses import replace as rebuilt
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given, note
from hypothesis import strategies as st

from campaign import laws
from eligibility import Profile, Rulebook, check
from eligibility.frozen import replace
from eligibility.money import MAX_MONEY
from eligibility.profile.catalogue import FACTS, MANY
from eligibility.profile.facts import NUMERIC, FactType
from eligibility.rulebook import language as l
from eligibility.rulebook.walk import basis_of, every, facts_of
from eligibility.testing import completions, profiles
from generated import ON, kinds_of, numbers, rulebooks

if TYPE_CHECKING:
    from eligibility import Decision
    from eligibility.money import Interval

runs = laws(100)


def drawn(data: st.DataObject, rulebook: Rulebook, *, whole: bool | None = None) -> Profile:
    whole = data.draw(st.booleans()) if whole is None else whole
    near = numbers(rulebook)
    return data.draw(profiles(on=ON, whole=whole, kinds=kinds_of(rulebook), clauses=rulebook.clauses, near=near))


def decide(profile: Profile, rulebook: Rulebook) -> Decision:
    return check(profile, rulebook, on=ON, engine="kleene")


def within(inner: Interval, outer: Interval) -> bool:
    return outer.low <= inner.low and (outer.high is None or (inner.high is not None and inner.high <= outer.high))


def at_least(one: Interval, other: Interval) -> bool:
    """Tell whether neither end of one lies below the other's."""
    return one.low >= other.low and (one.high is None or (other.high is not None and one.high >= other.high))


def varied(rulebook: Rulebook, **changes: Any) -> Rulebook:
    return rebuilt(rulebook, made={}, **changes)


# ---- caps


@runs
@given(rulebooks(), st.data())
def test_no_award_is_above_any_cap_that_covers_it(rulebook: Rulebook, data: st.DataObject) -> None:
    decision = decide(drawn(data, rulebook), rulebook)
    for row in decision.ledger:
        covered = [
            award
            for award in decision.awards
            if award.clause in row.over and (row.item is None or award.item == row.item)
        ]
        for award in covered:
            assert row.limit.high is None or (award.net.high is not None and award.net.high <= row.limit.high)
            assert award.net.low <= row.limit.low or row.limit.low < (row.limit.high or MAX_MONEY)


@runs
@given(rulebooks(), st.data())
def test_the_year_of_a_cap_stays_within_its_limit_payments_included(rulebook: Rulebook, data: st.DataObject) -> None:
    for row in decide(drawn(data, rulebook), rulebook).ledger:
        assert row.used.low == 0 or row.paid.high is not None
        assert row.used.low <= max(0, row.limit.low - (row.paid.high or 0))
        assert row.limit.high is None or (
            row.used.high is not None and row.used.high <= max(0, row.limit.high - row.paid.low)
        )


# ---- reductions


@runs
@given(rulebooks(), st.data())
def test_gross_is_net_and_reductions_at_each_end(rulebook: Rulebook, data: st.DataObject) -> None:
    for award in decide(drawn(data, rulebook), rulebook).awards:
        note(str(award))
        assert award.gross.low == award.net.low + sum(reduction.low for reduction in award.reductions)
        highs = [reduction.high for reduction in award.reductions]
        if award.gross.high is None:
            assert award.net.high is None or None in highs
        else:
            assert award.net.high is not None
            assert None not in highs
            assert award.gross.high == award.net.high + sum(high for high in highs if high is not None)
        assert all(reduction.low >= 0 for reduction in award.reductions)
        assert all(high is None or high >= 0 for high in highs)


# ---- soundness


@runs
@given(rulebooks(), st.data())
def test_the_nets_and_the_total_of_every_completion_lie_inside(rulebook: Rulebook, data: st.DataObject) -> None:
    profile = drawn(data, rulebook, whole=False)
    before = decide(profile, rulebook)
    near = numbers(rulebook)
    filled = data.draw(completions(profile, on=ON, clauses=rulebook.clauses, near=near))
    after = decide(filled, rulebook)
    note(f"{profile}\n{filled}\n{before}\n{after}")
    assert within(after.total.amount, before.total.amount)
    known = {(award.clause, award.item): award for award in before.awards}
    for award in after.awards:
        earlier = known.get((award.clause, award.item)) or known[award.clause, None]
        assert within(award.net, earlier.net)
        assert within(award.gross, earlier.gross)
        assert earlier.verdict in ("undetermined", award.verdict)


# ---- verdicts held fixed, the total moves as it must


def raised(form: l.Form, more: int) -> l.Form | None:
    match form:
        case l.Fixed() | l.Ceiling() | l.PerUnit():
            return replace(form, amount=form.amount + more)
        case l.Range():
            return replace(form, high=form.high + more)
        case l.ByTable():
            return replace(form, amounts=tuple((value, amount + more) for value, amount in form.amounts))
        case _:
            return None


@runs
@given(rulebooks(), st.data(), st.integers(1, 10**7))
def test_the_total_never_falls_when_a_gross_rises(rulebook: Rulebook, data: st.DataObject, more: int) -> None:
    able = [clause for clause in rulebook.clauses if raised(clause.award.form, more)]
    assume(able)
    chosen = data.draw(st.sampled_from(able))
    higher = replace(chosen, award=replace(chosen.award, form=raised(chosen.award.form, more)))
    clauses = tuple(higher if clause is chosen else clause for clause in rulebook.clauses)
    profile = drawn(data, rulebook)
    before, after = decide(profile, rulebook), decide(profile, varied(rulebook, clauses=clauses))
    note(f"{chosen.id}\n{profile}\n{before}\n{after}")
    assert at_least(after.total.amount, before.total.amount)


@runs
@given(rulebooks(), st.data(), st.integers(1, 10**7))
def test_the_total_never_falls_when_a_limit_rises(rulebook: Rulebook, data: st.DataObject, more: int) -> None:
    caps = [
        cap
        for cap in (*rulebook.caps, *(cap for clause in rulebook.clauses for cap in clause.caps))
        if isinstance(cap.limit, l.Constant)
    ]
    assume(caps)
    chosen = data.draw(st.sampled_from(caps))
    higher = replace(chosen, limit=replace(chosen.limit, value=chosen.limit.value + more))

    def changed(listed: tuple[l.Cap, ...]) -> tuple[l.Cap, ...]:
        return tuple(higher if cap is chosen else cap for cap in listed)

    clauses = tuple(replace(clause, caps=changed(clause.caps)) for clause in rulebook.clauses)
    profile = drawn(data, rulebook)
    before = decide(profile, rulebook)
    after = decide(profile, varied(rulebook, clauses=clauses, caps=changed(rulebook.caps)))
    note(f"{chosen.id}\n{profile}\n{before}\n{after}")
    assert at_least(after.total.amount, before.total.amount)


@runs
@given(rulebooks(), st.data())
def test_the_total_never_rises_when_a_cap_is_added(rulebook: Rulebook, data: st.DataObject) -> None:
    caps = [*rulebook.caps, *(cap for clause in rulebook.clauses for cap in clause.caps)]
    assume(caps)
    taken = data.draw(st.sampled_from(caps))
    clauses = tuple(
        replace(clause, caps=tuple(cap for cap in clause.caps if cap is not taken)) for clause in rulebook.clauses
    )
    without = varied(rulebook, clauses=clauses, caps=tuple(cap for cap in rulebook.caps if cap is not taken))
    profile = drawn(data, rulebook)
    assert at_least(decide(profile, without).total.amount, decide(profile, rulebook).total.amount)


@runs
@given(rulebooks(), st.data())
def test_the_total_never_rises_when_an_exclusive_group_is_added(rulebook: Rulebook, data: st.DataObject) -> None:
    assume(rulebook.groups)
    taken = data.draw(st.sampled_from(rulebook.groups))
    without = varied(rulebook, groups=tuple(group for group in rulebook.groups if group is not taken))
    profile = drawn(data, rulebook)
    assert at_least(decide(profile, without).total.amount, decide(profile, rulebook).total.amount)


@runs
@given(rulebooks(), st.data(), st.integers(0, 10**8))
def test_the_total_never_rises_when_a_payment_is_added(rulebook: Rulebook, data: st.DataObject, amount: int) -> None:
    profile = drawn(data, rulebook)
    assume(profile.payments is not None)
    clause = data.draw(st.sampled_from(rulebook.clauses))
    items = getattr(profile, MANY[clause.for_each]) if clause.for_each else None
    names = [f"{MANY[clause.for_each]}[{place}]" for place in range(len(items))] if clause.for_each and items else []
    item = data.draw(st.sampled_from([None, "none", *names]))
    year = data.draw(st.sampled_from([None, ON.year, ON.year - 1]))
    plain = profile.to_dict()
    assume(all((p["clause"], p.get("item"), p.get("year")) != (clause.id, item, year) for p in plain["payments"]))
    entry = {"clause": clause.id, "item": item, "year": year, "amount": f"{amount // 100}.{amount % 100:02d}"}
    paid = Profile.read(plain | {"payments": [*plain["payments"], entry]})
    before, after = decide(profile, rulebook), decide(paid, rulebook)
    note(f"{entry}\n{profile}\n{before}\n{after}")
    assert at_least(before.total.amount, after.total.amount)


# ---- raising a fact


def only_raising(rulebook: Rulebook) -> set[str]:
    """Facts that occur only where more of them can only give more."""
    raising: set[str] = set()
    other: set[str] = set()
    for clause in rulebook.clauses:
        other |= {ref.fact.path for ref in facts_of(clause.condition)}
        basis = basis_of(clause.award.form)
        good = not (isinstance(clause.award.form, l.Brackets) and clause.award.form.mode == "whole")
        limits = [cap.limit for cap in clause.caps if cap.limit is not None]
        for quantity in (*([basis] if basis else ()), *limits):
            found = {ref.fact.path for ref in facts_of(quantity)}
            (raising if good and is_rising(quantity) else other).update(found)
    for cap in rulebook.caps:
        if cap.limit is not None:
            (raising if is_rising(cap.limit) else other).update(ref.fact.path for ref in facts_of(cap.limit))
    return raising - other


def is_rising(quantity: l.Quantity) -> bool:
    return not any(
        isinstance(part, l.Minus | l.CountOf) or (isinstance(part, l.SumOf) and part.where is not None)
        for part in every(quantity)
    )


@runs
@given(rulebooks(), st.data(), st.integers(1, 10**6))
def test_raising_a_fact_never_lowers_the_total_where_it_can_only_add(
    rulebook: Rulebook, data: st.DataObject, more: int
) -> None:
    paths = only_raising(rulebook)
    assume(paths)
    profile = drawn(data, rulebook)
    plain = profile.to_dict()
    able = []
    for path in sorted(paths):
        fact = FACTS[path]
        sections = [plain["company"]] if fact.kind == "company" else plain.get(MANY[fact.kind]) or []
        if fact.type in NUMERIC:
            able += [(section, fact.name, fact.type) for section in sections if fact.name in section]
    assume(able)
    section, name, form = data.draw(st.sampled_from(able))
    before = decide(profile, rulebook)
    if form is FactType.MONEY:
        fen = int(section[name].replace(".", "")) + more
        assume(fen <= MAX_MONEY // 10)
        section[name] = f"{fen // 100}.{fen % 100:02d}"
    else:
        section[name] += more
    higher = Profile.read(plain)
    after = decide(higher, rulebook)
    note(f"{name}\n{profile}\n{before}\n{after}")
    assert at_least(after.total.amount, before.total.amount)
