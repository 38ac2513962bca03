"""Every word of the language as a sentence in both languages, drawn from the rule alone and no looser than it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eligibility import Rulebook
from eligibility.profile.catalogue import FACTS
from eligibility.rulebook import awards, quantities
from eligibility.rulebook.describe import group_reason, kind_of
from eligibility.rulebook.wording import award_name, cap_name, counted, is_plural, sentence

from pages import clause_of, policy_file, write  # isort: skip - in tests/

if TYPE_CHECKING:
    from pathlib import Path

    from eligibility.rulebook.language import Clause


def clause(folder: Path, kind: str, text: str, *options: str) -> Clause:
    [read] = Rulebook.load(
        write(folder, {"policies/sample.yaml": policy_file(clause_of(kind, text, [*options]))})
    ).clauses
    return read


CONDITIONS = {
    "bare value": (
        "company.track: vaccines",
        "企业的主要赛道为疫苗",
        "the company's main track is vaccines",
    ),
    "yes": (
        "company.foreign_funded: true",
        "外商投资企业（企业）：是",
        "foreign-funded (company): yes",
    ),
    "no": ("product.innovative: false", "创新品种（产品）：否", "innovative variety (product): no"),
    "list": (
        "company.size: [small, medium]",
        "企业规模为小型、中型之一",
        "the company's size is one of small, medium",
    ),
    "list of one": ("company.size: [small]", "企业规模为小型", "the company's size is small"),
    "at_least": (
        "year.revenue: {at_least: 2000万元}",
        "参照年度的营业收入不低于2000万元",
        "the reference year's revenue is at least ¥20,000,000",
    ),
    "at_most": (
        "company.employees: {at_most: 300}",
        "企业的从业人员不超过300人",
        "the company's employees are at most 300 people",
    ),
    "above": (
        "project.own_funds: {above: 1元}",
        "项目的自筹资金高于1元",
        "the project's own funds are above ¥1",
    ),
    "below": (
        "company.daxing_rent_years: {below: 1}",
        "企业的已享受大兴房租补贴年数低于1年",
        "the company's years of Daxing's rent subsidy so far are below 1 year",
    ),
    "between": (
        "company.market_share: {between: [10%, 1/2]}",
        "企业的主导产品市场占有率在10%至50%之间（含两端）",
        "the company's market share of its main product is from 10% to 50%, both included",
    ),
    "before": (
        "company.registered_on: {before: 2023-01-01}",
        "企业的注册日期在2023-01-01之前（不含当日）",
        "the company's date of registration is before 2023-01-01, that day not included",
    ),
    "on_or_after": (
        "company.registered_on: {on_or_after: 2023-01-01}",
        "企业的注册日期在2023-01-01当日或之后",
        "the company's date of registration is on or after 2023-01-01",
    ),
    "within": (
        "company.registered_on: {within: 18 months}",
        "企业的注册日期在评估日前18个月以内（含首尾两日）",
        "the company's date of registration lies within 18 months before the date of assessment, both days included",
    ),
    "includes": (
        "company.activities: {includes: rnd}",
        "企业的业务活动包括研发",
        "the company's activities include research and development",
    ),
    "includes_any": (
        "company.activities: {includes_any: [rnd, production]}",
        "企业的业务活动包括下列任一：研发、生产",
        "the company's activities include any of research and development, production",
    ),
    "includes_all": (
        "company.activities: {includes_all: [rnd, production]}",
        "企业的业务活动包括下列全部：研发、生产",
        "the company's activities include all of research and development, production",
    ),
    "all": (
        "all: [{company.track: vaccines}, {any: [{company.size: small}, {company.size: micro}]}]",
        "企业的主要赛道为疫苗；且（企业规模为小型；或企业规模为微型）",
        "the company's main track is vaccines; and (the company's size is small; or the company's size is micro)",
    ),
    "not": (
        "not: {company.track: vaccines}",
        "并非（企业的主要赛道为疫苗）",
        "not (the company's main track is vaccines)",
    ),
    "some": (
        "some: {investment: {all: [{investment.bank_loan: true}, {investment.kind: fixed_assets}]}}",
        "至少有一个投资，其（使用银行贷款（投资）：是；且投资类别为固定资产投资）",
        "there is an investment for which (paid by a bank loan (investment): yes; and the investment's kind is fixed assets)",
    ),
    "prior_year": (
        "year.revenue: {above: prior_year.revenue}",
        "参照年度的营业收入高于参照年度上一年的营业收入",
        "the reference year's revenue is above the preceding year's revenue",
    ),
    "prior_year yes": (
        "prior_year.first_above_scale: true",
        "首次升规（参照年度上一年）：是",
        "first above designated size (preceding year): yes",
    ),
    "rate": (
        "year.rnd_expense: {at_least: {rate: 3%, of: year.revenue}}",
        "参照年度的研发费用不低于参照年度的营业收入的3%",
        "the reference year's R&D expense is at least 3% of the reference year's revenue",
    ),
    "plus": (
        "year.revenue: {at_least: {rate: 50%, of: {plus: [year.rnd_expense, 10万元]}}}",
        "参照年度的营业收入不低于（参照年度的研发费用和10万元之和）的50%",
        "the reference year's revenue is at least 50% of (the sum of the reference year's R&D expense and ¥100,000)",
    ),
    "minus": (
        "year.revenue: {above: {minus: [100, {rate: 5%, of: year.rnd_expense}]}}",
        "参照年度的营业收入高于100元减去（参照年度的研发费用的5%）（不低于零）",
        "the reference year's revenue is above ¥100 less (5% of the reference year's R&D expense) (not below zero)",
    ),
    "least": (
        "company.employees: {above: {least: [20, company.full_time_rnd_staff]}}",
        "企业的从业人员高于20和企业的全职研发人员中的最小者",
        "the company's employees are above the least of 20 and the company's full-time R&D staff",
    ),
    "greatest": (
        "year.revenue: {below: {greatest: [1元, 2元, year.rnd_expense]}}",
        "参照年度的营业收入低于1元、2元和参照年度的研发费用中的最大者",
        "the reference year's revenue is below the greatest of ¥1, ¥2 and the reference year's R&D expense",
    ),
    "sum": (
        "year.revenue: {below: {sum: lease.rent_paid, where: {lease.use: rnd}}}",
        "参照年度的营业收入低于各租约实付租金合计（限于租约的用途为研发者）",
        "the reference year's revenue is below the sum of rent paid over the leases"
        " (those for which the lease's use is research and development)",
    ),
}


@pytest.mark.parametrize("word", CONDITIONS)
def test_a_condition_is_said_as_it_is_tested(word: str, tmp_path: Path) -> None:
    text, zh, en = CONDITIONS[word]
    kind = text.split(".")[0]
    each = [kind] if kind in ("project", "product") else []
    [*_, part] = [
        part for part in clause(tmp_path, "condition", text, *each).condition.parts if "Dated" not in repr(part)
    ]
    if word == "all":
        part = clause(tmp_path, "condition", text).when
    assert (sentence(part, "zh"), sentence(part, "en")) == (zh, en)


def test_no_word_of_a_condition_is_left_out() -> None:
    words = {*quantities.OPERATORS, *quantities.QUANTITY_WORDS, "all", "not", "some"} - {"count"}  # below, as an award
    assert sorted(words - set(CONDITIONS)) == []


AWARDS = {
    "fixed": ("{fixed: 300万元, frequency: once}", "一次性300万元", "¥3,000,000, once"),
    "up_to": ("{fixed: 300万元, frequency: yearly, up_to: true}", "每年最高300万元", "up to ¥3,000,000, each year"),
    "instalments": (
        "{fixed: 1元, frequency: once, instalments: [40%, 60%]}",
        "一次性1元，分2期（40% / 60%）支付",
        "¥1, once, paid in 2 instalments (40% / 60%)",
    ),
    "rate": (
        "{rate: 2.5%, of: company.parent_rnd, frequency: yearly}",
        "每年企业的母公司研发费用的2.5%",
        "2.5% of the company's parent's R&D expense, each year",
    ),
    "per_unit": (
        "{per_unit: 800元, of: company.employees, frequency: once}",
        "一次性按企业的从业人员每人800元",
        "¥800 for each person of the company's employees, once",
    ),
    "count": (
        "{per_unit: 8元, of: {count: product, where: {product.kind: drug}}, frequency: once}",
        "一次性按各产品数量（限于产品类别为药品者）每单位8元",
        "¥8 for each unit of the number of products (those for which the product's kind is drug), once",
    ),
    "by": (
        "{by: company.size, amounts: {small: 2元, micro: 1元}, otherwise: 0元, frequency: once}",
        "一次性按企业规模（小型：2元；微型：1元；其他：0元）",
        "by the company's size (small: ¥2; micro: ¥1; otherwise: ¥0), once",
    ),
    "whole": (
        "{brackets: {of: year.revenue, mode: whole, rows: [{below: 10元, fixed: 1元}, {at_least: 10元, at_most: 20元, rate: 5%},"
        " {above: 20元, rate: 6%}]}, frequency: once}",
        "一次性按参照年度的营业收入所在档次：低于10元：1元；不低于10元且不超过20元：全部的5%；高于20元：全部的6%",
        "by the bracket of the reference year's revenue: below ¥10: ¥1; at least ¥10 and at most ¥20: 5% of the whole;"
        " above ¥20: 6% of the whole, once",
    ),
    "marginal": (
        "{brackets: {of: company.employees, mode: whole, rows: [{at_most: 10, fixed: 1元}, {above: 10, fixed: 2元}]}, frequency: once}",
        "一次性按企业的从业人员所在档次：不超过10人：1元；高于10人：2元",
        "by the bracket of the company's employees: at most 10 people: ¥1; above 10 people: ¥2, once",
    ),
    "brackets": (
        "{brackets: {of: year.revenue, mode: marginal, rows: [{below: 10元, rate: 1%}, {at_least: 10元, rate: 2%}]}, frequency: yearly}",
        "每年将参照年度的营业收入分段计算后相加：低于10元：该段的1%；不低于10元：该段的2%",
        "slice by slice of the reference year's revenue, added up: below ¥10: 1% of that slice; at least ¥10: 2% of that"
        " slice, each year",
    ),
    "range": ("{range: [1元, 2元], frequency: once}", "一次性1元至2元", "¥1 to ¥2, once"),
    "ceiling": ("{ceiling: 1亿元, frequency: yearly}", "每年不超过1亿元", "at most ¥100,000,000, each year"),
    "unpublished": (
        "{unpublished: true, frequency: yearly}",
        "每年资金（金额未公布）",
        "money whose figure is not public, each year",
    ),
    "service": ("{service: true}", "服务（无资金）", "a service, no money"),
}


@pytest.mark.parametrize("word", AWARDS)
def test_an_award_is_said_as_it_is_given(word: str, tmp_path: Path) -> None:
    text, zh, en = AWARDS[word]
    award = clause(tmp_path, "clause", f"award: {text}\n").award
    assert (award_name(award, "zh"), award_name(award, "en")) == (zh, en)


def test_no_form_of_award_is_left_out() -> None:
    assert sorted(set(awards.FORMS) - set(AWARDS)) == []


CAPS = [
    ("limit: 10元", "每家企业累计不超过10元", "at most ¥10 per company in all"),
    ("{limit: 10元, per: item, period: year}", "每个产品每年不超过10元", "at most ¥10 per product and year"),
    ("limit: unpublished", "每家企业累计设有上限，金额未公布", "limited per company in all; the figure is not public"),
    (
        "limit: {rate: 50%, of: year.revenue}",
        "每家企业累计不超过参照年度的营业收入的50%",
        "at most 50% of the reference year's revenue per company in all",
    ),
]


@pytest.mark.parametrize(("text", "zh", "en"), CAPS)
def test_a_cap_is_said_as_it_limits(text: str, zh: str, en: str, tmp_path: Path) -> None:
    each = "for_each: product\n" if "item" in text else ""
    entry = text if text.startswith("{") else f"{{{text}}}"
    [cap] = clause(tmp_path, "clause", f"{each}caps: [{entry}]\n").caps
    kind = "product" if each else None
    assert (cap_name(cap, "zh", kind), cap_name(cap, "en", kind)) == (zh, en)


def test_a_shared_cap_and_a_group_say_for_whom_they_hold(tmp_path: Path) -> None:
    two = """for_each: product
citations: [{document: S001, quote: R&D space, supports: [amount]}]
"""
    files = {name: policy_file(two, f"id: {name}") for name in ("one", "two")}
    stacking = """caps:
  - {id: all-of-it, limit: 9元, per: item, period: ever, over: [one/fragment, two/fragment], assumed: {zh: 假设, en: assumed}}
exclusive:
  - {id: highest, clauses: [one/fragment, two/fragment], keep: highest, per: item, assumed: {zh: 假设, en: assumed}}
"""
    rulebook = Rulebook.load(
        write(tmp_path, {f"policies/{name}.yaml": text for name, text in files.items()} | {"stacking.yaml": stacking})
    )
    [cap], [group] = rulebook.caps, rulebook.groups
    kind = kind_of(cap, rulebook)
    assert cap_name(cap, "zh", kind) == "合计每个产品累计不超过9元"
    assert cap_name(cap, "en", kind) == "together at most ¥9 per product in all"
    assert group_reason(group, rulebook).zh == "highest：每个产品只能享受其中最高的一项"
    assert group_reason(group, rulebook).en == "highest: only the highest of these is paid per product"


@pytest.mark.parametrize(
    ("path", "plural"),
    [
        ("company.employees", True),
        ("company.niche_years", True),
        ("year.revenue", False),
        ("company.age_months", False),
        ("company.foreign_capital_usd", False),
    ],
)
def test_a_label_takes_the_verb_of_its_noun(path: str, plural: bool) -> None:
    assert is_plural(FACTS[path]) is plural


def test_one_of_something_is_singular() -> None:
    assert [counted(n, unit) for n, unit in ((1, "people"), (2, "people"), (1, "years"), (1, "entities"))] == [
        "1 person",
        "2 people",
        "1 year",
        "1 entity",
    ]
