"""What the sources leave in dispute and bears on a decision: how it was read, and how else it could be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eligibility.decision import ReadingTaken, WayOf
from eligibility.rulebook.citations import citation
from eligibility.settle.standing import COUNTING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eligibility.decision import Decision
    from eligibility.rulebook.language import Reading, Way
    from eligibility.rulebook.rulebook import Rulebook


def readings_of(decision: Decision) -> tuple[ReadingTaken, ...]:
    """Give the readings whose caps or groups, in one way or another, touch a clause that is met or may be met.

    A clause out of force on the date counts nothing however it is read, so it is left out.
    """
    met = {award.clause for award in decision.awards if award.verdict != "not_eligible" and award.standing in COUNTING}
    rulebook: Rulebook = decision.rulebook
    taken = (_taken(reading, touched(reading, rulebook, met), rulebook) for reading in rulebook.readings)
    return tuple(reading for reading in taken if reading.clauses)


def touched(reading: Reading, rulebook: Rulebook, among: Iterable[str]) -> tuple[str, ...]:
    """Give the clauses among some that a cap or group of a reading covers, in rulebook order."""
    own = [cap.over for cap in rulebook.caps if cap.read_as and cap.read_as.reading == reading.id]
    own += [group.clauses for group in rulebook.groups if group.read_as and group.read_as.reading == reading.id]
    covered = {clause for members in own for clause in members} & set(among)
    return tuple(clause.id for clause in rulebook.clauses if clause.id in covered)


def _taken(reading: Reading, clauses: tuple[str, ...], rulebook: Rulebook) -> ReadingTaken:
    ways = {way.id: _way(way, rulebook) for way in reading.ways}
    way = ways.pop(rulebook.ways[reading.id])
    return ReadingTaken(reading.id, reading.title, way, tuple(ways.values()), clauses, reading.assumed)


def _way(way: Way, rulebook: Rulebook) -> WayOf:
    return WayOf(way.id, way.title, tuple(citation(cited, rulebook.homes) for cited in way.citations), way.assumed)
