"""The rules as sentences, zh and en, drawn from the rules themselves: no second wording that can drift."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from eligibility.bilingual import Words
from eligibility.money import Rate, format_money, format_rate
from eligibility.profile.facts import FactType
from eligibility.profile.profile import LISTS, MANY
from eligibility.rulebook.language import (
    All,
    AnyOf,
    Brackets,
    ByTable,
    Ceiling,
    Constant,
    CountOf,
    Dated,
    FactRef,
    Fixed,
    Greatest,
    Least,
    Minus,
    Named,
    Not,
    PerUnit,
    Plus,
    Range,
    RateOf,
    Service,
    Some,
    SumOf,
    Test,
    Unpublished,
    Within,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eligibility.profile.facts import Fact
    from eligibility.rulebook.language import AwardRule, Bracket, Cap, Condition, Quantity

_TESTS: Final[dict[str, tuple[str, str]]] = {
    "equals": ("{fact}为{value}", "{fact} is {value}"),
    "one_of": ("{fact}为{value}之一", "{fact} is one of {value}"),
    "at_least": ("{fact}不低于{value}", "{fact} is at least {value}"),
    "at_most": ("{fact}不超过{value}", "{fact} is at most {value}"),
    "above": ("{fact}高于{value}", "{fact} is above {value}"),
    "below": ("{fact}低于{value}", "{fact} is below {value}"),
    "between": ("{fact}在{value}之间（含两端）", "{fact} is between {value} (both inside)"),
    "before": ("{fact}早于{value}", "{fact} is before {value}"),
    "on_or_after": ("{fact}不早于{value}", "{fact} is on or after {value}"),
    "includes": ("{fact}包括{value}", "{fact} include {value}"),
    "includes_any": ("{fact}包括下列任一：{value}", "{fact} include any of {value}"),
    "includes_all": ("{fact}包括下列全部：{value}", "{fact} include all of {value}"),
}
_PERIODS: Final = {"years": ("年", "year"), "months": ("个月", "month"), "days": ("天", "day")}


def pick(lang: str, zh: str, en: str) -> str:
    """Choose the text of a language."""
    return zh if lang == "zh" else en


def join(parts: Iterable[str], lang: str, *, last: tuple[str, str] = ("、", ", ")) -> str:
    """List texts."""
    return pick(lang, *last).join(parts)


# ---- values and facts


def kind_name(kind: str, lang: str) -> str:
    """Name a kind of item."""
    return LISTS[MANY[kind]].LABEL[lang]


def fact_name(ref: FactRef, lang: str) -> str:
    """Name a fact with the record it belongs to."""
    fact = ref.fact
    label = fact.label[lang]
    if fact.kind == "company":
        return pick(lang, f"企业的{label}", f"the company's {label}")
    if fact.kind == "year":
        year = pick(lang, "上一年度", "year before: ") if ref.prior else pick(lang, "参照年度", "reference year: ")
        return f"{year}{label}"
    return pick(lang, f"{kind_name(fact.kind, lang)}的{label}", f"the {kind_name(fact.kind, lang)}'s {label}")


def value_name(fact: Fact, value: object, lang: str) -> str:
    """Print a value of a fact for a reader."""
    if isinstance(value, bool):
        return pick(lang, "是" if value else "否", "yes" if value else "no")
    if isinstance(value, frozenset):
        names = [value_name(fact, one, lang) for one in sorted(value)]
        return join(names, lang) if names else pick(lang, "无", "none")
    if fact.values is not None and isinstance(value, str):
        return fact.values[value][lang]
    if isinstance(value, Rate):
        return format_rate(value)
    if fact.type is FactType.MONEY and isinstance(value, int):
        return format_money(value, lang)
    if fact.type is FactType.COUNT and fact.unit is not None:
        return pick(lang, f"{value}{fact.unit.zh}", f"{value} {fact.unit.en}")
    return str(value)


def period_name(period: tuple[int, int, int], lang: str) -> str:
    """Print a period."""
    years, months, days = period
    count, unit = next(((n, u) for n, u in zip((years, months, days), _PERIODS, strict=True) if n), (0, "days"))
    zh, en = _PERIODS[unit]
    return pick(lang, f"{count}{zh}", f"{count} {en}{'' if count == 1 else 's'}")


def amount_name(low: int, high: int | None, lang: str) -> str:
    """Print an interval of money."""
    if high is None:
        return pick(
            lang, f"{format_money(low, lang)}起，上限未公布", f"{format_money(low, lang)} or more, no bound published"
        )
    if low == high:
        return format_money(low, lang)
    return pick(
        lang,
        f"{format_money(low, lang)}至{format_money(high, lang)}",
        f"{format_money(low, lang)} to {format_money(high, lang)}",
    )


# ---- quantities


def quantity_name(quantity: Quantity, lang: str, fact: Fact | None = None) -> str:
    """Print a quantity; `fact` is what a constant is compared with."""
    match quantity:
        case FactRef():
            return fact_name(quantity, lang)
        case Constant():
            return value_name(fact, quantity.value, lang) if fact else _constant(quantity, lang)
        case RateOf():
            inner = quantity_name(quantity.of, lang)
            return pick(lang, f"{inner}的{format_rate(quantity.rate)}", f"{format_rate(quantity.rate)} of {inner}")
        case Plus():
            return pick(lang, "、", " plus ").join(quantity_name(part, lang) for part in quantity.parts) + pick(
                lang, "之和", ""
            )
        case Minus():
            left, right = quantity_name(quantity.left, lang), quantity_name(quantity.right, lang)
            return pick(lang, f"{left}减去{right}（不低于零）", f"{left} less {right} (not below zero)")
        case Least() | Greatest():
            parts = join([quantity_name(part, lang) for part in quantity.parts], lang)
            word = (
                pick(lang, "最小者", "the least of ")
                if isinstance(quantity, Least)
                else pick(lang, "最大者", "the greatest of ")
            )
            return pick(lang, f"{parts}中的{word}", f"{word}{parts}")
        case SumOf():
            return _over_items(
                quantity.fact.fact.kind, quantity.where, lang, ("{f}合计", "the sum of {f}"), quantity.fact
            )
        case CountOf():
            return _over_items(quantity.kind, quantity.where, lang, ("{f}数量", "the number of {f}"), None)
        case _:
            assert_never(quantity)


def _constant(literal: Constant, lang: str) -> str:
    if not isinstance(literal.value, int):
        return literal.text
    return literal.text if literal.text.isdecimal() else format_money(literal.value, lang)


def _over_items(kind: str, where: Condition | None, lang: str, form: tuple[str, str], fact: FactRef | None) -> str:
    name = fact.fact.label[lang] if fact else kind_name(kind, lang)
    plural = pick(lang, kind_name(kind, lang), f"{kind_name(kind, lang)}s")
    text = pick(lang, *form).format(
        f=pick(lang, f"各{plural}{name if fact else ''}", f"{name} over the {plural}" if fact else plural)
    )
    return (
        text
        if where is None
        else pick(lang, f"{text}（限于{sentence(where, lang)}者）", f"{text} (those where {sentence(where, lang)})")
    )


# ---- conditions


def sentence(condition: Condition, lang: str) -> str:
    """Print a condition as one sentence, from the test alone."""
    match condition:
        case All():
            return pick(lang, "；且", "; and ").join(_inner(part, lang) for part in condition.parts)
        case AnyOf():
            return pick(lang, "；或", "; or ").join(_inner(part, lang) for part in condition.parts)
        case Not():
            return pick(lang, f"并非（{sentence(condition.part, lang)}）", f"not ({sentence(condition.part, lang)})")
        case Named():
            return condition.definition.title[lang]
        case Some():
            inner, kind = sentence(condition.condition, lang), kind_name(condition.kind, lang)
            return pick(lang, f"至少有一个{kind}：{inner}", f"there is a {kind} for which {inner}")
        case Test():
            return _test(condition, lang)
        case Within():
            fact, period = fact_name(condition.fact, lang), period_name(condition.period, lang)
            return pick(
                lang,
                f"{fact}在评估日前{period}以内（含）",
                f"{fact} lies within {period} before the date of assessment",
            )
        case Dated():
            kind = kind_name(condition.fact.fact.kind, lang)
            return pick(lang, f"{kind}属于参照年度", f"the {kind} belongs to the reference year")
        case _:
            assert_never(condition)


def _inner(condition: Condition, lang: str) -> str:
    text = sentence(condition, lang)
    return pick(lang, f"（{text}）", f"({text})") if isinstance(condition, All | AnyOf) else text


def _test(test: Test, lang: str) -> str:
    fact = test.fact.fact
    names = [quantity_name(operand, lang, fact if isinstance(operand, Constant) else None) for operand in test.operands]
    value = pick(lang, "与", " and ").join(names) if test.op == "between" else join(names, lang)
    if test.op == "equals" and fact.type is FactType.BOOLEAN:
        holds = isinstance(test.operands[0], Constant) and test.operands[0].value
        kind = test.fact.fact.kind
        of = pick(lang, "企业", "company") if kind == "company" else kind_name(kind, lang)
        label = fact.label[lang]
        return pick(lang, f"{of}{label}：{'是' if holds else '否'}", f"{label} ({of}): {'yes' if holds else 'no'}")
    return pick(lang, *_TESTS[test.op]).format(fact=fact_name(test.fact, lang), value=value)


# ---- awards and caps


def award_name(award: AwardRule, lang: str) -> str:
    """Print what a clause gives."""
    text = _form(award, lang)
    if isinstance(award.form, Service):
        return text
    often = pick(
        lang, "每年" if award.frequency == "yearly" else "一次性", "a year" if award.frequency == "yearly" else "once"
    )
    text = pick(lang, f"{often}{text}", f"{text}, {often}")
    if award.up_to:
        text = pick(lang, f"最高{text}", f"up to {text}")
    if award.instalments:
        shares = "/".join(map(format_rate, award.instalments))
        text += pick(
            lang,
            f"，分{len(award.instalments)}期（{shares}）支付",
            f", paid in {len(award.instalments)} instalments ({shares})",
        )
    return text


def _form(award: AwardRule, lang: str) -> str:
    form = award.form
    match form:
        case Fixed():
            return format_money(form.amount, lang)
        case RateOf():
            return quantity_name(form, lang)
        case PerUnit():
            amount, of = format_money(form.amount, lang), quantity_name(form.of, lang)
            return pick(lang, f"按{of}每单位{amount}", f"{amount} for each unit of {of}")
        case ByTable():
            return _table(form, lang)
        case Brackets():
            return _brackets(form, lang)
        case Range():
            return amount_name(form.low, form.high, lang)
        case Ceiling():
            return pick(lang, f"不超过{format_money(form.amount, lang)}", f"at most {format_money(form.amount, lang)}")
        case Unpublished():
            return pick(lang, "资金（金额未公布）", "money whose figure is not public")
        case Service():
            return pick(lang, "服务（无资金）", "a service, no money")
        case _:
            assert_never(form)


def _table(form: ByTable, lang: str) -> str:
    fact = form.fact.fact
    labels = fact.values or {"true": Words("是", "yes"), "false": Words("否", "no")}
    rows = [
        f"{labels[value][lang]}{pick(lang, '：', ': ')}{format_money(amount, lang)}" for value, amount in form.amounts
    ]
    if form.otherwise is not None:
        rows.append(
            pick(
                lang, f"其他：{format_money(form.otherwise, lang)}", f"otherwise: {format_money(form.otherwise, lang)}"
            )
        )
    name = fact_name(form.fact, lang)
    return pick(lang, f"按{name}（{join(rows, lang)}）", f"by {name} ({join(rows, lang)})")


def _brackets(form: Brackets, lang: str) -> str:
    of = quantity_name(form.of, lang)
    money = not isinstance(form.of, CountOf)
    rows = pick(lang, "；", "; ").join(_bracket(row, lang, money=money) for row in form.rows)
    mode = pick(
        lang,
        "全额" if form.mode == "whole" else "超额累进",
        "of the whole" if form.mode == "whole" else "slice by slice",
    )
    return pick(lang, f"按{of}分档（{mode}）：{rows}", f"by brackets of {of} ({mode}): {rows}")


def _bracket(row: Bracket, lang: str, *, money: bool) -> str:
    def bound(value: int) -> str:
        return format_money(value, lang) if money else str(value)

    parts = []
    if row.low or not row.low_inside:
        parts.append(
            pick(lang, "不低于" if row.low_inside else "高于", "at least " if row.low_inside else "above ")
            + bound(row.low)
        )
    if row.high is not None:
        parts.append(
            pick(lang, "不超过" if row.high_inside else "低于", "at most " if row.high_inside else "below ")
            + bound(row.high)
        )
    where = pick(lang, "且", " and ").join(parts) or pick(lang, "任何数额", "any amount")
    given = format_rate(row.rate) if row.rate else format_money(row.amount or 0, lang)
    return pick(lang, f"{where}：{given}", f"{where}: {given}")


def cap_name(cap: Cap, lang: str) -> str:
    """Print a cap."""
    limit = pick(lang, "未公布", "not published") if cap.limit is None else quantity_name(cap.limit, lang)
    each = pick(lang, "每项" if cap.per == "item" else "每家企业", "per item" if cap.per == "item" else "per company")
    often = pick(lang, "每年" if cap.period == "year" else "累计", "a year" if cap.period == "year" else "in all")
    text = pick(lang, f"{each}{often}上限：{limit}", f"limit {each} {often}: {limit}")
    return f"{cap.title[lang]}{pick(lang, '，', ', ')}{text}" if cap.title else text
