"""What a clause does not use makes no difference to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from folders import POLICY, rules
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from campaign import laws
from eligibility import Profile, Rulebook, check
from eligibility.profile.catalogue import LISTS
from eligibility.rulebook.uses import clauses_using, facts_used, kinds_used
from eligibility.testing import profiles

from generated import ON, kinds_of, numbers, rulebooks  # isort: skip - in tests/

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from eligibility.rulebook.language import Clause

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
runs = laws(60)


def drawn(data: st.DataObject, rulebook: Rulebook) -> Profile:
    near, clauses = numbers(rulebook), rulebook.clauses
    return data.draw(profiles(on=ON, kinds=kinds_of(rulebook), clauses=clauses, near=near))


def reduced(profile: Profile, rulebook: Rulebook, clauses: Sequence[Clause]) -> Profile:
    """Forget every fact and every list that none of these clauses uses; payments are used by all."""
    facts = {path for clause in clauses for path in facts_used(clause, rulebook)} | {"payment"}
    kinds = {kind for clause in clauses for kind in kinds_used(clause, rulebook)} | {"payment"}
    kinds |= {path.split(".")[0] for path in facts}
    raw: dict[str, Any] = profile.to_dict()

    def used(kind: str, record: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in record.items() if kind == "payment" or f"{kind}.{name}" in facts}

    lists = {name: record.KIND for name, record in LISTS.items() if record.KIND in kinds and name in raw}
    kept = {name: [used(kind, entry) for entry in raw[name]] for name, kind in lists.items()}
    return Profile.read({"company": used("company", raw["company"]), **kept})


@runs
@given(rulebooks(), st.data())
def test_what_no_clause_uses_changes_nothing(rulebook: Rulebook, data: st.DataObject) -> None:
    profile = drawn(data, rulebook)
    whole = check(profile, rulebook, on=ON, engine="kleene")
    part = check(reduced(profile, rulebook, rulebook.clauses), rulebook, on=ON, engine="kleene")
    assert whole.total == part.total
    for one, other in zip(whole.awards, part.awards, strict=True):
        assert (one.item, one.verdict, one.gross, one.net) == (other.item, other.verdict, other.gross, other.net)
        assert (one.missing, one.failed) == (other.missing, other.failed)


@runs
@given(rulebooks(), st.data())
def test_what_a_clause_does_not_use_changes_neither_its_verdict_nor_its_amount(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    profile, clause = drawn(data, rulebook), data.draw(st.sampled_from(rulebook.clauses))
    whole = check(profile, rulebook, on=ON, engine="kleene")
    part = check(reduced(profile, rulebook, [clause]), rulebook, on=ON, engine="kleene")
    seen = [(award.item, award.verdict, award.gross) for award in whole.awards if award.clause == clause.id]
    assert seen == [(award.item, award.verdict, award.gross) for award in part.awards if award.clause == clause.id]


@pytest.mark.parametrize("path", ["company.size", "company.sme_sector", "year.revenue", "year.year", "lease.year"])
def test_what_is_not_named_can_be_used(path: str) -> None:
    assert "etown-2023-devices/rent" in [clause.id for clause in clauses_using(path, Rulebook.load())]


@pytest.mark.parametrize(("reference", "dated"), [("current_year", True), ("previous_year", True), ("any", False)])
@pytest.mark.parametrize("form", ["per_unit: 1万元, of: {count: trial}", "rate: 50%, of: {sum: trial.cost}"])
def test_what_dates_an_item_is_used_where_a_year_is_meant(
    tmp_path: Path, reference: str, form: str, *, dated: bool
) -> None:
    award = f"award: {{{form}, frequency: once}}\n    reference: {reference}"
    rulebook = rules(tmp_path, policy=POLICY.replace("award: {fixed: 300万元, frequency: once}", award))
    (reward,) = [clause for clause in rulebook.clauses if clause.id == "devices/reward"]
    assert ("trial.reached_on" in facts_used(reward, rulebook)) is dated
    assert kinds_used(reward, rulebook) == {"product", "trial"}
