"""A company's facts that can be changed and changed back, so that the evaluator itself says what a change does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from eligibility.decide.facts import NO_ITEM, NO_YEAR, Facts
from eligibility.profile.derive import DERIVED, possible_sizes
from eligibility.profile.profile import LISTS, Profile

if TYPE_CHECKING:
    from datetime import date

    from eligibility.profile.record import Record

    Holder: TypeAlias = "str | tuple[str, int]"
    """Which record: `company`, `y0` to `y2`, or the kind and place of an item."""

    Spot: TypeAlias = "tuple[Holder, str]"
    """One fact of one record: the record and the fact's name."""

YEARS: Final = ("y0", "y1", "y2")
SIZE_INPUTS: Final = ("company.sme_sector", "company.employees", "y1.revenue", "company.size")
"""What the size of a company follows from, as attribute paths."""

_FIGURES: Final[tuple[Spot, ...]] = (("company", "sme_sector"), ("company", "employees"), ("y1", "revenue"))
_BLANKS: Final = frozenset(map(id, NO_ITEM.values()))
_OF_SIZE: Final = frozenset((*_FIGURES, ("company", "size")))
_OF_AGE: Final = frozenset(("company", asked.split(".")[1]) for _, _, asked in DERIVED.values())


def copy_of(record: Record) -> Any:
    """Copy a record so that its facts can be set."""
    copied = object.__new__(type(record))
    for name in record.FACTS:
        object.__setattr__(copied, name, getattr(record, name))
    return copied


class Scratch:
    """The facts of one company on one date, open to change.

    Attributes:
        facts: what the evaluator reads.
        first: the values before any change, for the facts that were changed.
        dropped: whether the declared size is left out because it contradicts figures that were changed.
        contradiction: whether the figures contradict a size that cannot be left out; such a profile is refused.
    """

    def __init__(self, profile: Profile, on: date) -> None:
        self.profile = object.__new__(Profile)
        for name in Profile.__slots__:
            entries = getattr(profile, name)
            if name in LISTS and name != "payments" and entries is not None:
                entries = tuple(map(copy_of, entries))
            object.__setattr__(self.profile, name, entries)
        object.__setattr__(self.profile, "company", copy_of(profile.company))
        self.facts = Facts(self.profile, on)
        for entry in YEARS:
            if getattr(self.facts, entry) is NO_YEAR:
                setattr(self.facts, entry, copy_of(NO_YEAR))
        self.on = on
        self.first: dict[Spot, Any] = {}
        self.listed = dict(self.facts.items)
        self.declared = profile.company.size
        self.dropped = self.contradiction = False

    # ---- reading

    def record(self, holder: Holder) -> Any:
        """Give a record by its holder."""
        if isinstance(holder, str):
            return getattr(self.facts, holder)
        kind, place = holder
        items = self.facts.items[kind]
        return NO_ITEM[kind] if not items else items[place]

    def value(self, spot: Spot) -> Any:
        """Give the present value of a fact."""
        return getattr(self.record(spot[0]), spot[1])

    def is_known(self, spot: Spot) -> bool:
        """Tell whether the company states this fact."""
        return (self.first[spot] if spot in self.first else self.value(spot)) is not None

    # ---- changing

    def set(self, spot: Spot, value: Any) -> None:
        """Give a fact another value."""
        holder, name = spot
        record = self.record(holder)
        if id(record) in _BLANKS:  # INVARIANT: what stands for "nothing known" everywhere is never written to
            raise AssertionError(f"there is no `{holder}` to change")
        if spot not in self.first:
            self.first[spot] = getattr(record, name)
        object.__setattr__(record, name, value)
        self._derive(spot)

    def put(self, spot: Spot, value: Any) -> None:
        """Give a fact another value for a moment, without deriving anything from it."""
        if spot not in self.first:
            self.first[spot] = self.value(spot)
        object.__setattr__(self.record(spot[0]), spot[1], value)

    def unset(self, spot: Spot) -> None:
        """Give a fact the value back that the company states."""
        self.set(spot, self.first[spot])
        del self.first[spot]
        if spot in _OF_SIZE:
            self._derive_size()

    def add_item(self, kind: str) -> Holder:
        """Add an item of which nothing is known yet."""
        items = self.facts.items[kind] or ()
        self.facts.items[kind] = (*items, copy_of(NO_ITEM[kind]))
        return kind, len(items)

    def drop_item(self, kind: str) -> None:
        """Take the last item away again."""
        self.facts.items[kind] = self.facts.items[kind][:-1]

    def _derive(self, spot: Spot) -> None:
        """Derive again what follows from a fact."""
        if spot in _OF_SIZE:
            self._derive_size()
        elif spot in _OF_AGE:
            for path, (_, derive, _) in DERIVED.items():
                setattr(self.facts.derived, path.split(".")[1], derive(self.profile, self.on))

    def _derive_size(self) -> None:
        """Derive the size; a declared one that the changed figures rule out gives way to them, but not to answers."""
        company = self.profile.company
        stated = ("company", "size") in self.first
        declared = company.size if stated else self.declared
        figures = [(self.value(spot), self.is_known(spot)) for spot in _FIGURES]
        possible = possible_sizes(*(value for value, _ in figures))
        left = possible_sizes(*(value if known else None for value, known in figures))
        gives_way = not stated and declared not in left
        self.contradiction = declared is not None and not gives_way and declared not in possible
        self.dropped = declared is not None and gives_way
        if not stated:
            object.__setattr__(company, "size", None if gives_way else declared)
        self.facts.derived.size = possible[0] if len(possible) == 1 else company.size
