"""The rule network against a few lines that read the rules and the profile as they are written.

Truths are 0, ½ and 1 here: `all` is the least, `any` the greatest, `not` the rest to one.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from eligibility.decide.durable import Network, available
from eligibility.profile.catalogue import MANY

from small_rules import clause, facts, load  # isort: skip - beside this file

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not available(), reason="durable-rules cannot be imported here")

DATING = {"project": "year", "product": "milestone_on"}
TRUTHS = {0: False, Fraction(1, 2): None, 1: True}
UNKNOWN = Fraction(1, 2)


class Reading:
    """One profile as one clause reads it, in the year 2023."""

    def __init__(self, profile: dict[str, Any], reference: str, definitions: dict[str, Any]) -> None:
        self.profile, self.reference, self.definitions = profile, reference, definitions
        self.year = 2022 if reference == "previous_year" else 2023
        self.at_hand: dict[str, Any] = {}

    def fact(self, path: str) -> Any:
        kind, name = path.split(".")
        if kind == "company":
            return self.profile["company"].get(name)
        if kind.endswith("year"):
            year = self.year - (kind == "prior_year")
            return next((entry.get(name) for entry in self.profile["years"] if entry["year"] == year), None)
        return self.at_hand.get(kind, {}).get(name)

    def items(self, kind: str, where: Any) -> list[Any] | None:
        """How true it is that each item of the year meets a condition, with its own facts."""
        listed, outer = self.profile.get(MANY[kind]), self.at_hand
        if listed is None:
            return None
        found = []
        for item in listed:
            self.at_hand = {**outer, kind: item}
            found.append((min(self.in_year(kind), 1 if where is None else self.truth(where)), item))
        self.at_hand = outer
        return found

    def in_year(self, kind: str) -> Any:
        when = self.at_hand[kind].get(DATING[kind])
        return 1 if self.reference == "any" else UNKNOWN if when is None else int(str(when)[:4] == str(self.year))

    def amount(self, quantity: Any) -> Any:
        """The value of a constant, a fact or a quantity; None is unknown."""
        if not isinstance(quantity, dict):
            return self.fact(quantity) if "." in str(quantity) else constant(quantity)
        if "sum" in quantity:
            kind, name = quantity["sum"].split(".")
            found = self.items(kind, quantity.get("where"))
            parts = (
                [None] if found is None else [item.get(name) if truth == 1 else truth and None for truth, item in found]
            )
            return None if None in parts else sum(parts)
        word, body = next((word, body) for word, body in quantity.items() if word != "rate")
        parts = [self.amount(part) for part in (body if isinstance(body, list) else [body])]
        if None in parts:
            return None
        if word == "minus":
            return max(0, parts[0] - parts[1])
        return (
            Fraction(quantity["rate"]) * parts[0]
            if word == "of"
            else {"plus": sum, "least": min, "greatest": max}[word](parts)
        )

    def truth(self, when: Any) -> Any:
        if isinstance(when, str):
            return self.truth(self.definitions[when])
        [(word, body)] = when.items()
        match word:
            case "all" | "any":
                return (min if word == "all" else max)(self.truth(part) for part in body)
            case "not":
                return 1 - self.truth(body)
            case "some":
                [(kind, where)] = body.items()
                found = self.items(kind, where)
                return UNKNOWN if found is None else max([0, *(truth for truth, _ in found)])
            case _:
                return self.test(self.fact(word), body)

    def test(self, left: Any, test: Any) -> Any:
        op, right = "equals", test
        if isinstance(test, list):
            op = "one_of"
        elif (
            isinstance(test, dict) and len(test) == 1 and not {"sum", "plus", "minus", "least", "greatest"} & set(test)
        ):
            [(op, right)] = test.items()
        if op == "within":
            right = f"{2023 - int(right.split()[0])}-06-30"
        values = [self.amount(part) for part in (right if isinstance(right, list) else [right])]
        if left is None or None in values:
            return UNKNOWN
        return int(compared(op, left if isinstance(left, list) else constant(left), values))


def constant(written: Any) -> Any:
    """A constant as it compares: yuan, counts and rates as numbers, all else as it is written."""
    text = str(written).removesuffix("元")
    return Fraction(text) if not isinstance(written, bool) and text.replace("/", "").isdecimal() else written


def compared(op: str, left: Any, right: list[Any]) -> bool:
    return {
        "equals": lambda: left == right[0],
        "one_of": lambda: left in right,
        "at_least": lambda: left >= right[0],
        "at_most": lambda: left <= right[0],
        "above": lambda: left > right[0],
        "below": lambda: left < right[0],
        "between": lambda: right[0] <= left <= right[1],
        "before": lambda: left < right[0],
        "on_or_after": lambda: left >= right[0],
        "within": lambda: right[0] <= left <= "2023-06-30",
        "includes": lambda: right[0] in left,
        "includes_any": lambda: any(word in left for word in right),
        "includes_all": lambda: all(word in left for word in right),
    }[op]()


# ---- drawing

DAYS = ["2020-06-29", "2020-06-30", "2022-06-30", "2023-06-30", "2023-07-01"]
TRACKS = ["vaccines", "generic_drugs", "innovative_drugs"]
WORDS = ["rnd", "sales", "service"]
ORDER = ["at_least", "at_most", "above", "below"]
RATES = ["1/3", "1/2", "2/3"]


class Draw:
    """Draws conditions and profiles; few values, so that ends and ties are met often."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def one(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def some(self, words: list[str]) -> list[str]:
        return self.random.sample(words, self.random.randint(1, len(words)))

    def ends(self, choices: list[Any]) -> list[Any]:
        return sorted(self.random.choices(choices, k=2), key=choices.index)

    def condition(self, kinds: tuple[str, ...], depth: int) -> Any:
        inside = self.random.random() if depth else 1
        if inside < 0.4:
            parts = [self.condition(kinds, depth - 1) for _ in range(self.random.randint(1, 3))]
            return {self.one("all", "any"): parts}
        if inside < 0.5:
            return {"not": self.condition(kinds, depth - 1)}
        if inside < 0.6:
            kind = self.one("project", "product")
            return {"some": {kind: self.condition((*kinds, kind), depth - 1)}}
        return self.one("foreign", "early") if inside < 0.7 else self.test(kinds)

    def test(self, kinds: tuple[str, ...]) -> Any:
        tests = [
            lambda: {"company.track": self.one("vaccines", self.some(TRACKS))},
            lambda: {"company.foreign_funded": self.one(True, False)},
            lambda: {"company.employees": self.one(1, [0, 2], {self.one(*ORDER): 1}, {"between": [1, 2]})},
            lambda: {"company.activities": {self.one("includes_any", "includes_all"): self.some(WORDS)}},
            lambda: {"company.activities": {"includes": "rnd"}},
            lambda: {"company.registered_on": self.one(*({op: self.one(*DAYS)} for op in ("before", "on_or_after")))},
            lambda: {"company.registered_on": self.one({"within": "3 years"}, {"between": self.ends(DAYS)})},
            lambda: {"company.parent_rnd": self.against(kinds)},
            lambda: {"year.revenue": self.against(kinds)},
        ]
        if "project" in kinds:
            bounds = [{op: self.one(*RATES)} for op in ORDER]
            tests += [
                lambda: {"project.share": self.one("1/3", self.some(RATES), {"between": self.ends(RATES)}, *bounds)},
                lambda: {"project.major": True},
                lambda: {"project.grant": self.against(kinds)},
            ]
        if "product" in kinds:
            tests += [lambda: {"product.innovative": True}, lambda: {"product.milestone_on": {"within": "1 year"}}]
        return self.one(*tests)()

    def against(self, kinds: tuple[str, ...]) -> Any:
        right = [self.quantity(kinds, 2), self.quantity(kinds, 2)]
        return self.one(right[0], {self.one(*ORDER): right[0]}, {"between": [{"least": right}, {"greatest": right}]})

    def quantity(self, kinds: tuple[str, ...], depth: int) -> Any:
        simple = ["1元", "2元", "year.revenue", "prior_year.revenue", "company.parent_rnd"]
        if not depth or self.one(True, False):
            return self.one(*simple, *(["project.grant"] if "project" in kinds else []))
        word = self.one("of", "sum", "plus", "minus", "least", "greatest")
        if word == "of":
            return {"rate": self.one(*RATES), "of": self.quantity(kinds, depth - 1)}
        if word == "sum":
            where = {"where": self.condition((*kinds, "project"), 1)}
            return {"sum": "project.grant", **self.one({}, where)}
        return {word: [self.quantity(kinds, depth - 1) for _ in range(2)]}

    def profile(self) -> dict[str, Any]:
        sure = self.one(0.5, 0.8, 1)
        company = {
            "track": self.one(*TRACKS), "foreign_funded": self.one(True, False), "employees": self.one(0, 1, 2),
            "activities": self.one([], ["rnd"], ["sales", "rnd"]), "registered_on": self.one(*DAYS),
            "parent_rnd": self.one(0, 1, 2),
        }  # fmt: skip
        years = [{"year": year, **self.known({"revenue": self.one(0, 1, 2)}, sure)} for year in (2021, 2022, 2023)]
        lists = {"projects": [self.project(sure) for _ in range(self.one(0, 1, 3))]}
        lists["products"] = [self.product(sure) for _ in range(self.one(0, 1, 3))]
        return {"company": self.known(company, sure), "years": years, **self.known(lists, sure)}

    def project(self, sure: float) -> Any:
        item = {
            "year": self.one(2022, 2023),
            "major": self.one(True, False),
            "share": self.one(*RATES),
            "grant": self.one(0, 1, 2),
        }
        return self.known(item, sure)

    def product(self, sure: float) -> Any:
        return self.known({"milestone_on": self.one(*DAYS), "innovative": self.one(True, False)}, sure)

    def known(self, given: dict[str, Any], sure: float) -> dict[str, Any]:
        return {name: value for name, value in given.items() if self.random.random() < sure}

    def clause(self) -> Any:
        kind, reference = self.one("", "project", "product"), self.one("current_year", "previous_year")
        keys = {"for_each": kind} if kind else {}
        return clause(self.condition((kind,), 3), reference=reference, **keys)


DEFINITIONS = {
    "foreign": {"company.foreign_funded": True},
    "early": {"any": [{"company.registered_on": {"before": "2020-06-30"}}, "foreign"]},
}


def expected(written: Any, profile: dict[str, Any]) -> list[bool | None]:
    """The truths of one clause, read off as they are written."""
    reading, kind = Reading(profile, written["reference"], DEFINITIONS), written.get("for_each")
    if kind is None:
        return [TRUTHS[reading.truth(written["when"])]]
    items = profile.get(MANY[kind])
    if items is None:
        return [False if min(UNKNOWN, reading.truth(written["when"])) == 0 else None]
    return [TRUTHS[truth] for truth, _ in reading.items(kind, written["when"]) or []] or [False]


@pytest.mark.parametrize("seed", range(6))
def test_the_network_gives_what_the_rules_say_as_written(tmp_path: Path, seed: int) -> None:
    draw = Draw(seed)
    clauses = [draw.clause() for _ in range(60)]
    network = Network(load(tmp_path, clauses, DEFINITIONS))
    for _ in range(60):
        profile = draw.profile()
        for written, found in zip(clauses, network.verdicts(facts(**profile)), strict=True):
            assert found == expected(written, profile), (written, profile)
