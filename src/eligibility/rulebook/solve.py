"""Is there a company of which these formulas hold? Branching over alternatives, cells narrowed as it goes.

The search looks at every alternative unless it is cut off, so "no" is a proof. Items that must be there are made up
one by one, and what holds of every item is demanded of each of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, assert_never

from eligibility.rulebook.formula import Both, Either, Exists, ForEvery, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

    from eligibility.rulebook.formula import Formula

MOST_BRANCHES: Final = 5_000
"""Past this many alternatives a question stays open; no clause that the rule network holds comes near."""

Task = "tuple[Formula, int]"
"""A formula, and the item that its bound variables belong to; 0 is the item at hand."""


class Undecided(Exception):  # noqa: N818 - it says what happened
    """The search was cut off."""


@dataclass(slots=True)
class _State:
    """What is settled so far.

    Attributes:
        cells: for each variable of an item the cells left.
        items: the items there are, each with its kind.
        demands: what holds of every item of a kind.
        open: alternatives not yet chosen from.
    """

    cells: dict[tuple[Hashable, int], int] = field(default_factory=dict)
    items: list[tuple[str, int]] = field(default_factory=list)
    demands: list[ForEvery] = field(default_factory=list)
    open: list[tuple[Either, int]] = field(default_factory=list)

    def copy(self) -> _State:
        return _State(dict(self.cells), list(self.items), list(self.demands), list(self.open))


def contradictory(formulas: Iterable[Formula], at_hand: Collection[str] = ()) -> bool:
    """Tell whether it is proven that the formulas never hold together.

    Args:
        at_hand: kinds of which the formulas speak of one item, which is among the company's items.
    """
    search = _Search()
    state = _State(items=[(kind, 0) for kind in at_hand])
    try:
        return not search.can_hold([(formula, 0) for formula in formulas], state)
    except Undecided:
        return False


class _Search:
    """One search; counts the alternatives it tries."""

    def __init__(self) -> None:
        self.tried = 0

    def can_hold(self, tasks: list[tuple[Formula, int]], state: _State) -> bool:
        while True:
            if not _settled(tasks, state):
                return False
            choice = _narrowest(tasks, state)
            if tasks:
                continue
            if choice is None:
                return True
            return self._branch(*choice, state)

    def _branch(self, either: Either, item: int, state: _State) -> bool:
        for part in either.parts:
            self.tried += 1
            if self.tried > MOST_BRANCHES:
                raise Undecided
            if self.can_hold([(part, item)], state.copy()):
                return True
        return False


def _settled(tasks: list[tuple[Formula, int]], state: _State) -> bool:
    """Take in all that must hold; False if it cannot."""
    while tasks:
        formula, item = tasks.pop()
        match formula:
            case Literal():
                if not _narrow(formula, item, state):
                    return False
            case Both():
                tasks += [(part, item) for part in formula.parts]
            case Either():
                state.open.append((formula, item))
            case Exists():
                made = (formula.kind, len(state.items) + 1)
                state.items.append(made)
                tasks.append((formula.body, made[1]))
                tasks += [(demand.body, made[1]) for demand in state.demands if demand.kind == formula.kind]
            case ForEvery():
                state.demands.append(formula)
                tasks += [(formula.body, known) for kind, known in state.items if kind == formula.kind]
            case _:
                assert_never(formula)
    return True


def _narrow(literal: Literal, item: int, state: _State) -> bool:
    name = (literal.variable, item if literal.bound else 0)
    state.cells[name] = state.cells.get(name, literal.every) & literal.cells
    return state.cells[name] != 0


def _narrowest(tasks: list[tuple[Formula, int]], state: _State) -> tuple[Either, int] | None:
    """Strike out what can no longer hold and what holds already; give the alternatives that are fewest.

    What is left with one alternative, or none, becomes a task.
    """
    waiting, state.open = state.open, []
    for either, item in waiting:
        parts = tuple(part for part in either.parts if _possible(part, item, state))
        if any(_certain(part, item, state) for part in parts):
            continue
        if len(parts) < 2:
            tasks.append((parts[0] if parts else _NEVER, item))
        else:
            state.open.append((Either(parts), item))
    if tasks or not state.open:
        return None
    choice = min(state.open, key=lambda open_: len(open_[0].parts))
    state.open.remove(choice)
    return choice


_NEVER: Final = Literal(None, bound=False, cells=0, every=0)


def _possible(part: Formula, item: int, state: _State) -> bool:
    return not isinstance(part, Literal) or _left(part, item, state) & part.cells != 0


def _certain(part: Formula, item: int, state: _State) -> bool:
    return isinstance(part, Literal) and not _left(part, item, state) & ~part.cells


def _left(literal: Literal, item: int, state: _State) -> int:
    return state.cells.get((literal.variable, item if literal.bound else 0), literal.every)
