"""Findings about the catalogue of facts: facts that no clause needs, labels that are missing.

Facts are declared in Python, so each finding points into the module that declares it.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from eligibility.diagnostics import Diagnostic, Place, Source
from eligibility.profile.catalogue import DATED_BY, FACTS
from eligibility.profile.derive import DERIVED
from eligibility.profile.facts import FactType
from eligibility.rulebook.uses import facts_used

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility.bilingual import Words
    from eligibility.profile.facts import Fact
    from eligibility.rulebook.rulebook import Rulebook

OFFERED: Final = frozenset(
    (
        "year.tax_paid", "year.output", "project.track", "project.own_funds", "project.other_district_support",
        "project.share", "product.rnd_expense", "trial.cost",
    )
)  # fmt: skip
"""Facts that no shipped clause rests on, and that rules of one's own are offered all the same: what projects, products
and trials cost, who bears it, and what a year brings in. One that a clause comes to use is taken off this list."""

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_RECORDS: Final = "eligibility.profile.records"
_WORDS: Final = "eligibility.profile.words"


def unused(rulebook: Rulebook) -> Iterator[Diagnostic]:
    """Find facts that a company is asked for and that no clause rests on.

    The catalogue belongs to the rules that come with the package: other rules do not answer for it.
    """
    from eligibility.rulebook.load import shipped

    if rulebook.folder.resolve() != shipped("rules").resolve():
        return
    used = frozenset().union(*(facts_used(clause, rulebook) for clause in rulebook.clauses))
    for path, fact in FACTS.items():
        if path not in used and path not in OFFERED and not _exempt(fact):
            help_ = "let a clause test it, or take it out of the profile: each fact costs a company an answer"
            yield Diagnostic(
                "fact-unused", f"no clause uses the fact `{path}`", _declared(fact), help_, severity="warning"
            )


def _exempt(fact: Fact) -> bool:
    """Tell whether a fact has another use than to be tested: a name, the year of an entry, or one nobody is asked."""
    return fact.type is FactType.TEXT or fact.path in DERIVED or fact.path in (*DATED_BY.values(), "year.year")


def unlabelled() -> Iterator[Diagnostic]:
    """Find facts and words of enumerations that a reader of one language would not understand."""
    for fact in FACTS.values():
        for what, words in (("label", fact.label), ("question", fact.question), ("unit", fact.unit)):
            for lang in _missing(words):
                yield _unlabelled(f"the fact `{fact.path}` has no {what} in {lang}", _declared(fact))
        for value, label in (fact.values or {}).items():
            for lang in _missing(label):
                message = f"the value `{value}` of `{fact.path}` has no label in {lang}"
                yield _unlabelled(message, _declared_value(fact, value))


def _missing(words: Words | None) -> Iterator[str]:
    """Name the languages in which nothing is said: English is not said in Chinese characters, nor by none."""
    if words is not None and not words.zh.strip():
        yield "Chinese"
    if words is not None and (not words.en.strip() or _HAN.search(words.en)):
        yield "English"


def _unlabelled(message: str, place: Place | None) -> Diagnostic:
    return Diagnostic("unlabelled", message, place, "write both: `(中文, English)`", severity="warning")


# ---- where it is declared


def _declared(fact: Fact) -> Place | None:
    """Give the line of a record that declares a fact; None for derived facts and those declared elsewhere."""
    found = _fields().get((fact.kind, fact.name))
    return _place(_RECORDS, found.target) if found else None


def _declared_value(fact: Fact, value: str) -> Place | None:
    """Give the line of an enumeration that labels a value, else the fact's."""
    found = _fields().get((fact.kind, fact.name))
    names = [node.attr for node in ast.walk(found) if isinstance(node, ast.Attribute)] if found else []
    keys = (key for name in names for key in _tables().get(name, ()) if key.value == value)
    key = next(keys, None)
    return _place(_WORDS, key) if key else _declared(fact)


@cache
def _source(module: str) -> Source:
    path = Path(str(import_module(module).__file__))
    return Source(str(path), path.read_text(encoding="utf-8"))


@cache
def _fields() -> dict[tuple[str, str], ast.AnnAssign]:
    """Give the declaration of each fact by kind and name."""
    classes = [node for node in ast.parse(_source(_RECORDS).text).body if isinstance(node, ast.ClassDef)]
    return {
        (kind, field.target.id): field
        for node in classes
        for kind in _kind(node)
        for field in node.body
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
    }


def _kind(node: ast.ClassDef) -> Iterator[str]:
    for keyword in node.keywords:
        if keyword.arg == "kind" and isinstance(keyword.value, ast.Constant):
            yield str(keyword.value.value)


@cache
def _tables() -> dict[str, list[ast.Constant]]:
    """Give the keys of each enumeration by its name."""
    return {
        node.target.id: [key for key in node.value.keys if isinstance(key, ast.Constant)]
        for node in ast.parse(_source(_WORDS).text).body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and isinstance(node.value, ast.Dict)
    }


def _place(module: str, node: ast.expr) -> Place:
    end = None if node.end_col_offset is None else node.end_col_offset + 1
    return Place(_source(module), node.lineno, node.col_offset + 1, end)
