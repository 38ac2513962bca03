"""A saved record read back: unbroken, of a format that is known, and whole."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from eligibility.advise.record import FORMAT, KIND, MOST_BYTES, SEAL, TOO_LARGE, Plain, laid_out, seal_of
from eligibility.dates import parse_date
from eligibility.diagnostics import Diagnostic, Place, Refused
from eligibility.profile import Profile
from eligibility.rulebook.parts import PART_KINDS, Part, PartName
from eligibility.source import decode, read_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from eligibility.diagnostics import Source

_WRITTEN_BY: Final = "a record is what `eligibility check PROFILE --record FILE` writes"
_FROM_A_COPY: Final = "take the record from a copy that nobody changed; what stands here proves nothing"
_UNFINISHED: Final = re.compile(r'\s*(?:"(?:[^"\\]|\\.)*\\?|[a-z]{0,5}|-|\\?u?[0-9a-fA-F]{0,4}"?)\Z', re.DOTALL)
"""What stands behind the place of an error if the text ends before its time: at most one token that is not whole."""


class RecordRefused(Refused):
    """A record that cannot be taken as it is."""

    exit_code = 4


@dataclass(frozen=True, slots=True)
class SavedRecord:
    """A record whose seal holds.

    Attributes:
        values: all that it says, as plain values.
        source: the file's text; None if it came as plain values.
        as_written: whether that text is, byte by byte, what was written; else only its layout was changed.
    """

    values: Plain
    source: Source | None = None
    as_written: bool = True

    @property
    def seal(self) -> str:
        """The SHA-256 of its content."""
        return str(self.values[SEAL])

    @property
    def on(self) -> date:
        """The date of assessment."""
        return parse_date(self.values["on"])

    @property
    def decision(self) -> Plain:
        """What was decided: `awards`, `total` and `ledger`."""
        decision: Plain = self.values["decision"]
        return decision

    @property
    def rulebook(self) -> Plain:
        """The rulebook it was decided with: `version`, `digest`, whether it was `shipped`, and `parts`."""
        rulebook: Plain = self.values["rulebook"]
        return rulebook

    @property
    def package_version(self) -> str:
        """The version of this package that decided."""
        return str(self.values["package_version"])

    def read_profile(self) -> Profile:
        """Read the profile in it.

        Raises:
            ProfileRefused: this version of the package does not take it any more.
        """
        return Profile.read(self.values["profile"])

    def parts(self) -> dict[PartName, Part]:
        """Give the parts of the rulebook it was decided with."""
        return {
            (kind, ident): Part(said) if isinstance(said, str) else Part(said["digest"], tuple(said["members"]))
            for kind in PART_KINDS
            for ident, said in self.rulebook["parts"][kind].items()
        }


def load_record(path: Path | str) -> SavedRecord:
    """Read the record in a file; `-` reads standard input.

    Raises:
        UsageRefused: the file is not there or is a folder.
        RecordRefused: it is no record, cut short, of another format, or was changed.
    """
    try:
        if path == "-":
            import sys

            data = sys.stdin.buffer.read(MOST_BYTES + 1)
            return parse_record(decode(data, "<stdin>", most=MOST_BYTES, usual=TOO_LARGE))
        return parse_record(read_text(Path(path), most=MOST_BYTES, usual=TOO_LARGE))
    except Refused as refused:
        if refused.exit_code == Refused.exit_code:  # what is wrong with the text is wrong with the record
            raise RecordRefused(refused.diagnostics) from None
        raise


def parse_record(source: Source) -> SavedRecord:
    """Read a record from the text of its file."""
    values = _checked(_parsed(source), source)
    return SavedRecord(values, source, as_written=source.text == laid_out(values))


def read_record(values: Mapping[str, Any]) -> SavedRecord:
    """Read a record from plain values, as a database gives them back; the order of keys does not matter.

    Raises:
        RecordRefused: it is no record, of another format, or was changed.
    """
    try:
        plain = json.loads(json.dumps(values))
    except (TypeError, ValueError, RecursionError):
        raise _refused(
            "not-a-record", "this is not a record: it has values that JSON has not", None, _WRITTEN_BY
        ) from None
    return SavedRecord(_checked(plain, None))


# ---- text → values


def _parsed(source: Source) -> Any:
    if not source.text.strip():
        raise _refused("empty", f"`{source.name}` is empty", None, _WRITTEN_BY)
    try:
        return json.loads(source.text, object_pairs_hook=lambda pairs: _once(pairs, source))
    except json.JSONDecodeError as problem:
        raise _unparsed(source, problem) from None
    except (ValueError, RecursionError):  # numbers of thousands of digits, nesting without end
        message = "this is not a record: no record has such numbers or such nesting"
        raise _refused("not-a-record", message, Place(source, 1, 1, None), _WRITTEN_BY) from None


def _once(pairs: list[tuple[str, Any]], source: Source) -> Plain:
    values = dict(pairs)
    if len(values) < len(pairs):
        key = next(key for place, (key, _) in enumerate(pairs) if key in dict(pairs[:place]))
        raise _refused(
            "record-edited", f"the record was changed: a key `{key}` stands twice", _place(source, key), _FROM_A_COPY
        )
    return values


def _unparsed(source: Source, problem: json.JSONDecodeError) -> RecordRefused:
    """Tell a record that ends too early from what is no JSON."""
    begun = source.text.lstrip().startswith("{")
    if begun and _UNFINISHED.match(source.text, problem.pos) and problem.msg != "Extra data":
        line = source.text.count("\n") + 1
        last = source.line(line) or source.line(line - 1)
        end = Place(source, line if source.line(line) else line - 1, max(1, len(last)), None)
        help_ = "the rest is missing: take the whole record from where it was saved, or copy it again"
        return _refused("record-cut", "the record is cut short: its text ends here", end, help_)
    at = Place(source, problem.lineno, problem.colno, problem.colno + 1)
    if begun and f'"{KIND}"' in source.text:
        return _refused("record-edited", "the record was changed: here it is no JSON any more", at, _FROM_A_COPY)
    return _refused("not-a-record", "this is not a record: it is no JSON", at, _WRITTEN_BY)


# ---- values → a record that holds


def _checked(values: Any, source: Source | None) -> Plain:
    """Refuse what is no record, has another format, was changed, or is not whole; in this order."""
    if not isinstance(values, dict) or values.get("kind") != KIND:
        raise _no_record(values, source)
    if type(values.get("format")) is not int or values["format"] != FORMAT:
        raise _other_format(values, source)
    seal = seal_of(values)
    if values.get(SEAL) != seal:
        raise _broken(values, seal, source)
    return _whole(values)


def _no_record(values: Any, source: Source | None) -> RecordRefused:
    help_ = _WRITTEN_BY
    if isinstance(values, dict) and {"awards", "total", "record"} <= values.keys():
        help_ = f"this is what `--format json` prints; {_WRITTEN_BY}"
    kind = values.get("kind") if isinstance(values, dict) else None
    named = f"its kind is `{_short(kind)}`" if isinstance(kind, str) else "it does not say that it is one"
    return _refused("not-a-record", f"this is not a record: {named}", _place(source, "kind"), help_)


def _other_format(values: Plain, source: Source | None) -> RecordRefused:
    by = values.get("package_version")
    saved = f"eligibility {_short(by)}, which saved it" if isinstance(by, str) else "the version that saved it"
    message = f"the record has the format `{_short(values.get('format'))}`, and this version reads format {FORMAT}"
    help_ = f"replay it with {saved}, or with a later version than this"
    return _refused("record-version", message, _place(source, "format"), help_)


def _broken(values: Plain, seal: str, source: Source | None) -> RecordRefused:
    named = values.get(SEAL)
    if named is None:
        message = f"the record was changed: its seal `{SEAL}` is missing"
    else:
        message = f"the record was changed: its content has the SHA-256 {seal[:12]}…, its seal says {_short(named)}"
    return _refused("record-edited", message, _place(source, SEAL), _FROM_A_COPY)


def _whole(values: Plain) -> Plain:
    """Refuse a record whose seal holds and which is none all the same: it was put together by other hands."""
    from pydantic import ValidationError

    from eligibility.advise.shape import RecordShape

    try:
        RecordShape.model_validate(values)
    except ValidationError as problem:
        raise RecordRefused(
            Diagnostic(
                "record-shape",
                f"`{_path(error['loc'])}` is not as a record has it: {error['msg'].lower()}",
                help=_WRITTEN_BY,
            )
            for error in problem.errors(include_url=False, include_input=False, include_context=False)
        ) from None
    return values


def _path(loc: tuple[str | int, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")


def _refused(code: str, message: str, place: Place | None, help_: str) -> RecordRefused:
    return RecordRefused([Diagnostic(code, message, place, help_)])


def _place(source: Source | None, key: str) -> Place | None:
    """Find the line of a key, an outer one first; else the beginning."""
    if source is None:
        return None
    found = re.search(rf"^ {{0,4}}({re.escape(json.dumps(key))}.*?),?$", source.text, re.MULTILINE)
    found = found or re.search(rf"({re.escape(json.dumps(key))}\s*:\s*\S+)", source.text)
    if found is None:
        return Place(source, 1, 1, None)
    line = source.text.count("\n", 0, found.start(1)) + 1
    column = found.start(1) - source.text.rfind("\n", 0, found.start(1))
    return Place(source, line, column, column + len(found[1]))


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:12] + "…"
