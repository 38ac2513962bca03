"""`eligibility profile new`: a commented template of the facts, drawn from the catalogue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import click

from eligibility.cli.options import lang_option, load_rules, rules_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from eligibility.profile.facts import Fact
    from eligibility.profile.record import Record
    from eligibility.rulebook import Rulebook

COMMENTS_AT: Final = 48
WIDTH: Final = 118
_HEADERS: Final = {
    "en": """\
# A company profile; check it with: eligibility profile check FILE{rules}
# Take `# ` away before each fact that you know (and before the list it stands in); put your value for the sample.
# Absent means unknown, never zero and never no. `[]` means none. A list that is given is complete.
# Write money as 300万元, 1.2亿元, ¥3,000,000 or 3000000 (yuan), rates as 50%, dates as 2022-05-06.""",
    "zh": """\
# 企业信息；填好后用 eligibility profile check 文件名{rules} 检查
# 已知的事项，去掉行首的“# ”（所在列表的名称行也要去掉），并把示例值换成实际值。
# 缺省表示未知，既不是零也不是“否”；[] 表示没有；列出的清单视为完整。
# 金额写作 300万元、1.2亿元、¥3,000,000 或 3000000（元），比率写作 50%，日期写作 2022-05-06。""",
}
_LISTED: Final = {
    "en": "one entry for each {label}; `{name}: []` if there is none",
    "zh": "{label}，逐项列出；没有则写 {name}: []",
}
_PAYMENTS: Final = {
    "en": "no money received before; else take `[]` and the marks below away",
    "zh": "此前未获资金；如有，去掉 [] 和以下各行的“# ”",
}
_TRUTHS: Final = {"en": ("true", "false"), "zh": ("是", "否")}
_CHOOSE: Final = {"en": ("one of: ", "any of: "), "zh": ("选一项：", "可多选：")}
_NAMES: Final = {"en": "Example {}", "zh": "示例{}"}
_SAMPLES: Final = {
    "company.credit_code": "91110302MA0EXAMPLP",
    "payment.clause": "etown-2023-universal/matching",
    "payment.item": "projects[0]",
}
_SAMPLE_WORDS: Final = {"company.size": "small"}
"""Words other than the first of their enumeration: the samples together must make one company."""


@click.command(
    epilog="Examples:\n\n  eligibility profile new > company.yaml\n\n  eligibility profile new --lang zh > company.yaml"
    "\n\n  eligibility profile new --rules my-rules > company.yaml"
)
@lang_option
@rules_option
def command(lang: str, rules: str | None) -> None:
    """Print a template of a profile: every fact with a sample, its question and its values.

    With --rules only the facts that a clause of those rules uses. It is a valid profile as it stands, in which
    everything but the payments is unknown.
    """
    click.echo(template(lang, None if rules is None else load_rules(rules)))


def template(lang: str, rulebook: Rulebook | None = None) -> str:
    """Write the template in one language: of every fact, or of those that a rulebook uses."""
    from eligibility.profile.profile import LISTS
    from eligibility.profile.records import Company

    used = None if rulebook is None else _used(rulebook)
    samples = _SAMPLES if rulebook is None else _SAMPLES | _paid_under(rulebook)
    header = _HEADERS[lang].format(rules="" if rulebook is None else " --rules DIR")
    lines = [header, "", "company:", *_company(_chosen(Company, used), lang, samples)]
    for name, record in LISTS.items():
        if facts := _chosen(record, used):
            lines += ["", *_list(name, record, lang), *_entry(facts, lang, samples)]
    return "\n".join(lines)


def _used(rulebook: Rulebook) -> frozenset[str]:
    """Give the facts that a template for these rules asks for: a list that only has to be counted is dated at least."""
    from eligibility.profile.catalogue import DATED_BY
    from eligibility.rulebook.uses import facts_used, kinds_used

    facts = (facts_used(clause, rulebook) for clause in rulebook.clauses)
    kinds = (kinds_used(clause, rulebook) for clause in rulebook.clauses)
    return frozenset({"company.name"}.union(*facts, (DATED_BY[kind] for each in kinds for kind in each)))


def _paid_under(rulebook: Rulebook) -> dict[str, str]:
    """Give the sample of a payment: under the first clause that gives money, if there is one."""
    from eligibility.profile.profile import MANY, NO_SINGLE_ITEM
    from eligibility.rulebook.language import Service

    paying = (clause for clause in rulebook.clauses if not isinstance(clause.award.form, Service))
    clause = next(paying, rulebook.clauses[0])
    item = f"{MANY[clause.for_each]}[0]" if clause.for_each else NO_SINGLE_ITEM
    return {"payment.clause": clause.id, "payment.item": item}


def _chosen(record: type[Record], used: frozenset[str] | None) -> list[Fact]:
    """Give the facts of a record that are asked for; a payment is always asked for whole."""
    facts = record.FACTS.values()
    return [fact for fact in facts if used is None or fact.path in used or fact.kind == "payment"]


def _company(facts: Iterable[Fact], lang: str, samples: Mapping[str, str]) -> Iterator[str]:
    """Write the company's facts; its name stands there empty, so that there is a mapping at all."""
    from eligibility.profile.catalogue import by_topic

    for topic, about_it in by_topic(facts):
        if topic:
            yield f"  # ---- {topic[lang]}"
        for fact in about_it:
            code = "  name:" if fact.name == "name" else f"  # {fact.name}: {sample(fact, lang, samples)}"
            yield from _commented(code, "  #", _comments(fact, lang))


def _list(name: str, record: type[Record], lang: str) -> Iterator[str]:
    """Write the name of a list, and what it holds."""
    if name == "payments":
        yield from _commented("payments: []", "#", [_PAYMENTS[lang]])
    else:
        about = _LISTED[lang].format(name=name, label=record.LABEL[lang])
        yield from _commented(f"# {name}:", "#", [about])


def _entry(facts: Iterable[Fact], lang: str, samples: Mapping[str, str]) -> Iterator[str]:
    """Write one entry of a list."""
    for place, fact in enumerate(facts):
        dash = "  " if place else "- "
        yield from _commented(f"#   {dash}{fact.name}: {sample(fact, lang, samples)}", "#", _comments(fact, lang))


def _commented(code: str, mark: str, comments: Iterable[str]) -> Iterator[str]:
    """Write a line of YAML with its comments in a column, further ones below."""
    for comment in comments:
        yield f"{_padded(code, COMMENTS_AT)}  # {comment}"
        code = mark


def _padded(text: str, width: int) -> str:
    """Fill a text up to a number of terminal columns, of which a Chinese character takes two."""
    from rich.cells import cell_len

    return text + " " * (width - cell_len(text))


def _comments(fact: Fact, lang: str) -> Iterator[str]:
    """Give a fact's question with its unit, then the values it can have."""
    from eligibility.profile.facts import FactType

    notes = [fact.unit[lang]] if fact.unit else []
    notes += [" / ".join(_TRUTHS[lang])] if fact.type is FactType.BOOLEAN else []
    asked = fact.question[lang] + "".join(f"（{note}）" if lang == "zh" else f" ({note})" for note in notes)
    yield from _folded(asked, lang)
    if fact.values:
        how = _CHOOSE[lang][fact.type is FactType.CHOICES]
        yield from _filled([_word(fact, word, lang) for word in fact.values], how, "；" if lang == "zh" else ", ")


def _folded(text: str, lang: str) -> Iterator[str]:
    """Fold a question into lines that end before the page does: English at a space, Chinese behind a comma."""
    from rich.cells import cell_len

    line = ""
    for part in re.findall(r"[^，；]+[，；]?" if lang == "zh" else r"\S+ ?", text):
        if cell_len(line + part.rstrip()) > WIDTH - COMMENTS_AT - 2:
            yield line.rstrip()
            line = ""
        line += part
    yield line


def _filled(words: list[str], first: str, between: str) -> Iterator[str]:
    """Set words into lines that end before the page does."""
    from rich.cells import cell_len

    line = first
    for word in words:
        if cell_len(line + word) > WIDTH - COMMENTS_AT - 6:
            yield f"  {line.rstrip()}"
            line = ""
        line += word + between
    yield f"  {line.removesuffix(between)}"


def _word(fact: Fact, word: str, lang: str) -> str:
    """Give a word of an enumeration as the template's reader writes it."""
    return fact.values[word].zh if fact.values and lang == "zh" else word


def sample(fact: Fact, lang: str, samples: Mapping[str, str]) -> str:
    """Give a value that a fact could have, as a profile file has it.

    Args:
        samples: of texts, by the fact's path; any other text is a name.
    """
    from eligibility.profile.facts import FactType

    match fact.type:
        case FactType.MONEY:
            return "500万元"
        case FactType.COUNT:
            return "120"
        case FactType.RATE:
            return "50%"
        case FactType.DATE:
            return "2022-05-06"
        case FactType.YEAR:
            return "2023"
        case FactType.BOOLEAN:
            return _TRUTHS[lang][0]
        case FactType.CHOICE:
            return _sample_word(fact, lang)
        case FactType.CHOICES:
            return f"[{_sample_word(fact, lang)}]"
        case FactType.TEXT:
            return samples.get(fact.path) or _NAMES[lang].format(_kind(fact, lang))


def _sample_word(fact: Fact, lang: str) -> str:
    return _word(fact, _SAMPLE_WORDS.get(fact.path) or next(iter(fact.values or ())), lang)


def _kind(fact: Fact, lang: str) -> str:
    from eligibility.profile.profile import LISTS, MANY

    return LISTS[MANY[fact.kind]].LABEL[lang] if fact.kind in MANY else fact.label[lang]
