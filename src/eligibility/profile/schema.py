"""The JSON Schema of profiles, drawn from the catalogue, for editors, forms and web frameworks.

It says what one value can look like. What spans several values (a year given twice, a payment for an item that is not
there, a sum) and what takes arithmetic (a check character, the largest amount in another unit) the reader checks.
"""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias, assert_never

from eligibility.money import MAX_MONEY, MAX_RATE_PART, UNITS
from eligibility.profile.facts import MAX_COUNT, TRUTHS, FactType
from eligibility.profile.profile import ITEM_KINDS, LISTS, MANY, NO_SINGLE_ITEM, Profile
from eligibility.profile.records import Company

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from eligibility.bilingual import Words
    from eligibility.profile.facts import Fact
    from eligibility.profile.record import Record

Schema: TypeAlias = dict[str, Any]
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
NULL: Final[Schema] = {"type": "null"}
MOST_YUAN: Final = MAX_MONEY // 100

YEAR_DIGITS: Final = "(?:(?:19|20|21)[0-9]{2}|2200)"
"""The years of the calendar that are read: 1900 to 2200."""

ITEM_PLACE: Final = rf"(?:{'|'.join(MANY[kind] for kind in ITEM_KINDS)})\[(?:0|[1-9][0-9]{{0,6}})\]"
"""An item by its place in a profile: `products[0]`."""

REQUIRED: Final = {"year": ("year",), "payment": ("clause",)}
"""Facts without which an entry of a list says nothing."""

_LETTERS: Final = "0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy"
_FORMS: Final[dict[str, Schema]] = {
    "company.credit_code": {
        "type": "string",
        "pattern": rf"^\s*(?:[ -]*[0-9]){{8}}(?:[ -]*[{_LETTERS}]){{10}}\s*$",
    },
    "payment.item": {
        "type": "string",
        "pattern": rf"^(?:{NO_SINGLE_ITEM}|{ITEM_PLACE})$",
    },
}
"""Texts whose form has its own rules."""


def profile_schema(clauses: Iterable[str] | None = None) -> Schema:
    """Draw the JSON Schema (draft 2020-12) of a profile.

    Args:
        clauses: ids of the clauses that a payment can name; None: any text.

    Returns:
        A schema of its own, with one definition for each record.
    """
    records: tuple[type[Record], ...] = (Company, *LISTS.values())
    drawn = {record.KIND: record_schema(record) for record in records}
    if clauses is not None:
        drawn["payment"]["properties"]["clause"]["anyOf"] = [{"enum": list(clauses)}]
    return {
        "$schema": DIALECT,
        **_profile(lambda record: {"$ref": f"#/$defs/{record.KIND}"}),
        "$defs": drawn,
    }


def inlined_schema() -> Schema:
    """Draw the same schema without references, so that it can stand anywhere inside another one."""
    return _profile(record_schema)


def _profile(draw: Callable[[type[Record]], Schema]) -> Schema:
    lists = {name: _list_of(record, draw(record)) for name, record in LISTS.items()}
    return {
        "title": both(Profile.LABEL),
        "description": "Absent or null: unknown. An empty list: none. 缺省或 null 表示未知，空列表表示没有。",
        "type": "object",
        "properties": {"company": nullable([draw(Company)], both(Company.LABEL)), **lists},
        "additionalProperties": False,
    }


def _list_of(record: type[Record], entry: Schema) -> Schema:
    return nullable([{"type": "array", "items": entry}], both(record.LABEL))


def record_schema(record: type[Record]) -> Schema:
    """Draw the schema of one record: every fact, and no other key."""
    schema = {
        "title": both(record.LABEL),
        "type": "object",
        "properties": {name: fact_schema(fact) for name, fact in record.FACTS.items()},
        "additionalProperties": False,
    }
    required = REQUIRED.get(record.KIND)
    return schema | {"required": list(required)} if required else schema


def fact_schema(fact: Fact) -> Schema:
    """Draw the schema of one fact, null among its values unless its record makes no sense without it."""
    about = {"title": both(fact.label), "description": question(fact)}
    if fact.name in REQUIRED.get(fact.kind, ()):
        return about | {"anyOf": forms(fact)}
    return about | {"anyOf": [*forms(fact), NULL]}


def both(words: Words) -> str:
    """Join a text's two languages on one line."""
    return f"{words.en} / {words.zh}"


def question(fact: Fact) -> str:
    """Give a fact's question in both languages, with its unit."""
    if fact.unit is None:
        return both(fact.question)
    return f"{fact.question.en} ({fact.unit.en}) / {fact.question.zh}（{fact.unit.zh}）"


def nullable(forms: list[Schema], title: str) -> Schema:
    """Let a value be null besides what it can be."""
    return {"title": title, "anyOf": [*forms, NULL]}


# ---- the ways to write a value


def forms(fact: Fact) -> list[Schema]:
    """Give the ways in which a value of a fact can be written."""
    match fact.type:
        case FactType.MONEY:
            return [whole(0, MOST_YUAN), {"type": "string", "pattern": money_pattern(), "examples": ["2000万元"]}]
        case FactType.COUNT | FactType.YEAR:
            return _counts(fact)
        case FactType.RATE:
            return _rates(fact)
        case FactType.DATE:
            return [{"type": "string", "format": "date", "pattern": f"^{YEAR_DIGITS}-[0-9]{{2}}-[0-9]{{2}}$"}]
        case FactType.BOOLEAN:
            return [{"type": "boolean"}, {"type": "string", "pattern": truth_pattern()}]
        case FactType.CHOICE:
            return words(fact)
        case FactType.CHOICES:
            return [{"type": "array", "items": {"anyOf": words(fact)}, "uniqueItems": True}]
        case FactType.TEXT:
            text = {"type": "string", "pattern": r"\S", "maxLength": 400}
            return [_FORMS[fact.path]] if fact.path in _FORMS else [text, {"type": ["integer", "boolean"]}]
        case _:
            assert_never(fact.type)


def whole(low: int, high: int) -> Schema:
    """Give the schema of a whole number, both ends inside."""
    return {"type": "integer", "minimum": low, "maximum": high}


def words(fact: Fact) -> list[Schema]:
    """Give the words of an enumeration, each with its label, and the Chinese labels that stand for them."""
    values = fact.values or {}
    listed: list[Schema] = [{"const": word, "title": both(label)} for word, label in values.items()]
    return [*listed, {"enum": [label.zh for label in values.values()]}]


def _counts(fact: Fact) -> list[Schema]:
    high = MAX_COUNT if fact.high is None else fact.high
    digits = YEAR_DIGITS if fact.type is FactType.YEAR else f"[0-9]{{1,{len(str(high))}}}"
    return [whole(fact.low, high), {"type": "string", "pattern": rf"^\s*0*{digits}\s*$"}]


def _rates(fact: Fact) -> list[Schema]:
    high = MAX_RATE_PART if fact.over_one else 1
    return [whole(0, high), {"type": "string", "pattern": rate_pattern(over_one=fact.over_one), "examples": ["50%"]}]


# ---- patterns, in the syntax that Python and ECMAScript share


@cache
def money_pattern() -> str:
    """Draw the pattern of an amount of money: every unit, and as many decimals as make no part of a fen."""
    sign = f"(?:¥|￥|{_either(('rmb', 'cny', '人民币'))})?"
    number = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
    after = _either(("yuan", "rmb", "cny"))
    return rf"^\s*\+?\s*{sign}\s*{number}(?:{_decimals(2)}|{_units()}(?:\s+{after})?)\s*$"


def _units() -> str:
    """Give every unit, each after the decimals it can have."""
    by_places: dict[int, list[str]] = {}
    for unit, fen in sorted(UNITS.items(), key=itemgetter(1)):
        if unit:
            by_places.setdefault(_places(fen), []).append(unit)
    return "(?:" + "|".join(rf"{_decimals(places)}\s*{_either(units)}" for places, units in by_places.items()) + ")"


def _places(fen: int) -> int:
    """Tell how many decimals of a unit still give whole fen; units are powers of ten."""
    return len(str(fen)) - 1


def _decimals(places: int) -> str:
    return rf"(?:\.[0-9]{{1,{places}}}0*)?" if places else r"(?:\.0+)?"


def rate_pattern(*, over_one: bool = True) -> str:
    """Draw the pattern of a rate; of a share, if it may not pass 100%."""
    part = r"(?:\.[0-9]+)?"
    ratio = r"[0-9]+\s*[:：/]\s*[0-9]+"
    if over_one:
        return rf"^\s*(?:[0-9]+{part}\s*[%％‰]?|{ratio})\s*$"
    plain = rf"0*(?:1(?:\.0+)?|0{part})"
    hundredth = rf"0*(?:100(?:\.0+)?|[0-9]{{1,2}}{part})\s*[%％]"
    thousandth = rf"0*(?:1000(?:\.0+)?|[0-9]{{1,3}}{part})\s*‰"
    return rf"^\s*(?:{plain}|{hundredth}|{thousandth}|{ratio})\s*$"


@cache
def truth_pattern() -> str:
    """Draw the pattern of the words that mean true or false."""
    return f"^{_either(TRUTHS)}$"


def _either(words: Iterable[str]) -> str:
    """Join words as alternatives, in capitals or not."""
    return "(?:" + "|".join("".join(map(_any_case, word)) for word in words) + ")"


def _any_case(letter: str) -> str:
    return f"[{letter.upper()}{letter}]" if letter.isascii() and letter.isalpha() else letter
