"""Money already received, as it counts against limits: an interval, because a payment may be half known."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from eligibility.money import UNBOUNDED
from eligibility.profile.profile import MANY, NO_SINGLE_ITEM

if TYPE_CHECKING:
    from eligibility.profile.records import Payment
    from eligibility.rulebook.language import Clause

    Ends: TypeAlias = tuple[int, int]

NONE_PAID = (0, 0)
NOT_KNOWN = (0, UNBOUNDED)


class Paid:
    """The payments of a profile, by clause.

    What was surely paid is the low end, what may have been paid the high end. Where the list of payments is unknown
    anything may have been paid.
    """

    __slots__ = ("by_clause", "known")

    def __init__(self, payments: tuple[Payment, ...] | None) -> None:
        self.known = payments is not None
        self.by_clause: dict[str, list[Payment]] = {}
        for payment in payments or ():
            self.by_clause.setdefault(payment.clause or "", []).append(payment)

    def under(self, clause: Clause, item: int | None, year: int | None, *, per_item: bool) -> Ends:
        """Add up what was paid under a clause.

        Args:
            clause: the clause.
            item: with `per_item`, the place of the item in its list.
            year: only payments for this year; None: of all years.
            per_item: whether only payments for one item count.
        """
        if not self.known:
            return NOT_KNOWN
        payments = self.by_clause.get(clause.id)
        if not payments:
            return NONE_PAID
        name = f"{MANY[clause.for_each]}[{item}]" if clause.for_each and per_item else None
        low = high = 0
        for payment in payments:
            counts = _counts(payment, name, year)
            if counts is not False:
                low += payment.amount or 0 if counts else 0
                high += UNBOUNDED if payment.amount is None else payment.amount
        return low, high


def _counts(payment: Payment, item: str | None, year: int | None) -> bool | None:
    """Tell whether a payment counts for an item and a year; None if that is not known."""
    of_year = year is None or (None if payment.year is None else payment.year == year)
    if item is None or payment.item == item:
        return of_year
    if payment.item == NO_SINGLE_ITEM or payment.item is not None or of_year is False:
        return False
    return None
