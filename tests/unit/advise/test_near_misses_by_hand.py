"""Near misses worked out by hand: each kind of change, its gap, and what it adds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from eligibility import Profile, check
from eligibility.advise.near_misses import changed, near_misses, near_misses_of
from eligibility.decide.facts import NO_ITEM
from eligibility.money import Interval
from eligibility.report.near import change_line, near_json
from generated import load, write

if TYPE_CHECKING:
    from eligibility import Rulebook
    from eligibility.decision import NearMiss

ON = date(2023, 6, 30)
ANY = {"zh": "某", "en": "some"}
CITED = [{"document": "D1", "figure": "a figure", "supports": ["amount"]}]
Plain = dict[str, Any]


def clause(name: str, when: Any, award: Plain | None = None, **more: Any) -> Plain:
    given = (award or {"fixed": "100元"}) | {"frequency": "once"}
    return {"id": name, "title": ANY, "when": when, "award": given, "citations": CITED} | more


def rules(*clauses: Plain, ends: str = "open", **more: Any) -> Rulebook:
    policy = {
        "id": "p",
        "layer": "N",
        "title": ANY,
        "issuer": ANY,
        "issued": "2020-01-01",
        "in_force": {"from": "2020-01-01", "to": ends},
    }
    return load(
        write(
            {
                "documents.yaml": {"documents": [{"id": "D1", "title": ANY, "authority": "official"}]},
                "policies/p.yaml": {"policy": policy, "clauses": list(clauses)},
                **more,
            }
        )
    )


def missed(profile: Plain, *clauses: Plain, **more: Any) -> tuple[NearMiss, ...]:
    """The smallest sets for the first clause, each proven by a check of the changed profile."""
    rulebook, before = rules(*clauses, **more), Profile.read({"payments": [], **profile})
    decision = check(before, rulebook, on=ON)
    found = near_misses_of(decision, rulebook.clauses[0].id)
    for near in found:
        after = check(changed(before, near), rulebook, on=ON)
        assert after.total.amount.low - decision.total.amount.low == near.adds.low
        assert any(
            award.verdict == ("undetermined" if near.still_needed else "eligible")
            for award in after.awards
            if award.clause == near.clause
        )
    return found


def lines(near: NearMiss, lang: str = "en") -> list[str]:
    return [change_line(change, lang) for change in near.changes]


def only(profile: Plain, *clauses: Plain, **more: Any) -> list[str]:
    """The lines of the one smallest set there is."""
    (near,) = missed(profile, *clauses, **more)
    return lines(near)


# ---- one number


def test_a_count_is_met_at_its_bound() -> None:
    (near,) = missed({"company": {"employees": 312}}, clause("c", {"company.employees": {"at_most": 299}}))
    assert lines(near) == ["employees (company.employees) 312 people, needs at most 299 people: 13 too many"]
    assert lines(near, "zh") == ["从业人员 (company.employees) 312人，需要不超过299人：多13人"]
    assert near.adds == Interval(10_000, 10_000)


@pytest.mark.parametrize(
    ("test", "needs"),
    [
        ({"at_least": "100元"}, "at least ¥100: ¥50 too little"),
        ({"above": "100元"}, "above ¥100: ¥50.01 too little"),
        ({"between": ["80元", "90元"]}, "at least ¥80: ¥30 too little"),
        ({"at_most": "20元"}, "at most ¥20: ¥30 too much"),
        ({"below": "20元"}, "below ¥20: ¥30.01 too much"),
    ],
)
def test_money_is_met_at_its_bound_or_a_fen_past_it(test: Plain, needs: str) -> None:
    assert (
        only({"company": {"parent_rnd": 50}}, clause("c", {"company.parent_rnd": test}))
        == [f"R&D investment of the parent (company.parent_rnd) ¥50, needs {needs}"]
        or needs in only({"company": {"parent_rnd": 50}}, clause("c", {"company.parent_rnd": test}))[0]
    )


def test_a_rate_moves_a_hundredth_of_a_per_cent_past_an_open_bound() -> None:
    (near,) = missed({"company": {"market_share": "10%"}}, clause("c", {"company.market_share": {"above": "12.5%"}}))
    assert near.changes[0].values == ("1251/10000",)
    assert near.changes[0].needed.en == "above 12.5%"
    assert near.changes[0].gap is not None
    assert near.changes[0].gap.en == "2.51% too low"


def test_a_fact_tested_twice_gets_one_value() -> None:
    when = {"all": [{"company.employees": {"at_least": 20}}, {"company.employees": {"above": 30}}]}
    (near,) = missed({"company": {"employees": 5}}, clause("c", when))
    assert near.changes[0].values == (31,)


def test_of_two_facts_the_smaller_gap_comes_first_and_words_come_last() -> None:
    when = {
        "any": [
            {"company.foreign_funded": True},
            {"company.employees": {"at_least": 400}},
            {"company.class_i_ip": {"at_least": 100}},
        ]
    }
    profile = {"company": {"employees": 100, "class_i_ip": 90, "foreign_funded": False}}
    found = missed(profile, clause("c", when))
    assert [near.changes[0].fact for near in found] == [
        "company.class_i_ip",
        "company.employees",
        "company.foreign_funded",
    ]


# ---- words and dates


def test_every_word_that_would_do_is_named() -> None:
    (near,) = missed(
        {"company": {"track": "not_health"}}, clause("c", {"company.track": ["vaccines", "innovative_drugs"]})
    )
    assert set(near.changes[0].values) == {"vaccines", "innovative_drugs"}
    assert near.changes[0].gap is None


def test_a_set_needs_one_of_several_words_or_all_as_one_change() -> None:
    profile = {"company": {"qualifications": ["above_scale"]}}
    words = ["little_giant", "unicorn"]
    (near,) = missed(profile, clause("c", {"company.qualifications": {"includes_any": words}}))
    assert near.changes[0].values == (["above_scale", "little_giant"], ["above_scale", "unicorn"])
    assert " or " in near.changes[0].needed.en
    (near,) = missed(profile, clause("c", {"company.qualifications": {"includes_all": words}}))
    assert near.changes[0].values == (["above_scale", "little_giant", "unicorn"],)


def test_a_set_may_need_to_lose_a_word() -> None:
    when = {"not": {"company.qualifications": {"includes": "unicorn"}}}
    (near,) = missed({"company": {"qualifications": ["above_scale", "unicorn"]}}, clause("c", when))
    assert near.changes[0].values == (["above_scale"],)
    assert "not among them" in near.changes[0].needed.en


def test_a_date_past_cannot_be_changed() -> None:
    (near,) = missed(
        {"company": {"registered_on": "2020-06-20"}}, clause("c", {"company.registered_on": {"within": "3 years"}})
    )
    assert near.changes[0].values == ("2020-06-30",)
    assert near.changes[0].gap is not None
    assert near.changes[0].gap.en == "10 days too early"
    assert not near.changeable
    assert lines(near)[0].endswith("(has happened: it cannot be changed)")


def test_the_age_in_months_is_the_date_it_counts_from() -> None:
    (near,) = missed(
        {"company": {"registered_on": "2023-01-15"}}, clause("c", {"company.age_months": {"at_least": 12}})
    )
    assert (near.changes[0].at, near.changes[0].values) == ("company.registered_on", ("2022-06-30",))


def test_the_figures_of_a_year_gone_by_cannot_be_changed() -> None:
    years = [{"year": 2023, "revenue": 5}, {"year": 2022, "revenue": 5}]
    for reference, changeable in (("current_year", True), ("previous_year", False)):
        (near,) = missed(
            {"company": {}, "years": years}, clause("c", {"year.revenue": {"at_least": "9元"}}, reference=reference)
        )
        assert near.changes[0].at == f"years[{0 if changeable else 1}].revenue"
        assert near.changeable is changeable


# ---- several facts


def test_two_conditions_that_fail_take_two_facts() -> None:
    when = {"all": [{"company.employees": {"at_least": 20}}, {"company.foreign_funded": False}]}
    (near,) = missed({"company": {"employees": 12, "foreign_funded": True}}, clause("c", when))
    assert [change.fact for change in near.changes] == ["company.employees", "company.foreign_funded"]


def test_more_than_four_facts_are_too_far() -> None:
    names = ("foreign_funded", "cloud_services", "high_precision", "esg_rated_a", "industrialised")
    when = [{f"company.{name}": True} for name in names]
    profile = {"company": dict.fromkeys(names, False)}
    assert len(missed(profile, clause("c", {"all": when[:4]}))[0].changes) == 4
    assert missed(profile, clause("c", {"all": when})) == ()


def test_what_is_unknown_is_still_needed_and_costs_nothing() -> None:
    when = {"all": [{"company.employees": {"at_least": 20}}, {"company.foreign_funded": False}]}
    (near,) = missed({"company": {"employees": 12}}, clause("c", when))
    assert [change.fact for change in near.changes] == ["company.employees"]
    assert near.still_needed == ("company.foreign_funded",)
    assert near.adds == Interval(0, 10_000)


def test_answers_that_contradict_each_other_are_no_way() -> None:
    """Not foreign-funded and foreign-funded at once: no answer does it, so the fact would not help."""
    both = {"all": [{"company.foreign_funded": True}, {"company.foreign_funded": False}]}
    when = {"all": [{"company.employees": {"at_least": 20}}, {"any": [both, {"company.cloud_services": True}]}]}
    (near,) = missed({"company": {"employees": 12, "cloud_services": False}}, clause("c", when))
    assert [change.fact for change in near.changes] == ["company.employees", "company.cloud_services"]


# ---- bounds that are computed


def test_a_computed_bound_can_be_met_from_either_side() -> None:
    when = {"year.rnd_expense": {"at_least": {"rate": "10%", "of": "year.revenue"}}}
    found = missed({"company": {}, "years": [{"year": 2023, "revenue": 1000, "rnd_expense": 50}]}, clause("c", when))
    values = {near.changes[0].fact: near.changes[0].values for near in found}
    assert values == {"year.rnd_expense": ("100.00",), "year.revenue": ("500.00",)}


def test_a_bound_that_moves_with_another_change() -> None:
    """Revenue must reach 2,000 yuan; then a tenth of it is 200, not 100."""
    when = {
        "all": [
            {"year.revenue": {"at_least": "2000元"}},
            {"year.rnd_expense": {"at_least": {"rate": "10%", "of": "year.revenue"}}},
        ]
    }
    (near,) = missed({"company": {}, "years": [{"year": 2023, "revenue": 1000, "rnd_expense": 100}]}, clause("c", when))
    assert {change.fact: change.values for change in near.changes} == {
        "year.revenue": ("2000.00",),
        "year.rnd_expense": ("200.00",),
    }


def test_a_sum_over_items_counts_the_items_facts_and_one_more_item() -> None:
    when = {"company.parent_rnd": {"at_most": {"sum": "lease.rent_paid"}}}
    found = missed({"company": {"parent_rnd": 100}, "leases": [{"year": 2023, "rent_paid": 60}]}, clause("c", when))
    assert {near.changes[0].at: near.changes[0].values for near in found} == {
        "company.parent_rnd": ("60.00",),
        "leases[0].rent_paid": ("100.00",),
        "leases[1]": found[-1].changes[0].values,
    }


# ---- size


def test_a_size_is_changed_by_the_figures_it_follows_from() -> None:
    company = {"sme_sector": "industry", "employees": 312, "size": "medium"}
    years = [{"year": 2022, "revenue": 300_000_000}]
    found = missed({"company": company, "years": years}, clause("c", {"company.size": ["micro", "small"]}))
    assert lines(found[0]) == ["employees (company.employees) 312 people, needs at most 299 people: 13 too many"]
    assert found[0].left_out == ("company.size",)
    assert [near.changes[0].fact for near in found] == ["company.employees", "year.revenue"]
    assert found[1].changes[0].values == ("19999999.99",)


def test_a_size_that_is_only_declared_is_changed_itself() -> None:
    (near,) = missed({"company": {"size": "large"}}, clause("c", {"company.size": ["micro", "small"]}))
    assert set(near.changes[0].values) == {"micro", "small"}


def test_an_answer_does_not_overrule_a_declared_size() -> None:
    """With 20 people it may be micro or small; micro is declared, so revenue alone cannot make it small."""
    company = {"sme_sector": "industry", "employees": 0, "size": "micro"}
    found = missed({"company": company}, clause("c", {"company.size": "small"}))
    assert {len(near.changes) for near in found} == {2}


# ---- items


def test_an_items_own_facts_are_changed_where_it_pays_per_item() -> None:
    products = [{"milestone_on": "2023-02-01", "innovative": True}, {"milestone_on": "2023-02-01", "innovative": False}]
    (near,) = missed(
        {"company": {}, "products": products}, clause("c", {"product.innovative": True}, for_each="product")
    )
    assert (near.item, near.changes[0].at) == ("products[1]", "products[1].innovative")


def test_an_empty_list_takes_one_more_item() -> None:
    (near,) = missed({"company": {}, "products": []}, clause("c", {"product.innovative": True}, for_each="product"))
    assert near.changes[0].at == "products[0]"
    assert near.changes[0].values == ({"milestone_on": "2023-06-30", "innovative": True},)
    assert near.changes[0].seen is None


def test_some_item_is_an_item_changed_or_one_more() -> None:
    when = {"some": {"trial": {"all": [{"trial.innovative": True}, {"trial.phase": "phase_iii"}]}}}
    trials = [{"reached_on": "2023-03-01", "innovative": False, "phase": "phase_iii"}]
    found = missed({"company": {}, "trials": trials}, clause("c", when))
    assert [near.changes[0].at for near in found] == ["trials[0].innovative", "trials[1]"]


def test_no_item_may_be_so() -> None:
    when = {"not": {"some": {"trial": {"trial.innovative": True}}}}
    trials = [{"reached_on": "2023-03-01", "innovative": True}] * 2
    found = missed({"company": {}, "trials": trials}, clause("c", when))
    assert {"trials[0].innovative", "trials[1].innovative"} in [
        {change.at for change in near.changes} for near in found
    ]


# ---- money and order


def test_what_is_added_stops_at_a_shared_cap() -> None:
    cap = {"id": "all", "limit": "130元", "per": "company", "period": "ever", "over": ["p/c", "p/d"], "assumed": ANY}
    held = clause("d", {"company.cloud_services": True})
    (near,) = missed(
        {"company": {"employees": 12, "cloud_services": True}},
        clause("c", {"company.employees": {"at_least": 20}}),
        held,
        **{"stacking.yaml": {"caps": [cap]}},
    )
    assert near.adds == Interval(3_000, 3_000)


def test_what_another_clause_loses_is_taken_off() -> None:
    (near,) = missed(
        {"company": {"employees": 12}},
        clause("c", {"company.employees": {"at_least": 20}}),
        clause("d", {"company.employees": {"below": 20}}, {"fixed": "300元"}),
    )
    assert near.adds == Interval(-20_000, -20_000)


def test_the_best_come_first_and_what_cannot_be_changed_last() -> None:
    rulebook = rules(
        clause("old", {"company.registered_on": {"within": "1 year"}}, {"fixed": "900元"}),
        clause("item", {"product.innovative": True}, {"fixed": "800元"}, for_each="product"),
        clause("little", {"company.employees": {"at_least": 20}}, {"fixed": "10元"}),
        clause("much", {"company.class_i_ip": {"at_least": 20}}, {"fixed": "500元"}),
    )
    profile = {"company": {"registered_on": "2000-01-01", "employees": 1, "class_i_ip": 1}, "products": []}
    decision = check(Profile.read({**profile, "payments": []}), rulebook, on=ON)
    assert [near.clause for near in near_misses(decision)] == ["p/much", "p/little", "p/item", "p/old"]
    assert [near.clause for near in near_misses(decision, 3)] == ["p/much", "p/little", "p/item"]


def test_an_expired_clause_and_one_of_weak_sources_have_none() -> None:
    when = {"company.employees": {"at_least": 20}}
    assert missed({"company": {"employees": 1}}, clause("c", when), ends="2021-12-31") == ()
    weak = {"documents.yaml": {"documents": [{"id": "D1", "title": ANY, "authority": "weak"}]}}
    decision = check(
        Profile.read({"company": {"employees": 1}}), rules(clause("c", when), **weak), on=ON, authority="official"
    )
    assert near_misses(decision) == ()


def test_a_clause_that_is_met_or_open_has_none() -> None:
    when = {"company.employees": {"at_least": 20}}
    assert missed({"company": {"employees": 20}}, clause("c", when)) == ()
    assert missed({"company": {}}, clause("c", when)) == ()


def test_as_json() -> None:
    (near,) = missed({"company": {"employees": 312}}, clause("c", {"company.employees": {"at_most": 299}}))
    plain = near_json(near)
    assert plain["adds"] == {"low": "100.00", "high": "100.00", "bounded_high": "100.00"}
    assert plain["changes"][0] == {
        "fact": "company.employees",
        "at": "company.employees",
        "label": {"zh": "从业人员", "en": "employees"},
        "seen": {"zh": "312人", "en": "312 people"},
        "needed": {"zh": "不超过299人", "en": "at most 299 people"},
        "gap": {"zh": "多13人", "en": "13 too many"},
        "values": [299],
        "changeable": True,
    }


def test_an_item_of_a_list_that_is_not_known_is_an_answer_and_no_change() -> None:
    when = {"all": [{"company.employees": {"at_least": 20}}, {"some": {"trial": {"trial.innovative": True}}}]}
    rulebook = rules(clause("c", when), clause("d", {"trial.innovative": True}, for_each="trial"))
    decision = check(Profile.read({"company": {"employees": 12}}), rulebook, on=ON)
    (near,) = near_misses(decision)
    assert [change.at for change in near.changes] == ["company.employees"]
    assert near.still_needed == ("trials",)
    assert all(getattr(NO_ITEM["trial"], name) is None for name in NO_ITEM["trial"].FACTS)
