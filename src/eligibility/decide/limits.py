"""What a rule network of durable-rules 2.0.28 can hold, and how rules are packed into networks that do.

Past these limits the engine loops without end, fires foreign rules or stops with an error, so every one is checked
before it sees a rule. The figures lie a little below where its C source breaks (rete.c, events.c, state.c).
"""

from __future__ import annotations

from functools import lru_cache
from math import prod
from typing import TYPE_CHECKING, Final

from eligibility.decide.network import Join, Leaf, leaves
from eligibility.diagnostics import Diagnostic, RulebookRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from eligibility.decide.network import Node, Pair

CLAUSES: Final = 100
"""Clauses in one network: the guards above them are ten by ten."""

COLUMNS: Final = 10
LEAVES: Final = 400
"""Comparisons of one clause's two rules: with 512 below one node the engine never returns."""

JOINS: Final = 13
"""`$and` and `$or` of one rule; the engine has room for 15, its guards' own among them."""

FIRINGS: Final = 200
"""How often one rule can fire: once for each alternative that holds, times those of the other groups."""

PENDING: Final = 58
"""Comparisons that can wait on the engine's match stack, which has 64 places."""

FIELDS: Final = 250
"""Fields of one posted fact besides the two that every fact has; the engine has room for 252."""

RESERVED: Final = ("_t", "sid", "id", "$s", "$forward", "$state", "$flow")
"""Field names that the engine or the guards use."""

INT64: Final = range(-(2**63), 2**63)


@lru_cache(maxsize=4096)
def name_hash(name: str) -> int:
    """Give the FNV-1a hash by which the engine tells field names apart: nothing else does.

    >>> name_hash("declinate") == name_hash("macallums")
    True
    """
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


# ---- measures of one rule


def joins(node: Node) -> int:
    """Count the `$and` and `$or`."""
    return 0 if isinstance(node, Leaf) else 1 + sum(map(joins, node.parts))


def firings(node: Node) -> int:
    """Bound how often a rule fires for one fact."""
    if isinstance(node, Leaf):
        return 1
    return prod(map(firings, node.parts)) if node.word == "$and" else _alternatives(node, firings, 1)


def pending(node: Node) -> int:
    """Bound how many comparisons of a rule wait on the match stack at once.

    The parts of an `$and` follow one another: while the last one is open, each before it has all its alternatives
    but one still waiting.
    """
    if isinstance(node, Leaf):
        return 1
    return 1 + sum(pending(part) - 1 for part in node.parts) if node.word == "$and" else _alternatives(node, pending, 2)


def _alternatives(node: Join, measure: Callable[[Node], int], one_of: int) -> int:
    """Add up the alternatives; of several values of one field at most one matches."""
    values: dict[str, int] = {}
    rest = 0
    for part in node.parts:
        if isinstance(part, Leaf) and part.op == "$eq":
            values[part.field] = one_of if part.field in values else 1
        else:
            rest += measure(part)
    return rest + sum(values.values())


def guards(clauses: int) -> int:
    """Count the guards and the sentinel that wait while a clause of a network of this many is matched."""
    return -(-clauses // COLUMNS) + min(clauses, COLUMNS)


# ---- checking


def check(pairs: Iterable[Pair]) -> None:
    """Refuse clauses that are outside the limits even alone.

    Raises:
        RulebookRefused: `durable-limit`, one finding for each clause and limit.
    """
    findings = [finding for pair in pairs for finding in _findings(pair)]
    if findings:
        raise RulebookRefused(findings)


def _findings(pair: Pair) -> Iterator[Diagnostic]:
    for what, count, limit in _measures(pair):
        if count > limit:
            message = f"the clause `{pair.clause.id}` has {count} {what} in the rule network, over the limit of {limit}"
            yield Diagnostic("durable-limit", message, pair.clause.place, "split the clause, or use fewer alternatives")
    for what in _unfit(pair):
        message = f"the clause `{pair.clause.id}` cannot stand in the rule network: {what}"
        yield Diagnostic("durable-limit", message, pair.clause.place, "split the clause, or reword this part")


def _measures(pair: Pair) -> Iterator[tuple[str, int, int]]:
    rules = (pair.holds, pair.fails)  # of one shape
    yield "comparisons", 2 * sum(1 for _ in leaves(pair.holds)), LEAVES
    yield "groups", joins(pair.holds), JOINS
    yield "ways to hold or fail", max(map(firings, rules)), FIRINGS
    yield "alternatives open at once", sum(map(pending, rules)), PENDING - guards(1)
    yield "fields", len(pair.fields), FIELDS


def _unfit(pair: Pair) -> Iterator[str]:
    if _empty(pair.holds):
        yield "a group is empty"
    for leaf in leaves(pair.holds):
        if isinstance(leaf.value, int) and leaf.value not in INT64:
            yield f"`{leaf.value}` passes 64 bits"
    names = [*RESERVED, *(posted.name for posted in pair.fields)]
    if (clash := _clash(names)) is not None:
        yield f"it cannot tell the fields `{clash[0]}` and `{clash[1]}` apart"


def _empty(node: Node) -> bool:
    return isinstance(node, Join) and (not node.parts or any(map(_empty, node.parts)))


def _clash(names: Iterable[str]) -> tuple[str, str] | None:
    seen: dict[int, str] = {}
    for name in names:
        first = seen.setdefault(name_hash(name), name)
        if first != name:
            return first, name
    return None


# ---- packing


class Pack:
    """Clauses that one network can hold together.

    Attributes:
        names: the names of their fields by hash.
        pending: what its widest clause may leave on the match stack.
    """

    __slots__ = ("names", "pairs", "pending")

    def __init__(self) -> None:
        self.pairs: list[Pair] = []
        self.names = {name_hash(name): name for name in RESERVED}
        self.pending = 0

    def add(self, pair: Pair, width: int) -> bool:
        """Take in a clause that may leave so many comparisons on the match stack, if the limits allow."""
        names = self.names | {name_hash(posted.name): posted.name for posted in pair.fields}
        widest = max(self.pending, width)
        crowded = len(self.pairs) == CLAUSES or guards(len(self.pairs) + 1) + widest > PENDING
        clashing = any(names[known] != name for known, name in self.names.items())
        if crowded or clashing or len(names) > FIELDS + len(RESERVED):
            return False
        self.pairs.append(pair)
        self.names, self.pending = names, widest
        return True


def packed(pairs: Iterable[Pair]) -> list[Pack]:
    """Pack clauses into as few networks as first fit gives; each clause fits into one alone."""
    packs: list[Pack] = []
    for pair in pairs:
        width = pending(pair.holds) + pending(pair.fails)
        if not any(pack.add(pair, width) for pack in packs):
            packs.append(Pack())
            packs[-1].add(pair, width)
    return packs
