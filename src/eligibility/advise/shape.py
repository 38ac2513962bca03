"""What a record holds, as pydantic checks it: the edge at which a record comes in."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from eligibility.dates import parse_date

Money = Annotated[str, Field(pattern=r"^-?\d{1,40}\.\d\d$")]
Digest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]


class Whole(BaseModel):
    """A part of a record: every key is there, and no other."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class AmountShape(Whole):
    """An interval of money."""

    low: Money
    high: Money | None


class ReductionShape(Whole):
    """What took a part of an award."""

    by: str
    kind: str
    low: Money
    high: Money | None


class AwardShape(Whole):
    """What one clause gave."""

    clause: str
    item: str | None
    verdict: str
    standing: str
    gross: AmountShape
    net: AmountShape
    reductions: list[ReductionShape]
    missing: list[str]
    failed: list[str]


class TotalShape(AmountShape):
    """What all awards came to."""

    bounded_high: Money
    unbounded: list[str]
    of_which_end_unknown: AmountShape


class RowShape(Whole):
    """One row of the ledger."""

    cap: str
    item: str | None
    period: str
    over: list[str]
    limit: AmountShape
    paid: AmountShape
    used: AmountShape
    headroom: AmountShape


class DecisionShape(Whole):
    """What was decided."""

    awards: list[AwardShape]
    total: TotalShape
    ledger: list[RowShape]


class CoveringShape(Whole):
    """A shared cap or a group: its digest and the clauses that it covers."""

    digest: Digest
    members: list[str]


class PartsShape(Whole):
    """The digests of a rulebook's parts, by kind and id."""

    policy: dict[str, Digest]
    definition: dict[str, Digest]
    clause: dict[str, Digest]
    cap: dict[str, CoveringShape]
    group: dict[str, CoveringShape]


class RulebookShape(Whole):
    """The rulebook it was decided with."""

    version: str
    digest: Digest
    shipped: bool
    parts: PartsShape


class RecordShape(Whole):
    """A whole record."""

    kind: str
    format: int
    package_version: str
    on: str
    authority: Literal["official", "press", "any"]
    readings: dict[str, str]
    engine: list[str]
    rulebook: RulebookShape
    profile: dict[str, Any]
    decision: DecisionShape
    sha256: str

    @field_validator("on")
    @classmethod
    def _a_day(cls, text: str) -> str:
        parse_date(text)
        return text
