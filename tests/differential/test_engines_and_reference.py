"""Three evaluators that share no code must give the same answer: kleene, durable, and the naive reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, note
from hypothesis import strategies as st

from campaign import laws
from eligibility import check
from eligibility.testing import profiles
from generated import ON, kinds_of, numbers, rulebooks
from reference import reference

if TYPE_CHECKING:
    from eligibility.checking import Decision
    from eligibility.profile import Profile
    from eligibility.rulebook import Rulebook

runs = laws(200)
TRUTHS = {True: "eligible", False: "not_eligible", None: "undetermined"}


def answers(decision: Decision) -> list[tuple[object, ...]]:
    return [
        (
            award.clause,
            award.item,
            award.verdict,
            award.standing,
            (award.gross.low, award.gross.high),
            (award.net.low, award.net.high),
        )
        for award in decision.awards
    ]


def drawn(data: st.DataObject, rulebook: Rulebook) -> Profile:
    clauses, near = rulebook.clauses, numbers(rulebook)
    return data.draw(
        profiles(on=ON, whole=data.draw(st.booleans()), kinds=kinds_of(rulebook), clauses=clauses, near=near)
    )


@runs
@given(rulebooks(), st.data())
def test_both_engines_and_the_reference_agree(rulebook: Rulebook, data: st.DataObject) -> None:
    profile = drawn(data, rulebook)
    decision = check(profile, rulebook, on=ON, engine="both")
    named = {clause.id: clause.for_each for clause in rulebook.clauses}
    expected = reference(profile, rulebook, ON)
    note(f"{profile}\n{expected}\n{answers(decision)}")
    lines = [
        (
            line.clause,
            None if line.item is None else f"{named[line.clause]}s[{line.item}]",
            TRUTHS[line.truth],
            line.standing,
            line.gross,
            line.net,
        )
        for line in expected.awards
    ]
    assert lines == answers(decision)
    assert expected.total == (decision.total.amount.low, decision.total.amount.high)
