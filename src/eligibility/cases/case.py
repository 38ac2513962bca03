"""A case: a profile, a date, and what must come out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from eligibility.diagnostics import Place
    from eligibility.money import Interval
    from eligibility.profile.files import ProfileFile

What: TypeAlias = Literal["verdict", "standing", "gross", "net", "missing", "failed", "reductions", "total"]
VERDICTS: Final = ("eligible", "not_eligible", "undetermined")
STANDINGS: Final = ("in_force", "in_force_end_unknown", "not_yet_in_force", "expired")
REDUCTIONS: Final = ("cap", "shared_cap", "exclusive", "payment", "standing")


@dataclass(frozen=True, slots=True)
class Cut:
    """A reduction that a case expects; None: whatever it is."""

    by: str
    kind: str | None
    amount: Interval | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that a case expects, with the text it is written as."""

    what: What
    value: Any
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a case expects of one award."""

    clause: str
    item: str | None
    wanted: tuple[Wanted, ...]
    place: Place

    @property
    def award(self) -> str:
        """The award's name, as the case writes it."""
        return f"{self.clause} {self.item}" if self.item else self.clause


@dataclass(frozen=True, slots=True)
class Case:
    """One case.

    Attributes:
        clause: the clause that it is about, if it says so.
        file: the profile, with where it stands in the file of cases.
        readings: the ways in which what is in dispute is read; those left out are read as the rulebook reads them.
    """

    name: str
    clause: str | None
    on: date
    file: ProfileFile
    expectations: tuple[Expectation, ...]
    total: Wanted | None
    place: Place
    readings: Mapping[str, str] = field(default_factory=dict)

    def about(self, clause: str) -> bool:
        """Tell whether it says anything about a clause."""
        return clause in (self.clause, *(expectation.clause for expectation in self.expectations))
