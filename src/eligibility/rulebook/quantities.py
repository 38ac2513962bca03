"""Reading facts, quantities and conditions, typed against the catalogue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from eligibility.dates import parse_period
from eligibility.diagnostics import did_you_mean
from eligibility.frozen import replace
from eligibility.money import Rate, parse_money, parse_rate
from eligibility.profile.catalogue import FACTS, ITEM_KINDS
from eligibility.profile.facts import MAX_COUNT, Fact, FactType, reader
from eligibility.rulebook.grain import FINEST, grain_of, too_fine
from eligibility.rulebook.language import (
    All,
    AnyOf,
    Constant,
    CountOf,
    FactRef,
    Greatest,
    Least,
    Minus,
    Named,
    Not,
    Plus,
    RateOf,
    Some,
    SumOf,
    Test,
    Within,
)
from eligibility.rulebook.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml.nodes import Node

    from eligibility.rulebook.language import Condition, Definition, Op, Quantity

PATH: Final = re.compile(r"[a-z_]+\.[a-z_]+")
_ORDER: Final[tuple[Op, ...]] = ("at_least", "at_most", "above", "below")
OPS: Final[dict[FactType, tuple[str, ...]]] = {
    FactType.MONEY: (*_ORDER, "between"),
    FactType.COUNT: (*_ORDER, "between"),
    FactType.YEAR: (*_ORDER, "between"),
    FactType.RATE: (*_ORDER, "between"),
    FactType.DATE: ("before", "on_or_after", "between", "within"),
    FactType.CHOICES: ("includes", "includes_any", "includes_all"),
    FactType.BOOLEAN: (),
    FactType.CHOICE: (),
    FactType.TEXT: (),
}
OPERATORS: Final = tuple(dict.fromkeys(op for ops in OPS.values() for op in ops))
QUANTITY_WORDS: Final = ("rate", "plus", "minus", "least", "greatest", "sum", "count")


class Scope:
    """What a condition may name: the item kinds in reach, and whether there is a reference year.

    Attributes:
        kinds: item kinds whose facts may be named; None while a definition is read, which fits any clause.
        year: whether `year.…` may be named.
        define: gives a definition by name.
    """

    __slots__ = ("define", "kinds", "year")

    def __init__(self, kinds: frozenset[str] | None, year: bool, define: Callable[[str], Definition | None]) -> None:
        self.kinds = kinds
        self.year = year
        self.define = define

    def inside(self, kind: str) -> Scope:
        """Give the scope inside `some`, `sum` or `count` over a kind."""
        kinds = None if self.kinds is None else self.kinds | {kind}
        return Scope(kinds, self.year, self.define)


class ConditionReader(Reader):
    """Reads conditions and quantities."""

    # ---- facts

    def fact(self, node: Node, scope: Scope) -> FactRef:
        """Read a fact's path."""
        path = self.text(node)
        prior = path.startswith("prior_year.")
        fact = FACTS.get(path.replace("prior_year.", "year.", 1) if prior else path)
        if fact is None:
            kind = path.split(".")[0]
            known = [known for known in FACTS if known.startswith(f"{kind}.")] or list(FACTS)
            help_ = did_you_mean(path, list(FACTS), f"known here: {', '.join(known[:12])}; see `eligibility facts`")
            self.fail("unknown-fact", f"there is no fact `{path}`", node, help_)
        self._in_reach(fact, node, scope)
        return FactRef(fact, prior, self.place(node))

    def _in_reach(self, fact: Fact, node: Node, scope: Scope) -> None:
        if fact.kind == "year" and not scope.year:
            message = "a clause with `reference: any` has no reference year"
            self.fail("reference-any", message, node, "leave `reference` out or name the year's fact elsewhere")
        if fact.kind in ITEM_KINDS and scope.kinds is not None and fact.kind not in scope.kinds:
            help_ = f"write `for_each: {fact.kind}` on the clause, or `{{some: {{{fact.kind}: …}}}}`"
            self.fail("scope", f"`{fact.path}` belongs to one {fact.kind}, and none is meant here", node, help_)

    # ---- quantities

    def quantity(self, node: Node, scope: Scope, unit: str | None) -> Quantity:
        """Read a quantity in a unit (`money`, or a count's unit; None: whatever its facts say)."""
        quantity, found = self._quantity(node, scope, unit)
        if unit is not None and found != unit:
            self.fail(
                "unit-clash", f"{_unit(found)} stands where {_unit(unit)} belongs", node, "compare like with like"
            )
        if too_fine(grain_of(quantity)):
            message = "the rates in this expression multiply to too fine a fraction"
            self.fail("grain", message, node, f"keep the common numerator and denominator within {FINEST}")
        return quantity

    def unit_of(self, node: Node, scope: Scope) -> tuple[Quantity, str]:
        """Read a quantity and tell its unit."""
        quantity, unit = self._quantity(node, scope, None)
        return quantity, unit

    def _quantity(self, node: Node, scope: Scope, unit: str | None) -> tuple[Quantity, str]:
        if isinstance(node, ScalarNode):
            return self._simple(node, scope, unit)
        if not isinstance(node, MappingNode) or not node.value:
            self.fail(
                "shape", "a quantity belongs here", node, f"a fact, an amount, or one of: {', '.join(QUANTITY_WORDS)}"
            )
        word = str(node.value[0][0].value)
        match word:
            case "rate" | "of":
                return self._rate_of(node, scope, unit)
            case "plus" | "least" | "greatest" | "minus":
                return self._several(word, node, scope, unit)
            case "sum":
                return self._sum(node, scope)
            case "count":
                return self._count(node, scope)
            case _:
                help_ = did_you_mean(word, QUANTITY_WORDS, f"one of: {', '.join(QUANTITY_WORDS)}")
                return self.fail("unknown-key", f"`{word}` is no quantity", node.value[0][0], help_)

    def _simple(self, node: ScalarNode, scope: Scope, unit: str | None) -> tuple[Quantity, str]:
        text = self.text(node)
        if PATH.fullmatch(text):
            ref = self.fact(node, scope)
            return ref, self._numeric_unit(ref.fact, node)
        if unit is not None and unit != "money" and text.isdecimal():
            return Constant(self.count(node), text, self.place(node)), unit
        if unit is None and text.isdecimal():
            message = f"`{text}` has no unit here"
            self.fail("unit-clash", message, node, "put a fact first, or write an amount such as `100元`")
        return Constant(self.literal(node, lambda raw: parse_money(str(raw))), text, self.place(node)), "money"

    def count(self, node: Node) -> int:
        """Read a whole number, within the range of counts."""
        text = self.shown(node)
        if not text.isdecimal() or int(text) > MAX_COUNT:
            help_ = f"write a whole number up to {MAX_COUNT}"
            self.fail("unit-clash", f"`{text}` is no count", node, help_)
        return int(text)

    def _numeric_unit(self, fact: Fact, node: Node) -> str:
        match fact.type:
            case FactType.MONEY:
                return "money"
            case FactType.COUNT:
                return fact.unit.en if fact.unit else "units"
            case _:
                message = f"`{fact.path}` is a {fact.type.value}, no quantity"
                return self.fail("unit-clash", message, node, "a quantity is money or a count")

    def _rate_of(self, node: Node, scope: Scope, unit: str | None) -> tuple[Quantity, str]:
        parts = self.fields(node, ("rate", "of"))
        rate = self.literal(parts["rate"], lambda raw: parse_rate(str(raw)))
        of, found = self._quantity(parts["of"], scope, unit)
        return RateOf(rate, of, self.place(node)), found

    def _several(self, word: str, node: Node, scope: Scope, unit: str | None) -> tuple[Quantity, str]:
        parts = self.items(self.fields(node, (word,))[word], "quantities")
        quantities: list[Quantity] = []
        waiting: list[tuple[int, Node]] = []
        for place, part in enumerate(parts):  # a bare number takes the unit of the parts that have one
            if unit is None and isinstance(part, ScalarNode) and str(part.value).isdecimal():
                waiting.append((place, part))
                continue
            quantity, found = self._quantity(part, scope, unit)
            if unit is not None and found != unit:
                message = f"{_unit(found)} stands beside {_unit(unit)}"
                self.fail("unit-clash", message, part, "put together like with like")
            unit = found
            quantities.append(quantity)
        for place, part in waiting:
            quantities.insert(place, self._quantity(part, scope, unit)[0])
        built = tuple(quantities)
        if len(built) < 2:
            self.fail("empty", f"`{word}` needs two quantities", node, "write a list of at least two")
        if word == "minus":
            if len(built) != 2:
                self.fail("shape", "`minus` takes two quantities", node, "write `minus: [from, what]`")
            return Minus(built[0], built[1], self.place(node)), unit or "money"
        make: type[Plus | Least | Greatest] = {"plus": Plus, "least": Least, "greatest": Greatest}[word]  # type: ignore[assignment]
        return make(built, self.place(node)), unit or "money"

    def _sum(self, node: Node, scope: Scope) -> tuple[Quantity, str]:
        parts = self.fields(node, ("sum",), ("where",))
        kind = self.text(parts["sum"]).split(".")[0]
        if kind not in ITEM_KINDS:
            self.fail(
                "scope", "`sum` adds up a fact of items", parts["sum"], f"one of the kinds: {', '.join(ITEM_KINDS)}"
            )
        inner = scope.inside(kind)
        fact = self.fact(parts["sum"], inner)
        unit = self._numeric_unit(fact.fact, parts["sum"])
        where = self.condition(parts["where"], inner) if "where" in parts else None
        return SumOf(fact, where, self.place(node)), unit

    def _count(self, node: Node, scope: Scope) -> tuple[Quantity, str]:
        parts = self.fields(node, ("count",), ("where",))
        kind = self.word(parts["count"], ITEM_KINDS, "kind of item")
        where = self.condition(parts["where"], scope.inside(kind)) if "where" in parts else None
        return CountOf(kind, where, self.place(node)), "items"

    # ---- conditions

    def condition(self, node: Node, scope: Scope) -> Condition:
        """Read a condition."""
        if isinstance(node, ScalarNode):
            return self._named(node, scope)
        key, key_node, value = self.one_key(node)
        place = self.place(node)
        match key:
            case "all":
                return All(self.each(self.condition, self.items(value, "conditions"), scope), place)
            case "any":
                return AnyOf(self.each(self.condition, self.items(value, "conditions"), scope), place)
            case "not":
                return Not(self.condition(value, scope), place)
            case "some":
                kind, kind_node, inner = self.one_key(value)
                self.word(kind_node, ITEM_KINDS, "kind of item")
                return Some(kind, self.condition(inner, scope.inside(kind)), place)
            case _:
                return self._test(self.fact(key_node, scope), key_node, value, scope)

    def _named(self, node: Node, scope: Scope) -> Condition:
        name = self.text(node)
        definition = scope.define(name)
        if definition is None:
            self.fail(
                "unknown-definition",
                f"there is no definition `{name}`",
                node,
                "add it to definitions.yaml, or write a test such as `company.track: …`",
            )
        self._fits(definition, node, scope)
        return Named(definition, self.place(node))

    def _fits(self, definition: Definition, node: Node, scope: Scope) -> None:
        from eligibility.rulebook.walk import facts_of, free_kinds

        kinds = free_kinds(definition.condition)
        stray = sorted(kinds - scope.kinds) if scope.kinds is not None else []
        if stray:
            help_ = f"use it under `for_each: {stray[0]}` or inside `some`"
            self.fail("scope", f"the definition `{definition.id}` speaks of one {stray[0]}", node, help_)
        if not scope.year and any(ref.fact.kind == "year" for ref in facts_of(definition.condition)):
            message = f"the definition `{definition.id}` reads a year, and `reference: any` has none"
            self.fail("reference-any", message, node, "leave `reference` out")

    def _test(self, fact: FactRef, key: Node, value: Node, scope: Scope) -> Condition:
        place = self.place(key)
        if fact.fact.type is FactType.TEXT:
            self.fail("operator", f"`{fact.path}` is a text that no clause can test", key, "test another fact")
        if isinstance(value, SequenceNode):
            self._may(fact, "one_of", value)
            nodes = self.items(value, "values")
            return Test(fact, "one_of", self.each(self._constant, nodes, fact.fact), place)
        if isinstance(value, MappingNode) and not self._is_quantity(value):
            return self._comparison(fact, value, scope)
        self._may(fact, "equals", value)
        return Test(fact, "equals", (self._operand(value, fact, scope),), place)

    def _may(self, fact: FactRef, op: str, node: Node) -> None:
        """Refuse equality with a set, whose words are `includes…`."""
        if fact.fact.type is FactType.CHOICES:
            message = f"`{fact.path}` holds several words"
            self.fail(
                "operator", message, node, "write `{includes: …}`, `{includes_any: […]}` or `{includes_all: […]}`"
            )
        if fact.fact.type is FactType.BOOLEAN and op == "one_of":
            self.fail("operator", f"`{fact.path}` is true or false", node, "write `true` or `false`")

    @staticmethod
    def _is_quantity(node: MappingNode) -> bool:
        return bool(node.value) and str(node.value[0][0].value) in (*QUANTITY_WORDS, "of")

    def _comparison(self, fact: FactRef, node: MappingNode, scope: Scope) -> Condition:
        op, op_node, value = self.one_key(node)
        allowed = OPS[fact.fact.type]
        if op not in allowed:
            if op not in OPERATORS:
                help_ = did_you_mean(op, OPERATORS, f"one of: {', '.join(allowed) or 'a plain value'}")
                self.fail("unknown-key", f"`{op}` is no comparison", op_node, help_)
            message = f"`{op}` does not fit `{fact.path}`, a {fact.fact.type.value}"
            self.fail("operator", message, op_node, f"it takes: {', '.join(allowed) or 'a plain value or a list'}")
        if op == "within":
            return Within(fact, self.literal(value, lambda raw: parse_period(str(raw))), self.place(node))
        return Test(fact, op, self._operands(op, value, fact, scope), self.place(node))  # type: ignore[arg-type]

    def _operands(self, op: str, value: Node, fact: FactRef, scope: Scope) -> tuple[Quantity, ...]:
        match op:
            case "includes":
                return (self._constant(value, fact.fact),)
            case "includes_any" | "includes_all":
                return self.each(self._constant, self.items(value, "values"), fact.fact)
            case "between":
                ends = self.items(value, "two ends")
                if len(ends) != 2:
                    self.fail("shape", "`between` takes two ends", value, "write `between: [low, high]`, both inside")
                low, high = self._operand(ends[0], fact, scope), self._operand(ends[1], fact, scope)
                if isinstance(low, Constant) and isinstance(high, Constant) and _above(low.value, high.value):
                    self.fail("empty", "the interval is empty", value, "the first end is the lower one")
                return low, high
            case _:
                return (self._operand(value, fact, scope),)

    def _operand(self, node: Node, fact: FactRef, scope: Scope) -> Quantity:
        """Read the right side of a test: a constant, or a quantity of the fact's unit."""
        simple = isinstance(node, ScalarNode) and not PATH.fullmatch(str(node.value))
        if simple or fact.fact.type not in (FactType.MONEY, FactType.COUNT):
            return self._constant(node, fact.fact)
        return self.quantity(node, scope, self._numeric_unit(fact.fact, node))

    def _constant(self, node: Node, fact: Fact) -> Constant:
        read = _constant_reader(fact)
        code = "unknown-value" if fact.values else "value"
        return Constant(self.literal(node, read, code), self.shown(node), self.place(node))


def _constant_reader(fact: Fact) -> Callable[[object], object]:
    """Give the reader of one constant: of a set-valued fact, one word."""
    if fact.type is FactType.CHOICES:
        return reader(replace(fact, type=FactType.CHOICE))
    return reader(fact)


def _unit(unit: str) -> str:
    return "money" if unit == "money" else f"a count of {unit}"


def _above(low: Any, high: Any) -> bool:
    """Tell whether one constant lies above another; rates by their cross products, for they sort as pairs."""
    if isinstance(low, Rate):
        return bool(low.num * high.den > high.num * low.den)
    return bool(low > high)
