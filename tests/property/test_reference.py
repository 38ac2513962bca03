"""The meaning itself, by the reference evaluator: bounds hold whatever the gaps turn out to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, note, seed, settings
from hypothesis import strategies as st

from campaign import laws
from eligibility import check
from eligibility.profile import Profile
from eligibility.testing import completions, profiles
from generated import ALL_WORDS, CITED, ON, ZH_EN, Plain, kinds_of, load, numbers, rulebooks, words_used, write
from reference import Bounds, Line, Result, reference

if TYPE_CHECKING:
    from eligibility.rulebook import Rulebook

runs = laws(200)


def drawn_profile(data: st.DataObject, rulebook: Rulebook, *, whole: bool = False) -> Profile:
    kinds, near = kinds_of(rulebook), numbers(rulebook)
    return data.draw(profiles(on=ON, whole=whole, kinds=kinds, clauses=rulebook.clauses, near=near))


def drawn_completion(data: st.DataObject, rulebook: Rulebook, profile: Profile) -> Profile:
    return data.draw(completions(profile, on=ON, clauses=rulebook.clauses, near=numbers(rulebook)))


def inside(inner: Bounds, outer: Bounds) -> bool:
    return outer[0] <= inner[0] and (outer[1] is None or (inner[1] is not None and inner[1] <= outer[1]))


def pairs(gapped: Result, completed: Result) -> list[tuple[Line, list[Line]]]:
    """Each award with those it became: the award of an unknown list with all item awards that follow it."""
    found = []
    for line in gapped.awards:
        same = [other for other in completed.awards if other.clause == line.clause]
        found.append((line, [other for other in same if other.item == line.item] or same))
    return found


def summed(bounds: list[Bounds]) -> Bounds:
    highs = [high for _, high in bounds]
    return sum(low for low, _ in bounds), None if None in highs else sum(highs)


@runs
@given(rulebooks(), st.data())
def test_bounds_are_in_order_and_nets_within_gross(rulebook: Rulebook, data: st.DataObject) -> None:
    result = reference(drawn_profile(data, rulebook), rulebook, ON)
    for line in result.awards:
        for low, high in (line.gross, line.net):
            assert low >= 0
            assert high is None or low <= high
        assert line.net[0] <= line.gross[0]
        assert line.gross[1] is None or line.net[1] <= line.gross[1]
    assert inside(result.total, (0, summed([line.net for line in result.awards])[1]))


@runs
@given(rulebooks(), st.data())
def test_filling_a_gap_never_flips_a_verdict(rulebook: Rulebook, data: st.DataObject) -> None:
    profile = drawn_profile(data, rulebook)
    completed = reference(drawn_completion(data, rulebook, profile), rulebook, ON)
    for before, after in pairs(reference(profile, rulebook, ON), completed):
        assert before.truth is None or all(line.truth is before.truth for line in after)
        assert all(line.truth is not None for line in after)


@runs
@given(rulebooks(), st.data())
def test_bounds_of_a_gapped_profile_hold_those_of_every_completion(rulebook: Rulebook, data: st.DataObject) -> None:
    profile = drawn_profile(data, rulebook)
    before = reference(profile, rulebook, ON)
    after = reference(drawn_completion(data, rulebook, profile), rulebook, ON)
    note(f"{before}\n{after}")
    for award, became in pairs(before, after):
        for line in became:  # each by itself: the ends of several need not hold at the same time
            assert inside(line.gross, award.gross)
            assert inside(line.net, award.net)
    assert inside(after.total, before.total)


@runs
@given(rulebooks(), st.data())
def test_bounds_hold_whatever_is_unknown_and_whatever_an_authority_sets(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    profile = drawn_profile(data, rulebook)
    completed = drawn_completion(data, rulebook, profile)

    def actual(_clause: str, _item: int | None, amount: Bounds) -> Bounds:
        low, high = amount
        chosen = data.draw(st.sampled_from((low, min(high, low + 10**6))) | st.integers(low, int(min(high, low + 9))))
        return chosen, chosen

    true = reference(completed, rulebook, ON, actual)
    assert all(line.net[0] == line.net[1] for line in true.awards)
    assert true.total[0] == true.total[1] == sum(line.net[0] for line in true.awards)
    for bounds in (reference(profile, rulebook, ON), reference(completed, rulebook, ON)):
        note(f"{bounds}\n{true}")
        for award, became in pairs(bounds, true):
            assert inside(summed([line.net for line in became]), award.net)
        assert inside(true.total, bounds.total)


FIXED = {"fixed": "10元", "frequency": "once"}
UNSURE: dict[str, tuple[list[Plain], Plain, Plain, Plain]] = {
    "a limit that reads an unknown fact": (
        [{"id": "m", "award": FIXED}, {"id": "n", "award": FIXED}],
        {"limit": "company.parent_rnd", "per": "company", "period": "ever", "over": ["m"]},
        {"payments": []},
        {"company": {"employees": 1, "parent_rnd": "10.00"}},
    ),
    "a payment of an unknown year": (
        [{"id": "m", "award": FIXED | {"fixed": "20元"}}, {"id": "n", "award": FIXED}],
        {"limit": "10元", "per": "company", "period": "year", "over": ["m"]},
        {"payments": [{"clause": "p/m", "amount": "10.00"}]},
        {"payments": [{"clause": "p/m", "amount": "10.00", "year": ON.year - 1}]},
    ),
    "a payment for another item": (
        [{"id": "m", "for_each": "lease", "award": FIXED | {"fixed": "20元"}}],
        {"limit": "10元", "per": "item", "period": "year", "over": ["m"]},
        {"payments": [{"clause": "p/m", "item": "leases[0]", "amount": "10.00"}]},
        {"payments": [{"clause": "p/m", "item": "leases[0]", "amount": "10.00", "year": ON.year - 1}]},
    ),
}
"""Limits over some awards that may be wider or narrower, which changes what is left of an outer limit for the next."""


@pytest.mark.parametrize("case", UNSURE)
def test_an_award_is_bounded_beside_limits_that_do_not_stand_over_it(case: str) -> None:
    clauses, inner, known, more = UNSURE[case]
    common = {"title": ZH_EN, "when": {"company.employees": {"at_least": 0}}, "citations": CITED}
    head = {"id": "p", "layer": "N", "title": ZH_EN, "issuer": ZH_EN, "issued": "2020-01-01"}
    paid = sum(10 for payment in known["payments"] if payment["amount"])
    outer = {"limit": f"{10 + paid}元", "per": "company", "period": "ever", "over": "all"}
    policy = {
        "policy": head | {"in_force": {"from": "2020-01-01", "to": "open"}},
        "clauses": [common | clause for clause in clauses],
        "caps": [inner | {"id": "inner", "assumed": ZH_EN}, outer | {"id": "outer", "assumed": ZH_EN}],
    }
    documents = {"documents": [{"id": "D1", "title": ZH_EN, "authority": "official"}]}
    rulebook = load(write({"documents.yaml": documents, "policies/p.yaml": policy}))
    plain = {"company": {"employees": 1}, "leases": [{"year": ON.year}, {"year": ON.year}]} | known
    before = reference(Profile.read(plain), rulebook, ON)
    after = reference(Profile.read(plain | more), rulebook, ON)
    assert [line.net for line in before.awards] == [(0, 1000), (0, 1000)]
    assert [line.net for line in after.awards] == [(1000, 1000), (0, 0)]
    assert before.total == after.total == (1000, 1000)
    for profile, expected in ((plain, before), (plain | more, after)):
        decision = check(Profile.read(profile), rulebook, on=ON, engine="kleene")
        assert [(award.net.low, award.net.high) for award in decision.awards] == [line.net for line in expected.awards]
        assert (decision.total.amount.low, decision.total.amount.high) == expected.total


def test_generated_rulebooks_use_every_word() -> None:
    met: set[str] = set()

    for number in range(12):  # rare words come late: go on until each was met

        @seed(number)
        @settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(rulebooks())
        def collect(rulebook: Rulebook) -> None:
            met.update(words_used(rulebook))

        collect()
        if met >= ALL_WORDS:
            break
    assert met - ALL_WORDS == set()
    assert ALL_WORDS - met == set()
