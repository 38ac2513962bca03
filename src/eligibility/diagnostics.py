"""What is wrong with a file or a value: message, place, help and code are separate fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from eligibility.frozen import aside, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Severity = Literal["error", "warning"]
MOST_SHOWN: Final = 100
_LINE_END: Final = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
"""Where a line ends, as YAML counts lines."""

_UNSHOWN: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that would break a message's line, steer a terminal, or stand for no character at all."""


@frozen
class Source:
    """One text that was read, with the name it is reported under."""

    name: str
    text: str = aside()

    def line(self, number: int) -> str:
        """Give one line (counted from 1) without its end."""
        lines = _LINE_END.split(self.text, number)
        return lines[number - 1] if number <= len(lines) else ""


@frozen
class Place:
    """A stretch of a source: its first line and column (from 1) and where it ends on that line (None: at its end)."""

    source: Source
    line: int
    column: int
    end: int | None

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"

    def excerpt(self) -> str:
        """Show the source line with this stretch underlined."""
        text = _shown(self.source.line(self.line).expandtabs(1))
        end = len(text) + 1 if self.end is None else self.end
        start, stop = self.column - 1, min(max(end - 1, self.column), max(len(text), self.column))
        if len(text) > 160:
            cut = max(0, start - 60)
            text, start, stop = text[cut : cut + 150], start - cut, min(stop - cut, 150)
        margin = f"{self.line:>5} | "
        return f"{margin}{text}\n{' ' * (len(margin) - 2)}| {_blank(text[:start])}{'^' * _width(text[start:stop])}"


def _shown(text: str) -> str:
    """Replace what would break a line or steer a terminal."""
    return _UNSHOWN.sub("\ufffd", text)


def _width(text: str) -> int:
    """Count the terminal columns of a text: East Asian wide characters take two."""
    from unicodedata import east_asian_width

    return max(1, sum(1 + (east_asian_width(char) in "WF") for char in text))


def _blank(text: str) -> str:
    return " " * (_width(text) if text else 0)


@frozen
class Note:
    """A second place that matters to a diagnostic."""

    message: str
    place: Place


@frozen
class Diagnostic:
    """One finding about a file or a profile.

    Attributes:
        code: names the section of docs/errors.md.
        message: one line, lower case, no full stop.
        place: where in a file; None for values that came without a file.
        path: where in a profile (`leases[0].rent_paid`), if the finding is about a profile.
        help: what to write instead.
    """

    code: str
    message: str
    place: Place | None = None
    help: str | None = None
    path: str | None = None
    notes: tuple[Note, ...] = ()
    severity: Severity = "error"

    def __str__(self) -> str:
        text = f"{self.place}: " if self.place else ""
        text += f"{self.severity}[{self.code}]: {_shown(self.message)}"
        if self.place:
            text += "\n" + self.place.excerpt()
        for note in self.notes:
            text += f"\n{note.place}: note: {_shown(note.message)}\n{note.place.excerpt()}"
        return text + (f"\nhelp: {_shown(self.help)}" if self.help else "")


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort findings by file and place, dropping exact repeats."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=_order))


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    place = diagnostic.place
    where = (place.source.name, place.line, place.column) if place else ("", 0, 0)
    return (*where, diagnostic.path or "", diagnostic.message)


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """Print findings in order, a blank line between them; past 100 they are only counted."""
    text = "\n\n".join(map(str, diagnostics[:MOST_SHOWN]))
    rest = len(diagnostics) - MOST_SHOWN
    return text + (f"\n\n… and {rest} more" if rest > 0 else "")


class Refused(Exception):  # noqa: N818 - it says what happened
    """Something could not be taken as it is; carries every finding.

    Attributes:
        diagnostics: the findings, sorted by place.
        exit_code: what the command line returns for it.
    """

    exit_code = 1

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = in_order(diagnostics)
        super().__init__(render(self.diagnostics))


class UsageRefused(Refused):
    """A path that is not there or is a folder, or wrong usage."""

    exit_code = 2


class RulebookRefused(Refused):
    """A rulebook that is not valid."""

    exit_code = 3


class ProfileRefused(Refused):
    """A profile that is not valid."""

    exit_code = 4


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Give the known word that is close enough to be a slip of the pen, if there is one."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=1, cutoff=0.75)
    return close[0] if close else None


def did_you_mean(word: str, known: Sequence[str], otherwise: str) -> str:
    """Offer the nearest known word, or say the more general thing."""
    close = nearest(word, known)
    return f"did you mean `{close}`?" if close else otherwise
