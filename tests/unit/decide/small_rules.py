"""Small rulebooks and facts for the tests of `decide/`."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from eligibility import frozen
from eligibility.decide.facts import Facts
from eligibility.profile.profile import Profile
from eligibility.rulebook.rulebook import Rulebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from eligibility.rulebook.language import Condition

ON = date(2023, 6, 30)
_WORDS = {"zh": "文", "en": "text"}
_CITED = [{"document": "D", "figure": "in our words", "supports": ["condition"]}]


def clause(when: Any, **keys: Any) -> dict[str, Any]:
    """Write a clause without its id; `when` alone matters here."""
    award = {"fixed": "1元", "frequency": "once"}
    return {"title": _WORDS, "when": when, "award": award, "citations": _CITED, **keys}


def load(folder: Path, clauses: Iterable[Mapping[str, Any]], definitions: Mapping[str, Any] | None = None) -> Rulebook:
    """Write the clauses (`policy/c0`, `policy/c1` …) and definitions as files and load them."""
    defined = {name: {"title": _WORDS, "when": when, "citations": _CITED} for name, when in (definitions or {}).items()}
    policy = {
        "id": "policy", "layer": "N", "title": _WORDS, "issuer": _WORDS, "issued": "2023-01-01",
        "in_force": {"from": "2023-01-01", "to": "open"},
    }  # fmt: skip
    named = [{"id": f"c{place}", **clause} for place, clause in enumerate(clauses)]
    _write(folder / "documents.yaml", {"documents": [{"id": "D", "title": _WORDS, "authority": "official"}]})
    _write(folder / "policies" / "policy.yaml", {"policy": policy, "clauses": named})
    if defined:
        _write(folder / "definitions.yaml", {"definitions": defined})
    return Rulebook.load(folder)


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def facts(on: date = ON, **profile: Any) -> Facts:
    """Lay out the facts of a profile written as plain values."""
    return Facts(Profile.read(profile), on)


def with_condition(rulebook: Rulebook, condition: Condition) -> Rulebook:
    """Give its only clause a condition that no file can hold."""
    [only] = rulebook.clauses
    return dataclasses.replace(rulebook, clauses=(frozen.replace(only, when=condition),))
