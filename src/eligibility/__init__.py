"""Subsidy eligibility for Beijing E-Town: a company profile in, cited and exact awards out.

>>> from datetime import date
>>> from eligibility import Profile, Rulebook, check
>>> profile = Profile.read({"company": {"areas": ["yizhuang_new_town"]}, "payments": []})
>>> decision = check(profile, Rulebook.load(), on=date(2023, 6, 30))
>>> {award.verdict for award in decision.awards} <= {"eligible", "not_eligible", "undetermined"}
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eligibility.checking import check
    from eligibility.decision import Decision
    from eligibility.diagnostics import Refused
    from eligibility.profile import Profile
    from eligibility.rulebook import Rulebook

__all__ = ["Decision", "Profile", "Refused", "Rulebook", "__version__", "check"]
__version__ = "0.1.0"

_HOMES = {
    "check": "eligibility.checking",
    "Decision": "eligibility.decision",
    "Profile": "eligibility.profile",
    "Refused": "eligibility.diagnostics",
    "Rulebook": "eligibility.rulebook",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that `--help` stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value
