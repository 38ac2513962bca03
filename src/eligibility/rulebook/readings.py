"""What the sources leave in dispute: which caps and groups hold when it is read in one way."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from eligibility.diagnostics import Diagnostic, Note, UsageRefused, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from eligibility.rulebook.language import Cap, Group, Reading

Rule = TypeVar("Rule", "Cap", "Group")
Ways: TypeAlias = "Mapping[str, str]"
"""The way that is taken, by the id of the reading."""

_SEE: Final = "see `readings:` in stacking.yaml"


def first_ways(readings: Iterable[Reading]) -> dict[str, str]:
    """Give the ways that are taken unless others are asked for."""
    return {reading.id: reading.ways[0].id for reading in readings}


def holds(rule: Cap | Group, ways: Ways) -> bool:
    """Tell whether a cap or group holds when these ways are taken."""
    return rule.read_as is None or ways[rule.read_as.reading] == rule.read_as.way


def holding(rules: Iterable[Rule], ways: Ways) -> tuple[Rule, ...]:
    """Give the caps or groups that hold when these ways are taken."""
    return tuple(rule for rule in rules if holds(rule, ways))


def coexist(first: Cap | Group, second: Cap | Group) -> bool:
    """Tell whether two rules can hold at once: not if they stand for two ways of one reading."""
    one, other = first.read_as, second.read_as
    return one is None or other is None or one.reading != other.reading or one.way == other.way


def named_by(rules: Iterable[Cap | Group], readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Give the readings that rules name."""
    named = {rule.read_as.reading for rule in rules if rule.read_as}
    return tuple(reading for reading in readings if reading.id in named)


def every_ways(readings: Sequence[Reading]) -> Iterator[Ways]:
    """Give every combination of the ways of readings."""
    for ways in product(*(reading.ways for reading in readings)):
        yield {reading.id: way.id for reading, way in zip(readings, ways, strict=True)}


def chosen(readings: Sequence[Reading], ways: Ways) -> Ways:
    """Check ways that were asked for.

    Raises:
        UsageRefused: a reading or a way is not there.
    """
    if findings := [*misread(readings, ways)]:
        raise UsageRefused(findings)
    return ways


def misread(readings: Sequence[Reading], ways: Ways) -> Iterator[Diagnostic]:
    """Find readings and ways that were asked for and are not there."""
    known = {reading.id: [way.id for way in reading.ways] for reading in readings}
    for ident, way in ways.items():
        if finding := _misnamed(ident, way, known, "these rules leave nothing in dispute"):
            yield Diagnostic("unknown-reading", finding[0], help=finding[1])


def _misnamed(ident: str, way: str, known: Mapping[str, Sequence[str]], none: str) -> tuple[str, str] | None:
    """Say what is wrong with the name of a way: message and help."""
    if ident not in known:
        help_ = did_you_mean(ident, list(known), f"one of: {', '.join(known)}" if known else none)
        return f"there is no reading `{ident}`", help_
    if way not in known[ident]:
        help_ = did_you_mean(way, known[ident], f"one of: {', '.join(known[ident])}")
        return f"the reading `{ident}` has no way `{way}`", help_
    return None


# ---- checks


def wrong_readings(
    readings: Sequence[Reading], rules: Iterable[Cap | Group], heard: Container[str]
) -> Iterator[Diagnostic]:
    """Find readings that share an id, and caps and groups that name none; one that was heard of may be one yet."""
    seen: dict[str, Reading] = {}
    for reading in readings:
        first = seen.setdefault(reading.id, reading)
        if first is not reading:
            notes = (Note("first here", first.place),) if first.place else ()
            message = f"two readings have the id `{reading.id}`"
            yield Diagnostic("duplicate-id", message, reading.place, "rename one", notes=notes)
    known = {reading.id: [way.id for way in reading.ways] for reading in readings}
    for rule in rules:
        name = rule.read_as
        if name is None or (name.reading not in known and name.reading in heard):
            continue
        if finding := _misnamed(name.reading, name.way, known, _SEE):
            yield Diagnostic("unknown-reading", finding[0], name.place, finding[1])
