"""The logical lint is exact: over small domains it says what trying every company says.

A world is a company of which all is known. The verdicts come from the evaluator of `check`, which shares nothing with
the lint. Every fact takes its least value, its greatest, and all values near the constants it is compared with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import chain, combinations, product
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given, note
from hypothesis import strategies as st

from campaign import laws
from eligibility import Profile
from eligibility.decide.facts import Facts, blank
from eligibility.decide.kleene import compile_condition, truth_of
from eligibility.money import MAX_MONEY, Rate
from eligibility.profile.catalogue import FACTS
from eligibility.profile.facts import MAX_COUNT
from eligibility.profile.records import Company, Product, Year
from eligibility.rulebook import language as l
from eligibility.rulebook.redundant import conflict, equivalent, redundant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eligibility.rulebook.redundant import Redundant

ON = date(2023, 6, 30)
DAY = timedelta(days=1)
FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)
FINE = Fraction(1, 10**4)
runs = laws(400)


@dataclass(frozen=True)
class Known:
    """A fact with the constants its tests name, and every value worth trying."""

    path: str
    constants: tuple[Any, ...]
    values: tuple[Any, ...]
    prior: bool = False

    @property
    def ref(self) -> l.FactRef:
        return l.FactRef(FACTS[self.path], self.prior)


def rates(*texts: Fraction) -> tuple[Rate, ...]:
    return tuple(Rate(text.numerator, text.denominator) for text in texts)


MONEY = (0, 1, 2, 3, 4, MAX_MONEY - 1, MAX_MONEY)
SHARES = rates(Fraction(0), FINE, Fraction(1, 2), 1 - FINE, Fraction(1))
BETWEEN = rates(Fraction(1, 3), Fraction(2, 3), FINE * 2, 1 - 2 * FINE)
DATES = (FIRST, FIRST + DAY, date(2020, 2, 29), LAST)
COMPANY = (
    Known("company.foreign_funded", (True, False), (True, False)),
    Known("company.size", ("micro", "small", "medium", "large"), ("micro", "small", "medium", "large")),
    Known("company.employees", (0, 1, 2, 4, MAX_COUNT), (0, 1, 2, 3, 4, 5, MAX_COUNT - 1, MAX_COUNT)),
    Known("company.gradient_score", (0, 1, 3), (0, 1, 2, 3, 4, MAX_COUNT)),
    Known("company.market_share", SHARES, SHARES + BETWEEN),
    Known("company.registered_on", DATES, (*DATES, FIRST + 2 * DAY, DATES[2] - DAY, DATES[2] + DAY, LAST - DAY)),
    Known("year.revenue", (0, 1, 3, MAX_MONEY), MONEY),
    Known("year.revenue", (0, 1, 3, MAX_MONEY), MONEY, prior=True),
    Known(
        "company.activities",
        ("rnd", "production", "service"),
        tuple(
            frozenset(words)
            for words in chain.from_iterable(
                combinations(("rnd", "production", "service", "sales"), n) for n in range(5)
            )
        ),
    ),
)
ITEM = (
    Known("product.first_special_review_entry", (True, False), (True, False)),
    Known("product.innovative", (True, False), (True, False)),
)
ORDERED = ("at_least", "at_most", "above", "below", "between", "equals", "one_of")
PERIODS = ({"years": 1}, {"months": 12}, {"months": 18}, {"years": 3}, {"days": 30}, {"days": 90})


# ---- conditions


def constant(value: Any) -> l.Constant:
    return l.Constant(value, str(value))


@st.composite
def comparisons(draw: st.DrawFn, facts: Sequence[Known]) -> l.Test:
    """A fact against constants."""
    fact = draw(st.sampled_from(list(facts)))
    kind = FACTS[fact.path].type.value
    ops: Sequence[str] = ORDERED if kind in ("money", "count", "rate") else ("equals", "one_of")
    ops = {"boolean": ("equals",), "date": ("before", "on_or_after", "between", "equals"), "choices": ("includes", "includes_any", "includes_all")}.get(kind, ops)  # fmt: skip
    op = draw(st.sampled_from(list(ops)))
    if op == "between":
        ends = draw(st.lists(st.sampled_from(fact.constants), min_size=2, max_size=2))
        ends.sort(key=lambda end: Fraction(*end) if isinstance(end, Rate) else end)
        return l.Test(fact.ref, op, tuple(map(constant, ends)))
    most = 3 if op in ("one_of", "includes_any", "includes_all") else 1
    values = draw(st.lists(st.sampled_from(fact.constants), min_size=1, max_size=most, unique=True))
    return l.Test(fact.ref, op, tuple(map(constant, values)))  # type: ignore[arg-type]


@st.composite
def conditions(
    draw: st.DrawFn, leaves: st.SearchStrategy[l.Condition], some: st.SearchStrategy[l.Condition] | None, depth: int = 2
) -> l.Condition:
    """A condition over these tests, with `some` where there is one to draw."""
    words = ["test"] * 2 + ["all", "any", "not"] * bool(depth) + ["some"] * 2 * (some is not None)
    match draw(st.sampled_from(words)):
        case "all":
            return l.All(tuple(draw(conditions(leaves, some, depth - 1)) for _ in range(draw(st.integers(1, 3)))))
        case "any":
            return l.AnyOf(tuple(draw(conditions(leaves, some, depth - 1)) for _ in range(draw(st.integers(1, 3)))))
        case "not":
            return l.Not(draw(conditions(leaves, some, depth - 1)))
        case "some":
            return l.Some("product", draw(some))  # type: ignore[arg-type]
        case _:
            return draw(leaves)


@dataclass(frozen=True)
class Asked:
    """Parts of an `all`, the facts they speak of, and whether one product is at hand."""

    parts: tuple[l.Condition, ...]
    facts: tuple[Known, ...]
    at_hand: bool
    items: bool

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset({"product"} if self.at_hand else ())


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    """Two company facts at most, so that every company can be tried; products of two facts."""
    facts = draw(st.lists(st.sampled_from(COMPANY), min_size=1, max_size=2, unique=True))
    items, at_hand = draw(st.booleans()), draw(st.booleans())
    outer = comparisons([*facts, *(ITEM if at_hand else ())])
    some = conditions(comparisons([*ITEM, *facts]), None, 1) if items else None
    parts = draw(st.lists(conditions(outer, some), min_size=1, max_size=4))
    return Asked(tuple(parts), tuple(facts), at_hand, items)


# ---- worlds


def record(kind: type, **values: Any) -> Any:
    made = blank(kind)
    for name, value in values.items():
        object.__setattr__(made, name, value)
    return made


PRODUCTS = [
    record(Product, first_special_review_entry=entry, innovative=new) for entry, new in product((True, False), repeat=2)
]
LISTS = [list(kept) for n in range(5) for kept in combinations(PRODUCTS, n)]
"""Every list of products that a condition can tell apart."""


def worlds(asked: Asked, on: date = ON) -> Iterator[Facts]:
    """Every company of these facts; with products every list of them, with or without one at hand."""
    facts = Facts(Profile.read({"company": {}}), on)
    for values in product(*(fact.values for fact in asked.facts)):
        company: dict[str, Any] = {}
        years: list[dict[str, Any]] = [{}, {}]
        for fact, value in zip(asked.facts, values, strict=True):
            at = years[fact.prior] if fact.path.startswith("year.") else company
            at[fact.path.split(".")[1]] = value
        facts.company = record(Company, **company)
        facts.derived.size = company.get("size")
        facts.y0, facts.y1 = record(Year, **years[0]), record(Year, **years[1])
        lists = LISTS if asked.items else [PRODUCTS]
        for listed in lists:
            facts.items["product"] = tuple(listed)
            for facts.product in listed if asked.at_hand else [None]:
                yield facts


def verdicts(parts: Sequence[l.Condition], asked: Asked, on: date = ON) -> list[bool]:
    check = compile_condition(l.All(tuple(parts)), "any")
    truths = [truth_of(check(facts)) for facts in worlds(asked, on)]
    assert None not in truths
    return truths  # type: ignore[return-value]


def without(parts: Sequence[l.Condition], gone: set[int]) -> list[l.Condition]:
    """Leave parts of groups out, by `id`."""
    return [rebuilt(part, gone) for part in parts if id(part) not in gone]


def rebuilt(node: l.Condition, gone: set[int]) -> l.Condition:
    match node:
        case l.All() | l.AnyOf():
            return type(node)(tuple(without(node.parts, gone)))
        case l.Not():
            return l.Not(rebuilt(node.part, gone))
        case l.Some():
            return l.Some(node.kind, rebuilt(node.condition, gone))
        case _:
            return node


def removable(parts: Sequence[l.Condition]) -> Iterator[l.Condition]:
    """Every part of a group."""
    for part in parts:
        yield part
        yield from below(part)


def below(node: l.Condition) -> Iterator[l.Condition]:
    match node:
        case l.All() | l.AnyOf():
            yield from removable(node.parts)
        case l.Not():
            yield from below(node.part)
        case l.Some():
            yield from below(node.condition)


def pruned(asked: Asked) -> tuple[Redundant, ...]:
    found = redundant(asked.parts, (), asked.kinds)
    note(f"{asked.parts}\n{found}")
    return found


# ---- the laws


@runs
@given(asked())
def test_a_condition_is_said_never_to_hold_if_and_only_if_no_company_meets_it(asked: Asked) -> None:
    said = conflict(asked.parts, asked.kinds)
    assert bool(said) == (True not in verdicts(asked.parts, asked))


@runs
@given(asked())
def test_the_conflicting_lines_conflict_and_none_could_be_missed(asked: Asked) -> None:
    core = conflict(asked.parts, asked.kinds)
    said = [premise.condition if premise.holds else l.Not(premise.condition) for premise in core]
    if said:
        assert True not in verdicts(said, asked)
        for place in range(len(said)):
            assert True in verdicts([*said[:place], *said[place + 1 :]], asked)


@runs
@given(asked())
def test_leaving_out_what_is_said_to_change_nothing_changes_no_verdict(asked: Asked) -> None:
    gone: set[int] = set()
    before = verdicts(asked.parts, asked)
    for found in pruned(asked):
        gone.add(id(found.part))
        assert verdicts(without(asked.parts, gone), asked) == before


@runs
@given(asked())
def test_leaving_out_anything_else_changes_a_verdict(asked: Asked) -> None:
    assume(not conflict(asked.parts, asked.kinds))
    gone = {id(found.part) for found in pruned(asked)}
    before = verdicts(without(asked.parts, gone), asked)
    left = without(asked.parts, gone)
    for part in removable(left):
        assert verdicts(without(left, {id(part)}), asked) != before, part


@runs
@given(asked(), st.data())
def test_two_conditions_are_said_to_be_the_same_if_and_only_if_every_company_meets_both_or_neither(
    asked: Asked, data: st.DataObject
) -> None:
    one, other = (
        l.All(asked.parts),
        l.All(tuple(data.draw(st.permutations(asked.parts))[: data.draw(st.integers(1, 4))])),
    )
    assert equivalent(one, other, asked.kinds) == (verdicts([one], asked) == verdicts([other], asked))


# ---- beyond constants: what is said is true, though not all is said

MONIES = [
    Known("year.revenue", (0, 1, 3), tuple(range(5))),
    Known("year.revenue", (0, 1, 3), tuple(range(5)), prior=True),
]
BACK = tuple(
    ON - timedelta(days=days) for days in (-1, 0, 1, 29, 30, 31, 89, 90, 91, 364, 365, 366, 547, 548, 549, 1096, 1097)
)
BORN = Known("company.registered_on", (ON, ON - 40 * DAY, date(2020, 2, 29)), (*BACK, *DATES))


@st.composite
def loose_tests(draw: st.DrawFn) -> l.Condition:
    """A fact against another, or a share of it; a date against the date of assessment."""
    if draw(st.booleans()):
        return l.Within(BORN.ref, draw(st.sampled_from([period_of(**each) for each in PERIODS])))
    left, right = draw(st.permutations(MONIES))
    quantity = draw(st.sampled_from([right.ref, l.RateOf(Rate(1, 2), right.ref), l.Plus((right.ref, constant(1)))]))
    op = draw(st.sampled_from(["at_least", "at_most", "above", "below", "equals", "between"]))
    ends = draw(st.permutations([quantity, constant(1)])) if op == "between" else [quantity]
    return l.Test(left.ref, op, tuple(ends))  # type: ignore[arg-type]


def period_of(**length: int) -> Any:
    from eligibility.dates import Period

    return Period(**length)


@laws(150)
@given(st.lists(conditions(loose_tests() | comparisons([*MONIES, BORN]), None), min_size=1, max_size=4))
def test_what_is_proven_of_other_tests_is_true(parts: list[l.Condition]) -> None:
    asked = Asked(tuple(parts), (*MONIES, BORN), at_hand=False, items=False)
    before = verdicts(parts, asked)
    if conflict(parts):
        assert True not in before
    gone = {id(found.part) for found in pruned(asked)}
    assert verdicts(without(parts, gone), asked) == before
