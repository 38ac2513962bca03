"""Clauses that the engine could not hold are refused; clauses that it could not hold together are parted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from eligibility.decide import limits
from eligibility.decide.durable import Network, available
from eligibility.decide.limits import firings, guards, joins, pending
from eligibility.decide.network import Leaf, joined
from eligibility.diagnostics import RulebookRefused
from eligibility.profile.catalogue import FACTS
from eligibility.rulebook.language import All, AnyOf, Constant, FactRef, Not
from eligibility.rulebook.language import Test as Comparison

from small_rules import clause, facts, load, with_condition  # isort: skip - beside this file

if TYPE_CHECKING:
    from pathlib import Path

    from eligibility.rulebook.rulebook import Rulebook

pytestmark = pytest.mark.skipif(not available(), reason="durable-rules cannot be imported here")


def above(count: int, first: int = 0) -> list[Any]:
    """Different tests of one fact, as many as wanted: it lies above `first`, above the number after it …"""
    return [{"company.employees": {"above": first + place}} for place in range(count)]


def either(number: int) -> Any:
    """A choice of two tests that is like no other."""
    return {"any": above(2, 2 * number)}


def nested(depth: int) -> Any:
    """`all` and `any` in turn, each inside the other."""
    [test] = above(1, depth)
    return {"all" if depth % 2 else "any": [test, nested(depth - 1)]} if depth else test


def refused(rulebook: Rulebook) -> tuple[Any, ...]:
    """The findings for which a rulebook is refused."""
    with pytest.raises(RulebookRefused) as problem:
        Network(rulebook)
    assert {finding.code for finding in problem.value.diagnostics} == {"durable-limit"}
    return problem.value.diagnostics


# ---- one clause

ONE = [clause({"company.employees": 1})]
AT_A_LIMIT = [
    ({"company.employees": list(range(200))}, 199, 200),
    (nested(13), 14, 13),
    ({"all": [either(number) for number in range(7)]}, 13, 12),
    ({"all": above(55)}, 55, 54),
]
OVER_A_LIMIT = [
    ({"company.employees": list(range(201))}, "402 comparisons in the rule network, over the limit of 400"),
    (nested(14), "14 groups in the rule network, over the limit of 13"),
    (
        {"all": [either(number) for number in range(8)]},
        "256 ways to hold or fail in the rule network, over the limit of 200",
    ),
    ({"all": above(56)}, "57 alternatives open at once in the rule network, over the limit of 56"),
]


@pytest.mark.parametrize(("when", "holds", "fails"), AT_A_LIMIT)
def test_a_clause_at_a_limit_is_held(tmp_path: Path, when: Any, holds: int, fails: int) -> None:
    network = Network(load(tmp_path, [clause(when)]))
    for employees, truth in ((holds, True), (fails, False), (None, None)):
        assert network.verdicts(facts(company={"employees": employees})) == [[truth]]


@pytest.mark.parametrize(("when", "message"), OVER_A_LIMIT)
def test_a_clause_over_a_limit_is_refused_and_both_are_named(tmp_path: Path, when: Any, message: str) -> None:
    rulebook = load(tmp_path, [clause("lit"), clause({"not": when})], {"lit": above(1)[0]})
    [finding] = refused(rulebook)
    assert finding.message == f"the clause `policy/c1` has {message}"
    assert finding.place == rulebook.clauses[1].place


def test_every_clause_over_a_limit_is_found_at_once(tmp_path: Path) -> None:
    findings = refused(load(tmp_path, [clause(when) for when, _ in OVER_A_LIMIT]))
    assert [finding.message.split(" has ")[1] for finding in findings] == [message for _, message in OVER_A_LIMIT]


YEAR, PRIOR_YEAR = {"year.revenue": {"above": "1元"}}, {"prior_year.revenue": {"above": "1元"}}


def test_a_clause_with_too_many_fields_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FIELDS", 2)
    size = {"company.size": "micro"}
    held = [clause({"all": [YEAR, size]}), clause({"company.activities": {"includes_any": ["rnd", "production"]}})]
    assert Network(load(tmp_path, held))
    [finding] = refused(load(tmp_path, [clause({"all": [YEAR, PRIOR_YEAR, size]})]))
    assert finding.message == "the clause `policy/c0` has 3 fields in the rule network, over the limit of 2"


def by_length(name: str) -> int | str:
    """Stand in for the hash of a field name; the names of one fact in two years clash."""
    return name if name in limits.RESERVED else len(name)


def test_fields_the_engine_cannot_tell_apart_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "name_hash", by_length)
    [finding] = refused(load(tmp_path, [clause({"any": [YEAR, PRIOR_YEAR]})]))
    assert finding.message == (
        "the clause `policy/c0` cannot stand in the rule network: "
        "it cannot tell the fields `y0.revenue` and `y1.revenue` apart"
    )


def equals(value: int) -> Comparison:
    return Comparison(FactRef(FACTS["company.employees"]), "equals", (Constant(value, str(value)),))


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1])
def test_a_constant_past_64_bits_is_refused(tmp_path: Path, value: int) -> None:
    [finding] = refused(with_condition(load(tmp_path, ONE), equals(value)))
    assert finding.message.endswith(f"cannot stand in the rule network: `{value}` passes 64 bits")


def test_a_constant_of_64_bits_is_held(tmp_path: Path) -> None:
    condition = AnyOf((equals(2**63 - 1), equals(-(2**63)), equals(7)))
    assert Network(with_condition(load(tmp_path, ONE), condition)).verdicts(facts(company={"employees": 7})) == [[True]]


@pytest.mark.parametrize("empty", [Not(All(())), AnyOf(())])
def test_an_empty_group_is_refused(tmp_path: Path, empty: Any) -> None:
    [finding] = refused(with_condition(load(tmp_path, ONE), All((equals(1), empty))))
    assert finding.message.endswith("a group is empty")


# ---- several clauses


def sizes(network: Network) -> list[int]:
    return [len(ruleset.places) for ruleset in network._scopes[None]]


def test_a_clause_that_leaves_much_open_stands_with_few_others(tmp_path: Path) -> None:
    narrow = [clause(when) for when in above(120)]
    wide = clause({"all": above(45, 30)})
    network = Network(load(tmp_path, [*narrow[:60], wide, *narrow[60:]]))
    assert sizes(network) == [100, 20, 1]
    expected = [[place < 75] for place in range(120)]
    assert network.verdicts(facts(company={"employees": 75})) == [*expected[:60], [True], *expected[60:]]


def test_clauses_whose_fields_clash_stand_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "name_hash", by_length)
    network = Network(load(tmp_path, [clause(YEAR), clause(PRIOR_YEAR), clause({"not": YEAR})]))
    assert [ruleset.places for ruleset in network._scopes[None]] == [[0, 2], [1]]
    years = [{"year": 2023, "revenue": 1}, {"year": 2022, "revenue": 2}]
    assert network.verdicts(facts(years=years)) == [[False], [True], [True]]


def test_clauses_with_too_many_fields_between_them_stand_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FIELDS", 2)
    words = ("rnd", "production", "service")
    network = Network(load(tmp_path, [clause({"company.activities": {"includes": word}}) for word in words]))
    assert sizes(network) == [2, 1]
    assert network.verdicts(facts(company={"activities": ["service"]})) == [[False], [False], [True]]


# ---- measures


def leaf(name: str, value: int = 1, op: str = "$eq") -> Leaf:
    return Leaf(op, name, value)


ONE_OF = joined("$or", [leaf("a", 1), leaf("a", 2), leaf("a", 3)])
EITHER = joined("$or", [leaf("a"), leaf("b"), leaf("c")])
OTHER = joined("$or", [leaf("d"), leaf("e", 1, "$gt"), leaf("e", 2, "$gt")])


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (leaf("a"), (0, 1, 1)),
        (joined("$and", [leaf("a"), leaf("b")]), (1, 1, 1)),
        (ONE_OF, (1, 1, 2)),
        (EITHER, (1, 3, 3)),
        (joined("$and", [EITHER, OTHER]), (3, 9, 5)),
        (joined("$or", [ONE_OF, OTHER]), (1, 4, 5)),
        (joined("$or", [joined("$and", [EITHER, OTHER]), leaf("f")]), (4, 10, 6)),
    ],
)
def test_joins_firings_and_open_alternatives_are_counted(node: Any, expected: tuple[int, int, int]) -> None:
    assert (joins(node), firings(node), pending(node)) == expected


def test_the_guards_of_a_full_network_leave_38_alternatives() -> None:
    assert [guards(count) for count in (1, 10, 11, 100)] == [2, 11, 12, 20]
    assert limits.PENDING - guards(limits.CLAUSES) == 38
