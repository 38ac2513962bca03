"""What is in dispute, read in one way, is as if the rules of that way had been written alone."""

from __future__ import annotations

from dataclasses import replace as rebuilt
from typing import TYPE_CHECKING, TypeVar

from hypothesis import given
from hypothesis import strategies as st

from campaign import laws
from eligibility import Profile, Rulebook, check
from eligibility.bilingual import Words
from eligibility.frozen import replace
from eligibility.rulebook.language import Cap, Group, ReadAs, Reading, Way
from eligibility.rulebook.readings import every_ways
from eligibility.testing import profiles
from generated import ON, kinds_of, numbers, rulebooks

if TYPE_CHECKING:
    from collections.abc import Mapping

runs = laws(100)
SOME = Words("某", "some")
READINGS = tuple(
    Reading(name, SOME, tuple(Way(way, SOME, (), SOME) for way in ways), SOME)
    for name, ways in (("first", ("a", "b", "c")), ("second", ("a", "b")))
)
WAYS = [None, *(ReadAs(reading.id, way.id) for reading in READINGS for way in reading.ways)]
Rule = TypeVar("Rule", Cap, Group)


def disputed(rulebook: Rulebook, data: st.DataObject) -> Rulebook:
    """Let each cap and group hold in every way, or in one."""

    def some(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple(replace(rule, read_as=data.draw(st.sampled_from(WAYS))) for rule in rules)

    return rebuilt(rulebook, made={}, caps=some(rulebook.caps), groups=some(rulebook.groups), readings=READINGS)


def alone(rulebook: Rulebook, ways: Mapping[str, str]) -> Rulebook:
    """Write down only the rules that hold in these ways, as holding always."""

    def held(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple(
            replace(rule, read_as=None)
            for rule in rules
            if rule.read_as is None or ways[rule.read_as.reading] == rule.read_as.way
        )

    return rebuilt(rulebook, made={}, caps=held(rulebook.caps), groups=held(rulebook.groups), readings=())


@runs
@given(rulebooks(busy=True), st.data())
def test_a_rulebook_read_in_one_way_decides_as_one_written_with_that_way_alone(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    book = disputed(rulebook, data)
    near = numbers(rulebook)
    profile: Profile = data.draw(profiles(on=ON, kinds=kinds_of(rulebook), clauses=rulebook.clauses, near=near))
    for ways in every_ways(READINGS):
        found = check(profile, book, on=ON, engine="kleene", readings=ways)
        assert found == check(profile, alone(book, ways), on=ON, engine="kleene")
        assert [award.entitlement for award in found.awards] == [
            award.entitlement for award in check(profile, alone(book, ways), on=ON, engine="kleene").awards
        ]
