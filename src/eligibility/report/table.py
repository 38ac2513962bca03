"""A Decision for a terminal: totals first, then each award with its amount, what reduced it, and its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.console import Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from eligibility.disputed import readings_of
from eligibility.money import format_money
from eligibility.questions import questions
from eligibility.record import record_of
from eligibility.report.near import adds_line, near_lines
from eligibility.report.notice import NOTICE
from eligibility.rulebook.authority import FIGURE_PARTS
from eligibility.settle.standing import COUNTING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from eligibility.bilingual import Words
    from eligibility.decision import Award, Citation, Decision, LedgerRow, NearMiss, ReadingTaken
    from eligibility.money import Interval

MOST_QUESTIONS: Final = 5
_VERDICT_STYLE: Final = {"eligible": "bold green", "undetermined": "bold yellow", "not_eligible": "dim"}
_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "unnamed": ("未命名企业", "unnamed company"),
    "total": ("合计", "Total"),
    "or_more": ("起", " or more"),
    "no_bound": ("部分项目没有公布上限", "some amounts have no published bound"),
    "bounded": ("其中有上限的部分最高", "of which with a known bound, at most"),
    "end_unknown": ("其中依据终止日期未知的政策", "of which under policies whose last day is not known"),
    "none": ("没有可享受的条款。", "No clause is met."),
    "eligible": ("符合", "Eligible"),
    "undetermined": ("待定", "Undetermined"),
    "not_eligible": ("不符合", "Not eligible"),
    "other": ("当前不在有效期内", "Not in force on this date"),
    "below": ("出处不足", "Sources too weak"),
    "only_official": ("只计有官方文本为据的条款", "only what official texts state is counted"),
    "only_press": (
        "只计有官方文本、政府新闻或报纸为据的条款",
        "only what official texts, government news or newspapers state is counted",
    ),
    "hidden_below": ("另有{b}项出处不足。", "{b} more rest on weaker sources."),
    "one_press_source": ("仅据一家媒体", "one press source"),
    "no_press_source": ("仅据转载或弱来源", "reposts or weak sources only"),
    "service": ("服务", "service"),
    "unbounded": ("金额未公布", "not public"),
    "expired": ("已失效", "expired"),
    "not_yet_in_force": ("尚未生效", "not yet in force"),
    "in_force": ("有效", "in force"),
    "in_force_end_unknown": ("有效，终止日期未知", "in force, last day not known"),
    "once": ("一次性", "once"),
    "yearly": ("每年", "a year"),
    "up_to": ("主管部门可核定更低金额", "the authority may set it lower"),
    "missing": ("还需要", "still needed"),
    "failed": ("不满足", "fails on"),
    "assumed": ("假设", "assumed"),
    "gross": ("限制前", "before limits"),
    "less": ("减", "less"),
    "near": ("差一点", "Near misses"),
    "none_near": ("没有相差无几的条款。", "No clause is near."),
    "change": ("需改变", "change"),
    "questions": ("先补充这些信息", "Answer these first"),
    "at_stake": ("关联金额", "at stake"),
    "limits": ("上限使用情况", "Limits"),
    "limit": ("上限", "limit"),
    "paid": ("已获", "paid before"),
    "used": ("本次", "used"),
    "headroom": ("剩余", "left"),
    "hidden": (
        "另有{u}项待定、{n}项不符合；用 --all 查看。",
        "{u} undetermined and {n} not eligible: see them with --all.",
    ),
    "paid_out": ("分期", "paid out"),
    "apply": ("申报", "apply"),
    "rulebook": ("规则", "rules"),
    "engines": ("引擎", "engines"),
    "line": ("第{n}行", "line {n}"),
    "assumptions": ("假设", "Assumptions"),
    "sources": ("出处", "Sources"),
    "reading": ("解读", "reading"),
    "otherwise": ("另一种", "the other"),
}
_AUTHORITIES: Final[dict[str, tuple[str, str]]] = {
    "official": ("官方文本", "official text"),
    "government_news": ("政府新闻", "government news"),
    "newspaper": ("报纸", "newspaper"),
    "repost": ("转载", "repost"),
    "weak": ("弱来源", "weak source"),
}
_CONFIDENCES: Final[dict[str, tuple[str, str]]] = {
    "seen": ("已见原文", "text seen"),
    "partial": ("只见部分原文", "text seen in part"),
    "inferred": ("推断", "inferred"),
    "unverified": ("未核实", "not verified"),
}


def _main(citations: Sequence[Citation]) -> list[Citation]:
    """Choose the citations of a clause's figures and promise; the rest stands in `explain` and JSON."""
    chosen = [citation for citation in citations if FIGURE_PARTS & set(citation.supports)]
    return chosen or list(citations[:1])


def _too_weak(award: Award) -> bool:
    """Tell whether an award counts nothing because of what it rests on."""
    return any(reduction.kind == "authority" for reduction in award.reductions)


class Sheet:
    """Lays out one decision in one language.

    Attributes:
        lang: zh or en.
        everything: whether clauses that are not met are shown too.
        width: how many columns the terminal has.
        near: near misses, if they were asked for.
    """

    def __init__(
        self,
        decision: Decision,
        lang: str,
        *,
        everything: bool,
        width: int,
        near: Sequence[NearMiss] | None = None,
    ) -> None:
        self.decision = decision
        self.near = near
        self.width = width
        self.lang = lang
        self.everything = everything
        self.assumptions: dict[str, int] = {}
        self.documents: dict[str, str] = {}

    def say(self, key: str) -> str:
        """Give a fixed text."""
        return _TEXTS[key][self.lang != "zh"]

    def lay_out(self) -> RenderableType:
        """Give everything to print, from top to bottom."""
        return Group(*self._parts())

    def _parts(self) -> Iterator[RenderableType]:
        decision = self.decision
        name = decision.company or self.say("unnamed")
        yield Text.assemble((name, "bold"), "  ", str(decision.on))
        yield Text("")
        yield self._total()
        in_force = [award for award in decision.awards if award.standing in COUNTING]
        below = [award for award in in_force if _too_weak(award)]
        counting = [award for award in in_force if not _too_weak(award)]
        other = [
            award for award in decision.awards if award.standing not in COUNTING and award.verdict != "not_eligible"
        ]
        shown = ("eligible", "undetermined", "not_eligible") if self.everything else ("eligible",)
        for verdict in shown:
            yield from self._section(
                self.say(verdict), [award for award in counting if award.verdict == verdict], verdict
            )
        if self.everything:
            yield from self._section(self.say("below"), below, "not_eligible")
            yield from self._section(self.say("other"), other, "not_eligible")
        elif not any(award.verdict == "eligible" for award in in_force):
            yield Text(f"\n{self.say('none')}")
        yield from self._limits()
        yield from self._near_misses()
        yield from self._questions()
        yield from self._notes()
        yield from self._end(counting, below)

    # ---- totals

    def _total(self) -> RenderableType:
        total = self.decision.total
        grid = Table.grid(padding=(0, 2))
        grid.add_row(Text(self.say("total"), "bold"), Text(self.interval(total.amount), "bold green"))
        if total.amount.high is None:
            grid.add_row("", Text(self.say("no_bound")))
            grid.add_row("", Text(f"{self.say('bounded')} {self.money(total.bounded_high)}"))
        ends = total.of_which_end_unknown
        if ends.high != 0:
            grid.add_row("", Text(f"{self.say('end_unknown')} {self.interval(ends)}", "dim"))
        if self.decision.authority != "any":
            grid.add_row("", Text(self.say(f"only_{self.decision.authority}"), "dim"))
        return grid

    def money(self, fen: int) -> str:
        """Print an amount."""
        return format_money(fen, self.lang)

    def interval(self, interval: Interval) -> str:
        """Print an interval of money."""
        if interval.high is None:
            return f"{self.money(interval.low)}{self.say('or_more')}"
        if interval.low == interval.high:
            return self.money(interval.low)
        between = " 至 " if self.lang == "zh" else " to "
        return f"{self.money(interval.low)}{between}{self.money(interval.high)}"

    # ---- awards

    def _section(self, title: str, awards: Sequence[Award], verdict: str) -> Iterator[RenderableType]:
        if not awards:
            return
        yield Text("")
        yield Rule(Text(f"{title} · {len(awards)}", _VERDICT_STYLE[verdict]), align="left", style="dim")
        money = [award for award in awards if award.entitlement.form != "service"]
        for award in (*money, *(award for award in awards if award.entitlement.form == "service")):
            yield from self._award(award)

    def _award(self, award: Award) -> Iterator[RenderableType]:
        says = award.entitlement
        head = Text(says.title[self.lang], "bold")
        if award.item:
            head.append(f"  {award.item}", "cyan")
        yield Padding(Group(self._amount(award), head), (1, 0, 0, 0))
        yield self._two_columns(list(self._details(award)), indent=2)

    def _two_columns(self, rows: list[tuple[str, Text]], *, indent: int) -> RenderableType:
        """Lay out labels beside texts; widths are given, for measuring each cell costs more than printing it."""
        label = max(cell_len(name) for name, _ in rows)
        grid = Table.grid(padding=(0, 1))
        grid.add_column(no_wrap=True, style="dim", width=label)
        grid.add_column(overflow="fold", width=max(self.width - label - indent - 2, 20))
        for row in rows:
            grid.add_row(*row)
        return Padding(grid, (0, 0, 0, indent))

    def _amount(self, award: Award) -> Text:
        says = award.entitlement
        if says.form == "service":
            return Text(self.say("service"), "bold magenta")
        if award.verdict == "not_eligible":
            return Text("—", "dim")
        nothing_known = award.net.low == 0 and award.net.high is None
        text = self.say("unbounded") if nothing_known else self.interval(award.net)
        style = "bold green" if award.verdict == "eligible" else "yellow"
        line = Text.assemble((text, style), f" · {self.say(says.frequency)}")
        return line.append(f" · {self.say(says.caution)}", "yellow") if says.caution else line

    def _details(self, award: Award) -> Iterator[tuple[str, Text]]:
        says = award.entitlement
        yield "", Text(f"{award.clause} · {self.say(award.standing)}", "dim")
        yield from self._reductions(award)
        if says.up_to and award.verdict != "not_eligible":
            yield "!", Text(self.say("up_to"))
        if says.instalments and award.verdict != "not_eligible":
            yield self.say("paid_out"), Text(" / ".join(says.instalments))
        if award.missing:
            yield self.say("missing"), Text(", ".join(award.missing), "yellow")
        if award.failed:
            yield self.say("failed"), Text(", ".join(award.failed))
        if award.verdict == "not_eligible":
            return
        if says.apply:
            yield self.say("apply"), Text(says.apply[self.lang])
        for citation in _main(says.citations):
            yield "§", self.source(citation)
        if says.assumptions:
            yield (
                self.say("assumed"),
                Text(" ".join(f"[{self._number(words)}]" for words in says.assumptions), "italic"),
            )

    def _number(self, assumption: Words) -> int:
        """Give an assumption's number on this sheet; each is printed once, at the end."""
        return self.assumptions.setdefault(assumption[self.lang], len(self.assumptions) + 1)

    def _reductions(self, award: Award) -> Iterator[tuple[str, Text]]:
        if not award.reductions or award.standing not in COUNTING:
            return
        yield self.say("gross"), Text(self.interval(award.gross))
        for reduction in award.reductions:
            from eligibility.money import Interval

            low, high = sorted((reduction.low, reduction.low if reduction.high is None else reduction.high))
            amount = self.interval(Interval(low, None if reduction.high is None else high))
            yield self.say("less"), Text(f"{amount}: {reduction.reason[self.lang]} [{reduction.by}]")

    def source(self, citation: Citation, *, whole: bool = False) -> Text:
        """Print what a citation says and where; `whole` with the document's title and address."""
        self.documents.setdefault(citation.document, citation.title[self.lang])
        text = Text(f"“{citation.quote}”" if citation.quote else citation.figure[self.lang] if citation.figure else "")
        where = [citation.document]
        if whole:
            where.append(citation.title[self.lang])
        if citation.line:
            where.append(self.say("line").format(n=citation.line))
        if citation.at:
            where.append(citation.at)
        where.append(_AUTHORITIES[citation.authority][self.lang != "zh"])
        if citation.confidence:
            where.append(_CONFIDENCES[citation.confidence][self.lang != "zh"])
        if whole and citation.url:
            where.append(citation.url)
        text.append(f" — {', '.join(where)}", "dim")
        return text

    def reading(self, reading: ReadingTaken) -> str:
        """Say how what is in dispute was read, and how to have it read otherwise."""
        stop, colon = ("；", "：") if self.lang == "zh" else ("; ", ": ")
        others = (
            f"{self.say('otherwise')}{colon}{way.title[self.lang]} (--reading {reading.id}={way.id})"
            for way in reading.others
        )
        return stop.join([f"{reading.title[self.lang]}{colon}{reading.way.title[self.lang]}", *others])

    # ---- limits, questions, end

    def _limits(self) -> Iterator[RenderableType]:
        rows = [row for row in self.decision.ledger if self.everything or row.used.high != 0]
        if not rows:
            return
        yield Text("")
        yield Rule(Text(self.say("limits")), align="left", style="dim")
        for row in rows:
            yield Padding(self._limit(row), (1, 0, 0, 0))

    def _limit(self, row: LedgerRow) -> RenderableType:
        name = f"{row.cap} {row.item}" if row.item else row.cap
        text = Text.assemble((row.title[self.lang] if row.title else name, "bold"))
        if row.title:
            text.append(f"  {name}", "dim")
        parts = (("limit", row.limit), ("paid", row.paid), ("used", row.used), ("headroom", row.headroom))
        ends = " · ".join(f"{self.say(key)} {self.interval(interval)}" for key, interval in parts)
        return Group(text, Padding(Text(ends), (0, 0, 0, 2)))

    def _near_misses(self) -> Iterator[RenderableType]:
        if self.near is None:
            return
        yield Text("")
        yield Rule(Text(self.say("near")), align="left", style="dim")
        if not self.near:
            yield Text(f"\n{self.say('none_near')}")
        for near in self.near:
            head = Text(near.title[self.lang], "bold")
            if near.item:
                head.append(f"  {near.item}", "cyan")
            yield Padding(Group(Text(adds_line(near.adds, self.lang), "yellow"), head), (1, 0, 0, 0))
            rows = [("", Text(near.clause, "dim"))]
            rows += [(self.say("change"), Text(line)) for line in near_lines(near, self.lang)]
            if near.still_needed:
                rows.append((self.say("missing"), Text(", ".join(near.still_needed), "yellow")))
            yield self._two_columns(rows, indent=2)

    def _questions(self) -> Iterator[RenderableType]:
        asked = questions(self.decision)
        if not asked:
            return
        yield Text("")
        yield Rule(Text(self.say("questions")), align="left", style="dim")
        grid = Table.grid(padding=(0, 2))
        grid.add_column(no_wrap=True, style="cyan")
        grid.add_column(overflow="fold")
        grid.add_column(justify="right", no_wrap=True)
        for question in asked if self.everything else asked[:MOST_QUESTIONS]:
            stake = self.money(question.at_stake) if question.at_stake else "—"
            grid.add_row(question.fact, question.question[self.lang], stake)
        yield Padding(grid, (1, 0, 0, 0))

    def _notes(self) -> Iterator[RenderableType]:
        """Print each assumption and each document once."""
        assumptions = [(f"[{number}]", text) for text, number in self.assumptions.items()]
        assumptions += [(self.say("reading"), self.reading(reading)) for reading in readings_of(self.decision)]
        for title, rows in (
            (self.say("assumptions"), assumptions),
            (self.say("sources"), list(self.documents.items())),
        ):
            if rows:
                yield Text("")
                yield Rule(Text(title), align="left", style="dim")
                yield Text("")
                yield self._two_columns([(name, Text(text)) for name, text in rows], indent=0)

    def _end(self, counting: Sequence[Award], below: Sequence[Award]) -> Iterator[RenderableType]:
        if not self.everything:
            counts = {verdict: sum(award.verdict == verdict for award in counting) for verdict in _VERDICT_STYLE}
            text = self.say("hidden").format(u=counts["undetermined"], n=counts["not_eligible"])
            if below:
                text += ("" if self.lang == "zh" else " ") + self.say("hidden_below").format(b=len(below))
            yield Text(f"\n{text}", "dim")
        record = record_of(self.decision)
        parts = (
            f"{self.say('rulebook')} {record.rulebook_version}",
            f"{self.say('engines')} {'+'.join(record.engine)}",
        )
        yield Text(f"\n{' · '.join(parts)}", "dim")
        yield Text(NOTICE[self.lang], "italic")


def sheet(
    decision: Decision,
    lang: str = "en",
    *,
    everything: bool = False,
    width: int = 100,
    near: Sequence[NearMiss] | None = None,
) -> RenderableType:
    """Lay out a decision for a terminal of a width, with its near misses if they are given."""
    return Sheet(decision, lang, everything=everything, width=width, near=near).lay_out()
