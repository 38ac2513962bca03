"""A clause's condition laid out for the search: which facts stand where, and the cells of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias, assert_never

from eligibility.advise.cells import ORDERED, Tested, cells_of, ends_of, first_where
from eligibility.advise.scratch import SIZE_INPUTS
from eligibility.dates import shift_back, whole_months
from eligibility.decide.facts import attribute, reference_year
from eligibility.decide.kleene import exact
from eligibility.profile.catalogue import DATED_BY, FACTS
from eligibility.profile.derive import BOUNDS, DERIVED
from eligibility.profile.facts import FactType
from eligibility.rulebook.cells import holds, plain
from eligibility.rulebook.grain import grain_of
from eligibility.rulebook.language import (
    All,
    AnyOf,
    Constant,
    CountOf,
    Dated,
    FactRef,
    Named,
    Not,
    Some,
    SumOf,
    Test,
    Within,
)
from eligibility.rulebook.walk import parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from eligibility.advise.cells import Cell
    from eligibility.decide.facts import Facts
    from eligibility.profile.facts import Fact
    from eligibility.rulebook.language import Clause, Condition, Quantity, Reference

    Sign: TypeAlias = Callable[[Facts], int | None]
    """The left side less the right, in parts of the right side's grain; None if it is unknown."""


@dataclass(slots=True)
class Leaf:
    """A test of one fact against constants.

    Attributes:
        fact: the fact as an attribute path: `company.employees`, `y1.revenue`, `product.stage`.
        bit: its place among the tests of that fact.
        mask: the facts that its truth depends on, as bits.
        breadth: how many ways there are to turn it, about.
    """

    fact: str
    bit: int
    mask: int
    breadth: int = 1


@dataclass(slots=True)
class WordLeaf:
    """A test of which words a set holds; `every`: all of them, else any."""

    fact: str
    words: tuple[str, ...]
    every: bool
    mask: int
    breadth: int


@dataclass(slots=True)
class JointLeaf:
    """A test whose truth depends on several facts: a computed bound, a derived size.

    Attributes:
        facts: the facts, each with the kind of item it is read from, if it is read from all items of a kind.
        kinds: the kinds of items that are added up or counted.
        signs: what the test compares, for its boundaries.
        left: the fact on its left side.
    """

    facts: tuple[tuple[str, str | None], ...]
    kinds: tuple[str, ...]
    signs: tuple[tuple[Sign, int], ...]
    left: str
    mask: int
    breadth: int


@dataclass(slots=True)
class Group:
    """Parts of which all must hold, or any."""

    every: bool
    parts: tuple[Part, ...]
    mask: int
    breadth: int


@dataclass(slots=True)
class Negation:
    """Holds if its part does not."""

    part: Part
    mask: int
    breadth: int


@dataclass(slots=True)
class SomeItem:
    """Holds if its part holds of an item of a kind, in the reference year unless that is lifted."""

    kind: str
    dated: Part | None
    part: Part
    mask: int
    breadth: int


Part: TypeAlias = "Leaf | WordLeaf | JointLeaf | Group | Negation | SomeItem"
NEW_ITEM_BREADTH: Final = 4


@dataclass(slots=True)
class Layout:
    """One clause, laid out.

    Attributes:
        root: its condition, part by part as the trace has it.
        cells: for each fact its cells.
        types: for each fact what the catalogue says of it.
        words: for each set-valued fact the sets of words that it is tested for.
        joint: for each fact the tests of several facts that it takes part in.
        repeated: the facts that stand in more than one place, or under a test that no value turns, as bits.
        named: for each part of the condition the facts and kinds that it reads.
        simple: whether no fact stands in two places and each test reads one fact of the company or item.
    """

    root: Part
    cells: dict[str, tuple[Cell, ...]]
    types: dict[str, Fact]
    words: dict[str, list[frozenset[str]]]
    joint: dict[str, list[JointLeaf]]
    repeated: int
    named: tuple[frozenset[str], ...]
    simple: bool


def lay_out(clause: Clause, on: date) -> Layout:
    """Lay out a clause for a date of assessment."""
    return _Layer(clause.reference, on).layout(clause.condition)


@dataclass
class _Layer:
    """Lays out one condition."""

    reference: Reference
    on: date
    bits: dict[str, int] = field(default_factory=dict)
    tests: dict[str, list[Tested]] = field(default_factory=dict)
    types: dict[str, Fact] = field(default_factory=dict)
    words: dict[str, list[frozenset[str]]] = field(default_factory=dict)
    joint: dict[str, list[JointLeaf]] = field(default_factory=dict)
    seen: int = 0
    repeated: int = 0
    runs_over_items: bool = False

    def layout(self, condition: Condition) -> Layout:
        root = self.part(condition)
        cells = {
            name: cells_of(fact, self.tests.get(name, []), self.on)
            for name, fact in self.types.items()
            if fact.type is not FactType.CHOICES
        }
        parts = root.parts if isinstance(root, Group) else (root,)
        named = tuple(frozenset(name for name, place in self.bits.items() if part.mask >> place & 1) for part in parts)
        for name, several in cells.items():
            self.repeated |= _rigid(several, len(self.tests.get(name, ()))) << self.bits[name]
        simple = not (self.joint or self.repeated or self.runs_over_items)
        return Layout(root, cells, self.types, self.words, self.joint, self.repeated, named, simple)

    # ---- parts

    def part(self, condition: Condition) -> Part:
        match condition:
            case All() | AnyOf():
                parts = tuple(map(self.part, condition.parts))
                every = isinstance(condition, All)
                breadth = (min if every else sum)([part.breadth for part in parts] or [1])
                return Group(every, parts, _union(parts), breadth)
            case Not():
                inner = self.part(condition.part)
                return Negation(inner, inner.mask, inner.breadth)
            case Named():
                return self.part(condition.definition.condition)
            case Some():
                return self.some(condition)
            case Test():
                return self.test(condition)
            case Within():
                return self.within(condition)
            case Dated():
                return self.dated(condition.fact)
            case _:
                assert_never(condition)

    def some(self, some: Some) -> SomeItem:
        self.runs_over_items = True
        dated = None if self.reference == "any" else self.dated(FactRef(FACTS[DATED_BY[some.kind]]))
        inner = self.part(some.condition)
        mask = self.bit(some.kind) | inner.mask | (dated.mask if dated else 0)
        return SomeItem(some.kind, dated, inner, mask, inner.breadth + NEW_ITEM_BREADTH)

    def dated(self, ref: FactRef) -> Leaf:
        year = reference_year(self.reference, self.on)
        if year is None:
            raise AssertionError("an item is dated by a reference year")
        if ref.fact.type is FactType.DATE:
            first = self.on.replace(year, 1, 1).toordinal()
            last = self.on.replace(year, 12, 31).toordinal()
        else:
            first = last = year
        return self.leaf(ref.path, ref.fact, (first, last + 1), (), lambda value: first <= value <= last)

    def within(self, within: Within) -> Leaf:
        first, last = shift_back(self.on, within.period).toordinal(), self.on.toordinal()
        name = attribute(within.fact, self.reference)
        return self.leaf(name, within.fact.fact, (first, last + 1), (), lambda value: first <= value <= last)

    def leaf(
        self,
        name: str,
        fact: Fact,
        cuts: tuple[int, ...],
        points: tuple[Any, ...],
        holds_for: Callable[[Any], bool],
    ) -> Leaf:
        tests = self.tests.setdefault(name, [])
        tests.append(Tested(cuts, points, holds_for))
        self.types[name] = fact
        return Leaf(name, len(tests) - 1, self.stands(name))

    # ---- tests

    def test(self, test: Test) -> Part:
        fact, name = test.fact.fact, attribute(test.fact, self.reference)
        if name == "derived.size":
            return self.size()
        if any(not isinstance(operand, Constant) for operand in test.operands):
            return self.against_quantities(test)
        values = [operand.value for operand in test.operands if isinstance(operand, Constant)]
        if fact.type is FactType.CHOICES:
            return self.of_words(test, name, values)
        if fact.path in DERIVED:
            return self.of_age(test, values)
        constants = [plain(value) for value in values]
        cuts: tuple[int, ...] = ()
        if fact.type in ORDERED and fact.type is not FactType.RATE:
            cuts = tuple(cut for constant in constants for cut in (constant, constant + 1))
        points = tuple(constants) if fact.type is FactType.RATE else ()
        op = test.op
        return self.leaf(name, fact, cuts, points, lambda value: holds(op, value, constants))

    def of_words(self, test: Test, name: str, values: list[str]) -> WordLeaf:
        self.types[name] = test.fact.fact
        self.words.setdefault(name, []).append(frozenset(values))
        every = test.op == "includes_all"
        return WordLeaf(name, tuple(values), every, self.stands(name), 1 if every else len(values))

    def of_age(self, test: Test, constants: list[int]) -> Leaf:
        """A test of whole months is one of the date they count from."""
        asked = FACTS[DERIVED[test.fact.fact.path][2]]
        low, high = ends_of(asked, self.on)
        on, op = self.on, test.op

        def months(day: int) -> int:
            return whole_months(on.fromordinal(day), on)

        cuts = tuple(
            first_where(low, high, lambda day, least=least: months(day) < least)  # type: ignore[misc]
            for constant in constants
            for least in (constant, constant + 1)
        )
        return self.leaf(asked.path, asked, cuts, (), lambda day: holds(op, months(day), constants))

    def size(self) -> JointLeaf:
        """A size follows from figures, or is declared."""
        return self.joined(tuple((name, None) for name in SIZE_INPUTS), (), (), "company.size")

    def against_quantities(self, test: Test) -> JointLeaf:
        get = attrgetter(attribute(test.fact, self.reference))
        signs = tuple((_sign(get, operand, self.reference), grain_of(operand).den) for operand in test.operands)
        left = self.given(test.fact)
        read = [(left, None), *(each for operand in test.operands for each in self.read_by(operand))]
        kinds = [each for operand in test.operands for each in _summed(operand)]
        return self.joined(tuple(dict.fromkeys(read)), tuple(dict.fromkeys(kinds)), signs, left)

    def given(self, ref: FactRef) -> str:
        """Name the fact that a company gives."""
        fact = ref.fact
        return DERIVED[fact.path][2] if fact.path in DERIVED else attribute(ref, self.reference)

    def read_by(self, quantity: Quantity, bound: frozenset[str] = frozenset()) -> Iterator[tuple[str, str | None]]:
        """Give the facts that a quantity reads, those of summed items with their kind."""
        match quantity:
            case FactRef():
                name = self.given(quantity)
                yield name, quantity.fact.kind if quantity.fact.kind in bound else None
            case SumOf():
                kind = quantity.fact.fact.kind
                yield from self.counted_by(kind, quantity.where, bound)  # what counts comes before how much it counts
                yield quantity.fact.path, kind
            case CountOf():
                yield from self.counted_by(quantity.kind, quantity.where, bound)
            case _:
                for part in parts_of(quantity):
                    yield from self.read_by(part, bound)  # type: ignore[arg-type]

    def counted_by(self, kind: str, where: Condition | None, bound: frozenset[str]) -> Iterator[tuple[str, str | None]]:
        """Give the facts that say which items count; laying out the condition cuts them into cells."""
        bound |= {kind}
        if self.reference != "any":
            yield self.dated(FactRef(FACTS[DATED_BY[kind]])).fact, kind
        if where is not None:
            yield from _facts_in(self.part(where), bound)

    def joined(
        self,
        facts: tuple[tuple[str, str | None], ...],
        kinds: tuple[str, ...],
        signs: tuple[tuple[Sign, int], ...],
        left: str,
    ) -> JointLeaf:
        mask = 0
        for name, _ in facts:
            self.types.setdefault(name, fact_at(name))
            mask |= self.stands(name)
        for kind in kinds:
            mask |= self.bit(kind)
        leaf = JointLeaf(facts, kinds, signs, left, mask, len(facts) + NEW_ITEM_BREADTH * len(kinds))
        for name, _ in facts:
            self.joint.setdefault(name, []).append(leaf)
        return leaf

    # ---- bits

    def bit(self, name: str) -> int:
        return 1 << self.bits.setdefault(name, len(self.bits))

    def stands(self, name: str) -> int:
        """Give the bit of a fact, and note if it stands in several places."""
        bit = self.bit(name)
        self.repeated |= self.seen & bit
        self.seen |= bit
        return bit


def _rigid(cells: tuple[Cell, ...], tests: int) -> bool:
    """Tell whether some test comes out the same in every cell."""
    held = [sum(cell.truths >> test & 1 for cell in cells) for test in range(tests)]
    return any(count in (0, len(cells)) for count in held)


def fact_at(name: str) -> Fact:
    """Give the catalogue's fact of an attribute path.

    >>> fact_at("y1.revenue").path
    'year.revenue'
    """
    holder, fact = name.split(".")
    return FACTS[f"year.{fact}" if holder in ("y0", "y1", "y2") else name]


def thresholds(sector: str | None, name: str) -> Iterator[int]:
    """Give the bounds of a size that a figure is compared with."""
    for bounds in BOUNDS.get(sector or "", {}).values():
        bound = bounds.employees if name == "company.employees" else bounds.revenue
        if bound is not None:
            yield from (bound - 1, bound)


def _facts_in(part: Part | None, bound: frozenset[str]) -> Iterator[tuple[str, str | None]]:
    """Give the facts that a part reads, those of items that it runs over with their kind."""
    match part:
        case None:
            return
        case Leaf() | WordLeaf():
            kind = part.fact.split(".")[0]
            yield part.fact, kind if kind in bound else None
        case JointLeaf():
            for name, inner_kind in part.facts:
                of = name.split(".")[0]
                yield name, of if of in bound else inner_kind
        case Group():
            for inner in part.parts:
                yield from _facts_in(inner, bound)
        case Negation():
            yield from _facts_in(part.part, bound)
        case SomeItem():
            yield from _facts_in(part.dated, bound | {part.kind})
            yield from _facts_in(part.part, bound | {part.kind})
        case _:
            assert_never(part)


def _union(parts: tuple[Part, ...]) -> int:
    mask = 0
    for part in parts:
        mask |= part.mask
    return mask


def _sign(get: Callable[[Facts], Any], operand: Quantity, reference: Reference) -> Sign:
    side, den = exact(operand, reference), grain_of(operand).den

    def sign(facts: Facts) -> int | None:
        value, bound = get(facts), side(facts)
        return None if value is None or bound is None else value * den - bound

    return sign


def _summed(quantity: Quantity) -> Iterator[str]:
    match quantity:
        case SumOf():
            yield quantity.fact.fact.kind
        case CountOf():
            yield quantity.kind
        case _:
            for part in parts_of(quantity):
                yield from _summed(part)  # type: ignore[arg-type]
