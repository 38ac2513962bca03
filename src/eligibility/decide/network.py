"""A clause as two rules of a network: one fires if its condition holds, one if it fails, neither if it is unknown.

Both are negation normal forms over comparisons of a posted field with a constant. A comparison never matches an
absent field, and a fact that is not known is not posted: that gives strong three-valued logic without a third value.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from operator import methodcaller
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

    def _add(self, field: Field) -> str:
        self.by_name.setdefault(field.name, field)
        return field.name

    def fact(self, ref: FactRef, reference: Reference) -> str:
        """Name the field of a fact, posted as it is; a date as its ordinal."""
        path = attribute(ref, reference)
        return self._add(Field(path, getter(path), date.toordinal if ref.fact.type is FactType.DATE else None))

    def member(self, ref: FactRef, word: str, reference: Reference) -> str:
        """Name the field that says whether a set holds a word."""
        path = attribute(ref, reference)
        return self._add(Field(f"{path}.{word}", getter(path), methodcaller("__contains__", word)))

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
        name = self._computed.setdefault(key, f"q{len(self._computed)}")
        return self._add(Field(name, get))


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
    form = _NormalForm(fields, clause.reference)
    holds, fails = form.of(clause.condition, True), form.of(clause.condition, False)
    used = dict.fromkeys(leaf.field for leaf in leaves(holds))
    return Pair(clause, place, holds, fails, tuple(fields.by_name[name] for name in used))


class _NormalForm:
    """Turns conditions into negation normal form for one reference year; `positive` False gives the negation's."""

    def __init__(self, fields: Fields, reference: Reference) -> None:
        self.fields = fields
        self.reference = reference

    def of(self, node: Condition, positive: bool) -> Node:
        match node:
            case All():
                return self._join(positive, [self.of(part, positive) for part in node.parts])
            case AnyOf():
                return self._join(not positive, [self.of(part, positive) for part in node.parts])
            case Not():
                return self.of(node.part, not positive)
            case Named():
                return self.of(node.definition.condition, positive)
            case Test():
                return self._test(node, positive)
            case Within() | Some() | Dated():
                return _leaf(positive, "$eq", self.fields.truth(node, self.reference), True)
            case _:
                assert_never(node)

    @staticmethod
    def _join(every: bool, parts: Sequence[Node]) -> Node:
        return joined("$and" if every else "$or", parts)

    # ---- tests

    def _test(self, test: Test, positive: bool) -> Node:
        constants = [operand.value for operand in test.operands if isinstance(operand, Constant)]
        if len(constants) < len(test.operands) or test.fact.fact.type is FactType.RATE:
            return self._by_sign(test, positive)
        if test.op in ("includes", "includes_any", "includes_all"):
            return self._members(test, constants, positive)
        return self._by_value(test, list(map(_posted, constants)), positive)

    def _members(self, test: Test, words: Sequence[str], positive: bool) -> Node:
        names = [self.fields.member(test.fact, word, self.reference) for word in words]
        parts = [_leaf(positive, "$eq", name, True) for name in names]
        return self._join((test.op == "includes_all") == positive, parts)

    def _by_value(self, test: Test, constants: Sequence[Scalar], positive: bool) -> Node:
        name = self.fields.fact(test.fact, self.reference)
        match test.op:
            case "one_of":
                return self._join(not positive, [_leaf(positive, "$eq", name, value) for value in constants])
            case "between":
                ends = zip(("$gte", "$lte"), constants, strict=True)
                return self._join(positive, [_leaf(positive, op, name, end) for op, end in ends])
            case _:
                return _leaf(positive, _COMPARE[test.op], name, constants[0])

    def _by_sign(self, test: Test, positive: bool) -> Node:
        """Test where the fact lies: fractions and quantities are no constants of the network.

        An interval is one sign, not two: a test with an unknown end is unknown as a whole.
        """
        if test.op == "one_of":
            signs = [self.fields.sign(test.fact, (operand,), self.reference) for operand in test.operands]
            return self._join(not positive, [_leaf(positive, "$eq", sign, 0) for sign in signs])
        sign = self.fields.sign(test.fact, test.operands, self.reference)
        return _leaf(positive, "$eq" if test.op == "between" else _COMPARE[test.op], sign, 0)


def _leaf(positive: bool, op: str, field: str, value: Scalar) -> Leaf:
    return Leaf(op if positive else NEGATED[op], field, value)


def _posted(constant: Any) -> Scalar:
    """Give a constant as the field it is compared with is posted."""
    return constant.toordinal() if isinstance(constant, date) else constant
