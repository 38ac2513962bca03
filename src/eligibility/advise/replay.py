"""Computing a saved decision again: the same, or what differs and which part of the rules made it so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from eligibility import __version__
from eligibility.advise.causes import Causes, Change, changes_between
from eligibility.advise.record import decided
from eligibility.checking import check
from eligibility.diagnostics import Diagnostic, ProfileRefused, UsageRefused
from eligibility.rulebook import Rulebook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from eligibility.advise.record import Plain
    from eligibility.advise.saved import SavedRecord
    from eligibility.bilingual import Words
    from eligibility.checking import Engine
    from eligibility.decision import Decision
    from eligibility.rulebook.readings import Ways

AwardKey: TypeAlias = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """One award, or one row of the ledger, that comes out otherwise than it was saved.

    Attributes:
        name: the clause, or the cap.
        item: its item, if it is one of an item.
        title: of the clause or cap; None where only the saved rules know it.
        before: what the record says; None: it has no such award or row.
        after: what comes out; None: no such award or row any more.
        fields: what of it differs, in the order in which it is printed.
        causes: the changes that made it so.
    """

    name: str
    item: str | None
    title: Words | None
    before: Plain | None
    after: Plain | None
    fields: tuple[str, ...]
    causes: tuple[Change, ...]


@dataclass(frozen=True)
class Replay:
    """What came of computing a saved decision again.

    Attributes:
        rulebook: the rules it was computed with again.
        own: the rules it was saved with, if they are at hand.
        decision: what comes out; None if it is refused.
        refused: why the profile is not taken any more.
        awards, ledger: what differs.
        total: the total as saved and as it comes out, if they differ.
        changes: every part of the rules that is not as it was, whether or not it matters here.
        proven: whether the rules it was saved with still give what was saved; None if they are not at hand.
    """

    record: SavedRecord
    rulebook: Rulebook
    own: Rulebook | None
    decision: Decision | None
    refused: tuple[Diagnostic, ...]
    awards: tuple[Difference, ...]
    ledger: tuple[Difference, ...]
    total: tuple[Plain, Plain] | None
    changes: tuple[Change, ...]
    proven: bool | None

    @property
    def same(self) -> bool:
        """Whether the decision comes out as it was saved."""
        return not (self.refused or self.awards or self.ledger or self.total)

    @property
    def same_rules(self) -> bool:
        """Whether the rules are those it was saved with, byte for byte."""
        return bool(self.rulebook.digest == self.record.rulebook["digest"])

    @property
    def same_package(self) -> bool:
        """Whether this is the version of the package that saved it."""
        return self.record.package_version == __version__

    @cached_property
    def causes(self) -> tuple[Change, ...]:
        """Every change that made a difference, each once."""
        return tuple(dict.fromkeys(cause for each in (*self.awards, *self.ledger) for cause in each.causes))


def replay(
    record: SavedRecord, rulebook: Rulebook, *, own: Rulebook | None = None, engine: Engine | None = None
) -> Replay:
    """Compute a saved decision again, and compare.

    Args:
        rulebook: the rules to compute it with.
        own: the rules it was saved with, where `rulebook` is another state of them: they show whether the record held
            in its time, and each change in words.
        engine: as for `check`.

    Raises:
        UsageRefused: `own` is not the rulebook of the record.
        EnginesDisagree: the two engines gave different verdicts.
    """
    same_rules = rulebook.digest == record.rulebook["digest"]
    if own is not None:
        refuse_others(record, own)
    elif same_rules:
        own = rulebook
    ways, lost = _ways(record, rulebook)
    decision, refused = _again(record, rulebook, ways, engine)
    changes = (*(() if same_rules else changes_between(record.parts(), rulebook)), *lost)
    found = None if decision is None else _Compared(record, decision, changes)
    same = found is not None and _same(record.decision, found.after)
    proven = same if own is rulebook else _proven(record, own, engine)
    return Replay(
        record,
        rulebook,
        own,
        decision,
        refused,
        () if found is None else tuple(found.awards()),
        () if found is None else tuple(found.ledger()),
        None if found is None else found.total(),
        changes,
        proven,
    )


def refuse_others(record: SavedRecord, own: Rulebook) -> None:
    """Refuse rules that are not those of the record."""
    digest = record.rulebook["digest"]
    if own.digest != digest:
        message = (
            f"`{own.folder}` is not the rulebook of the record: its digest is {own.digest[:19]}…, the record names "
            f"{digest[:19]}…"
        )
        help_ = (
            f"name the rules of {record.rulebook['version']}, byte for byte, with the `seeds` of that version beside "
            "them; to compute it with other rules, use `--against`"
        )
        raise UsageRefused([Diagnostic("record-rules", message, help=help_)])


def load_own_rules(record: SavedRecord, folder: Path | str) -> Rulebook:
    """Load the rules that a record was saved with.

    Rules cite the documents that came with their version of the package, so a folder `seeds` beside them, as a
    checkout or an unpacked package has it, is taken before that of this package.

    Raises:
        UsageRefused: the folder is not there, or does not hold the rulebook of the record.
        RulebookRefused: this version does not take those rules.
    """
    beside = Path(folder).resolve().parent / "seeds"
    loaded = [Rulebook.load(folder, seeds=beside)] if beside.is_dir() else []
    if not loaded or loaded[0].digest != record.rulebook["digest"]:
        loaded.append(Rulebook.load(folder))
    refuse_others(record, loaded[-1])
    return loaded[-1]


# ---- computing it again


def _ways(record: SavedRecord, rulebook: Rulebook) -> tuple[Ways, list[Change]]:
    """Give the ways of reading that were taken and are still there, and those that are not."""
    known = {reading.id: {way.id for way in reading.ways} for reading in rulebook.readings}
    taken: Mapping[str, str] = record.values["readings"]
    ways = {name: way for name, way in taken.items() if way in known.get(name, ())}
    return ways, [Change("reading", name, "removed") for name in taken if name not in ways]


def _again(
    record: SavedRecord, rulebook: Rulebook, ways: Ways, engine: Engine | None
) -> tuple[Decision | None, tuple[Diagnostic, ...]]:
    """Decide again; a profile that was taken then and is refused now is a difference, not a fault of the record."""
    authority: Any = record.values["authority"]
    try:
        profile = record.read_profile()
        return check(profile, rulebook, on=record.on, engine=engine, authority=authority, readings=ways), ()
    except ProfileRefused as refused:
        return None, refused.diagnostics


def _proven(record: SavedRecord, own: Rulebook | None, engine: Engine | None) -> bool | None:
    """Tell whether the rules of the record give what it says; None if they are not at hand."""
    if own is None:
        return None
    decision, _ = _again(record, own, _ways(record, own)[0], engine)
    return decision is not None and _same(record.decision, decided(decision))


# ---- comparing


class _Compared:
    """Compares a saved decision with the one that comes out."""

    def __init__(self, record: SavedRecord, decision: Decision, changes: tuple[Change, ...]) -> None:
        self.before = record.decision
        self.after = decided(decision)
        self.decision = decision
        orders = [
            list(dict.fromkeys(award["clause"] for award in each["awards"])) for each in (self.before, self.after)
        ]
        self.causes = Causes(record.parts(), decision.rulebook, changes, orders, record.package_version != __version__)

    def total(self) -> tuple[Plain, Plain] | None:
        before, after = self.before["total"], self.after["total"]
        return None if before == after else (before, after)

    def awards(self) -> Iterator[Difference]:
        """Give every award that differs, in the order of the rules, those that are gone last."""
        titles = {award.clause: award for award in self.decision.awards}
        for (name, item), before, after, fields in _pairs(self.before["awards"], self.after["awards"], "clause"):
            title = titles[name].entitlement.title if name in titles else None
            causes = self.causes.of_award(name, fields, (before, after))
            yield Difference(name, item, title, before, after, fields, causes)

    def ledger(self) -> Iterator[Difference]:
        titles = {row.cap: row.title for row in self.decision.ledger}
        for (name, item), before, after, fields in _pairs(self.before["ledger"], self.after["ledger"], "cap"):
            over = (after or before or {})["over"]
            yield Difference(name, item, titles.get(name), before, after, fields, self.causes.of_row(name, over))


def _same(before: Plain, after: Plain) -> bool:
    """Tell whether two decisions are equal; awards are known by their names, not by their places."""
    pairs = (_pairs(before[part], after[part], key) for part, key in (("awards", "clause"), ("ledger", "cap")))
    return before["total"] == after["total"] and not any(True for each in pairs for _ in each)


def _pairs(
    before: list[Plain], after: list[Plain], key: str
) -> Iterator[tuple[AwardKey, Plain | None, Plain | None, tuple[str, ...]]]:
    """Pair what has one name and item, and give the pairs that differ."""
    then = {(each[key], each["item"]): each for each in before}
    now = {(each[key], each["item"]): each for each in after}
    for name in dict.fromkeys((*now, *then)):
        one, other = then.get(name), now.get(name)
        if one != other:
            fields = [field for field in other if one[field] != other[field]] if one and other else []
            yield name, one, other, tuple(fields)
