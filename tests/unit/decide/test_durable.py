"""The rule network gives every word its three-valued meaning, and fails aloud or not at all."""

from __future__ import annotations

import gc
import os
import signal
import threading
import warnings
import weakref
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from eligibility.decide import durable, limits
from eligibility.decide.durable import EngineFailure, Network, Ruleset, available
from eligibility.decide.facts import NO_ITEM
from eligibility.decide.network import Field, Leaf, Pair, joined
from eligibility.profile.catalogue import FACTS
from eligibility.rulebook import language

from small_rules import clause, facts, load, with_condition  # isort: skip - beside this file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(not available(), reason="durable-rules cannot be imported here")

# ---- every word of a test

TWO_YEARS = [{"year": 2023, "revenue": 1, "rnd_expense": 2}, {"year": 2022, "revenue": 2, "rnd_expense": "0.01"}]
THIRD = {"rate": "1/3", "of": "year.revenue"}  # 33 fen and a third
COMPANY_TESTS = [
    ({"company.track": "vaccines"}, "vaccines", "generic_drugs"),
    ({"company.track": ["vaccines", "generic_drugs"]}, "generic_drugs", "innovative_drugs"),
    ({"company.foreign_funded": True}, True, False),
    ({"company.foreign_funded": False}, False, True),
    ({"company.employees": 20}, 20, 21),
    ({"company.employees": [20, 30]}, 30, 25),
    ({"company.employees": {"at_least": 20}}, 20, 19),
    ({"company.employees": {"at_most": 20}}, 20, 21),
    ({"company.employees": {"above": 20}}, 21, 20),
    ({"company.employees": {"below": 20}}, 19, 20),
    ({"company.employees": {"between": [20, 30]}}, 30, 31),
    ({"company.employees": {"between": [20, 30]}}, 20, 19),
    ({"company.parent_rnd": {"at_least": "10000亿元"}}, "10000亿元", "9999.9999999999亿元"),
    ({"company.parent_rnd": "0元"}, 0, "0.01元"),
    ({"company.registered_on": "2020-02-29"}, "2020-02-29", "2020-03-01"),
    ({"company.registered_on": ["2020-02-28", "2020-02-29"]}, "2020-02-29", "2020-03-01"),
    ({"company.registered_on": {"before": "2020-02-29"}}, "2020-02-28", "2020-02-29"),
    ({"company.registered_on": {"on_or_after": "2020-02-29"}}, "2020-02-29", "2020-02-28"),
    ({"company.registered_on": {"between": ["2020-01-01", "2020-12-31"]}}, "2020-12-31", "2021-01-01"),
    ({"company.registered_on": {"within": "3 years"}}, "2020-06-30", "2020-06-29"),
    ({"company.activities": {"includes": "rnd"}}, ["rnd", "sales"], ["sales"]),
    ({"company.activities": {"includes_any": ["rnd", "sales"]}}, ["sales"], ["service"]),
    ({"company.activities": {"includes_all": ["rnd", "sales"]}}, ["rnd", "sales", "service"], ["rnd"]),
    ({"company.activities": {"includes_all": ["rnd"]}}, ["rnd"], []),
    ({"company.parent_rnd": {"at_least": THIRD}}, "0.34", "0.33"),
    ({"company.parent_rnd": {"above": "year.revenue"}}, "1.01", 1),
    ({"company.parent_rnd": {"at_most": THIRD}}, "0.33", "0.34"),
    ({"company.parent_rnd": {"below": "prior_year.revenue"}}, "1.99", 2),
    ({"company.parent_rnd": "year.revenue"}, 1, 2),
    ({"company.parent_rnd": {"rate": "50%", "of": "year.revenue"}}, "0.5", "0.51"),
    ({"company.parent_rnd": {"between": [THIRD, "year.revenue"]}}, 1, "1.01"),
    ({"company.parent_rnd": {"between": [THIRD, "year.revenue"]}}, "0.34", "0.33"),
    ({"company.parent_rnd": {"plus": ["year.revenue", "prior_year.revenue"]}}, 3, 2),
    ({"company.parent_rnd": {"minus": ["year.revenue", "prior_year.revenue"]}}, 0, 1),
    ({"company.parent_rnd": {"minus": ["prior_year.revenue", THIRD]}}, None, 1),
    ({"company.parent_rnd": {"least": ["year.revenue", "prior_year.revenue"]}}, 1, 2),
    ({"company.parent_rnd": {"greatest": ["year.revenue", "prior_year.revenue"]}}, 2, 1),
]


@pytest.mark.parametrize(("when", "holds", "fails"), COMPANY_TESTS)
def test_each_test_word_holds_fails_and_is_unknown(tmp_path: Path, when: Any, holds: Any, fails: Any) -> None:
    network = Network(load(tmp_path, [clause(when), clause({"not": when})]))
    name = next(iter(when)).split(".")[1]
    for value, truth in ((holds, None if holds is None else True), (fails, False), (None, None)):
        found = network.verdicts(facts(company={name: value}, years=TWO_YEARS))
        assert found == [[truth], [None if truth is None else not truth]]


@pytest.mark.parametrize("op", ["at_least", "between"])
def test_a_quantity_with_an_unknown_part_makes_its_test_unknown(tmp_path: Path, op: str) -> None:
    right = ["2元", "year.revenue"] if op == "between" else {"plus": ["2元", "year.revenue"]}
    network = Network(load(tmp_path, [clause({"company.parent_rnd": {op: right}})]))
    assert network.verdicts(facts(company={"parent_rnd": 1})) == [[None]]
    assert network.verdicts(facts(company={"parent_rnd": 1}, years=TWO_YEARS)) == [[False]]


@pytest.mark.parametrize(
    ("test", "holds", "fails"),
    [
        ("1/3", "1/3", "33.33%"),
        (["1/3", "1/2"], "50%", "1/4"),
        ({"at_least": "1/3"}, "1/3", "33.33%"),
        ({"at_most": "1/3"}, "33.33%", "1/2"),
        ({"above": "1/3"}, "33.34%", "1/3"),
        ({"below": "1/3"}, "33.33%", "1/3"),
        ({"between": ["1/4", "1/3"]}, "1/4", "24.99%"),
        ({"between": ["1/4", "1/3"]}, "1/3", "33.34%"),
    ],
)
def test_rates_are_compared_exactly(tmp_path: Path, test: Any, holds: str, fails: str) -> None:
    projects = [{"year": 2023, "share": share} for share in (holds, fails, None)]
    found = verdicts(tmp_path, {"project.share": test}, for_each="project", projects=projects)
    assert found == [True, False, None]


def test_all_any_and_definitions_follow_kleene(tmp_path: Path) -> None:
    parts = {True: {"company.foreign_funded": True}, False: {"company.foreign_funded": False}, None: "micro"}
    rows = [(True, True), (True, None), (False, None), (None, None), (False, False), (True, False)]
    clauses = [clause({word: [parts[left], parts[right]]}) for left, right in rows for word in ("all", "any")]
    rulebook = load(tmp_path, [*clauses, clause({"not": "micro"})], {"micro": {"company.size": "micro"}})
    found = [truth for [truth] in Network(rulebook).verdicts(facts(company={"foreign_funded": True}))]
    assert found == [True, True, None, True, False, None, None, None, False, False, False, True, None]


# ---- items


def verdicts(folder: Path, when: Any, on: Any = None, for_each: str = "", reference: str = "", **profile: Any) -> Any:
    """The truths of one clause for one profile."""
    keys = {key: value for key, value in (("for_each", for_each), ("reference", reference)) if value}
    found = Network(load(folder, [clause(when, **keys)])).verdicts(facts(**({"on": on} if on else {}), **profile))
    return found[0]


def test_each_item_has_its_own_verdict_in_order(tmp_path: Path) -> None:
    leases = [
        {"year": 2023, "use": use, "area": area} for use, area in (("rnd", 9), ("office", 9), (None, 9), ("rnd", 10))
    ]
    when = {"all": [{"lease.use": ["rnd", "production"]}, {"lease.area": {"below": 10}}]}
    assert verdicts(tmp_path, when, for_each="lease", leases=leases) == [True, False, None, False]


def test_an_empty_list_of_items_fails_and_an_unknown_one_never_holds(tmp_path: Path) -> None:
    when = {"company.foreign_funded": True}
    keys = {"for_each": "lease", "reference": "any"}
    assert verdicts(tmp_path, when, **keys, company={"foreign_funded": True}, leases=[]) == [False]
    assert verdicts(tmp_path, when, **keys, company={"foreign_funded": True}) == [None]
    assert verdicts(tmp_path, when, **keys, company={"foreign_funded": False}) == [False]
    assert verdicts(tmp_path, when, **keys) == [None]


@pytest.mark.parametrize(
    ("reference", "expected"),
    [("current_year", [True, False, None]), ("previous_year", [False, True, None]), ("any", [True, True, True])],
)
def test_only_items_of_the_reference_year_hold(tmp_path: Path, reference: str, expected: Any) -> None:
    keys = {"for_each": "trial", "reference": reference}
    trials = [{"reached_on": day, "in_beijing": True} for day in ("2023-01-01", "2022-12-31", None)]
    assert verdicts(tmp_path, {"trial.in_beijing": True}, **keys, trials=trials) == expected


@pytest.mark.parametrize(
    ("reference", "path", "expected"),
    [
        ("current_year", "year.revenue", "y0.revenue"),
        ("current_year", "prior_year.revenue", "y1.revenue"),
        ("previous_year", "year.revenue", "y1.revenue"),
        ("previous_year", "prior_year.revenue", "y2.revenue"),
        ("any", "company.size", "derived.size"),
    ],
)
def test_a_field_is_named_by_where_its_fact_lies(tmp_path: Path, reference: str, path: str, expected: str) -> None:
    when = {path: "micro" if path == "company.size" else {"above": "1元"}}
    network = Network(load(tmp_path, [clause(when, reference=reference)]))
    assert [name for name, _, _ in network._scopes[None][0]._fields] == [expected]


SOME = {"some": {"project": {"project.major": True}}}


@pytest.mark.parametrize(
    ("projects", "expected"),
    [
        (None, None),
        ([], False),
        ([{"year": 2023, "major": True}, {"year": 2023}], True),
        ([{"year": 2023, "major": False}, {"year": 2023}], None),
        ([{"year": 2022, "major": True}], False),
        ([{"major": True}], None),
        ([{"major": False}], False),
    ],
)
def test_some_is_an_any_over_the_items_of_the_year(tmp_path: Path, projects: Any, expected: Any) -> None:
    assert verdicts(tmp_path, SOME, projects=projects) == [expected]


SUM = {"sum": "project.grant", "where": {"project.major": True}}


@pytest.mark.parametrize(
    ("projects", "expected"),
    [
        (None, None),
        ([], False),
        ([{"year": 2023, "major": True, "grant": 4}, {"year": 2023, "major": True, "grant": 6}], True),
        ([{"year": 2023, "major": True, "grant": 9}, {"year": 2023, "major": False}], False),
        ([{"year": 2023, "major": True, "grant": 9}, {"year": 2023, "major": True}], None),
        ([{"year": 2023, "grant": 10}], None),
        ([{"year": 2022, "major": True, "grant": 10}], False),
        ([{"major": True, "grant": 10}], None),
        ([{"major": False, "grant": 10}], False),
    ],
)
def test_a_sum_skips_what_is_not_meant_and_is_unknown_where_a_part_is(
    tmp_path: Path, projects: Any, expected: Any
) -> None:
    when = {"company.parent_rnd": SUM}
    assert verdicts(tmp_path, when, company={"parent_rnd": 10}, projects=projects) == [expected]


@pytest.mark.parametrize(
    ("products", "expected"),
    [
        (None, None),
        ([], False),
        ([{"milestone_on": "2023-01-01"}], True),
        ([{"milestone_on": "2023-01-01"}, {"milestone_on": "2022-01-01"}], True),
        ([{}], None),
    ],
)
def test_a_count_counts_the_items_of_the_year(tmp_path: Path, products: Any, expected: Any) -> None:
    rulebook = load(tmp_path, [clause({"company.employees": 1})])
    employees = language.FactRef(FACTS["company.employees"])  # no fact of a company has the unit of a count of items
    counted = language.Test(employees, "equals", (language.CountOf("product", None),))
    assert Network(with_condition(rulebook, counted)).verdicts(facts(company={"employees": 1}, products=products)) == [
        [expected]
    ]


def test_every_test_word_holds_inside_a_some_as_well(tmp_path: Path) -> None:
    """Inside `some` the function beside the network evaluates the words, not the network."""
    inner = [when for when, _, _ in COMPANY_TESTS]
    network = Network(load(tmp_path, [clause({"some": {"lease": when}}, reference="current_year") for when in inner]))
    for place, (when, holds, fails) in enumerate(COMPANY_TESTS):
        name = next(iter(when)).split(".")[1]
        for value, truth in ((holds, None if holds is None else True), (fails, False), (None, None)):
            found = network.verdicts(facts(company={name: value}, years=TWO_YEARS, leases=[{"year": 2023}]))
            assert found[place] == [truth], when


def test_the_item_at_hand_is_put_back(tmp_path: Path) -> None:
    when = {"all": [{"some": {"project": {"project.major": True}}}, {"project.major": True}]}
    network = Network(load(tmp_path, [clause(when, for_each="project")]))
    company = facts(projects=[{"year": 2023, "major": True}, {"year": 2023, "major": False}])
    assert network.verdicts(company) == [[True, False]]
    assert company.project is NO_ITEM["project"]


def test_what_clauses_compute_alike_is_computed_once(tmp_path: Path) -> None:
    within = {"company.registered_on": {"within": "3 years"}}
    clauses = [
        clause({"any": [within, SOME]}),
        clause({"all": [within, SOME]}),
        clause(SOME, reference="previous_year"),
    ]
    [ruleset] = Network(load(tmp_path, clauses))._scopes[None]
    assert [name for name, _, _ in ruleset._fields] == ["q0", "q1", "q2"]


# ---- several networks


def test_more_than_a_hundred_clauses_are_split_and_keep_their_order(tmp_path: Path) -> None:
    clauses = [clause({"company.employees": {"at_least": least}}) for least in range(205)]
    clauses[7]["for_each"] = "lease"
    network = Network(load(tmp_path, clauses))
    assert [len(ruleset.places) for ruleset in network._scopes[None]] == [100, 100, 4]
    found = network.verdicts(facts(company={"employees": 150}, leases=[]))
    assert found == [[False if place == 7 else place <= 150] for place in range(205)]


def test_eight_threads_get_their_own_verdicts(tmp_path: Path) -> None:
    network = Network(load(tmp_path, [clause({"company.employees": {"at_least": least}}) for least in range(16)]))
    wrong: list[Any] = []

    def ask(employees: int) -> None:
        company = facts(company={"employees": employees})
        expected = [[least <= employees] for least in range(16)]
        wrong.extend(found for _ in range(200) if (found := network.verdicts(company)) != expected)

    threads = [threading.Thread(target=ask, args=(employees,)) for employees in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_asks_on_though_a_thread_was_asking(tmp_path: Path) -> None:
    network = Network(load(tmp_path, [clause({"company.employees": {"at_least": 10}}) for _ in range(40)]))
    small, large = facts(company={"employees": 9}), facts(company={"employees": 10})
    done = threading.Event()
    thread = threading.Thread(target=lambda: [network.verdicts(small) for _ in iter(done.is_set, True)])
    thread.start()
    well = all(_in_child(lambda: network.verdicts(large) == [[True]] * 40) == 0 for _ in range(20))
    done.set()
    thread.join()
    assert well


def _in_child(holds: Callable[[], bool]) -> int:
    with warnings.catch_warnings():  # newer Pythons warn of a fork beside threads: that is what is tested
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    signal.alarm(10)  # a child that waits for a lock for ever is ended, and counted
    code = 1
    try:
        code = 0 if holds() else 2
    finally:
        os._exit(code)


def test_memory_stays_flat(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    network = Network(load(tmp_path, [clause({"company.employees": {"at_least": 10}}) for _ in range(10)]))
    company = facts(company={"employees": 10})
    peaks = []
    for _ in range(2):
        for _ in range(5000):
            network.verdicts(company)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    assert peaks[1] - peaks[0] < 1000


def test_a_network_that_is_gone_is_deleted_in_the_engine(tmp_path: Path) -> None:
    network = Network(load(tmp_path, [clause({"company.employees": 1})]))
    [ruleset] = network._scopes[None]
    engine, handle, gone = ruleset._engine, ruleset._handle, weakref.ref(ruleset)
    del network, ruleset
    gc.collect()
    assert gone() is None
    with pytest.raises(engine.error):
        engine.delete_ruleset(handle)


# ---- failures


def ruleset_of(holds: Any, fails: Any, *fields: Field) -> Ruleset:
    """One network of one clause `policy/odd` with rules as given."""
    odd: Any = SimpleNamespace(id="policy/odd", place=None)
    return Ruleset([Pair(odd, 0, holds, fails, fields)])


def posted(name: str, value: Any) -> Field:
    return Field(name, lambda _facts: value)


NOBODY: Any = None


def test_both_rules_firing_is_a_failure() -> None:
    same = Leaf("$eq", "f", 1)
    with pytest.raises(EngineFailure, match="both rules of the clause `policy/odd`"):
        ruleset_of(same, same, posted("f", 1)).truths(NOBODY)


def test_a_fact_the_engine_cannot_read_is_a_failure_and_the_next_one_is_fine() -> None:
    values = iter([1e300, 1])  # the engine's JSON reader knows no exponent
    ruleset = ruleset_of(Leaf("$eq", "f", 1), Leaf("$neq", "f", 1), Field("f", lambda _facts: next(values)))
    with pytest.raises(EngineFailure, match="204"):
        ruleset.truths(NOBODY)
    assert ruleset.truths(NOBODY) == [True]


def test_a_full_match_stack_is_a_failure_and_the_next_fact_is_fine() -> None:
    values = iter([1, 2])
    many = joined("$or", [Leaf("$gt", f"f{n}", 0) for n in range(70)])
    fields = [posted(f"f{n}", 1) for n in range(1, 70)]
    none = joined("$and", [Leaf("$lte", f"f{n}", 0) for n in range(70)])
    ruleset = ruleset_of(many, none, Field("f0", lambda _facts: next(values)), *fields)
    with pytest.raises(EngineFailure, match="303"):
        ruleset.truths(NOBODY)
    ruleset._fields = [("f0", lambda _facts: 1, None)]
    assert ruleset.truths(NOBODY) == [True]


def test_rules_the_engine_refuses_are_a_failure() -> None:
    with pytest.raises(EngineFailure, match="refused"):
        ruleset_of(Leaf("$unknown", "f", 1), Leaf("$eq", "f", 1))


class Broken:
    """An engine that goes wrong as told."""

    error = durable._engine().error if available() else Exception

    def __init__(self, code: int = 0, names: tuple[str, ...] = ("~",), delete: str = "") -> None:
        self.code, self.names, self.delete = code, [f'{{"{name}":1}}' for name in names], delete

    def assert_fact(self, _handle: int, _fact: str) -> tuple[int, int]:
        return self.code, 1

    def start_action_for_state(self, _handle: int, _state: int) -> tuple[str, str] | None:
        return ("", self.names.pop(0)) if self.names else None

    def complete_and_start_action(self, _handle: int, _state: int) -> str | None:
        return self.names.pop(0) if self.names else None

    def delete_state(self, _handle: int, _sid: str) -> None:
        if self.delete:
            raise self.error(self.delete)


@pytest.mark.parametrize(
    ("engine", "message"),
    [
        ({"code": 1}, "did not take a fact: code 1"),
        ({"names": ()}, "before its last rule"),
        ({"names": ("+0",)}, "before its last rule"),
        ({"names": ("~", "+0")}, "before its last rule"),
        ({"names": ("+7", "~")}, "not there"),
        ({"names": ("~", "~")}, "not there"),
        ({"delete": "error code: 307"}, "kept a session"),
    ],
)
def test_an_answer_that_cannot_be_is_a_failure(engine: dict[str, Any], message: str) -> None:
    ruleset = ruleset_of(Leaf("$eq", "f", 1), Leaf("$neq", "f", 1), posted("f", 1))
    ruleset._engine = Broken(**engine)  # type: ignore[assignment]
    with pytest.raises(EngineFailure, match=message):
        ruleset.truths(NOBODY)


def test_an_interrupted_session_does_not_mix_with_the_next() -> None:
    values = iter([1, 2])
    ruleset = ruleset_of(Leaf("$eq", "f", 1), Leaf("$neq", "f", 1), Field("f", lambda _facts: next(values)))
    ruleset._engine.assert_fact(ruleset._handle, durable._encode(ruleset._fact(NOBODY)))
    ruleset._open = True
    assert ruleset.truths(NOBODY) == [False]


def test_without_the_module_there_is_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    rulebook = load(tmp_path, [clause({"company.employees": 1})])
    durable._engine.cache_clear()
    monkeypatch.setattr(durable, "import_module", missing)
    try:
        assert not available()
        with pytest.raises(EngineFailure, match="cannot be imported"):
            Network(rulebook)
    finally:
        durable._engine.cache_clear()


def test_the_engine_tells_field_names_apart_by_their_hash_alone() -> None:
    """Why clashing names are kept out of one network."""
    ruleset = ruleset_of(Leaf("$eq", "declinate", 1), Leaf("$neq", "declinate", 1), posted("macallums", 1))
    assert ruleset.truths(NOBODY) == [True]
    assert limits.name_hash("declinate") == limits.name_hash("macallums")


def test_a_quantity_of_constants_alone_is_compared_too(tmp_path: Path) -> None:
    when = {"company.parent_rnd": {"above": {"plus": ["1元", "2元"]}}}
    assert verdicts(tmp_path, when, company={"parent_rnd": "3.01"}) == [True]
