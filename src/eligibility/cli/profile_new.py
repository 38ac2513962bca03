"""`eligibility profile new`: a commented template of every fact, drawn from the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from eligibility.cli.options import lang_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eligibility.profile.facts import Fact
    from eligibility.profile.record import Record

COMMENTS_AT: Final = 48
WIDTH: Final = 118
_HEADERS: Final = {
    "en": """\
# A company profile; check it with: eligibility profile check FILE
# Take `# ` away before each fact that you know (and before the list it stands in); put your value for the sample.
# Absent means unknown, never zero and never no. `[]` means none. A list that is given is complete.
# Write money as 300万元, 1.2亿元, ¥3,000,000 or 3000000 (yuan), rates as 50%, dates as 2022-05-06.""",
    "zh": """\
# 企业信息；填好后用 eligibility profile check 文件名 检查
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
)
@lang_option
def command(lang: str) -> None:
    """Print a template of a profile: every fact with a sample, its question and its values.

    It is a valid profile as it stands, in which everything but the payments is unknown.
    """
    click.echo(template(lang))


def template(lang: str) -> str:
    """Write the template in one language."""
    from eligibility.profile.profile import LISTS
    from eligibility.profile.records import Company

    lines = [_HEADERS[lang], "", "company:", *_company(Company, lang)]
    for name, record in LISTS.items():
        lines += ["", *_list(name, record, lang)]
    return "\n".join(lines)


def _company(record: type[Record], lang: str) -> Iterator[str]:
    """Write the company's facts; its name stands there empty, so that there is a mapping at all."""
    for name, fact in record.FACTS.items():
        code = "  name:" if name == "name" else f"  # {name}: {sample(fact, lang)}"
        yield from _commented(code, "  #", _comments(fact, lang))


def _list(name: str, record: type[Record], lang: str) -> Iterator[str]:
    """Write a list with one entry."""
    if name == "payments":
        yield from _commented("payments: []", "#", [_PAYMENTS[lang]])
    else:
        about = _LISTED[lang].format(name=name, label=record.LABEL[lang])
        yield from _commented(f"# {name}:", "#", [about])
    for place, fact in enumerate(record.FACTS.values()):
        dash = "  " if place else "- "
        yield from _commented(f"#   {dash}{fact.name}: {sample(fact, lang)}", "#", _comments(fact, lang))


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
    from textwrap import wrap

    from eligibility.profile.facts import FactType

    notes = [fact.unit[lang]] if fact.unit else []
    notes += [" / ".join(_TRUTHS[lang])] if fact.type is FactType.BOOLEAN else []
    asked = fact.question[lang] + "".join(f"（{note}）" if lang == "zh" else f" ({note})" for note in notes)
    yield from wrap(asked, WIDTH - COMMENTS_AT - 2, break_long_words=False, break_on_hyphens=False)
    if fact.values:
        how = _CHOOSE[lang][fact.type is FactType.CHOICES]
        yield from _filled([_word(fact, word, lang) for word in fact.values], how, "；" if lang == "zh" else ", ")


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


def sample(fact: Fact, lang: str) -> str:
    """Give a value that a fact could have, as a profile file has it."""
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
            return _SAMPLES.get(fact.path) or _NAMES[lang].format(_kind(fact, lang))


def _sample_word(fact: Fact, lang: str) -> str:
    return _word(fact, _SAMPLE_WORDS.get(fact.path) or next(iter(fact.values or ())), lang)


def _kind(fact: Fact, lang: str) -> str:
    from eligibility.profile.profile import LISTS, MANY

    return LISTS[MANY[fact.kind]].LABEL[lang] if fact.kind in MANY else fact.label[lang]
