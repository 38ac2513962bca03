"""What comes out of a check: every verdict and award of one company on one date, with amounts, limits and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from eligibility.frozen import aside, frozen

if TYPE_CHECKING:
    from datetime import date

    from eligibility.bilingual import Words
    from eligibility.money import Interval

Verdict: TypeAlias = Literal["eligible", "not_eligible", "undetermined"]
Standing: TypeAlias = Literal["in_force", "in_force_end_unknown", "not_yet_in_force", "expired"]
ReductionKind: TypeAlias = Literal["cap", "shared_cap", "exclusive", "payment", "standing", "authority"]
Caution: TypeAlias = Literal["one_press_source", "no_press_source"]


@frozen
class Citation:
    """What a part of a clause rests on.

    Attributes:
        quote: words of a held document; None if it is not held, then `figure` says what it states.
        line: where the quote begins in the document's file, counted from 1.
        supports: which parts of the clause.
        authority: official, government_news, newspaper, repost or weak.
        confidence: how the words were come by: seen, partial, inferred or unverified; None: not said.
    """

    document: str
    title: Words
    url: str | None
    quote: str | None
    figure: Words | None
    at: str | None
    line: int | None
    supports: tuple[str, ...]
    authority: str
    confidence: str | None


@frozen
class Entitlement:
    """What the rulebook says of a clause, whatever the company.

    Attributes:
        unpublished_caps: caps whose figure is not public, so that the award may be lower.
        instalments: the shares in which it is paid out, as text.
        filing: first and last day on which it can be applied for, where known.
        authority: the strongest authority that its figure or promise rests on.
        caution: whether its figure rests on one press source alone, or on none that weighs as much.
    """

    clause: str
    policy: str
    title: Words
    policy_title: Words
    layer: str
    form: str
    up_to: bool
    frequency: str
    instalments: tuple[str, ...]
    unpublished_caps: tuple[str, ...]
    filing: tuple[date | None, date | None] | None
    apply: Words | None
    citations: tuple[Citation, ...]
    assumptions: tuple[Words, ...]
    authority: str
    caution: Caution | None


class SaysOfClause(Protocol):
    """Draws a clause's entitlement when it is asked for."""

    def draw(self) -> Entitlement:
        """Give the entitlement."""
        ...


@frozen
class Reduction:
    """What took a part of an award, at both ends (fen); `high` None where it cannot be said."""

    by: str
    kind: ReductionKind
    low: int
    high: int | None
    reason: Words
    citations: tuple[Citation, ...]


@frozen
class Award:
    """What one clause gives, for one item if it pays per item.

    Attributes:
        item: the item's place in the profile, such as `products[0]`.
        gross: before any limit.
        net: what remains; `gross = net + reductions` at each end.
        missing: facts that are unknown and could still change the verdict or the amount.
        failed: facts for which a condition that does not hold fails.
        trace: what evaluating the condition recorded, part by part; None where there was no item to evaluate.
    """

    described: SaysOfClause = aside()
    clause: str
    item: str | None
    verdict: Verdict
    standing: Standing
    gross: Interval
    net: Interval
    reductions: tuple[Reduction, ...]
    missing: tuple[str, ...]
    failed: tuple[str, ...]
    trace: Any = aside()

    @property
    def entitlement(self) -> Entitlement:
        """What the rulebook says of the clause, whatever the company; drawn when asked for."""
        return self.described.draw()


@frozen
class LedgerRow:
    """One cap: its limit, what was paid before, what is used and what remains; each end is one scenario."""

    cap: str
    title: Words | None
    item: str | None
    period: str
    over: tuple[str, ...]
    limit: Interval
    paid: Interval
    used: Interval
    headroom: Interval
    citations: tuple[Citation, ...]
    assumed: Words | None


@frozen
class Total:
    """What all awards come to together.

    Attributes:
        bounded_high: the high end over the awards that have one (fen).
        unbounded: clauses that may give money without a published bound.
        of_which_end_unknown: the part that rests on policies whose end is not known.
    """

    amount: Interval
    bounded_high: int
    unbounded: tuple[str, ...]
    of_which_end_unknown: Interval


@frozen
class Question:
    """A fact that is missing, with what depends on it.

    Attributes:
        at_stake: how far the answer could move the awards that have a bound (fen).
        unbounded: how many awards without a bound wait for it.
    """

    fact: str
    label: Words
    question: Words
    at_stake: int
    unbounded: int


@frozen
class Change:
    """One fact that would have to be otherwise.

    Attributes:
        fact: the fact as the catalogue has it; for one more item the name of the list.
        at: where it stands in the profile, such as `leases[0].rent_paid`.
        seen: what the company says; None for one more item.
        needed: what would do: the nearest value, or every word that would.
        gap: how far apart the two are, where that is a number.
        values: what would do as a profile file writes it, the value that the rest is computed with first.
        changeable: False for what has happened: a date past, the company's age, the figures of a year gone by.
    """

    fact: str
    at: str
    label: Words
    seen: Words | None
    needed: Words
    gap: Words | None
    values: tuple[Any, ...]
    changeable: bool


@frozen
class NearMiss:
    """A smallest set of facts whose change would make a clause that is not met eligible.

    Attributes:
        changes: what would have to be otherwise; no smaller set does it.
        still_needed: unknown facts that must come out well beside the changes.
        left_out: facts that the changes contradict and that would have to go: a declared size beside its figures.
        adds: what the changes would add to the total after every limit, at both ends (fen); below zero what they cost;
            `high` None: no published bound.
        bounded: the same at the high end over the awards that have a bound.
    """

    clause: str
    item: str | None
    title: Words
    changes: tuple[Change, ...]
    still_needed: tuple[str, ...]
    left_out: tuple[str, ...]
    adds: Interval
    bounded: int

    @property
    def changeable(self) -> bool:
        """Whether the company can change all of it."""
        return all(change.changeable for change in self.changes)


@frozen
class WayOf:
    """One way to read what the sources leave in dispute."""

    id: str
    title: Words
    citations: tuple[Citation, ...]
    assumed: Words | None


@frozen
class ReadingTaken:
    """How a decision reads what the sources leave in dispute.

    Attributes:
        way: the way that was taken.
        others: the ways that could be asked for instead.
        clauses: the clauses it bears on that are met or may be met.
        assumed: why the rulebook takes the first way.
    """

    id: str
    title: Words
    way: WayOf
    others: tuple[WayOf, ...]
    clauses: tuple[str, ...]
    assumed: Words


@frozen
class Record:
    """What a decision was made with.

    Attributes:
        readings: the way that each reading of the rulebook was taken in, by its id.
    """

    rulebook_version: str
    rulebook_digest: str
    profile_digest: str
    engine: tuple[str, ...]
    package_version: str
    readings: tuple[tuple[str, str], ...] = ()


@frozen
class Decision:
    """All verdicts and awards of one company on one date under one rulebook, in rulebook order.

    Attributes:
        engine: the verdict engines that ran and agreed.
        authority: which sources were asked to count: official, press or any.
        profile, rulebook: what it was made from; questions, digests and explanations are drawn from them when asked.
    """

    company: str | None
    on: date
    awards: tuple[Award, ...]
    total: Total
    ledger: tuple[LedgerRow, ...]
    engine: tuple[str, ...]
    authority: str
    profile: Any = aside()
    rulebook: Any = aside()
