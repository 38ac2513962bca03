"""What came of a replay, for a terminal: the same, or what differs and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from eligibility import __version__
from eligibility.advise.rule_changes import title_of, wording
from eligibility.rulebook.wording import amount_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from eligibility.advise.causes import Change
    from eligibility.advise.record import Plain
    from eligibility.advise.replay import Difference, Replay

MOST_NAMED: Final = 6
_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "unnamed": ("（未填企业名称）", "(no company name)"),
    "record": ("记录", "record"),
    "rules": ("规则", "rules"),
    "package": ("程序版本", "version"),
    "unchanged": ("未变", "as then"),
    "same": (
        "一致：全部{n}项结论、合计与上限使用情况均与记录相同。",
        "The same: all {n} awards, the total and the limits come out as saved.",
    ),
    "differs": (
        "不一致：{m}项结论中有{n}项、上限中有{k}项与记录不同。",
        "Differs from what was saved: {n} of {m} awards, {k} of the limits.",
    ),
    "refused": (
        "不一致：现行规则或版本已不接受记录中的企业信息。",
        "Differs: the profile in the record is not taken any more.",
    ),
    "layout": (
        "文件的排版在保存后被改动，内容未变。",
        "The file was laid out otherwise after it was saved; what it says was not changed.",
    ),
    "proven": ("按保存时的规则重算：与记录一致。", "Under the rules it was saved with: the same."),
    "unproven": (
        "即使按保存时的规则重算，也与记录不一致。",
        "Under the very rules it was saved with it comes out otherwise.",
    ),
    "idle": (
        "规则中另有{n}处变动，与本结论无关。",
        "Changes of the rules that make no difference here: {n}.",
    ),
    "words_alone": (
        "规则文件已变，但起作用的部分都未变（只涉及标题、出处或注释）。",
        "The rule files changed, and no part that decides: only titles, sources or comments did.",
    ),
    "total": ("合计", "total"),
    "bounded_high": ("其中有上限部分至多", "with a known bound, at most"),
    "of_which_end_unknown": ("其中终止日期未知的政策", "under policies whose last day is not known"),
    "unbounded": ("无上限的条款", "without a known bound"),
    "because": ("原因", "because"),
    "verdict": ("判定", "verdict"),
    "standing": ("时效", "standing"),
    "gross": ("限制前", "before limits"),
    "net": ("限制后", "after limits"),
    "reductions": ("扣减", "less"),
    "missing": ("还需要", "still needed"),
    "failed": ("不满足", "fails on"),
    "period": ("期间", "period"),
    "over": ("适用条款", "over"),
    "limit": ("上限", "limit"),
    "paid": ("已获", "paid before"),
    "used": ("本次", "used"),
    "headroom": ("剩余", "left"),
    "none": ("无", "none"),
    "new": ("新增", "new"),
    "gone": ("已无", "gone"),
    "new_idle": ("新增条款中不符合的有{n}项：{names}", "{n} new and not eligible: {names}"),
    "awards": ("不同的结论", "Awards that differ"),
    "limits": ("不同的上限", "Limits that differ"),
    "changes": ("规则的变动", "What changed in the rules"),
    "then": ("当时", "then"),
    "now": ("现在", "now"),
    "old_rules": (
        "用 --rules DIR 给出保存时的规则，可逐句对照。",
        "Name the rules it was saved with by --rules DIR to see each change in words.",
    ),
    "more": ("等", "…"),
    "eligible": ("符合", "eligible"),
    "not_eligible": ("不符合", "not eligible"),
    "undetermined": ("待定", "undetermined"),
    "in_force": ("有效", "in force"),
    "in_force_end_unknown": ("有效，终止日期未知", "in force, last day not known"),
    "not_yet_in_force": ("尚未生效", "not yet in force"),
    "expired": ("已失效", "expired"),
}
_KINDS: Final[dict[str, tuple[str, str]]] = {
    "clause": ("条款", "the clause"),
    "policy": ("政策", "the policy"),
    "definition": ("定义", "the definition"),
    "cap": ("共用上限", "the shared cap"),
    "group": ("互斥组", "the group"),
    "reading": ("解读", "the reading"),
    "order": ("条款的先后次序", "the order of clauses that share limits"),
    "package": ("程序版本", "the version of this package"),
    "unexplained": (
        "规则与版本都未变：记录与其企业信息和规则不符",
        "neither the rules nor the version: the record does not follow from its profile and its rules",
    ),
}
_HOW: Final[dict[str, tuple[str, str]]] = {
    "changed": ("有变动", "changed"),
    "added": ("新增", "is new"),
    "removed": ("已删除", "is gone"),
}


def replay_sheet(found: Replay, lang: str, width: int) -> RenderableType:
    """Lay out a replay for a terminal of a width."""
    return Group(*_Page(found, lang, width).parts())


class _Page:
    """Lays out one replay in one language."""

    def __init__(self, found: Replay, lang: str, width: int) -> None:
        self.found = found
        self.lang = lang
        self.width = width

    def say(self, key: str, **named: object) -> str:
        return _TEXTS[key][self.lang != "zh"].format(**named)

    def parts(self) -> Iterator[RenderableType]:
        found = self.found
        name = found.record.values["profile"].get("company", {}).get("name") or self.say("unnamed")
        yield Text.assemble((str(name), "bold"), "  ", str(found.record.on))
        yield self._grid(list(self._made_with()))
        yield Text("")
        yield Text(self._verdict(), "bold green" if found.same else "bold red")
        for line in self._beside():
            yield Text(line)
        for finding in found.refused:
            yield Padding(Text(finding.message), (0, 0, 0, 2))
        yield from self._awards()
        yield from self._limits()
        yield from self._changes()

    # ---- head

    def _made_with(self) -> Iterator[tuple[str, str]]:
        record, now = self.found.record, self.found.rulebook
        name = f"{record.source.name} · " if record.source else ""
        yield self.say("record"), f"{name}sha256 {record.seal[:16]}…"
        rules = "" if self.found.same_rules else f" → {now.version}"
        yield self.say("rules"), record.rulebook["version"] + (rules or f" · {self.say('unchanged')}")
        package = "" if self.found.same_package else f" → {__version__}"
        yield self.say("package"), record.package_version + (package or f" · {self.say('unchanged')}")

    def _verdict(self) -> str:
        found = self.found
        if found.refused:
            return self.say("refused")
        if found.same:
            return self.say("same", n=len(found.record.decision["awards"]))
        return self.say("differs", n=len(found.awards), m=len(found.record.decision["awards"]), k=len(found.ledger))

    def _beside(self) -> Iterator[str]:
        found = self.found
        if not found.record.as_written:
            yield self.say("layout")
        if found.proven is False:
            yield self.say("unproven")
        elif found.proven and not found.same_rules:
            yield self.say("proven")
        idle = len(set(found.changes) - set(found.causes))
        if found.same and not found.same_rules and not found.changes:
            yield self.say("words_alone")
        elif idle and not found.refused:
            yield self.say("idle", n=idle)

    # ---- what differs

    def _awards(self) -> Iterator[RenderableType]:
        if self.found.total:
            yield Text("")
            yield self._grid(list(self._total(*self.found.total)))
        new = [each for each in self.found.awards if each.before is None and _idle(each.after)]
        told = [each for each in self.found.awards if each not in new]
        if self.found.awards:
            yield from self._heading("awards", len(self.found.awards))
        for each in told:
            yield from self._difference(each)
        if new:
            yield Text(f"\n{self.say('new_idle', n=len(new), names=self._named(each.name for each in new))}")

    def _total(self, before: Plain, after: Plain) -> Iterator[tuple[str, str]]:
        """Compare two totals in what differs of them."""
        unbounded = ("bounded_high", "unbounded") if None in (before["high"], after["high"]) else ()
        for key in ("total", *unbounded, "of_which_end_unknown"):
            ends = [self._of_total(key, end) for end in (before, after)]
            if ends[0] != ends[1]:
                yield self.say(key), " → ".join(ends)

    def _of_total(self, key: str, total: Plain) -> str:
        if key == "bounded_high":
            return self._amount({"low": total[key], "high": total[key]})
        if key == "unbounded":
            return self._named(total[key]) or self.say("none")
        return self._amount(total if key == "total" else total[key])

    def _limits(self) -> Iterator[RenderableType]:
        if self.found.ledger:
            yield from self._heading("limits", len(self.found.ledger))
        for each in self.found.ledger:
            yield from self._difference(each)

    def _difference(self, each: Difference) -> Iterator[RenderableType]:
        title = each.title[self.lang] if each.title else each.name
        head = Text.assemble("\n", (title, "bold"), (f"  {each.item}" if each.item else "", "cyan"))
        yield head.append(f"\n{each.name}", "dim") if title != each.name else head
        rows = [(self.say(field), self._change_of(field, each)) for field in each.fields]
        if each.before is None or each.after is None:
            rows = [self._only(each)]
        rows += [(self.say("because"), self._cause(cause)) for cause in each.causes]
        yield self._grid(rows, indent=2)

    def _only(self, each: Difference) -> tuple[str, str]:
        """Say what stands on one side alone."""
        there, key = (each.after, "new") if each.before is None else (each.before, "gone")
        there = there or {}
        amount = self._amount(there["net"] if "net" in there else there["used"])
        verdict = f"{self.say(there['verdict'])} · " if "verdict" in there else ""
        return self.say(key), verdict + amount

    def _change_of(self, field: str, each: Difference) -> str:
        before, after = ((end or {})[field] for end in (each.before, each.after))
        return f"{self._value(field, before)} → {self._value(field, after)}"

    def _value(self, field: str, value: object) -> str:
        if isinstance(value, dict):
            return self._amount(value)
        if isinstance(value, list):
            names = [self._cut(each) if field == "reductions" else str(each) for each in value]
            return ", ".join(names) or self.say("none")
        return self.say(str(value)) if str(value) in _TEXTS else str(value)

    def _cut(self, reduction: Plain) -> str:
        return f"{self._amount(reduction)} [{reduction['by']}]"

    def _amount(self, ends: Plain) -> str:
        """Print an amount that a record holds as text."""
        low, high = _fen(ends["low"]), None if ends["high"] is None else _fen(ends["high"])
        return amount_name(low, high, self.lang)

    # ---- why

    def _cause(self, cause: Change) -> str:
        kind = _KINDS[cause.kind][self.lang != "zh"]
        if not cause.id:
            return kind
        how = _HOW[cause.how][self.lang != "zh"]
        return f"{kind}{' '}{cause.id}{' '}{how}"

    def _changes(self) -> Iterator[RenderableType]:
        parts = [cause for cause in self.found.causes if cause.id]
        if self.found.refused:
            parts = list(self.found.changes)
        if not parts:
            return
        yield from self._heading("changes", len(parts))
        for cause in parts:
            title = title_of(cause, self.found.rulebook, self.found.own)
            yield Text.assemble("\n", (self._cause(cause), "bold"), f"\n{title[self.lang]}" if title else "")
            if rows := list(self._said(cause)):
                yield self._grid(rows, indent=2)
        if self.found.own is None:
            yield Text(f"\n{self.say('old_rules')}", "dim")

    def _said(self, cause: Change) -> Iterator[tuple[str, str]]:
        """Give what a part said then and says now, where both rulebooks are at hand."""
        own = self.found.own
        if own is None:
            return
        said = wording(cause, own, self.found.rulebook, self.lang)
        colon = "：" if self.lang == "zh" else ": "
        for key, sentences in (("then", said.before), ("now", said.after)):
            for each in sentences:
                yield self.say(key), f"{each.label}{colon}{each.text}"

    # ---- layout

    def _heading(self, key: str, count: int) -> Iterator[RenderableType]:
        yield Text("")
        yield Rule(Text(f"{self.say(key)} · {count}", "bold"), align="left", style="dim")

    def _named(self, names: Iterable[str]) -> str:
        each = list(dict.fromkeys(names))
        more = f" {self.say('more')}" if len(each) > MOST_NAMED else ""
        return ", ".join(each[:MOST_NAMED]) + more

    def _grid(self, rows: Sequence[tuple[str, str]], indent: int = 0) -> RenderableType:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="dim", no_wrap=True)
        grid.add_column(overflow="fold")
        for label, text in rows:
            grid.add_row(label, Text(text))
        return Padding(grid, (0, 0, 0, indent))


def _idle(award: Plain | None) -> bool:
    return award is not None and award["verdict"] == "not_eligible"


def _fen(text: str) -> int:
    return int(text.replace(".", ""))
