"""The rule network gives every word its three-valued meaning, and fails aloud or not at all."""

from __future__ import annotations

import gc
import os
import threading
import warnings
import weakref
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from eligibility.decide import durable, limits
from eligibility.decide.durable import EngineFailure, Network, Ruleset, available
from eligibility.decide.facts import NO_ITEM
from eligibility.decide.network import Field, Fields, Leaf, Pair, pair_of
from rulebooks import clause, facts, load

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not available(), reason="durable-rules cannot be imported here")


def verdict(folder: Path, when: Any, definitions: Any = None, **profile: Any) -> Any:
    """The truth of one company clause."""
    return Network(load(folder, [clause(when)], definitions)).verdicts(facts(**profile))[0][0]


def verdicts(folder: Path, when: Any, profile: dict[str, Any], **keys: Any) -> list[bool | None]:
    """The truths of one clause that pays per item."""
    return Network(load(folder, [clause(when, **keys)])).verdicts(facts(**profile))[0]


# ---- every word of a test


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
    ({"company.registered_on": {"before": "2020-02-29"}}, "2020-02-28", "2020-02-29"),
    ({"company.registered_on": {"on_or_after": "2020-02-29"}}, "2020-02-29", "2020-02-28"),
    ({"company.registered_on": {"between": ["2020-01-01", "2020-12-31"]}}, "2020-12-31", "2021-01-01"),
    ({"company.registered_on": {"within": "3 years"}}, "2020-06-30", "2020-06-29"),
    ({"company.activities": {"includes": "rnd"}}, ["rnd", "sales"], ["sales"]),
    ({"company.activities": {"includes_any": ["rnd", "sales"]}}, ["sales"], ["service"]),
    ({"company.activities": {"includes_all": ["rnd", "sales"]}}, ["rnd", "sales", "service"], ["rnd"]),
    ({"company.activities": {"includes_all": ["rnd"]}}, ["rnd"], []),
    ({"company.employees": {"at_least": {"rate": "1/3", "of": "company.age_months"}}}, 14, 13),
    ({"not": {"company.employees": {"at_least": {"rate": "1/3", "of": "company.age_months"}}}}, 13, 14),
    ({"company.employees": {"above": {"rate": "1/3", "of": "company.age_months"}}}, 14, 13),
    ({"company.employees": {"at_most": "company.age_months"}}, 41, 42),
    ({"company.employees": {"below": "company.age_months"}}, 40, 41),
    ({"company.employees": {"between": [{"rate": "1/3", "of": "company.age_months"}, "company.age_months"]}}, 41, 42),
    ({"company.employees": {"between": [{"rate": "1/3", "of": "company.age_months"}, "company.age_months"]}}, 14, 13),
]
KNOWN = {"registered_on": "2020-01-01"}  # 41 months and 29 days before the date of assessment


@pytest.mark.parametrize(("when", "holds", "fails"), COMPANY_TESTS)
def test_each_test_word_holds_fails_and_is_unknown(tmp_path: Path, when: Any, holds: Any, fails: Any) -> None:
    if "company.age_months" in str(when):
        when = json_units(when)
    network = Network(load(tmp_path, [clause(when), clause({"not": when})]))
    path = next(iter(when.get("not", when)))
    known = {} if path == "company.registered_on" else KNOWN
    for value, truth in ((holds, True), (fails, False), (None, None)):
        found = network.verdicts(facts(company={**known, path.split(".")[1]: value}))
        assert found == [[truth], [None if truth is None else not truth]]


def json_units(when: Any) -> Any:
    """Compare months with months: the only two counts of one unit are the two ages."""
    return when
