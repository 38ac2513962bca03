"""The JSON Schema of rule files, so that an editor completes facts, words and forms while a clause is written.

One schema fits every file of a rules folder: the key at its top says which kind of file it is. What spans several
places (an unknown clause or document, units of brackets, nesting of caps) `eligibility rules lint` checks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from eligibility.decision import ReductionKind, Standing, Verdict
from eligibility.profile.catalogue import FACTS, LISTS
from eligibility.profile.facts import FactType
from eligibility.profile.schema import DIALECT, ITEM_PLACE, Schema, profile_schema
from eligibility.rulebook.awards import FORMS, FREQUENCIES
from eligibility.rulebook.condition_schema import (
    DATE,
    KIND,
    about,
    condition_definitions,
    mapping,
    paths,
    quantity,
    ref,
    several,
)
from eligibility.rulebook.language import LAYERS
from eligibility.rulebook.policies import AUTHORITIES, CONFIDENCES, REFERENCES, SUPPORTS
from eligibility.rulebook.published import FACT_ID, TIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eligibility.profile.facts import Fact

ID_WORD: Final = "[a-z0-9]+(?:-[a-z0-9]+)*"
ID: Final[Schema] = {"type": "string", "pattern": f"^{ID_WORD}$"}
TEXT: Final[Schema] = {"type": ["string", "number"], "pattern": r"\S"}
PER: Final[Schema] = {"enum": ["item", "company"]}
READ_AS: Final[dict[str, Schema]] = {"reading": {"type": "string", "pattern": f"^{ID_WORD}/{ID_WORD}$"}}
PERIOD: Final[Schema] = {"enum": ["year", "ever"]}
_TABLED: Final = (FactType.CHOICE, FactType.BOOLEAN)
"""Types of facts that a table of amounts can go by."""


def rules_schema(definitions: Sequence[str] | None = None) -> Schema:
    """Draw the JSON Schema (draft 2020-12) of the files of a rules folder.

    Args:
        definitions: the names that can stand alone as a condition; None: any name.
    """
    files = {
        "policy-file": mapping(
            {"policy": ref("policy"), "clauses": several(ref("clause"))}, {"caps": several(ref("shared-cap"))}
        ),
        "definitions-file": _definitions_file(),
        "stacking-file": _stacking_file(),
        "documents-file": mapping({"documents": several(_document())}),
        "cases-file": mapping({"cases": several(ref("case"))}),
        "reasons-file": mapping({"reasons": several(_reason())}),
        "facts-file": mapping({"facts": several(_fact())}),
        "equivalent-file": mapping({"equivalent": several(mapping({"mutant": TEXT, "proof": TEXT}))}),
    }
    return {
        "$schema": DIALECT,
        "title": "subsidy rules / 补贴规则",
        "type": "object",
        "oneOf": [ref(name) for name in files],
        "$defs": files | _parts() | condition_definitions(definitions) | _profile_parts(),
    }


def _parts() -> dict[str, Schema]:
    return {
        "words": mapping({"zh": TEXT, "en": TEXT}, title="a text in Chinese and English"),
        "citation": _citation(),
        "policy": _policy(),
        "clause": _clause(),
        "award": _award(),
        "cap": mapping({"limit": _limit()}, {"per": PER, "period": PERIOD, **_grounds()}),
        "shared-cap": _shared_cap({"anyOf": [{"const": "all"}, ID, _clauses(1)]}),
        "case": _case(),
    }


def _profile_parts() -> dict[str, Schema]:
    """Give the profile's definitions, for the cases."""
    schema = profile_schema()
    records: dict[str, Schema] = schema.pop("$defs")
    del schema["$schema"]
    return {"profile": schema, **records}


# ---- what rules rest on


def _citation() -> Schema:
    optional = {"quote": TEXT, "figure": {"anyOf": [TEXT, {"$ref": "#/$defs/words"}]}, "at": TEXT}
    optional["confidence"] = {"enum": list(CONFIDENCES)}
    given = [{"required": ["quote"]}, {"required": ["figure"]}]
    return mapping({"document": TEXT, "supports": several({"enum": list(SUPPORTS)})}, optional, anyOf=given)


def _grounds() -> dict[str, Schema]:
    """Give the keys that say what a cap or a stacking rule rests on."""
    return {"citations": several(ref("citation")), "assumed": ref("words"), "title": ref("words")}


def _assumptions() -> dict[str, Schema]:
    return {"citations": several(ref("citation")), "assumptions": several(ref("words"))}


def _any_of_keys(*keys: str) -> list[Schema]:
    return [{"required": [key]} for key in keys]


def _document() -> Schema:
    optional = {"issuer": ref("words"), "date": DATE, "url": TEXT, "file": TEXT, "note": ref("words")}
    return mapping({"id": TEXT, "title": ref("words"), "authority": {"enum": list(AUTHORITIES)}}, optional)


def _reason() -> Schema:
    return mapping({"document": TEXT, "quote": TEXT, "reason": ref("words"), "kind": TEXT})


def _fact() -> Schema:
    named = several({"type": "string", "pattern": r"\S"})
    ties = dict.fromkeys(TIES, named)
    return mapping(
        {
            "id": {"type": "string", "pattern": f"^{FACT_ID.pattern}$"},
            "fact": ref("words"),
            "sources": named,
            "authority": {"enum": list(AUTHORITIES)},
        },
        {"confidence": {"enum": list(CONFIDENCES)}, **ties, "reason": ref("words")},
    )


def _definitions_file() -> Schema:
    definition = mapping(
        {"title": ref("words"), "when": ref("condition")},
        _assumptions(),
        anyOf=_any_of_keys("citations", "assumptions"),
    )
    return mapping({"definitions": {"type": "object", "minProperties": 1, "additionalProperties": definition}})


# ---- policies and clauses


def _policy() -> Schema:
    return mapping(
        {
            "id": ID,
            "layer": {"enum": [*LAYERS, 1]},  # an editor takes a bare `1` for a number
            "title": ref("words"),
            "issuer": ref("words"),
            "issued": DATE,
            "in_force": mapping({"from": _date_or("unknown"), "to": _date_or("open", "unknown")}),
        },
        {
            "requires": several(ref("condition")),
            "citations": several(ref("citation")),
            "assumptions": several(ref("words")),
        },
    )


def _date_or(*others: str) -> Schema:
    return {"anyOf": [{"enum": list(others)}, DATE]}


def _clause() -> Schema:
    return mapping(
        {
            "id": ID,
            "title": ref("words"),
            "when": ref("condition"),
            "award": ref("award"),
            "citations": several(ref("citation")),
        },
        {
            "for_each": KIND,
            "reference": {"enum": list(REFERENCES)},
            "caps": {"type": ["array", "null"], "items": ref("cap")},
            "assumptions": several(ref("words")),
            "filing": mapping({}, {"from": DATE, "to": DATE}, minProperties=1),
            "apply": ref("words"),
        },
    )


# ---- awards


def _award() -> Schema:
    """Draw an award: one shape for each form."""
    parts = _form_parts()
    common = {"up_to": {"type": "boolean"}, "instalments": several(ref("rate"))}
    frequency: dict[str, Schema] = {"frequency": {"enum": list(FREQUENCIES)}}
    shapes = []
    for form, keys in FORMS.items():
        needed = {key: parts.get(f"{form}.{key}") or parts[key] for key in keys}
        optional = common | ({"otherwise": ref("money")} if form == "by" else {})
        if form == "service":
            optional |= frequency
        else:
            needed |= frequency
        shapes.append(mapping(needed, optional, title=form) | ({"allOf": _tables()} if form == "by" else {}))
    return {"title": "an award", "oneOf": shapes}


def _form_parts() -> dict[str, Schema]:
    """Give what stands under each key of an award; `form.key` where it depends on the form."""
    money = ref("money")
    return {
        "fixed": money,
        "rate": ref("rate"),
        "of": quantity("money"),
        "per_unit": money,
        "per_unit.of": ref("quantity-of-a-count"),
        "by": {"anyOf": [{"const": path} | about(fact) for path, (fact, _) in _enumerations().items()]},
        "amounts": {"type": "object"},
        "brackets": _brackets(),
        "range": several(money, 2, 2),
        "ceiling": money,
        "unpublished": {"const": True},
        "service": {"const": True},
    }


def _enumerations() -> dict[str, tuple[Fact, list[str]]]:
    """Give every fact that a table can go by, and its values, by the path in a clause."""
    listed = {fact: list(fact.values or ("true", "false")) for fact in FACTS.values() if fact.type in _TABLED}
    return {path: (fact, values) for fact, values in listed.items() for path in paths(fact)}


def _tables() -> list[Schema]:
    """Say for each fact which rows its table has: all of them, unless `otherwise` stands for the rest."""
    return [_table(path, values) for path, (_, values) in _enumerations().items()]


def _table(path: str, values: list[str]) -> Schema:
    rows = mapping({}, dict.fromkeys(values, ref("money")))
    every_row = {"properties": {"amounts": {"required": values}}}
    return {
        "if": {"properties": {"by": {"const": path}}, "required": ["by"]},
        "then": {"properties": {"amounts": rows}, "anyOf": [*_any_of_keys("otherwise"), every_row]},
    }


def _brackets() -> Schema:
    bound = ref("money")  # a count is written like an amount in yuan; the lint knows the unit
    ends = dict.fromkeys(("at_least", "above", "at_most", "below"), bound)
    twice: list[Schema] = [{"required": ["at_least", "above"]}, {"required": ["at_most", "below"]}]
    row = mapping({}, ends | {"fixed": ref("money"), "rate": ref("rate")}, oneOf=_any_of_keys("fixed", "rate")) | {
        "not": {"anyOf": twice}
    }
    keys = {"of": ref("quantity-of-any-unit"), "mode": {"enum": ["whole", "marginal"]}, "rows": several(row)}
    marginal = {"properties": {"mode": {"const": "marginal"}}}
    return mapping(keys) | {"if": marginal, "then": {"properties": {"rows": {"items": {"required": ["rate"]}}}}}


# ---- caps and stacking


def _limit() -> Schema:
    return {"anyOf": [{"const": "unpublished"}, quantity("money")]}


def _shared_cap(over: Schema) -> Schema:
    keys = {"id": ID, "limit": _limit(), "per": PER, "period": PERIOD, "over": over}
    return _grounded(keys, READ_AS)


def _grounded(keys: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """Draw a rule that must rest on a citation or say what it assumes."""
    return mapping(keys, _grounds() | (optional or {}), anyOf=_any_of_keys("citations", "assumed"))


def _reading() -> Schema:
    way = mapping(
        {"id": ID, "title": ref("words")},
        {"citations": several(ref("citation")), "assumed": ref("words")},
        anyOf=_any_of_keys("citations", "assumed"),
    )
    return mapping({"id": ID, "title": ref("words"), "ways": several(way, 2), "assumed": ref("words")})


def _clauses(least: int) -> Schema:
    name = {"type": "string", "pattern": f"^{ID_WORD}(?:/{ID_WORD})?$"}
    return several(name, least) | {"uniqueItems": True}


def _stacking_file() -> Schema:
    group = {"id": ID, "clauses": _clauses(2), "keep": {"const": "highest"}, "per": PER}
    listed = {
        "caps": _shared_cap(_clauses(1)),
        "exclusive": _grounded(group, READ_AS),
        "together": _grounded({"id": ID, "clauses": _clauses(2)}),
        "readings": _reading(),
    }
    lists: dict[str, Schema] = {key: {"type": ["array", "null"], "items": rule} for key, rule in listed.items()}
    return mapping({}, lists, minProperties=1)


# ---- cases


def _case() -> Schema:
    award = f"^{ID_WORD}/{ID_WORD}(?: {ITEM_PLACE})?$"
    expected = {"type": "object", "patternProperties": {award: _expectation()}, "additionalProperties": False}
    return mapping(
        {"name": TEXT, "on": DATE, "profile": ref("profile"), "expect": expected | {"minProperties": 1}},
        {
            "clause": {"type": "string", "pattern": f"^{ID_WORD}/{ID_WORD}$"},
            "readings": {"type": "object", "minProperties": 1, "additionalProperties": ID},
            "total": _interval(),
        },
    )


def _interval() -> Schema:
    """Draw a low and a high amount; null: no published bound."""
    return several({"anyOf": [ref("money"), {"type": "null"}]}, 2, 2)


def _expectation() -> Schema:
    amount = {"anyOf": [ref("money"), _interval()]}
    named = several({"enum": [*(path for fact in FACTS.values() for path in paths(fact)), *LISTS]})
    reduction = mapping({"by": TEXT}, {"kind": {"enum": list(get_args(ReductionKind))}, "amount": amount})
    optional = {
        "standing": {"enum": list(get_args(Standing))},
        "gross": amount,
        "net": amount,
        "missing": named,
        "failed": named,
        "reductions": {"type": "array", "items": reduction},
    }
    return mapping({"verdict": {"enum": list(get_args(Verdict))}}, optional)
