"""Sentences of a held document: where each stands, and what it bears: an amount, a rate, or a promise of support."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eligibility.rulebook.figures import figures_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility.rulebook.figures import Figure

_ABBREVIATIONS: Final = frozenset(
    ("mr", "mrs", "ms", "dr", "prof", "st", "no", "nos", "art", "sec", "fig", "co", "vs", "e.g", "i.e", "cf", "approx")
)
"""What a point after it does not end. `etc.` is not among them: before a capital it does end a sentence."""

_STOP: Final = re.compile(
    r"(?P<stop>[.!?]+|;)(?P<close>[\"'”’)\]]*)\s+(?=[\"'“‘(\[]*[A-Z0-9])"  # the closing quote stays with its sentence
    r"|;\s+|[。！？；][”’」』）]*"
)

_LAST_WORD: Final = re.compile(r"(?<![^\W_]|&)[^\W\d_]+(?:\.[^\W\d_]+)*$")  # `R&D.` ends in no initial

SUPPORT: Final = {
    "money": r"reward\w*|subsid\w*|fund(?:s|ed|ing)?|financ\w*|grant(?:s|ed)?|bonus\w*|matching|reimburs\w*"
    r"|compensat\w*|exempt\w*|loans?|rent(?:al|s)?|incentiv\w*|tax (?:cut|relief|credit|refund)s?",
    "help": r"support\w*|provid\w*|help\w*|assist\w*|encourag\w*|facilitat\w*|coordinat\w*|guarantee\w*|assurance"
    r"|guid(?:e|es|ed|ing|ance)|welcom\w*|benefits?",
    "services": r"serv(?:e|es|ed|ing)|services?|one-stop|full-process|think tanks?|talents? (?:maps?|introduction)"
    r"|carriers?|carrying space",
    "policies": r"polic(?:y|ies)|measures?",
    "building": r"(?:build(?:s|ing)?|built|construct(?:s|ed|ing|ion)?|establish(?:es|ed|ing|ment)?"
    r"|creat(?:e|es|ed|ing|ion)|set(?:s|ting)? up|develop(?:s|ed|ing)?|shar(?:e|es|ed|ing)|launch(?:es|ed|ing)?)\b"
    r"[^.;]{0,80}?\b(?:platforms?|facilit(?:y|ies)|institutions?|parks?|ecosystem|systems?|environment|zones?"
    r"|clusters?|highland)",
    "driving": r"promot(?:e|es|ed|ing)|accelerat\w*|boost\w*|foster\w*|empower\w*|attract\w*|enabl\w*|open up"
    r"|strengthen\w*|enhanc\w*|improv\w*|optimi[sz]\w*|deepen\w*",
    "protection": r"protect\w*|pilot (?:zone|platform)s?|review and approval|access to",
}
"""The words that mark a promise of support, by what they promise. Generous on purpose: a sentence caught without need
costs one line in reasons.yaml; a promise that slips through is a clause that nobody gets."""

_CHINESE: Final = (
    "奖|补贴|补助|资助|配套|贴息|资金|支持|扶持|鼓励|帮助|提供|保障|服务|政策|措施|建设|打造|促进|推动|加快|优化"
)
_SUPPORT: Final = re.compile(rf"\b(?:{'|'.join(SUPPORT.values())})\b|{_CHINESE}", re.IGNORECASE)

_COUNT: Final = re.compile(
    r"\b(?:(?!(?:19|20)\d\d\b)\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|hundreds?)"
    r"\s+(?:[a-z-]+\s+){0,3}(?:[a-z]+s|people)\b",
    re.IGNORECASE,
)
"""A number of something, such as `more than 120 enterprises`; a year is none."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document.

    Attributes:
        start, end: where it stands in the document's text.
        line, column: the same, counted from 1.
        figures: the amounts and rates in it; their places count from the sentence's start.
        count: the first number of something in it, if there is one.
        support: the first words that promise support, if there are such.
    """

    text: str
    start: int
    end: int
    line: int
    column: int
    figures: tuple[Figure, ...]
    count: str | None
    support: str | None

    @property
    def bears(self) -> tuple[str, ...]:
        """What it bears: `amount`, `rate`, `count`, `support`."""
        kinds = sorted({figure.kind for figure in self.figures})
        return (*kinds, *(["count"] if self.count else ()), *(["support"] if self.support else ()))


def sentences(text: str) -> tuple[Sentence, ...]:
    r"""Split a text into sentences: lines first, then stops; what a semicolon sets off is a sentence of its own.

    >>> [sentence.text for sentence in sentences('Heading\n"We met Ms. Tse. She said 1.5 million." So it is.')]
    ['Heading', '"We met Ms. Tse.', 'She said 1.5 million."', 'So it is.']
    """
    starts = [0, *(found.end() for found in re.finditer(r"\n", text))]
    return tuple(_sentence(text, start, end, starts) for start, end in _spans(text) if text[start:end].strip())


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for stop in _STOP.finditer(text, *line.span()):
            if not _abbreviated(text[start : stop.start()], stop[0]):
                yield start, stop.end()
                start = stop.end()
        yield start, line.end()


def _abbreviated(before: str, stop: str) -> bool:
    """Tell whether the point after a text belongs to an abbreviation or an initial."""
    word = found[0] if (found := _LAST_WORD.search(before)) else ""
    return stop.strip() == "." and (word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper()))


def _sentence(text: str, start: int, end: int, starts: list[int]) -> Sentence:
    words = text[start:end]
    start, words = start + len(words) - len(words.lstrip()), words.strip()
    line = bisect_right(starts, start)
    column = start - starts[line - 1] + 1
    end = start + len(words)
    return Sentence(words, start, end, line, column, figures_in(words), _first(_COUNT, words), _first(_SUPPORT, words))


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    return found[0] if (found := pattern.search(text)) else None
