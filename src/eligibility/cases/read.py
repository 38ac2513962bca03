"""Reading files of cases: every finding at its place, all at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from eligibility.cases.case import REDUCTIONS, STANDINGS, VERDICTS, Case, Cut, Expectation, Wanted
from eligibility.diagnostics import Diagnostic, ProfileRefused, Refused, RulebookRefused, did_you_mean
from eligibility.money import Interval, parse_money
from eligibility.profile.catalogue import FACTS, MANY
from eligibility.profile.files import ProfileFile, placed
from eligibility.profile.profile import Profile
from eligibility.rulebook.reader import Reader, Skip
from eligibility.rulebook.readings import misread
from eligibility.settle.items import PAYMENTS
from eligibility.source import compose, mapping, plain, read_text

if TYPE_CHECKING:
    from pathlib import Path

    from yaml.nodes import Node

    from eligibility.diagnostics import Source
    from eligibility.rulebook import Rulebook
    from eligibility.rulebook.language import Clause

_EXPECTED: Final = ("verdict", "standing", "gross", "net", "missing", "failed", "reductions")
_KEY: Final = re.compile(r"(?P<clause>\S+)(?:\s+(?P<item>\S+))?")
EQUIVALENT: Final = "equivalent.yaml"
"""Lies among the files of cases and holds none: it lists the mutants that change nothing."""

_ITEM: Final = re.compile(r"(?P<many>[a-z]+)\[(?:0|[1-9]\d*)\]")


def read_cases(rulebook: Rulebook, folder: Path | None = None) -> tuple[Case, ...]:
    """Read the cases of a rulebook, file by file in the order of their names.

    Args:
        rulebook: the rules they are about.
        folder: where they lie; the folder `cases` of the rules, if left out.

    Raises:
        RulebookRefused: a case cannot be read; carries every finding.
    """
    folder = folder or rulebook.folder / "cases"
    findings: list[Diagnostic] = []
    cases: list[Case] = []
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")]):
        if path.name != EQUIVALENT:
            cases += _read_file(path, rulebook, findings)
    if findings:
        raise RulebookRefused(findings)
    return tuple(cases)


def _read_file(path: Path, rulebook: Rulebook, findings: list[Diagnostic]) -> tuple[Case, ...]:
    source = read_text(path)
    try:
        root = compose(source)
    except Refused as refused:
        findings += refused.diagnostics
        return ()
    if root is None:
        findings.append(Diagnostic("empty", f"`{path}` is empty", help="write `cases:`, or remove the file"))
        return ()
    reader = CaseReader(source, findings, rulebook)
    return reader.attempt(reader.cases, root) or ()


class CaseReader(Reader):
    """Reads a file of cases against a rulebook."""

    def __init__(self, source: Source, findings: list[Diagnostic], rulebook: Rulebook) -> None:
        super().__init__(source, findings)
        self.rulebook = rulebook

    def cases(self, root: Node) -> tuple[Case, ...]:
        """Read the list of cases, leaving out what cannot be read."""
        parts = self.fields(root, ("cases",))
        read = [self.attempt(self._case, node) for node in self.items(parts["cases"], "cases")]
        return tuple(case for case in read if case)

    def _case(self, node: Node) -> Case:
        parts = self.fields(node, ("name", "on", "profile", "expect"), ("clause", "readings", "total"))
        clause = self.attempt(self._clause, parts["clause"]) if "clause" in parts else None
        on = self.attempt(self.day, parts["on"])
        file = self.attempt(self._profile, parts["profile"])
        expectations = self.attempt(self._expectations, parts["expect"])
        total = self.attempt(self._wanted, "total", parts["total"]) if "total" in parts else None
        ways = self.attempt(self._readings, parts["readings"]) if "readings" in parts else {}
        if on is None or file is None or expectations is None or ways is None:
            raise Skip
        name, place = self.text(parts["name"]), self.place(parts["name"])
        return Case(name, clause.id if clause else None, on, file, expectations, total, place, ways)

    def _readings(self, node: Node) -> dict[str, str]:
        """Read the ways in which a case reads what is in dispute."""
        if not isinstance(node, MappingNode) or not node.value:
            self.fail("shape", "the ways of readings belong here", node, "write `reading-id: way-id`")
        entries = mapping(self.source, node, self.findings)
        ways = {ident: self.text(way) for ident, (_, way) in entries.items()}
        for finding in misread(self.rulebook.readings, ways):
            self.report(finding.code, finding.message, node, finding.help)
        return ways

    def _clause(self, node: Node, name: str | None = None) -> Clause:
        name = name or self.text(node)
        if name not in self.rulebook.by_id:
            help_ = did_you_mean(name, list(self.rulebook.by_id), "see `eligibility rules list`")
            self.fail("unknown-clause", f"there is no clause `{name}`", node, help_)
        return self.rulebook.by_id[name]

    def _profile(self, node: Node) -> ProfileFile:
        if not isinstance(node, MappingNode):
            self.fail("shape", "a profile belongs here", node, "a profile has `company:` and lists such as `leases:`")
        before = len(self.findings)
        raw = plain(self.source, node, self.findings)
        if len(self.findings) > before:
            raise Skip
        try:
            return ProfileFile(Profile.read(raw), self.source, node)
        except ProfileRefused as refused:
            self.findings += placed(refused.diagnostics, self.source, node)
            raise Skip from None

    # ---- expectations

    def _expectations(self, node: Node) -> tuple[Expectation, ...]:
        if not isinstance(node, MappingNode) or not node.value:
            self.fail("shape", "what is expected of each award belongs here", node, "write `policy-id/clause-id: {…}`")
        before = len(self.findings)
        entries = mapping(self.source, node, self.findings)
        read = [self.attempt(self._expectation, *pair) for pair in entries.values()]
        if len(self.findings) > before:
            raise Skip
        return tuple(expectation for expectation in read if expectation)

    def _expectation(self, key: ScalarNode, node: Node) -> Expectation:
        found = _KEY.fullmatch(key.value.strip())
        if found is None:
            self.fail("shape", f"`{key.value}` names no award", key, "write `policy-id/clause-id products[0]`")
        clause = self._clause(key, found["clause"])
        self._check_item(clause, found["item"], key)
        before = len(self.findings)
        parts = self.fields(node, (), _EXPECTED)
        if not parts and len(self.findings) == before:
            self.fail("empty", f"nothing is expected of `{key.value}`", node, f"expect one of: {', '.join(_EXPECTED)}")
        wanted = [self.attempt(self._wanted, what, part) for what, part in parts.items()]
        return Expectation(clause.id, found["item"], tuple(each for each in wanted if each), self.place(key))

    def _check_item(self, clause: Clause, item: str | None, key: Node) -> None:
        if item is None:
            return
        many = MANY[clause.for_each] if clause.for_each else None
        if many is None:
            self.fail("item-kind", f"`{clause.id}` pays once per company", key, f"write `{clause.id}` alone")
        found = _ITEM.fullmatch(item)
        if found is None or found["many"] != many:
            message = f"`{clause.id}` pays per {clause.for_each}, and `{item}` is none"
            self.fail("item-kind", message, key, f"write `{clause.id} {many}[0]`")

    def _wanted(self, what: str, node: Node) -> Wanted:
        read: Any = {
            "verdict": lambda: self.word(node, VERDICTS, "verdict"),
            "standing": lambda: self.word(node, STANDINGS, "standing"),
            "missing": lambda: self._facts(node),
            "failed": lambda: self._facts(node),
            "reductions": lambda: self._cuts(node),
        }.get(what, lambda: self._amount(node))
        return Wanted(what, read(), _as_written(node), self.place(node))  # type: ignore[arg-type]

    def _amount(self, node: Node) -> Interval:
        """Read an amount: one, or `[low, high]`, where `null` as the high end means no published bound."""
        if isinstance(node, ScalarNode):
            fen = self.literal(node, _fen)
            return Interval(fen, fen)
        if not isinstance(node, SequenceNode) or len(node.value) != 2:
            self.fail("shape", "an amount belongs here", node, "write `300万元`, `[0元, 300万元]` or `[0元, null]`")
        low, high = node.value
        bounded = not (isinstance(high, ScalarNode) and high.value in ("null", "~", ""))
        amount = Interval(self.literal(low, _fen), self.literal(high, _fen) if bounded else None)
        if amount.high is not None and amount.low > amount.high:
            self.fail("value", "the low end is above the high end", node, "write the lower amount first")
        return amount

    def _facts(self, node: Node) -> frozenset[str]:
        nodes = node.value if isinstance(node, SequenceNode) else self.items(node, "facts")
        return frozenset(self.each(self._fact, nodes))

    def _fact(self, node: Node) -> str:
        name = self.text(node)
        known = [*FACTS, *MANY.values(), "payment.amount", "payment.year"]
        if name.replace("prior_year.", "year.") not in known:
            self.fail(
                "unknown-fact", f"`{name}` is no fact", node, did_you_mean(name, known, "see `eligibility facts`")
            )
        return name

    def _cuts(self, node: Node) -> tuple[Cut, ...]:
        nodes = node.value if isinstance(node, SequenceNode) else self.items(node, "reductions")
        return self.each(self._cut, nodes)

    def _cut(self, node: Node) -> Cut:
        parts = self.fields(node, ("by",), ("kind", "amount"))
        by = self.text(parts["by"])
        known = _reducers(self.rulebook)
        if by not in known:
            help_ = did_you_mean(by, known, "name a cap, an exclusive group, a policy, or `payments`")
            self.fail("unknown-word", f"nothing is called `{by}`", parts["by"], help_)
        kind = self.word(parts["kind"], REDUCTIONS, "kind of reduction") if "kind" in parts else None
        return Cut(by, kind, self._amount(parts["amount"]) if "amount" in parts else None)


def _fen(raw: Any) -> int:
    return parse_money(str(raw))


def _reducers(rulebook: Rulebook) -> list[str]:
    """Name everything that can reduce an award."""
    own = [cap.id for clause in rulebook.clauses for cap in clause.caps]
    groups = [group.id for group in rulebook.groups]
    return [*own, *(cap.id for cap in rulebook.caps), *groups, *(policy.id for policy in rulebook.policies), PAYMENTS]


def _as_written(node: Node) -> str:
    """Show a value as its author wrote it, on one line."""
    if isinstance(node, ScalarNode):
        return str(node.value)
    if isinstance(node, SequenceNode):
        return f"[{', '.join(map(_as_written, node.value))}]"
    return f"{{{', '.join(f'{key.value}: {_as_written(value)}' for key, value in node.value)}}}"
