"""A mutant: one figure or word of a rule, changed; and the change of the nodes that makes it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from eligibility.source import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from eligibility.diagnostics import Place, Source

Kind: TypeAlias = Literal[
    "constant", "comparison", "value", "connective", "test", "window", "quantity",
    "amount", "rate", "bracket", "frequency", "up-to", "reference", "cap", "validity", "stacking",
]  # fmt: skip
KINDS: Final[tuple[Kind, ...]] = Kind.__args__  # type: ignore[attr-defined]
DROPPED: Final = "dropped"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One figure or word of a rule, changed.

    Attributes:
        owner: the id of the definition, policy, clause, cap or group it stands in.
        path: where it stands there: keys, and for a test the fact it tests.
        was: what the rule says.
        became: what the mutant says instead.
        place: where that stands in its file.
    """

    owner: str
    path: str
    kind: Kind
    was: str
    became: str
    place: Place

    @property
    def id(self) -> str:
        """Its name: it stays the same as long as the rule keeps its shape."""
        return f"{self.owner} {self.path} = {self.became}"

    def __str__(self) -> str:
        word, _, rest = self.became.partition(" ")
        if self.became == DROPPED or word == "without":
            return f"`{self.was}` is dropped"
        return f"`{rest}` is added to `{self.was}`" if word == "with" else f"`{self.was}` becomes `{self.became}`"


@dataclass(frozen=True, slots=True)
class Edit:
    """New contents for nodes: the text of a scalar, the entries of a list or mapping."""

    changes: tuple[tuple[Node, Any], ...]

    @contextmanager
    def made(self) -> Iterator[None]:
        """Change the nodes, and change them back at the end."""
        before = [(node, node.value) for node, _ in self.changes]
        try:
            for node, value in self.changes:
                node.value = value
            yield
        finally:
            for node, value in before:
                node.value = value


Draft: TypeAlias = tuple[Mutant, Edit]


@dataclass(frozen=True, slots=True)
class Pen:
    """Drafts the mutants of one rule."""

    source: Source
    owner: str

    def draft(self, kind: Kind, path: str, node: Node, words: tuple[str, str], *changes: tuple[Node, Any]) -> Draft:
        """Draft a mutant.

        Args:
            node: what is shown as its place.
            words: what the rule says, and what the mutant says instead.
        """
        return Mutant(self.owner, path, kind, *words, place_of(self.source, node)), Edit(changes)

    def texts(self, kind: Kind, path: str, node: ScalarNode, texts: Iterator[str] | list[str]) -> Iterator[Draft]:
        """Draft one mutant for each other text of a scalar."""
        for text in texts:
            yield self.draft(kind, path, node, (str(node.value), text), (node, text))

    def without(self, kind: Kind, path: str, parent: Node, key: str) -> Iterator[Draft]:
        """Draft the mutant of a mapping that lacks a key."""
        entry = entry_of(parent, key)
        if entry is not None:
            rest = [pair for pair in parent.value if pair[0].value != key]
            yield self.draft(kind, path, entry[0], (shown(entry[1]), DROPPED), (parent, rest))

    def worded(
        self, kind: Kind, path: str, parent: Node, pair: tuple[str, str], *, anchor: str, was: str
    ) -> Iterator[Draft]:
        """Draft the mutant of a mapping where a key has another word; the key need not be written.

        Args:
            pair: the key and the other word.
            anchor: the key that is shown as its place if this one is not written.
            was: the word that holds.
        """
        key, word = pair
        entry = entry_of(parent, key)
        if entry is not None:
            yield self.draft(kind, path, entry[1], (was, word), (entry[1], word))
            return
        at = (entry_of(parent, anchor) or (parent, parent))[0]
        yield self.draft(kind, path, at, (was, word), (parent, [*parent.value, (written(key, at), written(word, at))]))


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a node hangs: in a list, or under a key of a mapping."""

    parent: Node
    at: int

    @property
    def node(self) -> Any:
        """The node itself."""
        entry = self.parent.value[self.at]
        return entry[1] if isinstance(self.parent, MappingNode) else entry

    def holding(self, node: Node) -> tuple[Node, Any]:
        """Give the change that puts another node here."""
        entries = list(self.parent.value)
        entries[self.at] = (entries[self.at][0], node) if isinstance(self.parent, MappingNode) else node
        return self.parent, entries


# ---- nodes


def entry_of(node: Node, key: str) -> tuple[ScalarNode, Any] | None:
    """Give a mapping's entry by its key."""
    pairs = node.value if isinstance(node, MappingNode) else ()
    return next(((name, value) for name, value in pairs if name.value == key), None)


def slot_of(node: Node, key: str) -> Slot | None:
    """Give where the value of a key hangs."""
    pairs = node.value if isinstance(node, MappingNode) else ()
    return next((Slot(node, at) for at, (name, _) in enumerate(pairs) if name.value == key), None)


def written(text: str, beside: Node) -> ScalarNode:
    """Make a scalar that is not in the file, at the place of one that is."""
    return ScalarNode("scalar", text, beside.start_mark, beside.end_mark)


def wrapped(key: str, node: Node) -> MappingNode:
    """Make a mapping of one key over a node."""
    return MappingNode("mapping", [(written(key, node), node)], node.start_mark, node.end_mark)


def without(entries: list[Any], at: int) -> list[Any]:
    """Give a list without one of its entries."""
    return entries[:at] + entries[at + 1 :]


def shown(node: Node) -> str:
    """Show a node on one short line, as it would be written."""
    text = _shown(node)
    return text if len(text) <= 80 else text[:79] + "…"


def _shown(node: Node) -> str:
    if isinstance(node, ScalarNode):
        return str(node.value)
    if isinstance(node, SequenceNode):
        return f"[{', '.join(map(_shown, node.value))}]"
    return f"{{{', '.join(f'{_shown(key)}: {_shown(value)}' for key, value in node.value)}}}"
