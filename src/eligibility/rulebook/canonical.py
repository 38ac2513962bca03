"""The rulebook as one canonical text: the same rules give the same text, wherever they stand."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from eligibility.profile.facts import Fact
from eligibility.rulebook.language import Definition, Document, Policy

if TYPE_CHECKING:
    from eligibility.rulebook.rulebook import Rulebook


def canonical(rulebook: Rulebook) -> str:
    """Print everything that a rulebook says as JSON with sorted keys."""
    parts = {
        "policies": rulebook.policies,
        "clauses": rulebook.clauses,
        "definitions": {definition.id: _whole(definition) for definition in rulebook.definitions},
        "caps": rulebook.caps,
        "groups": rulebook.groups,
        "together": rulebook.together,
        "documents": {ident: _whole(document) for ident, document in rulebook.documents.items()},
    }
    parts["policies"] = [_whole(policy) for policy in rulebook.policies]  # type: ignore[assignment]
    return json.dumps(_plain(parts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _whole(part: Any) -> dict[str, Any]:
    """Give a dataclass's fields with its name; places are left out."""
    named = {field.name: _plain(getattr(part, field.name)) for field in fields(part) if field.compare}
    return {"is": type(part).__name__, **named}


def _plain(part: Any) -> Any:
    if isinstance(part, Fact):
        return part.path
    if isinstance(part, Policy | Definition | Document):
        return part.id
    if is_dataclass(part):
        return _whole(part)
    if isinstance(part, date):
        return part.isoformat()
    if isinstance(part, dict):
        return {key: _plain(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_plain(value) for value in part]
    return part
