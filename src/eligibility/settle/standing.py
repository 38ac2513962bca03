"""Where a policy stands on a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from eligibility.decision import Standing
    from eligibility.rulebook.language import Policy

COUNTING: Final = frozenset(("in_force", "in_force_end_unknown"))
"""The standings that enter settlement and total."""


def standing(policy: Policy, on: date) -> Standing:
    """Tell whether a policy is in force on a date; both ends of its validity are inside.

    Where the first day was not seen, the day of issue stands for it and the validity counts as half known.
    """
    if on < (policy.starts or policy.issued):
        return "not_yet_in_force"
    if policy.ends is not None and on > policy.ends:
        return "expired"
    return "in_force_end_unknown" if policy.end_unknown or policy.starts is None else "in_force"
