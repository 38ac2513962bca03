"""YAML → Rulebook: reading with places, typing against the facts, citations, lint, coverage, wording."""

from eligibility.rulebook.rulebook import Rulebook

__all__ = ["Rulebook"]
