"""What the lint says of caps is what taking them away shows, over small amounts and many companies.

Payments are what the rules themselves would have paid: none above the award or the clause's own caps.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace as rebuilt
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, note
from hypothesis import strategies as st

from campaign import laws
from eligibility import Profile, Rulebook, check
from eligibility.frozen import replace
from eligibility.money import parse_money, yuan
from eligibility.rulebook.reach import amounts
from generated import ON

Plain = dict[str, Any]
ANY = {"zh": "某", "en": "some"}
CITED = [{"document": "D1", "figure": "a figure", "supports": ["amount"]}]
DOCUMENTS = {"documents": [{"id": "D1", "title": ANY, "authority": "official"}]}
HEAD = {
    "id": "small",
    "layer": "N",
    "title": ANY,
    "issuer": ANY,
    "issued": "2010-01-01",
    "in_force": {"from": "2010-01-01", "to": "open"},
}
WHO = {"first": "company.foreign_funded", "second": "company.fortune_global"}
PAST = tuple(range(2011, 2023))
COMPANIES = [
    {"foreign_funded": first, "fortune_global": second}
    for first, second in ((True, True), (True, False), (False, True))
]
runs = laws(40)


def fen(amount: int) -> str:
    return f"{yuan(amount)}元"


@st.composite
def limits(draw: st.DrawFn, per: tuple[str, ...], most: int) -> Plain:
    return {
        "limit": fen(draw(st.integers(1, most))),
        "per": draw(st.sampled_from(per)),
        "period": draw(st.sampled_from(("year", "ever"))),
        "assumed": ANY,
    }


@st.composite
def clauses(draw: st.DrawFn, name: str, kind: str | None) -> Plain:
    per = ("item", "company") if kind else ("company",)
    award = {"fixed": fen(draw(st.integers(1, 4)))}
    return {
        "id": name,
        "title": ANY,
        "when": {WHO[name]: True},
        "award": award | {"frequency": draw(st.sampled_from(("once", "yearly")))},
        "caps": draw(st.lists(limits(per, 6), max_size=2)),
        "citations": CITED,
    } | ({"for_each": kind} if kind else {})


@st.composite
def small(draw: st.DrawFn) -> Plain:
    """Two clauses of a few fen with caps of their own and caps over both or one."""
    listed = [
        draw(clauses("first", draw(st.sampled_from([None, "project"])))),
        draw(clauses("second", None)),
    ]
    caps = []
    for place in range(draw(st.integers(0, 2))):
        over = draw(st.sampled_from([["first", "second"], ["second"], ["first"]]))
        caps.append({"id": f"shared-{place}", "over": over} | draw(limits(("company",), 10)))
    return {"policy": HEAD, "clauses": listed} | ({"caps": caps} if caps else {})


def load(policy: Plain) -> Rulebook:
    with TemporaryDirectory() as folder:
        for name, content in (("documents.yaml", DOCUMENTS), ("policies/small.yaml", policy)):
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(content), encoding="utf-8")
        return Rulebook.load(folder)


def without(rulebook: Rulebook, gone: set[str]) -> Rulebook:
    clauses = tuple(
        replace(clause, caps=tuple(cap for cap in clause.caps if cap.id not in gone)) for clause in rulebook.clauses
    )
    caps = tuple(cap for cap in rulebook.caps if cap.id not in gone)
    return rebuilt(rulebook, made={}, clauses=clauses, caps=caps)


def payments_of(clause: Any, rulebook: Rulebook) -> list[list[Plain]]:
    """What the rules would have paid: nothing, this year, or in years past as long as a cap for ever leaves room."""
    each = min([clause.award.form.amount, *(cap.limit.value for cap in clause.caps)])
    ever = [cap.limit.value for cap in clause.caps if cap.period == "ever" and cap.per == "company"]
    if not clause.for_each:  # else other items may have been paid for in any year
        ever += [clause.award.form.amount] * (clause.award.frequency == "once")
    most = min(ever, default=each * len(PAST))
    tied = {"clause": clause.id} | ({"item": "none"} if clause.for_each else {})
    options: list[list[Plain]] = [[]]
    shared = [cap.limit.value for cap in rulebook.caps if cap.period == "ever" and clause.id in cap.over]  # type: ignore[union-attr]
    for each_year in {1, each}:
        for count in {1, 2, 5, len(PAST), *(limit // each_year for limit in shared)}:
            years = PAST[: min(count, most // each_year)]
            options.append([tied | {"year": year, "amount": fen(each_year)} for year in years])
    options.append([tied | {"year": ON.year, "amount": fen(each)}])
    return options


def many_of(rulebook: Rulebook) -> tuple[int, ...]:
    return (1, 12) if any(clause.for_each for clause in rulebook.clauses) else (1,)


def overpaid(payments: list[Plain], rulebook: Rulebook) -> bool:
    """Whether a shared cap would not have let all this be paid."""
    for cap in rulebook.caps:
        sums: Counter[int] = Counter()
        for payment in payments:
            if payment["clause"] in cap.over:
                sums[payment["year"] if cap.period == "year" else 0] += parse_money(payment["amount"])
        if max(sums.values(), default=0) > cap.limit.value:  # type: ignore[union-attr]
            return True
    return False


def nets(rulebook: Rulebook, like: Rulebook) -> list[Any]:
    """Every net over many companies; payments are those that fit the rulebook `like`."""
    seen = []
    for who, many, *paid in product(COMPANIES, many_of(like), *(payments_of(clause, like) for clause in like.clauses)):
        payments = [payment for each in paid for payment in each]
        if overpaid(payments, like):
            continue
        profile = Profile.read({"company": who, "projects": [{"year": ON.year}] * many, "payments": payments})
        seen.append([award.net for award in check(profile, rulebook, on=ON, engine="kleene").awards])
    return seen


def flagged(rulebook: Rulebook) -> set[str]:
    found = list(amounts(rulebook))
    note("\n".join(map(str, found)))
    return {finding.message.split("`")[1] for finding in found if finding.code.startswith("cap-")}


@runs
@given(small())
def test_caps_that_are_said_not_to_count_do_not_count(policy: Plain) -> None:
    rulebook = load(policy)
    gone = flagged(rulebook)
    if gone:
        assert nets(without(rulebook, gone), rulebook) == nets(rulebook, rulebook)


@runs
@given(small())
def test_every_other_cap_counts_for_some_company(policy: Plain) -> None:
    rulebook = load(policy)
    left = without(rulebook, flagged(rulebook))
    before = nets(left, left)
    for cap in (*left.caps, *(cap for clause in left.clauses for cap in clause.caps)):
        assert nets(without(left, {cap.id}), left) != before, cap.id
