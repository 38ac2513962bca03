"""The rule language as a tree: what a rulebook says, each part with its place.

Equality ignores places. Nothing here computes; `decide/` and `settle/` give the tree its meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from eligibility.frozen import aside, frozen
from eligibility.profile.catalogue import DATED_BY, FACTS

if TYPE_CHECKING:
    from datetime import date

    from eligibility.bilingual import Words
    from eligibility.dates import Period
    from eligibility.diagnostics import Place
    from eligibility.money import Fen, Rate
    from eligibility.profile.facts import Fact

LAYERS: Final = ("1", "N", "general", "municipal", "district", "national")
"""Layers of policies, in rulebook order."""

Reference: TypeAlias = Literal["current_year", "previous_year", "any"]
Frequency: TypeAlias = Literal["once", "yearly"]
Per: TypeAlias = Literal["item", "company"]
CapPeriod: TypeAlias = Literal["year", "ever"]
Op: TypeAlias = Literal[
    "equals", "one_of", "at_least", "at_most", "above", "below", "between", "before", "on_or_after",
    "includes", "includes_any", "includes_all",
]  # fmt: skip


def _place() -> Any:
    return aside(None)


# ---- facts and quantities


@frozen
class FactRef:
    """A fact as a clause names it; `prior` for `prior_year.…`: the year before the reference year."""

    fact: Fact
    prior: bool = False
    place: Place | None = _place()

    @property
    def path(self) -> str:
        """The path as written in the clause."""
        return f"prior_year.{self.fact.name}" if self.prior else self.fact.path


@frozen
class Constant:
    """A constant: fen, a count, a Rate, a date, a word or a truth value; `text` as written."""

    value: Any
    text: str
    place: Place | None = _place()


@frozen
class RateOf:
    """A share of a quantity."""

    rate: Rate
    of: Quantity
    place: Place | None = _place()


@frozen
class Plus:
    """The sum of quantities."""

    parts: tuple[Quantity, ...]
    place: Place | None = _place()


@frozen
class Minus:
    """One quantity less another, never below zero."""

    left: Quantity
    right: Quantity
    place: Place | None = _place()


@frozen
class Least:
    """The least of quantities."""

    parts: tuple[Quantity, ...]
    place: Place | None = _place()


@frozen
class Greatest:
    """The greatest of quantities."""

    parts: tuple[Quantity, ...]
    place: Place | None = _place()


@frozen
class SumOf:
    """The sum of a fact over the items whose condition holds."""

    fact: FactRef
    where: Condition | None
    place: Place | None = _place()


@frozen
class CountOf:
    """How many items there are whose condition holds."""

    kind: str
    where: Condition | None
    place: Place | None = _place()


Quantity: TypeAlias = "FactRef | Constant | RateOf | Plus | Minus | Least | Greatest | SumOf | CountOf"

# ---- conditions


@frozen
class All:
    """Holds if every part holds."""

    parts: tuple[Condition, ...]
    place: Place | None = _place()


@frozen
class AnyOf:
    """Holds if a part holds."""

    parts: tuple[Condition, ...]
    place: Place | None = _place()


@frozen
class Not:
    """Holds if its part does not."""

    part: Condition
    place: Place | None = _place()


@frozen
class Named:
    """A named definition, used by its name."""

    definition: Definition
    place: Place | None = _place()


@frozen
class Test:
    """A comparison of a fact with constants, or with one quantity.

    Attributes:
        operands: one constant or quantity; two for `between`; one or more for sets.
    """

    fact: FactRef
    op: Op
    operands: tuple[Quantity, ...]
    place: Place | None = _place()


@frozen
class Within:
    """A date that lies within a period back from the date of assessment, both ends inside."""

    fact: FactRef
    period: Period
    place: Place | None = _place()


@frozen
class Some:
    """Holds if its condition holds for an item of a kind."""

    kind: str
    condition: Condition
    place: Place | None = _place()


@frozen
class Dated:
    """Holds if the item belongs to the clause's reference year; every `for_each` clause has one unless it lifts it."""

    fact: FactRef
    place: Place | None = _place()


Condition: TypeAlias = "All | AnyOf | Not | Named | Test | Within | Some | Dated"

# ---- awards


@frozen
class Fixed:
    """One amount."""

    amount: Fen
    place: Place | None = _place()


@frozen
class PerUnit:
    """An amount for each unit of a count."""

    amount: Fen
    of: Quantity
    place: Place | None = _place()


@frozen
class ByTable:
    """An amount for each value of an enumeration; `otherwise` for values without a row."""

    fact: FactRef
    amounts: tuple[tuple[str, Fen], ...]
    otherwise: Fen | None
    place: Place | None = _place()


@frozen
class Bracket:
    """One row of brackets: from `low` (inside if `low_inside`) to `high`, an amount or a rate."""

    low: int
    low_inside: bool
    high: int | None
    high_inside: bool
    amount: Fen | None
    rate: Rate | None
    place: Place | None = _place()


@frozen
class Brackets:
    """An amount by the bracket that a quantity falls in (whole), or slice by slice (marginal)."""

    of: Quantity
    mode: Literal["whole", "marginal"]
    rows: tuple[Bracket, ...]
    place: Place | None = _place()


@frozen
class Range:
    """Published only as from–to."""

    low: Fen
    high: Fen
    place: Place | None = _place()


@frozen
class Ceiling:
    """Published only as an upper limit."""

    amount: Fen
    place: Place | None = _place()


@frozen
class Unpublished:
    """Money whose figure is not public."""

    place: Place | None = _place()


@frozen
class Service:
    """A service: no money."""

    place: Place | None = _place()


Form: TypeAlias = "Fixed | RateOf | PerUnit | ByTable | Brackets | Range | Ceiling | Unpublished | Service"

FORM_NAMES: Final = {
    Fixed: "fixed", RateOf: "rate", PerUnit: "per_unit", ByTable: "table", Brackets: "brackets",
    Range: "range", Ceiling: "ceiling", Unpublished: "unpublished", Service: "service",
}  # fmt: skip


@frozen
class AwardRule:
    """What a clause gives.

    Attributes:
        up_to: the authority may set the amount lower.
        instalments: the rates at which it is paid out; they add up to 1.
    """

    form: Form
    up_to: bool
    frequency: Frequency
    instalments: tuple[Rate, ...] = ()
    place: Place | None = _place()


# ---- documents and citations


@frozen
class Document:
    """A source document; `file` if it is held word for word."""

    id: str
    title: Words
    issuer: Words | None
    date: date | None
    url: str | None
    authority: str
    file: str | None
    place: Place | None = _place()


@frozen
class Cited:
    """What a part of the rulebook rests on: words of a held document, or a figure of another.

    Attributes:
        confidence: how the words were come by; None: not said.
    """

    document: Document
    quote: str | None
    figure: Words | None
    at: str | None
    supports: tuple[str, ...]
    confidence: str | None = None
    place: Place | None = _place()


# ---- definitions, clauses, policies, stacking


@frozen
class Definition:
    """A named condition."""

    id: str
    title: Words
    condition: Condition
    citations: tuple[Cited, ...]
    assumptions: tuple[Words, ...]
    place: Place | None = _place()


@frozen
class Way:
    """One of the ways to read what the sources leave in dispute."""

    id: str
    title: Words
    citations: tuple[Cited, ...]
    assumed: Words | None
    place: Place | None = _place()


@frozen
class Reading:
    """What the sources leave in dispute, and the ways to read it: the first is taken unless another is asked for.

    Attributes:
        assumed: why the first way is taken.
    """

    id: str
    title: Words
    ways: tuple[Way, ...]
    assumed: Words
    place: Place | None = _place()


@frozen
class ReadAs:
    """The way of a reading in which a cap or group holds."""

    reading: str
    way: str
    place: Place | None = _place()


@frozen
class Cap:
    """A limit on one award or on several together; `limit` None: not published.

    Attributes:
        over: ids of the clauses it covers.
        shared: whether it stands outside a clause.
        read_as: the way of a reading in which it holds; None: in every one.
    """

    id: str
    title: Words | None
    limit: Quantity | None
    per: Per
    period: CapPeriod
    over: tuple[str, ...]
    shared: bool
    citations: tuple[Cited, ...]
    assumed: Words | None
    read_as: ReadAs | None = None
    place: Place | None = _place()


@frozen
class Group:
    """Clauses of which at most one is paid: the highest.

    Attributes:
        read_as: the way of a reading in which it holds; None: in every one.
    """

    id: str
    title: Words | None
    clauses: tuple[str, ...]
    per: Per
    citations: tuple[Cited, ...]
    assumed: Words | None
    read_as: ReadAs | None = None
    place: Place | None = _place()


@frozen
class Together:
    """A statement that clauses may be enjoyed at the same time; it changes no arithmetic."""

    id: str
    title: Words | None
    clauses: tuple[str, ...]
    citations: tuple[Cited, ...]
    assumed: Words | None
    place: Place | None = _place()


@frozen
class Window:
    """A filing window, both ends inside; None: not known."""

    first: date | None
    last: date | None


@frozen
class Policy:
    """One issued document.

    Attributes:
        starts: first day in force; None: not seen, `issued` then stands for it.
        ends: last day in force; None: none set (`open`) or not seen (`end_unknown`).
    """

    id: str
    layer: str
    title: Words
    issuer: Words
    issued: date
    starts: date | None
    ends: date | None
    end_unknown: bool
    requires: tuple[Condition, ...]
    citations: tuple[Cited, ...]
    assumptions: tuple[Words, ...]
    place: Place | None = _place()


@frozen
class Clause:
    """One entitlement of a policy.

    Attributes:
        id: `policy-id/clause-id`.
        for_each: the item kind it pays for; None: once per company.
        when: its own condition; `condition` has the policy's requirements too.
    """

    id: str
    policy: Policy
    title: Words
    for_each: str | None
    when: Condition
    award: AwardRule
    caps: tuple[Cap, ...]
    citations: tuple[Cited, ...]
    assumptions: tuple[Words, ...]
    reference: Reference
    filing: Window | None
    apply: Words | None
    place: Place | None = _place()

    @property
    def condition(self) -> All:
        """Everything that must hold: the reference year, the policy's requirements and the clause's own."""
        own = self.when.parts if isinstance(self.when, All) else (self.when,)
        dated: tuple[Condition, ...] = ()
        if self.for_each and self.reference != "any":
            dated = (Dated(FactRef(FACTS[DATED_BY[self.for_each]]), self.place),)
        return All((*self.policy.requires, *own, *dated), self.when.place)

    @property
    def short_id(self) -> str:
        """The id inside the policy."""
        return self.id.split("/", 1)[1]
