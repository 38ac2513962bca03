"""Which clause holds where: what each area is part of, and where each policy asks a company to be."""

from __future__ import annotations

from datetime import date

import pytest

from eligibility import Profile, Rulebook, check
from eligibility.decide.facts import Facts
from eligibility.decide.kleene import compile_condition, truth_of
from eligibility.profile.words import AREAS
from eligibility.rulebook.language import Named
from eligibility.rulebook.walk import every

RULEBOOK = Rulebook.load()
ON = date(2024, 6, 30)
PLACES = {
    "yizhuang_new_town": {"in_yizhuang", "in_beijing"},
    "etown_core": {"in_yizhuang", "in_beijing"},
    "ftz_etown_cluster": {"in_yizhuang", "in_ftz_cluster", "in_beijing"},
    "jiugong": {"in_yizhuang", "in_daxing", "in_beijing"},
    "biopark": {"in_yizhuang", "in_daxing", "in_beijing"},
    "daxing": {"in_daxing", "in_beijing"},
    "tongzhou": {"in_beijing"},
    "daxing_airport_zone": {"in_airport_zone"},
    "daxing_biomedical_base": {"in_daxing", "in_beijing"},
    "zhongguancun": {"in_zhongguancun", "in_beijing"},
    "haidian": {"in_beijing"},
    "changping": {"in_beijing"},
    "other_beijing": {"in_beijing"},
    "outside_beijing": set[str](),
}
"""What a company is in that names one area alone."""

AREA_DEFINITIONS = set().union(*PLACES.values())
BY_ISSUER = {"etown": "in_yizhuang", "daxing": "in_daxing", "zhongguancun": "in_zhongguancun", "beijing": "in_beijing"}
OTHERWISE = {
    # it asks where a clause says so: the cluster of the free-trade zone for headquarters and their capital
    "etown-2023-foreign-enterprises": {"in_ftz_cluster", "in_yizhuang"},
    # rewards for products go by where the product is made or settled
    "daxing-2021-airport-zone": {"in_airport_zone"},
    # a pilot of the city that takes place in these two areas
    "beijing-2022-import-white-list": {"in_yizhuang", "in_daxing"},
}


def asked(policy: str) -> set[str]:
    """Give the areas that a policy's clauses name."""
    clauses = (clause for clause in RULEBOOK.clauses if clause.policy.id == policy)
    named = {part.definition.id for clause in clauses for part in every(clause.condition) if isinstance(part, Named)}
    return named & AREA_DEFINITIONS


def test_every_area_has_a_row() -> None:
    assert list(PLACES) == list(AREAS)


@pytest.mark.parametrize("area", PLACES)
def test_an_area_is_part_of_just_these(area: str) -> None:
    facts = Facts(Profile.read({"company": {"areas": [area]}}), ON)
    known = [definition for definition in RULEBOOK.definitions if definition.id in AREA_DEFINITIONS]
    truths = {found.id: truth_of(compile_condition(found.condition, "current_year")(facts)) for found in known}
    assert {ident for ident, truth in truths.items() if truth} == PLACES[area]
    assert None not in truths.values()


@pytest.mark.parametrize("policy", [policy.id for policy in RULEBOOK.policies if policy.layer != "national"])
def test_a_policy_asks_for_its_issuers_area(policy: str) -> None:
    assert asked(policy) == (OTHERWISE.get(policy) or {BY_ISSUER[policy.partition("-")[0]]})


def test_a_company_in_jiugong_is_in_daxing_and_in_yizhuang_new_town() -> None:
    """What it can have is what a company in both areas can have, and more than one in either."""

    def met(*areas: str) -> set[str]:
        company = {"areas": [*areas], "track": "innovative_drugs", "rnd_centre_recognised_by": "science_ministry"}
        trial = {"reached_on": "2023-09-01", "phase": "phase_i", "product_kind": "drug", "innovative": True}
        decision = check(Profile.read({"company": company, "trials": [trial]}), RULEBOOK, on=ON, engine="kleene")
        return {award.clause for award in decision.awards if award.verdict == "eligible"}

    assert met("jiugong") == met("yizhuang_new_town", "daxing")
    assert met("jiugong") == met("yizhuang_new_town") | met("daxing")
    assert met("yizhuang_new_town") - met("daxing") >= {"etown-2023-universal/clinical-stage"}
    assert met("daxing") - met("yizhuang_new_town") >= {"daxing-science-technology/rnd-centre-ministry"}
