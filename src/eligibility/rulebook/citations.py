"""Where a quote stands in its document: found, never typed."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from eligibility.decision import Citation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from eligibility.rulebook.language import Cited, Document


def held_text(path: Path) -> str:
    """Read a held document, byte order mark aside; one that has not changed is read once."""
    return _text(path.resolve(), path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _text(path: Path, _changed: int) -> str:
    return path.read_text(encoding="utf-8-sig")


def find_quote(text: str, quote: str) -> int | None:
    r"""Find the line (from 1) on which a quote begins, white space folded; None if it is not there.

    >>> find_quote("one\n two  three", "two three")
    2
    """
    folded, starts = _folded(text)
    place = folded.find(" ".join(quote.split()))
    return None if place < 0 or not quote.strip() else bisect_right(starts, place)


@lru_cache(maxsize=64)
def _folded(text: str) -> tuple[str, list[int]]:
    """Fold the white space of a text; gives where each of its lines begins in the result."""
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for line in text.split("\n"):
        starts.append(length)
        words = " ".join(line.split())
        if words:
            parts.append(words)
            length += len(words) + 1
    return " ".join(parts), starts


def path_of(document: Document, homes: Mapping[str, Path]) -> Path | None:
    """Give the file of a document, if it is held."""
    return None if document.file is None else homes[document.id] / document.file


def citation(cited: Cited, homes: Mapping[str, Path]) -> Citation:
    """Draw a citation for a reader, with the line of its quote."""
    document = cited.document
    path = path_of(document, homes)
    line = find_quote(held_text(path), cited.quote) if path and path.is_file() and cited.quote else None
    return Citation(
        document.id,
        document.title,
        document.url,
        cited.quote,
        cited.figure,
        cited.at,
        line,
        cited.supports,
        document.authority,
        cited.confidence,
    )
