"""A clause as two rules of a network: one fires if its condition holds, one if it fails, neither if it is unknown.

Both are negation normal forms over comparisons of a posted field with a constant. A comparison never matches an
absent field, and a fact that is not known is not posted: that gives strong three-valued logic without a third value.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias, assert_never

from eligibility.decide.computed import Evaluator, getter
from eligibility.decide.facts import attribute
from eligibility.frozen import frozen
from eligibility.profile.facts import FactType
from eligibility.rulebook.language import All, AnyOf, Constant, Dated, Named, Not, Some, Test, Within

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from eligibility.decide.facts import Facts
    from eligibility.rulebook.language import Clause, Condition, FactRef, Op, Quantity, Reference

Scalar: TypeAlias = "int | str | bool"
NEGATED: Final = {"$eq": "$neq", "$neq": "$eq", "$gte": "$lt", "$lt": "$gte", "$lte": "$gt", "$gt": "$lte"}
_COMPARE: Final[dict[Op, str]] = {
    "equals": "$eq",
    "at_least": "$gte",
    "at_most": "$lte",
    "above": "$gt",
    "below": "$lt",
    "before": "$lt",
    "on_or_after": "$gte",
}


# ---- what the engine reads


@frozen
class Leaf:
    """A comparison of a posted field with a constant."""

    op: str
    field: str
    value: Scalar

    def as_json(self) -> dict[str, Any]:
        """Give it as the engine reads it."""
        return {self.op: {self.field: self.value}}


@frozen
class Join:
    """`$and` or `$or` over parts of which none is the same join again."""

    word: str
    parts: tuple[Node, ...]

    def as_json(self) -> dict[str, Any]:
        """Give it as the engine reads it."""
        return {self.word: [part.as_json() for part in self.parts]}


Node: TypeAlias = "Leaf | Join"


def joined(word: str, parts: Sequence[Node]) -> Node:
    """Join parts, folding equal joins and repeats: the engine counts joins and leaves against its limits.

    >>> a, b = Leaf("$eq", "a", 1), Leaf("$eq", "b", 1)
    >>> joined("$or", [a, joined("$or", [a, b])]) == Join("$or", (a, b))
    True
    """
    flat: dict[Node, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.parts if isinstance(part, Join) and part.word == word else (part,)))
    return next(iter(flat)) if len(flat) == 1 else Join(word, tuple(flat))


def negated(node: Node) -> Node:
    """Give what fires if a node fails: the dual join of the negated comparisons (De Morgan).

    A field that is absent matches neither, so both stay silent where the truth is unknown.
    """
    if isinstance(node, Leaf):
        return Leaf(NEGATED[node.op], node.field, node.value)
    return Join("$or" if node.word == "$and" else "$and", tuple(map(negated, node.parts)))


def leaves(node: Node) -> Iterator[Leaf]:
    """Give every comparison, with repeats."""
    if isinstance(node, Leaf):
        yield node
    else:
        for part in node.parts:
            yield from leaves(part)


# ---- what is posted


@frozen
class Field:
    """One field of a posted fact.

    Attributes:
        get: reads the raw value from the facts; None is unknown.
        encode: makes it a whole number, word or truth value; None where it is one already.
    """

    name: str
    get: Callable[[Facts], Any]
    encode: Callable[[Any], Scalar] | None = None


class Fields:
    """The fields that the rules of one network use; what several clauses compute alike is one field."""

    def __init__(self) -> None:
        self.by_name: dict[str, Field] = {}
        self._computed: dict[Hashable, str] = {}
        self._evaluators: dict[Reference, Evaluator] = {}
        self._forms: dict[Reference, NormalForm] = {}

    def form(self, reference: Reference) -> NormalForm:
        """Give what turns conditions of one reference year into rules over these fields."""
        return self._forms.setdefault(reference, NormalForm(self, reference))

    def _add(self, field: Field) -> str:
        self.by_name.setdefault(field.name, field)
        return field.name

    def fact(self, ref: FactRef, reference: Reference) -> str:
        """Name the field of a fact, posted as it is; a date as its ordinal."""
        path = attribute(ref, reference)
        return self._add(Field(path, getter(path), date.toordinal if ref.fact.type is FactType.DATE else None))

    def members(self, ref: FactRef, words: Sequence[str], reference: Reference, *, every: bool) -> str:
        """Name the field that says whether a set holds one of the words, or every one."""
        path, wanted = attribute(ref, reference), frozenset(words)
        name = self._name((path, wanted, every))
        return self._add(Field(name, getter(path), wanted.issubset if every else _shares(wanted)))

    def truth(self, node: Condition, reference: Reference) -> str:
        """Name the field that holds the truth of a condition the network cannot hold."""
        return self._compute((node, reference), partial(self._evaluator(reference).truth, node))

    def sign(self, ref: FactRef, operands: Sequence[Quantity], reference: Reference) -> str:
        """Name the field that says where a fact lies against a quantity or between two."""
        sign = partial(self._evaluator(reference).sign, ref, operands)
        return self._compute((ref, tuple(operands), reference), sign)

    def _evaluator(self, reference: Reference) -> Evaluator:
        return self._evaluators.setdefault(reference, Evaluator(reference))

    def _compute(self, key: Hashable, get: Callable[[Facts], Any]) -> str:
        return self._add(Field(self._name(key), get))

    def _name(self, key: Hashable) -> str:
        return self._computed.setdefault(key, f"q{len(self._computed)}")


def _shares(wanted: frozenset[str]) -> Callable[[frozenset[str]], bool]:
    return lambda words: not wanted.isdisjoint(words)


# ---- clause → rules


@frozen
class Pair:
    """A clause's two rules and the fields they read.

    Attributes:
        place: where the clause stands in the rulebook's order.
    """

    clause: Clause
    place: int
    holds: Node
    fails: Node
    fields: tuple[Field, ...]


def pair_of(clause: Clause, place: int, fields: Fields) -> Pair:
    """Make a clause's two rules."""
    holds = fields.form(clause.reference).of(clause.condition)
    used = dict.fromkeys(leaf.field for leaf in leaves(holds))
    return Pair(clause, place, holds, negated(holds), tuple(fields.by_name[name] for name in used))


class NormalForm:
    """Turns conditions into negation normal form for one reference year; each definition once."""

    def __init__(self, fields: Fields, reference: Reference) -> None:
        self.fields = fields
        self.reference = reference
        self._named: dict[str, Node] = {}

    def of(self, node: Condition) -> Node:
        """Give the rule that fires if a condition holds; its negation fires if it fails."""
        match node:
            case All():
                return joined("$and", [self.of(part) for part in node.parts])
            case AnyOf():
                return joined("$or", [self.of(part) for part in node.parts])
            case Not():
                return negated(self.of(node.part))
            case Named():
                return self._definition(node)
            case Test():
                return self._test(node)
            case Within() | Some() | Dated():
                return Leaf("$eq", self.fields.truth(node, self.reference), True)
            case _:
                assert_never(node)

    def _definition(self, node: Named) -> Node:
        ident = node.definition.id
        if ident not in self._named:
            self._named[ident] = self.of(node.definition.condition)
        return self._named[ident]

    # ---- tests

    def _test(self, test: Test) -> Node:
        constants = [operand.value for operand in test.operands if isinstance(operand, Constant)]
        if len(constants) < len(test.operands) or test.fact.fact.type is FactType.RATE:
            return self._by_sign(test)
        if test.op in ("includes", "includes_any", "includes_all"):
            every = test.op == "includes_all"
            return Leaf("$eq", self.fields.members(test.fact, constants, self.reference, every=every), True)
        return self._by_value(test, list(map(_posted, constants)))

    def _by_value(self, test: Test, constants: Sequence[Scalar]) -> Node:
        name = self.fields.fact(test.fact, self.reference)
        match test.op:
            case "one_of":
                return joined("$or", [Leaf("$eq", name, value) for value in constants])
            case "between":
                low, high = constants
                return joined("$and", [Leaf("$gte", name, low), Leaf("$lte", name, high)])
            case _:
                return Leaf(_COMPARE[test.op], name, constants[0])

    def _by_sign(self, test: Test) -> Node:
        """Test where the fact lies: fractions and quantities are no constants of the network.

        An interval is one sign, not two: a test with an unknown end is unknown as a whole.
        """
        if test.op == "one_of":
            signs = [self.fields.sign(test.fact, (operand,), self.reference) for operand in test.operands]
            return joined("$or", [Leaf("$eq", sign, 0) for sign in signs])
        sign = self.fields.sign(test.fact, test.operands, self.reference)
        return Leaf("$eq" if test.op == "between" else _COMPARE[test.op], sign, 0)


def _posted(constant: Any) -> Scalar:
    """Give a constant as the field it is compared with is posted."""
    return constant.toordinal() if isinstance(constant, date) else constant
