"""Every kind of mutant: what is changed, into what, and what is left alone because it would change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eligibility import Rulebook
from eligibility.mutation.literals import beside
from eligibility.mutation.mutant import KINDS
from eligibility.mutation.targets import Workshop, targets
from eligibility.profile.facts import FactType

from pages import CLAUSE, indented, policy_file, whole, write  # isort: skip - in tests/

if TYPE_CHECKING:
    from pathlib import Path

    from eligibility.mutation.mutant import Draft

ASSUMED = "assumed: {zh: 假设, en: assumed}"
OWNER = "sample/fragment"


def drafts(folder: Path, files: dict[str, str]) -> list[Draft]:
    rulebook = Rulebook.load(write(folder, files))
    workshop = Workshop(rulebook)
    return [draft for target in targets(rulebook) for draft in workshop.drafts(target)]


def found(folder: Path, files: dict[str, str], owner: str, path: str) -> set[str]:
    """What stands in the place of what was there, under a path and below it."""
    mutants = [mutant for mutant, _ in drafts(folder, files)]
    assert len({mutant.id for mutant in mutants}) == len(mutants)
    assert {mutant.kind for mutant in mutants} <= set(KINDS)
    return {
        f"{mutant.path.removeprefix(path).lstrip('.')} = {mutant.became}".removeprefix(" ")
        for mutant in mutants
        if mutant.owner == owner and mutant.path.startswith(path)
    }


def of_clause(folder: Path, text: str, path: str, **files: str) -> set[str]:
    extra = {f"{name}.yaml": file for name, file in files.items()}
    return found(folder, {"policies/sample.yaml": policy_file(text)} | extra, OWNER, path)


def when(text: str, each: str = "") -> str:
    return f"{f'for_each: {each}' if each else 'title: {zh: 片段, en: Fragment}'}\nwhen: {text}\n"


CONDITIONS = [
    ("{company.employees: {at_least: 20}}", "", {"company.employees.at_least = above", "company.employees.at_least = 21", "company.employees.at_least = 19"}),
    ("{company.employees: {below: 1}}", "", {"company.employees.below = at_most", "company.employees.below = 2", "company.employees.below = 0"}),
    ("{company.employees: {above: 0}}", "", {"company.employees.above = at_least", "company.employees.above = 1"}),
    ("{company.employees: 7}", "", {"company.employees = not 7", "company.employees = 8", "company.employees = 6"}),
    ("{company.employees: {between: [5, 9]}}", "", {"company.employees.between.from = 6", "company.employees.between.from = 4", "company.employees.between.to = 10", "company.employees.between.to = 8"}),
    ("{year.revenue: {at_most: 100元}}", "", {"year.revenue.at_most = below", "year.revenue.at_most = 100.01元", "year.revenue.at_most = 99.99元"}),
    ("{company.registered_on: {before: 2023-03-01}}", "", {"company.registered_on.before = on_or_after", "company.registered_on.before = 2023-03-02", "company.registered_on.before = 2023-02-28"}),
    ("{company.registered_on: {within: 3 years}}", "", {"company.registered_on.within = 4 years", "company.registered_on.within = 2 years"}),
    ("{company.moved_into_yizhuang: true}", "", {"company.moved_into_yizhuang = false"}),
    ("{company.moved_into_yizhuang: 否}", "", {"company.moved_into_yizhuang = true"}),
    ("{lease.use: 其他}", "lease", {"lease.use = not 其他", "lease.use = rnd", "lease.use = production", "lease.use = service", "lease.use = office"}),
    ("{lease.use: [rnd, 办公]}", "lease", {"lease.use = without rnd", "lease.use = without 办公", "lease.use = with production", "lease.use = with service", "lease.use = with other"}),
    ("{company.activities: {includes_any: [rnd, sales]}}", "", {"company.activities.includes_any = includes_all", "company.activities.includes_any = without rnd", "company.activities.includes_any = without sales", "company.activities.includes_any = with production", "company.activities.includes_any = with service"}),
    ("{company.activities: {includes_all: [rnd]}}", "", {"company.activities.includes_all = with production", "company.activities.includes_all = with service", "company.activities.includes_all = with sales"}),
    ("{company.activities: {includes: rnd}}", "", {"company.activities.includes = production", "company.activities.includes = service", "company.activities.includes = sales"}),
    ("{not: {company.moved_into_yizhuang: true}}", "", {"not = without not", "not.company.moved_into_yizhuang = false"}),
    ("{some: {lease: {lease.in_yizhuang: true}}}", "", {"some.lease.lease.in_yizhuang = false"}),
    ("{all: [{company.moved_into_yizhuang: true}, {lease.in_yizhuang: true}]}", "lease", {"all = any", "all.company.moved_into_yizhuang = dropped", "all.company.moved_into_yizhuang = false", "all.lease.in_yizhuang = dropped", "all.lease.in_yizhuang = false"}),
    ("{any: [{company.employees: 7}, {company.employees: 9}]}", "", {"any = all", *(f"any[{at}].company.employees = {to}" for at, n in ((0, 7), (1, 9)) for to in ("dropped", f"not {n}", n + 1, n - 1))}),
    ("{all: [{company.moved_into_yizhuang: true}]}", "", {"all.company.moved_into_yizhuang = false"}),
    ("{year.revenue: {above: {rate: 50%, of: prior_year.revenue}}}", "", {"year.revenue.above = at_least", "year.revenue.above.rate = 50.01%", "year.revenue.above.rate = 49.99%"}),
    ("{year.revenue: {above: {least: [prior_year.revenue, 5元]}}}", "", {"year.revenue.above = at_least", "year.revenue.above.least = greatest", "year.revenue.above.least[0] = dropped", "year.revenue.above.least[1] = dropped", "year.revenue.above.least[1] = 5.01元", "year.revenue.above.least[1] = 4.99元"}),
    ("{year.revenue: {above: {plus: [prior_year.revenue, year.revenue, year.revenue]}}}", "", {"year.revenue.above = at_least", *(f"year.revenue.above.plus[{at}] = dropped" for at in range(3))}),
    ("{year.revenue: {above: {sum: lease.rent_paid, where: {lease.in_yizhuang: true}}}}", "", {"year.revenue.above = at_least", "year.revenue.above.sum.where = dropped", "year.revenue.above.sum.where.lease.in_yizhuang = false"}),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "each", "expected"), CONDITIONS)
def test_conditions(tmp_path: Path, condition: str, each: str, expected: set[str]) -> None:
    assert of_clause(tmp_path, when(condition, each), "when") == expected


AWARDS = [
    ("{fixed: 300元, frequency: once}", "", {"fixed = 300.01元", "fixed = 299.99元", "frequency = yearly", "up_to = true"}),
    ("{fixed: 0元, up_to: true, frequency: yearly}", "", {"fixed = 0.01元", "frequency = once", "up_to = false"}),
    ("{rate: 1/3, of: year.revenue, frequency: once}", "", {"rate = 33.34%", "rate = 33.33%", "frequency = yearly", "up_to = true"}),
    ("{rate: 1%, of: {minus: [year.revenue, 5元]}, frequency: once}", "", {"rate = 1.01%", "rate = 0.99%", "of.minus[0] = dropped", "of.minus[1] = dropped", "of.minus[1] = 5.01元", "of.minus[1] = 4.99元", "frequency = yearly", "up_to = true"}),
    ("{per_unit: 8元, of: company.employees, frequency: once}", "", {"per_unit = 8.01元", "per_unit = 7.99元", "frequency = yearly", "up_to = true"}),
    ("{range: [1元, 4元], frequency: once}", "", {"range.from = 1.01元", "range.from = 0.99元", "range.to = 4.01元", "range.to = 3.99元", "frequency = yearly", "up_to = true"}),
    ("{ceiling: 9元, frequency: once}", "", {"ceiling = 9.01元", "ceiling = 8.99元", "frequency = yearly"}),
    ("{unpublished: true, frequency: once}", "", set()),
    ("{service: true}", "", set()),
    ("{by: lease.use, amounts: {rnd: 2元, office: 3元}, otherwise: 1元, frequency: once}", "lease", {"amounts.rnd = 2.01元", "amounts.rnd = 1.99元", "amounts.rnd = dropped", "amounts.office = 3.01元", "amounts.office = 2.99元", "amounts.office = dropped", "otherwise = 1.01元", "otherwise = 0.99元", "frequency = yearly", "up_to = true"}),
    ("{brackets: {of: company.employees, mode: whole, rows: [{below: 5, fixed: 1元}, {at_least: 5, fixed: 2元}]}, frequency: once}", "", {"brackets.mode = marginal", "brackets.rows[0].fixed = 1.01元", "brackets.rows[0].fixed = 0.99元", "brackets.rows[1].fixed = 2.01元", "brackets.rows[1].fixed = 1.99元", "brackets.rows[0].below = at_most", "brackets.rows[0].below = 6", "brackets.rows[0].below = 4", "frequency = yearly", "up_to = true"}),
]  # fmt: skip


@pytest.mark.parametrize(("award", "each", "expected"), AWARDS)
def test_awards(tmp_path: Path, award: str, each: str, expected: set[str]) -> None:
    text = f"{f'for_each: {each}' if each else ''}\naward: {award}\n"
    assert of_clause(tmp_path, text, "award") == expected


CAPS = [
    ("caps: [{limit: 9元}]", {"[0] = dropped", "[0].limit = 9.01元", "[0].limit = 8.99元", "[0].period = year"}),
    ("for_each: lease\ncaps: [{limit: lease.rent_paid}, {limit: 9元, per: company, period: year}]", {"[0] = dropped", "[0].per = company", "[0].period = year", "[1] = dropped", "[1].limit = 9.01元", "[1].limit = 8.99元", "[1].per = item", "[1].period = ever"}),
    ("caps: [{limit: unpublished}]", set()),
    ("reference: any\ncaps: [{limit: 9元}]", {"[0] = dropped", "[0].limit = 9.01元", "[0].limit = 8.99元"}),
]  # fmt: skip


@pytest.mark.parametrize(("caps", "expected"), CAPS)
def test_caps(tmp_path: Path, caps: str, expected: set[str]) -> None:
    assert of_clause(tmp_path, caps + "\n", "caps") == expected


def test_a_frequency_matters_for_an_unpublished_award_once_a_limit_is_known(tmp_path: Path) -> None:
    text = "award: {unpublished: true, frequency: once}\ncaps: [{limit: 9元}]\n"
    assert of_clause(tmp_path, text, "award") == {"frequency = yearly"}


def test_a_frequency_says_nothing_where_there_is_no_year(tmp_path: Path) -> None:
    text = "reference: any\naward: {fixed: 1元, frequency: once}\n"
    assert of_clause(tmp_path, text, "award") == {"fixed = 1.01元", "fixed = 0.99元", "up_to = true"}


REFERENCES = [
    ("for_each: lease\n", {"= previous_year", "= any"}),
    ("reference: any\nfor_each: lease\n", {"= current_year", "= previous_year"}),
    ("when: {year.revenue: {above: 1元}}\n", {"= previous_year", "= any"}),
    ("when: {some: {lease: {lease.in_yizhuang: true}}}\n", {"= previous_year", "= any"}),
    ("award: {fixed: 1元, frequency: yearly}\n", {"= previous_year", "= any"}),
    ("award: {unpublished: true, frequency: yearly}\n", set()),
    ("award: {fixed: 1元, frequency: once}\n", set()),
    ("award: {fixed: 1元, frequency: once}\ncaps: [{limit: 9元, period: year}]\n", {"= previous_year", "= any"}),
]


@pytest.mark.parametrize(("text", "expected"), REFERENCES)
def test_a_reference_year_where_it_decides_anything(tmp_path: Path, text: str, expected: set[str]) -> None:
    assert of_clause(tmp_path, text, "reference") == expected


HEADS = [
    ("in_force: {from: 2023-02-16, to: 2024-02-15}", {"in_force.from = 2023-02-17", "in_force.from = 2023-02-15", "in_force.to = 2024-02-16", "in_force.to = 2024-02-14"}),
    ("in_force: {from: 2023-02-16, to: open}", {"in_force.from = 2023-02-17", "in_force.from = 2023-02-15", "in_force.to = unknown"}),
    ("in_force: {from: unknown, to: open}", {"issued = 2023-02-17", "issued = 2023-02-15"}),
    ("requires: [{company.moved_into_yizhuang: true}]", {"requires.company.moved_into_yizhuang = dropped", "requires.company.moved_into_yizhuang = false"}),
    ("requires: [small, {company.moved_into_yizhuang: true}]", {"requires.small = dropped", "requires.company.moved_into_yizhuang = dropped", "requires.company.moved_into_yizhuang = false"}),
]  # fmt: skip
SMALL = "definitions:\n  small:\n    title: {zh: 小, en: small}\n    when: {company.employees: {below: 9}}\n    assumptions: [{zh: 假设, en: assumed}]\n"


@pytest.mark.parametrize(("head", "expected"), HEADS)
def test_the_head_of_a_policy(tmp_path: Path, head: str, expected: set[str]) -> None:
    files = {"policies/sample.yaml": policy_file("", head), "definitions.yaml": SMALL}
    dates = {"in_force.from = 2023-02-17", "in_force.from = 2023-02-15", "in_force.to = open"}
    assert found(tmp_path, files, "sample", "") == expected | (dates if head.startswith("requires") else set())


def test_a_definition_that_a_clause_rests_on(tmp_path: Path) -> None:
    files = {"policies/sample.yaml": policy_file("when: small\n"), "definitions.yaml": SMALL}
    expected = {
        "when.company.employees.below = at_most",
        "when.company.employees.below = 10",
        "when.company.employees.below = 8",
    }
    assert found(tmp_path, files, "small", "") == expected


def test_a_definition_that_nothing_rests_on_is_left_alone(tmp_path: Path) -> None:
    files = {"policies/sample.yaml": policy_file(""), "definitions.yaml": SMALL}
    assert found(tmp_path, files, "small", "") == set()


def three(stacking: str, caps: str = "") -> dict[str, str]:
    """A policy of three clauses, with stacking rules."""
    head = policy_file("").partition("clauses:\n")[0]
    parts = [indented(whole(f"id: {ident}\n", CLAUSE), "  - ", "    ") for ident in "abc"]
    files = {"policies/sample.yaml": f"{head}{caps}clauses:\n" + "\n".join(parts) + "\n"}
    return files | ({"stacking.yaml": stacking} if stacking else {})


def test_shared_caps(tmp_path: Path) -> None:
    text = f"caps:\n  - {{id: both, limit: 9元, per: company, period: year, over: [sample/a, sample/b], {ASSUMED}}}\n"
    assert found(tmp_path, three(text), "both", "") == {
        "limit = 9.01元", "limit = 8.99元", "per = item", "period = ever", "over = without sample/a",
        "over = without sample/b", "rule = dropped",
    }  # fmt: skip


def test_a_shared_cap_over_all_of_a_policy_drops_each_member(tmp_path: Path) -> None:
    text = f"caps:\n  - {{id: whole, limit: 9元, per: company, period: ever, over: all, {ASSUMED}}}\n"
    members = {f"over = without sample/{ident}" for ident in "abc"}
    assert found(tmp_path, three("", text), "whole", "over") == {member.removeprefix("over ") for member in members}


def test_a_shared_cap_that_is_not_published_is_left_alone(tmp_path: Path) -> None:
    text = f"caps:\n  - {{id: both, limit: unpublished, per: company, period: year, over: [sample/a, sample/b], {ASSUMED}}}\n"
    assert found(tmp_path, three(text), "both", "") == set()


def test_exclusive_groups(tmp_path: Path) -> None:
    text = f"exclusive:\n  - {{id: one, clauses: [sample/a, sample/b, sample/c], keep: highest, per: company, {ASSUMED}}}\n"
    members = {f"clauses = without sample/{ident}" for ident in "abc"}
    assert found(tmp_path, three(text), "one", "") == members | {"per = item", "rule = dropped"}


def test_a_group_of_two_drops_no_member(tmp_path: Path) -> None:
    text = f"exclusive:\n  - {{id: one, clauses: [sample/a, sample/b], keep: highest, per: company, {ASSUMED}}}\n"
    assert found(tmp_path, three(text), "one", "") == {"per = item", "rule = dropped"}


READING = f"""readings:
  - id: reach
    title: {{zh: 范围, en: reach}}
    ways:
      - {{id: wide, title: {{zh: 宽, en: wide}}, {ASSUMED}}}
      - {{id: narrow, title: {{zh: 窄, en: narrow}}, {ASSUMED}}}
    {ASSUMED}
"""


def test_the_way_of_a_reading_that_a_cap_holds_in(tmp_path: Path) -> None:
    text = f"{READING}caps:\n  - {{id: both, reading: reach/wide, limit: 9元, per: company, period: year, over: [sample/a], {ASSUMED}}}\n"
    assert found(tmp_path, three(text), "both", "reading") == {"= dropped", "= reach/narrow"}


def test_a_mutant_shows_its_place_and_what_it_changes(tmp_path: Path) -> None:
    files = {"policies/sample.yaml": policy_file("when: {company.activities: {includes_any: [rnd, sales]}}\n")}
    said = {str(mutant): mutant for mutant, _ in drafts(tmp_path, files)}
    assert {
        "`rnd` is dropped",
        "`production` is added to `[rnd, sales]`",
        "`includes_any` becomes `includes_all`",
    } <= set(said)
    place = said["`rnd` is dropped"].place
    assert place.source.line(place.line)[place.column - 1 :].startswith("rnd, sales]")


def test_every_edit_is_taken_back(tmp_path: Path) -> None:
    files = three(
        f"exclusive:\n  - {{id: one, clauses: [sample/a, sample/b, sample/c], keep: highest, per: company, {ASSUMED}}}\n"
    )
    rulebook = Rulebook.load(write(tmp_path, files))
    workshop = Workshop(rulebook)

    def all_of() -> list[str]:
        return [mutant.id for target in targets(rulebook) for mutant, _ in workshop.drafts(target)]

    before = all_of()
    for target in targets(rulebook):
        for _, edit in workshop.drafts(target):
            with edit.made():
                assert all(node.value == value for node, value in edit.changes)
    assert all_of() == before


def test_what_cannot_be_read_has_nothing_beside_it() -> None:
    assert beside(FactType.MONEY, "much") == beside(FactType.RATE, "half") == beside(FactType.COUNT, "many") == []
    assert beside(FactType.TEXT, "text") == []
