"""The ground of reading a rule file: typed access to nodes, findings collected, one error never hides the next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from eligibility.bilingual import Words
from eligibility.dates import parse_date
from eligibility.diagnostics import Diagnostic, Note, did_you_mean
from eligibility.money import LiteralError
from eligibility.source import mapping, place_of, scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from yaml.nodes import Node

    from eligibility.diagnostics import Place, Severity, Source

T = TypeVar("T")
Entries = dict[str, "Node"]
ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Skip(Exception):  # noqa: N818 - it unwinds to the next part that can go on
    """The part being read is not usable; its finding is recorded already."""


class Reader:
    """Reads one source, writing what is wrong into a list shared by all files.

    Attributes:
        source: the text that is read.
        findings: every finding so far.
    """

    def __init__(self, source: Source, findings: list[Diagnostic]) -> None:
        self.source = source
        self.findings = findings

    # ---- findings

    def place(self, node: Node) -> Place:
        """Give a node's place."""
        return place_of(self.source, node)

    def report(
        self,
        code: str,
        message: str,
        node: Node,
        help: str | None = None,  # noqa: A002
        notes: tuple[Note, ...] = (),
        severity: Severity = "error",
    ) -> None:
        """Record a finding and go on."""
        self.findings.append(Diagnostic(code, message, self.place(node), help, notes=notes, severity=severity))

    def fail(
        self,
        code: str,
        message: str,
        node: Node,
        help: str | None = None,  # noqa: A002
        notes: tuple[Note, ...] = (),
    ) -> NoReturn:
        """Record a finding and give up this part."""
        self.report(code, message, node, help, notes)
        raise Skip

    def attempt(self, read: Callable[..., T], *args: Any) -> T | None:
        """Read a part; None if it was not usable."""
        try:
            return read(*args)
        except Skip:
            return None

    def each(self, read: Callable[..., T], nodes: Iterable[Node], *args: Any) -> tuple[T, ...]:
        """Read every part, reporting all that are wrong before giving up."""
        parts = [self.attempt(read, node, *args) for node in nodes]
        if any(part is None for part in parts):
            raise Skip
        return tuple(part for part in parts if part is not None)

    def whole(self, *reads: Callable[[], Any]) -> list[Any]:
        """Read parts that belong together, reporting all that are wrong before giving up."""
        parts = []
        skipped = False
        for read in reads:
            try:
                parts.append(read())
            except Skip:
                skipped = True
        if skipped:
            raise Skip
        return parts

    # ---- shapes

    def fields(self, node: Node, required: Sequence[str], optional: Sequence[str] = ()) -> Entries:
        """Give a mapping's values by key, refusing unknown and missing keys."""
        if not isinstance(node, MappingNode):
            self.fail("shape", "a mapping belongs here", node, f"write `{required[0] if required else optional[0]}: …`")
        if (whole := _whole(node, required, optional)) is not None:
            return whole
        before = len(self.findings)
        entries = mapping(self.source, node, self.findings)
        known = [*required, *optional]
        for key, (key_node, _) in entries.items():
            if key not in known:
                help_ = did_you_mean(key, known, f"known here: {', '.join(known)}")
                self.report("unknown-key", f"the key `{key}` is not known here", key_node, help_)
        missing = [key for key in required if key not in entries]
        if missing:
            self.report("missing-key", f"`{missing[0]}` is missing", node, f"needed here: {', '.join(required)}")
        if len(self.findings) > before and (missing or not entries):
            raise Skip
        return {key: value for key, (_, value) in entries.items() if key in known}

    def one_key(self, node: Node) -> tuple[str, ScalarNode, Node]:
        """Give the only entry of a mapping."""
        if not isinstance(node, MappingNode) or len(node.value) != 1 or not isinstance(node.value[0][0], ScalarNode):
            self.fail("shape", "a mapping with one key belongs here", node, "put each test in its own list entry")
        key, value = node.value[0]
        return key.value, key, value

    def items(self, node: Node, what: str) -> list[Node]:
        """Give the entries of a list that is not empty."""
        if not isinstance(node, SequenceNode):
            self.fail("shape", f"a list of {what} belongs here", node, "write `[…]` or `- …` lines")
        if not node.value:
            self.fail("empty", f"the list of {what} is empty", node, "an empty group says nothing: leave it out")
        return list(node.value)

    def text(self, node: Node) -> str:
        """Give a scalar's text."""
        if not isinstance(node, ScalarNode) or not str(node.value).strip():
            self.fail("shape", "a word or text belongs here", node, "write a plain value")
        return str(node.value)

    def truth(self, node: Node) -> bool:
        """Give a truth value."""
        value = scalar(node) if isinstance(node, ScalarNode) else None
        if not isinstance(value, bool):
            self.fail("value", f"`{self.shown(node)}` is neither true nor false", node, "write `true` or `false`")
        return value

    def word(self, node: Node, known: Sequence[str], what: str) -> str:
        """Give one of a few known words."""
        text = self.text(node)
        if text not in known:
            help_ = did_you_mean(text, known, f"one of: {', '.join(known)}")
            self.fail("unknown-word", f"`{text}` is no {what}", node, help_)
        return text

    def literal(self, node: Node, read: Callable[[Any], T], code: str = "value") -> T:
        """Read a scalar (or a list of words) with a reader of literals."""
        raw = scalar(node) if isinstance(node, ScalarNode) else self.shown(node)
        try:
            return read(raw)
        except LiteralError as problem:
            self.fail(code, str(problem), node, problem.help)

    def day(self, node: Node) -> date:
        """Read a date."""
        return self.literal(node, lambda raw: parse_date(str(raw)))

    def words(self, node: Node) -> Words:
        """Read a text in both languages."""
        parts = self.fields(node, ("zh", "en"))
        return Words(self.text(parts["zh"]), self.text(parts["en"]))

    def identifier(self, node: Node) -> str:
        """Read an id: small letters, digits and hyphens."""
        text = self.text(node)
        if not ID.fullmatch(text):
            self.fail(
                "id", f"`{text}` cannot be an id", node, "use small letters, digits and hyphens: `special-review`"
            )
        return text

    @staticmethod
    def id_in(node: Node) -> str | None:
        """Give the id of a part that may not be readable otherwise."""
        pairs = node.value if isinstance(node, MappingNode) else ()
        return next((str(value.value) for key, value in pairs if key.value == "id" and value.value), None)

    @staticmethod
    def entries_in(node: Node, key: str) -> list[Node]:
        """Give the entries of a list below a key of a part that may not be readable otherwise."""
        pairs = node.value if isinstance(node, MappingNode) else ()
        lists = (value for name, value in pairs if name.value == key and isinstance(value, SequenceNode))
        return [entry for found in lists for entry in found.value]

    @staticmethod
    def shown(node: Node) -> str:
        """Show a node in a few characters."""
        if isinstance(node, ScalarNode):
            return str(node.value)[:60]
        return "{…}" if isinstance(node, MappingNode) else "[…]"


def _whole(node: MappingNode, required: Sequence[str], optional: Sequence[str]) -> Entries | None:
    """Give the values of a mapping that has nothing wrong with its keys, as nearly all have; None: look closer."""
    try:
        entries = {key.value: value for key, value in node.value}
    except TypeError:  # a key that is no word
        return None
    if len(entries) < len(node.value):
        return None
    expected = len(required) + sum(key in entries for key in optional)
    return entries if expected == len(entries) and all(key in entries for key in required) else None
