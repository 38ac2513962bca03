"""Reading stacking.yaml: exclusive groups, statements of what goes together, and readings of what is in dispute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eligibility.diagnostics import Note
from eligibility.rulebook.language import Group, Reading, Together, Way
from eligibility.rulebook.policies import PolicyReader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yaml.nodes import Node


class StackingReader(PolicyReader):
    """Reads what stands beside the shared caps; needs the documents, and the definitions by name."""

    # ---- groups

    def groups(self, nodes: list[Node]) -> tuple[Group, ...]:
        """Read exclusive groups."""
        read = [self.attempt(self._group, node) for node in nodes]
        return tuple(group for group in read if group)

    def _group(self, node: Node) -> Group:
        parts = self.fields(node, ("id", "clauses", "keep", "per"), ("citations", "assumed", "title", "reading"))
        ident, title, clauses, per, (cited, assumed), read_as, _ = self.whole(
            lambda: self.identifier(parts["id"]),
            lambda: self.words(parts["title"]) if "title" in parts else None,
            lambda: self._members(parts["clauses"], "an exclusive group of one excludes nothing"),
            lambda: self.reach(parts["per"]),
            lambda: self.rest(parts, node),
            lambda: self.read_as(parts),
            lambda: self.word(parts["keep"], ("highest",), "way to choose"),
        )
        return Group(ident, title, clauses, per, cited, assumed, read_as, self.place(parts["id"]))

    def _members(self, node: Node, alone: str) -> tuple[str, ...]:
        clauses = self.clause_ids(node, {})
        if len(clauses) < 2:
            self.fail("group-of-one", alone, node, "name two clauses")
        return clauses

    # ---- together

    def together(self, nodes: list[Node]) -> tuple[Together, ...]:
        """Read statements that clauses go together."""
        read = [self.attempt(self._together, node) for node in nodes]
        return tuple(statement for statement in read if statement)

    def _together(self, node: Node) -> Together:
        parts = self.fields(node, ("id", "clauses"), ("citations", "assumed", "title"))
        ident, title, clauses, (cited, assumed) = self.whole(
            lambda: self.identifier(parts["id"]),
            lambda: self.words(parts["title"]) if "title" in parts else None,
            lambda: self._members(parts["clauses"], "a clause that goes together with no other says nothing"),
            lambda: self.rest(parts, node),
        )
        return Together(ident, title, clauses, cited, assumed, self.place(parts["id"]))

    # ---- readings

    def readings(self, nodes: list[Node]) -> tuple[Reading, ...]:
        """Read what the sources leave in dispute."""
        read = [self.attempt(self._reading, node) for node in nodes]
        return tuple(reading for reading in read if reading)

    def _reading(self, node: Node) -> Reading:
        parts = self.fields(node, ("id", "title", "ways", "assumed"))
        ident, title, ways, assumed = self.whole(
            lambda: self.identifier(parts["id"]),
            lambda: self.words(parts["title"]),
            lambda: self._ways(parts["ways"]),
            lambda: self.words(parts["assumed"]),
        )
        return Reading(ident, title, ways, assumed, self.place(parts["id"]))

    def _ways(self, node: Node) -> tuple[Way, ...]:
        nodes = self.items(node, "ways")
        if len(nodes) < 2:
            self.fail("reading-of-one", "a reading with one way leaves nothing to choose", node, "name two ways")
        ways = self.each(self._way, nodes)
        self._distinct(ways, nodes)
        return ways

    def _way(self, node: Node) -> Way:
        parts = self.fields(node, ("id", "title"), ("citations", "assumed"))
        ident, title, (cited, assumed) = self.whole(
            lambda: self.identifier(parts["id"]),
            lambda: self.words(parts["title"]),
            lambda: self.rest(parts, node),
        )
        return Way(ident, title, cited, assumed, self.place(parts["id"]))

    def _distinct(self, ways: Sequence[Way], nodes: Sequence[Node]) -> None:
        seen: dict[str, Way] = {}
        for way, node in zip(ways, nodes, strict=True):
            first = seen.setdefault(way.id, way)
            if first is not way:
                notes = (Note("first here", first.place),) if first.place else ()
                self.fail("duplicate-id", f"two ways have the id `{way.id}`", node, "rename one", notes)
