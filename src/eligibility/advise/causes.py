"""Which part of the rules made a saved decision come out otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from eligibility.rulebook.parts import definitions_used, parts_of_rulebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from eligibility.advise.record import Plain
    from eligibility.rulebook import Rulebook
    from eligibility.rulebook.parts import Part, PartKind, PartName

CauseKind: TypeAlias = "PartKind | Literal['reading', 'order', 'package', 'unexplained']"
How: TypeAlias = Literal["changed", "added", "removed"]
_RULE = frozenset(("verdict", "standing", "gross", "failed"))
"""What follows from the clause alone; the rest depends on limits and rivals too."""


class Change(NamedTuple):
    """One thing that is not as it was.

    Attributes:
        kind: a part of the rules; `reading`: a way of reading that was taken and is gone; `order`: the order of
            clauses that share limits, which decides ties; `package`: another version of the engine; `unexplained`:
            nothing changed, so the record does not follow from its profile and rules.
        id: of the part; empty for the last three.
    """

    kind: CauseKind
    id: str
    how: How


def changes_between(then: Mapping[PartName, Part], rulebook: Rulebook) -> Iterator[Change]:
    """Give every part that was changed, added or removed, kind by kind in the order of the rules."""
    now = parts_of_rulebook(rulebook)
    for name in dict.fromkeys((*now, *then)):
        one, other = then.get(name), now.get(name)
        if one is None:
            yield Change(*name, "added")
        elif other is None:
            yield Change(*name, "removed")
        elif one.digest != other.digest:
            yield Change(*name, "changed")


class Causes:
    """Finds the changes that bear on one award or limit.

    A clause's own parts come first: the clause, its policy, the definitions it uses, the limits and groups over it.
    Where none of them changed, it is what changed among the clauses that it shares limits or groups with.
    """

    def __init__(
        self,
        then: Mapping[PartName, Part],
        rulebook: Rulebook,
        changes: Sequence[Change],
        orders: Sequence[Sequence[str]],
        other_package: bool,
    ) -> None:
        self.rulebook = rulebook
        self.changes = {(change.kind, change.id): change for change in changes}
        self.orders = orders
        self.last = Change("package", "", "changed") if other_package else Change("unexplained", "", "changed")
        self.covering: dict[PartName, frozenset[str]] = {}
        for parts in (then, parts_of_rulebook(rulebook)):
            for name, part in parts.items():
                if part.members:
                    self.covering[name] = self.covering.get(name, frozenset()) | frozenset(part.members)

    def of_award(
        self, clause: str, fields: Sequence[str], ends: tuple[Plain | None, Plain | None]
    ) -> tuple[Change, ...]:
        """Give what made an award differ in some fields."""
        own = self._changed(self._own_parts(clause))
        named = {each["by"] for end in ends if end for each in end["reductions"]}
        over = self._changed(name for name, members in self.covering.items() if clause in members)
        if own and (_RULE & set(fields) or not all(ends)):
            return (*own, *(change for change in over if change.id in named))
        return (*own, *over) or self._around([clause])

    def of_row(self, cap: str, over: Iterable[str]) -> tuple[Change, ...]:
        """Give what made a row of the ledger differ."""
        return tuple(self._changed([("cap", cap)])) or self._around(over)

    def _own_parts(self, clause: str) -> Iterator[PartName]:
        yield "clause", clause
        yield "policy", clause.split("/", 1)[0]
        if clause in self.rulebook.by_id:  # one that is gone changed itself; so did one that names others now
            for name in sorted(definitions_used(self.rulebook.by_id[clause])):
                yield "definition", name

    def _changed(self, names: Iterable[tuple[str, str]]) -> list[Change]:
        return [self.changes[name] for name in names if name in self.changes]

    def _around(self, clauses: Iterable[str]) -> tuple[Change, ...]:
        """Give what changed among the clauses that are settled together with some; else what is left to say."""
        names, members = self._component(clauses)
        found = self._changed(part for member in sorted(members) for part in self._own_parts(member))
        found += self._changed(names)
        found += [change for change in self.changes.values() if change.kind == "reading" and names]
        if not found and len({tuple(name for name in order if name in members) for order in self.orders}) > 1:
            found.append(Change("order", "", "changed"))
        return tuple(dict.fromkeys(found)) or (self.last,)

    def _component(self, clauses: Iterable[str]) -> tuple[list[PartName], set[str]]:
        """Give the limits and groups that tie clauses together, then or now, and all clauses they tie."""
        members = set(clauses)
        tied: dict[PartName, None] = {}
        while more := [name for name, over in self.covering.items() if name not in tied and members & over]:
            tied |= dict.fromkeys(more)
            members = members.union(*(self.covering[name] for name in more))
        return list(tied), members
