"""A rulebook whose limits lie inside each other and are too small for what a few projects claim; companies for it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from eligibility import Profile
from generated import ON

Plain = dict[str, Any]
ANY = {"zh": "某", "en": "some"}
CITED = [{"document": "D1", "figure": "a figure", "supports": ["amount"]}]


def _clause(name: str, award: Plain, **more: Any) -> Plain:
    when = {"company.employees": {"at_least": 0}}
    return {"id": name, "title": ANY, "when": when, "award": award | {"frequency": "yearly"}, "citations": CITED} | more


def _limit(name: str, fen: int, per: str, *over: str) -> Plain:
    return {"id": name, "limit": f"0.{fen}元", "per": per, "period": "year", "over": [*over], "assumed": ANY}


TIGHT: dict[str, Plain] = {
    "documents.yaml": {"documents": [{"id": "D1", "title": ANY, "authority": "official"}]},
    "policies/tight.yaml": {
        "policy": {
            "id": "tight",
            "layer": "N",
            "title": ANY,
            "issuer": ANY,
            "issued": "2020-01-01",
            "in_force": {"from": "2020-01-01", "to": "open"},
        },
        "clauses": [
            _clause("grant", {"rate": "50%", "of": "project.grant"}, for_each="project", caps=[{"limit": "0.40元"}]),
            _clause("funds", {"rate": "1:1", "of": "project.own_funds", "up_to": True}, for_each="project"),
            _clause("whole", {"fixed": "0.30元"}),
            _clause("other", {"range": ["0.20元", "0.35元"]}),
        ],
        "caps": [_limit("one", 55, "item", "grant", "funds"), _limit("all", 65, "company", "grant", "funds", "whole")],
    },
    "stacking.yaml": {
        "exclusive": [
            {
                "id": "either",
                "clauses": ["tight/whole", "tight/other"],
                "keep": "highest",
                "per": "company",
                "assumed": ANY,
            }
        ]
    },
}
"""The text of its files, before it is written; amounts are a few fen."""


@st.composite
def tight_profiles(draw: st.DrawFn) -> Profile:
    """Draw companies with several projects of this year, some amounts unknown, and money received before."""
    fen = st.integers(0, 99).map(lambda number: f"0.{number:02}")
    project = st.fixed_dictionaries({"year": st.just(ON.year)}, optional={"grant": fen, "own_funds": fen})
    projects = draw(st.lists(project, min_size=2, max_size=4))
    names = [f"projects[{place}]" for place in range(len(projects))]
    paid = st.fixed_dictionaries(
        {
            "clause": st.sampled_from(("tight/grant", "tight/funds")),
            "year": st.just(ON.year),
            "item": st.sampled_from(names),
        },
        optional={"amount": st.integers(0, 30).map(lambda number: f"0.{number:02}")},
    )
    payments = draw(st.lists(paid, max_size=2, unique_by=lambda payment: (payment["clause"], payment["item"])))
    return Profile.read({"company": {"employees": 1}, "projects": projects, "payments": payments})
