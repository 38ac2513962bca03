"""The rulebook: everything that was read, linked and ordered."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eligibility.rulebook.stacking import Component, components

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eligibility.rulebook.language import Cap, Clause, Definition, Document, Group, Policy, Together


@dataclass(frozen=True, eq=False)
class Rulebook:
    """Policies and their clauses in rulebook order, with the caps, groups and documents they rest on.

    Attributes:
        caps: shared caps; a clause's own caps stand in the clause.
        homes: for each document the folder its file lies in.
        folder: where the rules were read from.
        texts: the files' contents, for the digest.
        made: what upper floors compile from it, once.
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
    made: dict[str, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, path: Path | str | None = None) -> Rulebook:
        """Read a folder of rules; without a path, the rules that come with this package.

        Raises:
            UsageRefused: the folder is not there.
            RulebookRefused: the rules are not valid; carries every finding.
        """
        from eligibility.rulebook.load import Loader, shipped

        return Loader(Path(path) if path is not None else shipped("rules")).load()

    @cached_property
    def by_id(self) -> dict[str, Clause]:
        """The clauses by id."""
        return {clause.id: clause for clause in self.clauses}

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """The clauses that must be settled together."""
        return components(self.clauses, self.caps, self.groups)

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
