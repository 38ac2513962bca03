"""Five companies on six dates: what they get changes from one date to the next exactly as the validity says.

Each company is the same on every date but for what lies in the future then: nothing dated after the day is told.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from eligibility import Profile, Rulebook, check
from eligibility.money import Interval, parse_money
from eligibility.profile.catalogue import DATED_BY, MANY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eligibility import Decision
    from eligibility.decision import Award

FOLDER = Path(__file__).parent / "whole"
RULES = Path(__file__).parents[1] / "rules" / "policies"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
DAYS = [
    date(2021, 12, 31),
    date(2023, 6, 30),
    date(2025, 6, 30),
    date(2026, 3, 31),
    date(2026, 4, 1),
    date(2026, 11, 22),
]
RULEBOOK = Rulebook.load()
DATED = {MANY[kind]: path.partition(".")[2] for kind, path in DATED_BY.items()} | {"years": "year"}
"""What dates an item of each list: a date, or a year."""


@cache
def company(name: str) -> Mapping[str, Any]:
    told: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return told


def as_of(profile: Mapping[str, Any], on: date) -> Profile:
    """Leave out what lies after a day."""

    def past(many: str, item: Mapping[str, Any]) -> bool:
        day = item[DATED[many]]
        return bool(day <= on if isinstance(day, date) else day <= on.year)

    lists = {many: profile[many] for many in profile if many in DATED}
    kept = {many: [item for item in items if past(many, item)] for many, items in lists.items()}
    return Profile.read({**profile, **kept})


@cache
def decided(name: str, on: date) -> Decision:
    return check(as_of(company(name)["profile"], on), RULEBOOK, on=on)


def named(award: Award) -> str:
    return f"{award.clause} {award.item}" if award.item else award.clause


# ---- what is expected


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_a_company_gets_on_a_day_just_what_was_worked_out(name: str, on: date) -> None:
    decision, expected = decided(name, on), company(name)["days"][on]
    counting = [award for award in decision.awards if award.verdict == "eligible" and in_force(award.clause, on)]
    money = {named(award): award.net for award in counting if award.entitlement.form != "service"}
    services = [named(award) for award in counting if award.entitlement.form == "service"]
    assert money == {award: amount(text) for award, text in expected["pays"].items()}
    assert services == expected["serves"]
    assert decision.total.amount.low == parse_money(expected["at_least"])


def amount(text: str | list[str | None]) -> Interval:
    """Read an amount: one, or a low and a high end, null where there is no bound."""
    low, high = (text, text) if isinstance(text, str) else text
    return Interval(parse_money(low or "0元"), None if high is None else parse_money(high))


def test_there_are_five_companies_each_on_six_dates() -> None:
    assert len(NAMES) == 5
    assert [list(company(name)["days"]) for name in NAMES] == [DAYS] * 5


# ---- against what the policy files say, read without the rulebook


@cache
def validity() -> dict[str, tuple[date, date | None, bool]]:
    """Give each policy's first and last day and whether both are known, from the text of its file."""
    heads = [yaml.safe_load(path.read_text(encoding="utf-8"))["policy"] for path in RULES.glob("*.yaml")]
    return {head["id"]: _validity(head) for head in heads}


def _validity(head: Mapping[str, Any]) -> tuple[date, date | None, bool]:
    first, last = head["in_force"]["from"], head["in_force"]["to"]
    starts = head["issued"] if first == "unknown" else first
    return starts, last if isinstance(last, date) else None, "unknown" not in (first, last)


def standing(policy: str, on: date) -> str:
    starts, ends, known = validity()[policy]
    if on < starts:
        return "not_yet_in_force"
    if ends is not None and on > ends:
        return "expired"
    return "in_force" if known else "in_force_end_unknown"


def in_force(clause: str, on: date) -> bool:
    return standing(clause.partition("/")[0], on).startswith("in_force")


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_every_clause_stands_as_its_policys_file_says(name: str, on: date) -> None:
    for award in decided(name, on).awards:
        assert award.standing == standing(award.clause.partition("/")[0], on), award.clause
        if not in_force(award.clause, on):
            assert award.net == Interval(0, 0)


def outcome(decision: Decision, clause: str) -> set[tuple[str, Interval]]:
    """Give what comes of a clause: its verdicts with their gross amounts, wherever it may be met."""
    awards = (award for award in decision.awards if award.clause == clause)
    return {(award.verdict, award.gross) for award in awards if award.verdict != "not_eligible"}


@pytest.mark.parametrize(("before", "after"), list(pairwise(DAYS)), ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_between_two_days_only_policies_that_begin_or_end_change_what_a_company_gets(
    name: str, before: date, after: date
) -> None:
    for clause in RULEBOOK.by_id:
        if in_force(clause, before) and in_force(clause, after):
            assert outcome(decided(name, before), clause) == outcome(decided(name, after), clause), clause


@pytest.mark.parametrize(("before", "after"), list(pairwise(DAYS)), ids=str)
def test_what_is_gained_and_lost_belongs_to_policies_that_began_and_ended(before: date, after: date) -> None:
    def got(on: date) -> set[str]:
        decisions = (decided(name, on) for name in NAMES)
        awards = (award for decision in decisions for award in decision.awards if award.verdict == "eligible")
        return {award.clause.partition("/")[0] for award in awards if in_force(award.clause, on)}

    began = {policy for policy in validity() if not _holds(policy, before) and _holds(policy, after)}
    ended = {policy for policy in validity() if _holds(policy, before) and not _holds(policy, after)}
    assert got(after) - got(before) <= began
    assert got(before) - got(after) <= ended
    if (before, after) == (date(2026, 3, 31), date(2026, 4, 1)):
        assert (got(after) - got(before), got(before) - got(after)) == (
            {"national-2026-sme-gradient"},
            {"national-2022-sme-gradient"},
        )


def _holds(policy: str, on: date) -> bool:
    return standing(policy, on).startswith("in_force")
