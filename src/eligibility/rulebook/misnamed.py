"""Payments that name no clause of a rulebook, or an item of another kind than their clause pays for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eligibility.diagnostics import Diagnostic, did_you_mean
from eligibility.profile.profile import MANY, NO_SINGLE_ITEM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility.profile.profile import Profile
    from eligibility.rulebook.rulebook import Rulebook


def misnamed(profile: Profile, rulebook: Rulebook) -> Iterator[Diagnostic]:
    """Find the payments of a profile that do not fit the rulebook, each with its path."""
    for place, payment in enumerate(profile.payments or ()):
        path, clause = f"payments[{place}].clause", rulebook.by_id.get(payment.clause or "")
        if clause is None:
            help_ = did_you_mean(str(payment.clause), list(rulebook.by_id), "see `eligibility rules list`")
            yield Diagnostic(
                "unknown-clause", f"`{path}`: there is no clause `{payment.clause}`", help=help_, path=path
            )
        elif payment.item not in (None, NO_SINGLE_ITEM) and clause.for_each is not None:
            kind = MANY[clause.for_each]
            if not payment.item.startswith(f"{kind}["):
                path = f"payments[{place}].item"
                message = f"`{path}`: `{clause.id}` pays per {clause.for_each}, and `{payment.item}` is none"
                yield Diagnostic("payment-item", message, help=f"write `{kind}[0]`, or `none`", path=path)
