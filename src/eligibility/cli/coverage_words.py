"""The words and shapes of `eligibility rules coverage`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

TEXTS: Final = {
    "documents": ("所存文件", "Held documents"),
    "sentences": ("句子", "sentences"),
    "bearing": ("含金额、比例或支持承诺", "state a figure or promise support"),
    "clauses": ("对应条款", "tied to clauses"),
    "reasons": ("仅有说明", "to a reason alone"),
    "left": ("遗漏", "left"),
    "figures": ("各项金额的依据", "What each figure rests on"),
    "ours": ("未存原文，以自述引用", "not held, cited in our words"),
    "none": ("没有出处，按假设处理", "no source: assumed"),
    "all": ("各句的对应关系", "What each sentence is tied to"),
    "clause": ("条款", "clause"),
    "cap": ("上限", "cap"),
    "policy": ("政策", "policy"),
    "definition": ("定义", "definition"),
    "group": ("不重复享受", "exclusive group"),
    "together": ("可同时享受", "together"),
    "reading": ("解读", "reading"),
    "reason": ("说明", "reason"),
    "amount": ("金额", "amount"),
    "rate": ("比例", "rate"),
    "count": ("数量", "count"),
    "support": ("支持", "support"),
    "nothing": ("不含金额和承诺", "neither figure nor promise"),
    "facts": ("已知事项", "Facts"),
    "entries": ("事项", "facts"),
    "definitions": ("对应定义", "to definitions"),
    "stacking": ("对应叠加规则", "to stacking rules"),
    "policies": ("对应政策", "to policies"),
    "all_facts": ("各事项的对应关系", "What each fact is tied to"),
    "complete": ("完整：{what}", "complete: {what}"),
    "and": ("；", "; "),
    "sentences_tied": (
        "{sentences}句，其中{bearing}句含金额、比例或支持承诺：{clauses}句对应条款，{reasons}句仅有说明",
        "{sentences} sentences, {bearing} to be tied: {clauses} to clauses, {reasons} to a reason alone",
    ),
    "sentences_left": (
        "遗漏{left}句：既无条款也无说明",
        "{left} of {bearing} sentences that state a figure or promise support are tied to no clause and no reason",
    ),
    "facts_tied": (
        "{facts}项已知事项：{tied}项对应规则，{reasons}项仅有说明",
        "{facts} facts: {tied} to rules, {reasons} to a reason alone",
    ),
    "facts_left": (
        "遗漏{left}项已知事项：既无对应规则也无说明",
        "{left} of {facts} facts are tied to nothing and have no reason",
    ),
    "unnamed": ("{count}条资金条款没有对应的已知事项", "{count} clauses of money rest on no fact"),
    "unnamed_one": ("1条资金条款没有对应的已知事项", "1 clause of money rests on no fact"),
    "official": ("官方文本", "official text"),
    "government_news": ("政府新闻", "government news"),
    "newspaper": ("报纸", "newspaper"),
    "repost": ("转载", "repost"),
    "weak": ("弱来源", "weak source"),
    "seen": ("已见原文", "text seen"),
    "partial": ("只见部分原文", "text seen in part"),
    "inferred": ("推断", "inferred"),
    "unverified": ("未核实", "not verified"),
}


def say(key: str, lang: str, **values: object) -> str:
    """Give a text of the report in a language."""
    return TEXTS[key][lang != "zh"].format(**values)


def heading(key: str, lang: str) -> Text:
    """Give the heading of a part."""
    from rich.text import Text

    return Text(say(key, lang), style="bold")


def grid() -> Table:
    """Begin a table without lines."""
    from rich.table import Table

    return Table.grid(padding=(0, 2, 0, 0))
