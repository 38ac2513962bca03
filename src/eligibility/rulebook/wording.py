"""The rules as sentences, zh and en, drawn from the rules themselves: no second wording that can drift."""

from __future__ import annotations

import re
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
    from collections.abc import Iterable, Sequence

    from eligibility.profile.facts import Fact
    from eligibility.rulebook.language import AwardRule, Bracket, Cap, Condition, Group, Quantity

_TESTS: Final[dict[str, tuple[str, str]]] = {
    "equals": ("{fact}为{value}", "{fact} {is_} {value}"),
    "one_of": ("{fact}为{value}之一", "{fact} {is_} one of {value}"),
    "at_least": ("{fact}不低于{value}", "{fact} {is_} at least {value}"),
    "at_most": ("{fact}不超过{value}", "{fact} {is_} at most {value}"),
    "above": ("{fact}高于{value}", "{fact} {is_} above {value}"),
    "below": ("{fact}低于{value}", "{fact} {is_} below {value}"),
    "between": ("{fact}在{low}至{high}之间（含两端）", "{fact} {is_} from {low} to {high}, both included"),
    "before": ("{fact}在{value}之前（不含当日）", "{fact} {is_} before {value}, that day not included"),
    "on_or_after": ("{fact}在{value}当日或之后", "{fact} {is_} on or after {value}"),
    "includes": ("{fact}包括{value}", "{fact} include {value}"),
    "includes_any": ("{fact}包括下列任一：{value}", "{fact} include any of {value}"),
    "includes_all": ("{fact}包括下列全部：{value}", "{fact} include all of {value}"),
}
_HEAD: Final = re.compile(r",| (?:of|in|on|at|over|paid|so|under|with|last|used|bought|first) ")
"""Where the noun that a label begins with ends."""

_SINGULAR: Final = {"people": "person", "entities": "entity"}
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


def owner_name(ref: FactRef, lang: str) -> str:
    """Name the record that a fact belongs to."""
    fact = ref.fact
    if fact.kind == "company":
        return pick(lang, "企业", "company")
    if fact.kind == "year":
        return pick(lang, "参照年度上一年", "preceding year") if ref.prior else pick(lang, "参照年度", "reference year")
    return kind_name(fact.kind, lang)


def fact_name(ref: FactRef, lang: str) -> str:
    """Name a fact with the record it belongs to."""
    owner, label = owner_name(ref, lang), ref.fact.label[lang]
    if lang == "zh":
        return label if label.startswith(owner) else f"{owner}的{label}"
    return f"{label} of the {owner}" if label.startswith("the ") else f"the {owner}'s {label}"


def is_plural(fact: Fact) -> bool:
    """Tell whether a fact's English label is a plural: whether its head noun is."""
    head = _HEAD.split(fact.label.en)[0]
    return head.endswith("s") and not head.endswith(("ss", "us", "is"))


def counted(count: int, unit: str) -> str:
    """Print a count with its unit, which is given in the plural."""
    if count == 1:
        unit = _SINGULAR.get(unit) or re.sub(r"s$", "", unit)
    return f"{count} {unit}"


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
        return pick(lang, f"{value}{fact.unit.zh}", counted(int(str(value)), fact.unit.en))
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
            inner = _operand(quantity.of, lang)
            return pick(lang, f"{inner}的{format_rate(quantity.rate)}", f"{format_rate(quantity.rate)} of {inner}")
        case Plus():
            listed = _listed(quantity.parts, lang)
            return pick(lang, f"{listed}之和", f"the sum of {listed}")
        case Minus():
            left, right = _operand(quantity.left, lang), _operand(quantity.right, lang)
            return pick(lang, f"{left}减去{right}（不低于零）", f"{left} less {right} (not below zero)")
        case Least():
            listed = _listed(quantity.parts, lang)
            return pick(lang, f"{listed}中的最小者", f"the least of {listed}")
        case Greatest():
            listed = _listed(quantity.parts, lang)
            return pick(lang, f"{listed}中的最大者", f"the greatest of {listed}")
        case SumOf():
            return _over_items(
                quantity.fact.fact.kind, quantity.where, lang, ("{f}合计", "the sum of {f}"), quantity.fact
            )
        case CountOf():
            return _over_items(quantity.kind, quantity.where, lang, ("{f}数量", "the number of {f}"), None)
        case _:
            assert_never(quantity)


def _operand(quantity: Quantity, lang: str) -> str:
    """Print a part of a quantity, so that it cannot be read together with what stands beside it."""
    text = quantity_name(quantity, lang)
    single = isinstance(quantity, FactRef | Constant)
    return text if single else pick(lang, f"（{text}）", f"({text})")


def _listed(parts: Sequence[Quantity], lang: str) -> str:
    names = [_operand(part, lang) for part in parts]
    return join((join(names[:-1], lang), names[-1]), lang, last=("和", " and ")) if names[1:] else names[0]


def _constant(literal: Constant, lang: str) -> str:
    """Print a constant that stands alone: money in yuan, or a count, which is written as it is worth."""
    if not isinstance(literal.value, int) or literal.text == str(literal.value):
        return literal.text
    return format_money(literal.value, lang)


def _over_items(kind: str, where: Condition | None, lang: str, form: tuple[str, str], fact: FactRef | None) -> str:
    kinds = kind_name(kind, lang) if lang == "zh" else f"{kind_name(kind, lang)}s"
    name = fact.fact.label[lang] if fact else ""
    each = pick(lang, f"各{kinds}{name}", f"{name} over the {kinds}" if fact else kinds)
    text = pick(lang, *form).format(f=each)
    if where is None:
        return text
    return pick(lang, f"{text}（限于{sentence(where, lang)}者）", f"{text} (those for which {sentence(where, lang)})")


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
            inner, kind = _inner(condition.condition, lang), kind_name(condition.kind, lang)
            article = "an" if kind[0] in "aeiou" else "a"
            return pick(lang, f"至少有一个{kind}，其{inner}", f"there is {article} {kind} for which {inner}")
        case Test():
            return _test(condition, lang)
        case Within():
            fact, period = fact_name(condition.fact, lang), period_name(condition.period, lang)
            return pick(
                lang,
                f"{fact}在评估日前{period}以内（含首尾两日）",
                f"{fact} lies within {period} before the date of assessment, both days included",
            )
        case Dated():
            kind = kind_name(condition.fact.fact.kind, lang)
            return pick(lang, f"{kind}属于参照年度", f"the {kind} belongs to the reference year")
        case _:
            assert_never(condition)


def _inner(condition: Condition, lang: str) -> str:
    text = sentence(condition, lang)
    return pick(lang, f"（{text}）", f"({text})") if isinstance(condition, All | AnyOf) else text


def _values(names: Sequence[str], lang: str) -> str:
    """List values; where one has a comma of its own they are set apart otherwise."""
    return " / ".join(names) if any(", " in name or "、" in name for name in names) else join(names, lang)


def _test(test: Test, lang: str) -> str:
    fact = test.fact.fact
    if test.op == "equals" and fact.type is FactType.BOOLEAN:
        holds = isinstance(test.operands[0], Constant) and bool(test.operands[0].value)
        label, owner = fact.label[lang], owner_name(test.fact, lang)
        return pick(lang, f"{label}（{owner}）：", f"{label} ({owner}): ") + value_name(fact, holds, lang)
    names = [quantity_name(operand, lang, fact if isinstance(operand, Constant) else None) for operand in test.operands]
    op = "equals" if test.op == "one_of" and len(names) == 1 else test.op
    return pick(lang, *_TESTS[op]).format(
        fact=fact_name(test.fact, lang),
        is_="are" if is_plural(fact) else "is",
        value=_values(names, lang),
        low=names[0],
        high=names[-1],
    )


# ---- awards and caps


def award_name(award: AwardRule, lang: str) -> str:
    """Print what a clause gives."""
    text = _form(award, lang)
    if isinstance(award.form, Service):
        return text
    if award.up_to:
        text = pick(lang, f"最高{text}", f"up to {text}")
    yearly = award.frequency == "yearly"
    text = pick(lang, f"{'每年' if yearly else '一次性'}{text}", f"{text}, {'each year' if yearly else 'once'}")
    if award.instalments:
        shares = " / ".join(map(format_rate, award.instalments))
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
            unit = unit_of(form.of)
            zh, en = (unit.zh or "单位", counted(1, unit.en)[2:] or "unit") if unit else ("单位", "unit")
            return pick(lang, f"按{of}每{zh}{amount}", f"{amount} for each {en} of {of}")
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


def unit_of(quantity: Quantity) -> Words | None:
    """Give the unit that a quantity counts in, in the plural; without words if it has none, None if it is money."""
    match quantity:
        case FactRef() | SumOf():
            fact = quantity.fact.fact if isinstance(quantity, SumOf) else quantity.fact
            return (fact.unit or Words("", "")) if fact.type is FactType.COUNT else None
        case CountOf():
            return Words("", "")
        case Constant():
            return None
        case RateOf():
            return unit_of(quantity.of)
        case Minus():
            return unit_of(quantity.left) or unit_of(quantity.right)
        case Plus() | Least() | Greatest():
            return next((unit for part in quantity.parts if (unit := unit_of(part))), None)
        case _:
            assert_never(quantity)


def _table(form: ByTable, lang: str) -> str:
    fact = form.fact.fact
    labels = fact.values or {"true": Words("是", "yes"), "false": Words("否", "no")}
    rows = [(labels[value][lang], amount) for value, amount in form.amounts]
    if form.otherwise is not None:
        rows.append((pick(lang, "其他", "otherwise"), form.otherwise))
    colon, stop = pick(lang, "：", ": "), pick(lang, "；", "; ")
    listed = stop.join(f"{label}{colon}{format_money(amount, lang)}" for label, amount in rows)
    name = fact_name(form.fact, lang)
    return pick(lang, f"按{name}（{listed}）", f"by {name} ({listed})")


def _brackets(form: Brackets, lang: str) -> str:
    of = quantity_name(form.of, lang)
    whole = form.mode == "whole"
    rows = pick(lang, "；", "; ").join(_bracket(row, lang, form.of, whole=whole) for row in form.rows)
    if whole:
        return pick(lang, f"按{of}所在档次：{rows}", f"by the bracket of {of}: {rows}")
    return pick(lang, f"将{of}分段计算后相加：{rows}", f"slice by slice of {of}, added up: {rows}")


def _bracket(row: Bracket, lang: str, of: Quantity, *, whole: bool) -> str:
    parts = []
    if row.low or not row.low_inside:
        word = pick(lang, "不低于" if row.low_inside else "高于", "at least " if row.low_inside else "above ")
        parts.append(word + _bound(row.low, of, lang))
    if row.high is not None:
        word = pick(lang, "不超过" if row.high_inside else "低于", "at most " if row.high_inside else "below ")
        parts.append(word + _bound(row.high, of, lang))
    where = pick(lang, "且", " and ").join(parts) or pick(lang, "任何数额", "any amount")
    if row.rate is None:
        given = format_money(row.amount or 0, lang)
    else:
        rate = format_rate(row.rate)
        given = pick(
            lang, f"{'全部' if whole else '该段'}的{rate}", f"{rate} of {'the whole' if whole else 'that slice'}"
        )
    return pick(lang, f"{where}：{given}", f"{where}: {given}")


def _bound(value: int, of: Quantity, lang: str) -> str:
    """Print the bound of a bracket in the unit of what is put into brackets."""
    unit = unit_of(of)
    if unit is None:
        return format_money(value, lang)
    return pick(lang, f"{value}{unit.zh}", counted(value, unit.en).strip())


def cap_name(cap: Cap, lang: str, kind: str | None = None) -> str:
    """Print a cap.

    Args:
        kind: the kind of item that its clauses pay for, if it holds per item.
    """
    each = _each(cap.per, kind, lang)
    yearly = cap.period == "year"
    reach = pick(
        lang,
        f"{'合计' if cap.shared else ''}{each}{'每年' if yearly else '累计'}",
        f"{each} {'and year' if yearly else 'in all'}",
    )
    if cap.limit is None:
        return pick(lang, f"{reach}设有上限，金额未公布", f"limited {reach}; the figure is not public")
    limit = quantity_name(cap.limit, lang)
    return pick(lang, f"{reach}不超过{limit}", f"{'together ' if cap.shared else ''}at most {limit} {reach}")


_MEASURES: Final = {"product": "个", "project": "个", "lease": "份", "talent": "名"}
"""What is put between 每 and a kind of item, 项 for the others."""


def _each(per: str, kind: str | None, lang: str) -> str:
    if per == "company":
        return pick(lang, "每家企业", "per company")
    if kind is None:
        return pick(lang, "每项", "per item")
    return pick(lang, f"每{_MEASURES.get(kind, '项')}{kind_name(kind, lang)}", f"per {kind_name(kind, lang)}")


def group_name(group: Group, lang: str, kind: str | None = None) -> str:
    """Print what a group allows."""
    each = _each(group.per, kind, lang)
    return pick(lang, f"{each}只能享受其中最高的一项", f"only the highest of these is paid {each}")
