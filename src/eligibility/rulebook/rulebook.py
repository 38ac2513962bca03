"""The rulebook: everything that was read, linked and ordered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eligibility.rulebook.readings import chosen, first_ways, holding
from eligibility.rulebook.stacking import Component, components

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eligibility.rulebook.language import Cap, Clause, Definition, Document, Group, Policy, Reading, Together
    from eligibility.rulebook.readings import Ways


@dataclass(frozen=True, eq=False)
class Rulebook:
    """Policies and their clauses in rulebook order, with the caps, groups and documents they rest on.

    Attributes:
        caps: shared caps, whichever way they hold in; a clause's own caps stand in the clause.
        groups: exclusive groups, whichever way they hold in.
        homes: for each document the folder its file lies in.
        folder: where the rules were read from.
        texts: the files' contents, for the digest.
        readings: what the sources leave in dispute.
        made: what upper floors compile from it, once.
        asked: the ways of readings that were asked for; the others are taken in their first way.
        origin: the rulebook as it was loaded, if this one is read in ways that were asked for.
    """

    policies: tuple[Policy, ...]
    clauses: tuple[Clause, ...]
    definitions: tuple[Definition, ...]
    caps: tuple[Cap, ...]
    groups: tuple[Group, ...]
    together: tuple[Together, ...]
    documents: Mapping[str, Document]
    homes: Mapping[str, Path]
    folder: Path
    texts: tuple[str, ...] = field(repr=False)
    readings: tuple[Reading, ...] = ()
    made: dict[str, Any] = field(default_factory=dict, repr=False)
    asked: Ways = field(default_factory=dict)
    origin: Rulebook | None = field(default=None, repr=False)

    @classmethod
    def load(cls, path: Path | str | None = None, *, seeds: Path | None = None) -> Rulebook:
        """Read a folder of rules; without a path, the rules that come with this package.

        Args:
            seeds: the folder of the documents that the rules may cite beside their own; those of this package, if
                left out. Rules of another version of the package need the documents of that version.

        Raises:
            UsageRefused: the folder is not there.
            RulebookRefused: the rules are not valid; carries every finding.
        """
        from eligibility.rulebook.load import Loader, shipped

        return Loader(Path(path) if path is not None else shipped("rules"), seeds).load()

    def read_as(self, ways: Ways) -> Rulebook:
        """Give this rulebook with what is in dispute read in other ways.

        Args:
            ways: the way to take, by the id of the reading; readings that are left out stay as they are.

        Raises:
            UsageRefused: there is no such reading, or it has no such way.
        """
        asked = {**self.asked, **chosen(self.readings, ways)}
        if asked == self.asked:
            return self
        views = self.as_loaded.made.setdefault("views", {})
        view: Rulebook = views.setdefault(
            frozenset(asked.items()), replace(self, made={}, asked=asked, origin=self.as_loaded)
        )
        return view

    @property
    def as_loaded(self) -> Rulebook:
        """The rulebook with every reading in its first way."""
        return self.origin or self

    @cached_property
    def ways(self) -> Ways:
        """The way that each reading is taken in."""
        return {**first_ways(self.readings), **self.asked}

    @cached_property
    def caps_held(self) -> tuple[Cap, ...]:
        """The shared caps that hold in the ways taken."""
        return holding(self.caps, self.ways)

    @cached_property
    def groups_held(self) -> tuple[Group, ...]:
        """The exclusive groups that hold in the ways taken."""
        return holding(self.groups, self.ways)

    @cached_property
    def by_id(self) -> dict[str, Clause]:
        """The clauses by id."""
        return {clause.id: clause for clause in self.clauses}

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """The clauses that must be settled together."""
        return components(self.clauses, self.caps_held, self.groups_held)

    @cached_property
    def digest(self) -> str:
        """`sha256:…` over every rule file, byte for byte; names and order of the files change nothing."""
        from hashlib import sha256

        each = sorted(sha256(text.encode()).hexdigest() for text in self.texts)
        return "sha256:" + sha256("\n".join(each).encode()).hexdigest()

    @cached_property
    def version(self) -> str:
        """A short name of this state of the rules: its latest policy and the start of its digest."""
        latest = max(policy.issued for policy in self.policies)
        return f"{latest.isoformat()}+{self.digest[7:15]}"
