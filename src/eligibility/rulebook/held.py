"""The documents held word for word, the quotes taken from them, and what is wrong with either."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from eligibility.diagnostics import Diagnostic
from eligibility.rulebook.citations import find_quote, held_text, path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from eligibility.diagnostics import Place
    from eligibility.rulebook.language import Cap, Cited, Document
    from eligibility.rulebook.rulebook import Rulebook

CiterKind: TypeAlias = Literal["clause", "cap", "policy", "definition", "group", "together", "reading", "reason"]
CLOSE: Final = 0.6
_AROUND: Final = 3
_LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class Tie:
    """What a sentence or a fact is tied to: a part of the rulebook by its id, or a reason by its kind."""

    kind: CiterKind
    id: str


@dataclass(frozen=True, slots=True)
class Citing:
    """One citation, and which part of the rulebook gives it."""

    kind: CiterKind
    id: str
    cited: Cited


def citings(rulebook: Rulebook) -> Iterator[Citing]:
    """Give every citation of a rulebook, in rulebook order."""
    for policy in rulebook.policies:
        yield from (Citing("policy", policy.id, cited) for cited in policy.citations)
    for clause in rulebook.clauses:
        yield from (Citing("clause", clause.id, cited) for cited in clause.citations)
        yield from _of_caps(clause.caps)
    yield from _of_caps(rulebook.caps)
    for definition in rulebook.definitions:
        yield from (Citing("definition", definition.id, cited) for cited in definition.citations)
    for group in rulebook.groups:
        yield from (Citing("group", group.id, cited) for cited in group.citations)
    for statement in rulebook.together:
        yield from (Citing("together", statement.id, cited) for cited in statement.citations)
    for reading in rulebook.readings:
        yield from (Citing("reading", reading.id, cited) for way in reading.ways for cited in way.citations)


def _of_caps(caps: Iterable[Cap]) -> Iterator[Citing]:
    for cap in caps:
        yield from (Citing("cap", cap.id, cited) for cited in cap.citations)


def text_of(document: Document, rulebook: Rulebook) -> str | None:
    """Give the words of a document; None if it is not held, or its file is not there."""
    path = file_of(document, rulebook)
    return held_text(path) if path is not None and path.is_file() else None


def file_of(document: Document, rulebook: Rulebook) -> Path | None:
    """Give the file a document should lie in; None if it is not held."""
    return path_of(document, rulebook.homes)


def own_documents(rulebook: Rulebook) -> tuple[Document, ...]:
    """Give the documents that came with these rules: those of the folder's own list, else the shipped list.

    A folder that brings no list of its own works on the shipped documents, but it does not answer for them.
    """
    from eligibility.rulebook.load import shipped

    home = shipped("seeds") if rulebook.folder.resolve() == shipped("rules").resolve() else rulebook.folder
    return tuple(document for document in rulebook.documents.values() if rulebook.homes[document.id] == home)


def missing_documents(rulebook: Rulebook) -> Iterator[Diagnostic]:
    """Find the documents whose file is not there."""
    for document in rulebook.documents.values():
        path = file_of(document, rulebook)
        if path is not None and not path.is_file():
            message = f"the file `{document.file}` of the document `{document.id}` is not there"
            help_ = f"put it into `{path.parent}`, or leave out `file:` and cite figures in your own words"
            yield Diagnostic("document-missing", message, document.place, help_)


# ---- quotes


def spans_of(text: str, quote: str) -> tuple[tuple[int, int], ...]:
    """Give every stretch of a text where a quote stands, white space folded.

    >>> spans_of("to be or not to  be", "to be")
    ((0, 5), (13, 19))
    """
    pattern = r"\s+".join(map(re.escape, quote.split()))
    return tuple(found.span() for found in re.finditer(pattern, text)) if pattern else ()


def misquoted(document: Document, quote: str, place: Place | None, rulebook: Rulebook) -> Diagnostic | None:
    """Say that a quote does not stand in its document; None if it does, or the document cannot be read."""
    text = text_of(document, rulebook)
    if text is None or find_quote(text, quote) is not None:
        return None
    help_ = nearest_passage(text, quote) or f"copy the words from `{document.file}`, letter by letter"
    return Diagnostic("quote-not-found", f"`{document.id}` does not hold these words", place, help_)


def nearest_passage(text: str, quote: str) -> str | None:
    r"""Say which line comes closest to a quote and where it first differs; None if nothing is close.

    >>> nearest_passage("a first line\nit gives a reward of 3 million yuan", "gives a prize of 3 million yuan")
    'line 2 reads `it gives a reward of 3 million`, the quote `gives a prize of 3 million`'
    """
    found = [(word[0], word.start()) for word in re.finditer(r"\S+", text)]
    wanted, words = quote.split(), [word for word, _ in found]
    start = _best_window(words, wanted)
    window = words[max(0, start - _AROUND) : start + len(wanted) + _AROUND]
    matcher = SequenceMatcher(None, window, wanted, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks or sum(block.size for block in blocks) < CLOSE * len(wanted):
        return None
    first = max(0, start - _AROUND) + blocks[0].a
    line = text.count("\n", 0, found[first][1]) + 1
    theirs, ours = _first_difference(matcher, window, wanted)
    return f"line {line} reads `{theirs}`, the quote `{ours}`"


def _best_window(words: list[str], wanted: list[str]) -> int:
    """Find the window as long as a quote that shares the most words with it."""
    need = Counter(wanted)
    have: Counter[str] = Counter()
    best = shared = start = 0
    for place, word in enumerate(words):
        have[word] += 1
        shared += have[word] <= need[word]
        if place >= len(wanted):
            gone = words[place - len(wanted)]
            shared -= have[gone] <= need[gone]
            have[gone] -= 1
        if shared > best:
            best, start = shared, max(0, place - len(wanted) + 1)
    return start


def _first_difference(matcher: SequenceMatcher[str], theirs: list[str], ours: list[str]) -> tuple[str, str]:
    """Show a passage and a quote around the first words in which they differ."""
    for tag, low, high, start, stop in matcher.get_opcodes():
        if tag != "equal" and not (start == stop and (low == 0 or high == len(theirs))):
            return _around(theirs, low, high), _around(ours, start, stop)
    return _around(theirs, 0, len(theirs)), _around(ours, 0, len(ours))


def _around(words: list[str], start: int, stop: int) -> str:
    text = " ".join(words[max(0, start - _AROUND) : stop + _AROUND])
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
