"""The meaning itself, by the reference evaluator: bounds hold whatever the gaps turn out to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, note, seed, settings
from hypothesis import strategies as st

from campaign import laws
from eligibility.testing import completions, profiles
from generated import ALL_WORDS, ON, kinds_of, numbers, rulebooks, words_used
from reference import Bounds, Line, Result, reference

if TYPE_CHECKING:
    from eligibility.profile import Profile
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
