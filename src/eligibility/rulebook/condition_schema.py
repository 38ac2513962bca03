"""The JSON Schema of conditions and quantities: every fact by name, with what each can be compared with.

Scalars of a rule file are read from their text, so a number stands wherever its text would do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from eligibility.profile.catalogue import FACTS, ITEM_KINDS
from eligibility.profile.facts import FactType
from eligibility.profile.schema import (
    MOST_YUAN,
    YEAR_DIGITS,
    both,
    forms,
    money_pattern,
    question,
    rate_pattern,
    words,
)
from eligibility.rulebook.quantities import OPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eligibility.profile.facts import Fact
    from eligibility.profile.schema import Schema

DATE: Final[Schema] = {"type": "string", "format": "date", "pattern": f"^{YEAR_DIGITS}-[0-9]{{2}}-[0-9]{{2}}$"}
KIND: Final[Schema] = {"enum": list(ITEM_KINDS)}
PERIOD: Final[Schema] = {
    "type": "string",
    "pattern": r"^\s*0*[1-9][0-9]{0,3}\s*(?:years?|months?|days?|年|个月|天|日)\s*$",
    "examples": ["3 years", "18 months", "90 days"],
}
MONEY: Final = "money"
ITEMS: Final = "items"


def ref(name: str) -> Schema:
    """Refer to a definition of the schema."""
    return {"$ref": f"#/$defs/{name}"}


def several(part: Schema, least: int = 1, most: int | None = None) -> Schema:
    """Give the schema of a list that is not empty."""
    schema = {"type": "array", "items": part, "minItems": least}
    return schema if most is None else schema | {"maxItems": most}


def mapping(required: dict[str, Schema], optional: dict[str, Schema] | None = None, **more: Any) -> Schema:
    """Give the schema of a mapping with these keys and no other."""
    schema = {"type": "object", "properties": required | (optional or {}), "additionalProperties": False}
    return schema | ({"required": list(required)} if required else {}) | more


def one_of_keys(keys: dict[str, Schema]) -> Schema:
    """Give the schema of a mapping with one of these keys."""
    return mapping({}, keys, minProperties=1, maxProperties=1)


def condition_definitions(names: Sequence[str] | None = None) -> dict[str, Schema]:
    """Draw everything that conditions and quantities consist of, by the name of its definition.

    Args:
        names: the named conditions that there are; None: any name.
    """
    units = dict.fromkeys([MONEY, *(unit for fact in FACTS.values() if (unit := unit_of(fact))), ITEMS])
    return {
        "money": _money(),
        "rate": _rate(),
        "condition": _condition(names),
        **{_quantity_name(unit): _quantity(unit) for unit in units},
        **{_test_name(fact): _test(fact) for fact in _tested() if _shares(fact)},
        "quantity-of-a-count": {"anyOf": [quantity(unit) for unit in units if unit != MONEY]},
        "quantity-of-any-unit": {"anyOf": [quantity(unit) for unit in units]},
    }


def _money() -> Schema:
    text = {"type": "string", "pattern": money_pattern(), "examples": ["300万元", "1亿元"]}
    return {"title": "an amount of money", "anyOf": [text, {"type": "number", "minimum": 0, "maximum": MOST_YUAN}]}


def _rate() -> Schema:
    text = {"type": "string", "pattern": rate_pattern(), "examples": ["50%", "5‰", "1:1"]}
    return {"title": "a rate", "anyOf": [text, {"type": "number", "minimum": 0}]}


# ---- facts


def unit_of(fact: Fact) -> str | None:
    """Give the unit of a fact that is a quantity."""
    match fact.type:
        case FactType.MONEY:
            return MONEY
        case FactType.COUNT:
            return fact.unit.en if fact.unit else "units"
        case _:
            return None


def paths(fact: Fact) -> tuple[str, ...]:
    """Give the paths by which a clause names a fact: a yearly one also in the year before."""
    return (fact.path, f"prior_year.{fact.name}") if fact.kind == "year" else (fact.path,)


def about(fact: Fact) -> Schema:
    """Say what a fact is."""
    return {"title": both(fact.label), "description": question(fact)}


def _tested() -> Iterator[Fact]:
    """Give the facts that a clause can test."""
    return (fact for fact in FACTS.values() if fact.type is not FactType.TEXT)


# ---- quantities


def quantity(unit: str) -> Schema:
    """Refer to the quantities of a unit."""
    return ref(_quantity_name(unit))


def _quantity_name(unit: str) -> str:
    return "quantity-of-" + normalize("NFKC", unit).replace(" ", "-")


def _quantity(unit: str) -> Schema:
    same = quantity(unit)
    shapes = [
        *_literals(unit),
        *({"const": path} | about(fact) for fact in FACTS.values() if unit_of(fact) == unit for path in paths(fact)),
        mapping({"rate": ref("rate"), "of": same}),
        *(mapping({word: several(same, 2)}) for word in ("plus", "least", "greatest")),
        mapping({"minus": several(same, 2, 2)}),
        *_over_items(unit),
    ]
    return {"title": f"a quantity ({unit})", "anyOf": shapes}


def _literals(unit: str) -> list[Schema]:
    if unit == MONEY:
        return [ref("money")]
    return [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": r"^[0-9]+$"}]


def _over_items(unit: str) -> list[Schema]:
    """Give what sums and counts items in a unit."""
    where = {"where": ref("condition")}
    summed = [fact.path for fact in FACTS.values() if fact.kind in ITEM_KINDS and unit_of(fact) == unit]
    sums = [mapping({"sum": {"enum": summed}}, where)] if summed else []
    return sums + ([mapping({"count": KIND}, where)] if unit == ITEMS else [])


# ---- conditions


def _condition(names: Sequence[str] | None) -> Schema:
    """Draw a condition: a definition's name, or a mapping with one key."""
    groups = {
        "all": several(ref("condition")) | {"title": "every part holds"},
        "any": several(ref("condition")) | {"title": "a part holds"},
        "not": ref("condition") | {"title": "the part does not hold"},
        "some": one_of_keys(dict.fromkeys(ITEM_KINDS, ref("condition"))) | {"title": "an item of the kind meets it"},
    }
    tests = {path: _right_side(fact) | about(fact) for fact in _tested() for path in paths(fact)}
    known: Schema = {"type": "string", "pattern": r"^[^.]+$"} if names is None else {"enum": list(names)}
    name = {"title": "the name of a definition"} | known
    return {"title": "a condition", "anyOf": [name, one_of_keys(groups | tests)]}


def _shares(fact: Fact) -> bool:
    """Tell whether facts of this type and unit are all tested in the same way."""
    return fact.type not in (FactType.CHOICE, FactType.CHOICES)


def _test_name(fact: Fact) -> str:
    return _quantity_name(unit).replace("quantity", "test") if (unit := unit_of(fact)) else f"test-of-{fact.type.value}"


def _right_side(fact: Fact) -> Schema:
    return ref(_test_name(fact)) if _shares(fact) else _test(fact)


def _test(fact: Fact) -> Schema:
    """Draw what a fact can be compared with: equal to a value, one of several, or one of the comparisons."""
    value = {"anyOf": constants(fact)}
    shapes: list[Schema] = []
    if fact.type is not FactType.CHOICES:
        shapes += [_operand(fact)]
    if fact.type not in (FactType.CHOICES, FactType.BOOLEAN):
        shapes += [several(value)]
    if OPS[fact.type]:
        shapes += [one_of_keys({op: _compared(op, fact) for op in OPS[fact.type]})]
    return {"anyOf": shapes}


def _compared(op: str, fact: Fact) -> Schema:
    match op:
        case "within":
            return PERIOD
        case "between":
            return several(_operand(fact), 2, 2)
        case "includes_any" | "includes_all":
            return several({"anyOf": constants(fact)})
        case _:
            return _operand(fact)


def _operand(fact: Fact) -> Schema:
    """Draw one side of a comparison: a quantity of the fact's unit, or a constant."""
    return quantity(unit) if (unit := unit_of(fact)) else {"anyOf": constants(fact)}


def constants(fact: Fact) -> list[Schema]:
    """Give the ways to write one constant that a fact is compared with."""
    match fact.type:
        case FactType.MONEY:
            return [ref("money")]
        case FactType.RATE:
            return [ref("rate")]
        case FactType.CHOICES:
            return words(fact)
        case _:
            return forms(fact)
