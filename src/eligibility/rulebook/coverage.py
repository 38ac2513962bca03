"""Coverage both ways: every promise and every known fact tied to a rule or a reason, every figure to a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from eligibility.diagnostics import Diagnostic, Place, RulebookRefused, Source
from eligibility.rulebook.held import Tie, citings, file_of, missing_documents, own_documents, spans_of, text_of
from eligibility.rulebook.published import left_facts, read_published, unnamed, unnamed_clauses
from eligibility.rulebook.reasons import read_reasons
from eligibility.rulebook.sentences import sentences
from eligibility.rulebook.supports import supports_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from eligibility.rulebook.language import Cited, Clause, Document
    from eligibility.rulebook.published import PublishedFact
    from eligibility.rulebook.reasons import Reason
    from eligibility.rulebook.rulebook import Rulebook
    from eligibility.rulebook.sentences import Sentence
    from eligibility.rulebook.supports import Support

__all__ = ["Coverage", "Covered", "Supported", "Tie", "coverage", "left_over", "read_reasons"]
_Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Covered:
    """A sentence of a held document, with what its words are tied to.

    Attributes:
        ties: whose quotes overlap it.
        loose: its figures that lie in no quote, although the sentence may be tied by other words.
    """

    document: Document
    sentence: Sentence
    ties: tuple[Tie, ...]
    loose: tuple[str, ...]

    @property
    def left(self) -> bool:
        """Whether it states a figure or promises support, and something of that is tied to nothing."""
        return bool(self.sentence.bears) and (not self.ties or bool(self.loose))


@dataclass(frozen=True, slots=True)
class Supported:
    """A part of a clause, with the sentences that each quote given for it stands in."""

    support: Support
    quoted: tuple[tuple[str, tuple[Covered, ...]], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage report.

    Attributes:
        documents: the held documents, in the order of their list.
        sentences: every sentence of them.
        clauses: for each clause, in rulebook order, what its award and caps rest on.
        facts: what is known of the policies, entry by entry.
        unnamed: the clauses that pay money and that no fact names.
    """

    documents: tuple[Document, ...]
    sentences: tuple[Covered, ...]
    clauses: tuple[tuple[Clause, tuple[Supported, ...]], ...]
    facts: tuple[PublishedFact, ...]
    unnamed: tuple[Clause, ...]

    @property
    def left(self) -> tuple[Covered, ...]:
        """The sentences that are tied to no clause and no reason."""
        return tuple(covered for covered in self.sentences if covered.left)

    def of(self, document: Document) -> tuple[Covered, ...]:
        """Give the sentences of one document."""
        return tuple(covered for covered in self.sentences if covered.document.id == document.id)


def coverage(rulebook: Rulebook) -> Coverage:
    """Draw up the coverage of a rulebook.

    Raises:
        RulebookRefused: a document's file is not there, or reasons.yaml or facts.yaml is not valid.
    """
    reasons, findings = read_reasons(rulebook.folder, rulebook)
    facts, wrong = read_published(rulebook)
    findings += (*wrong, *missing_documents(rulebook))
    if findings:
        raise RulebookRefused(findings)
    documents = _covered_documents(rulebook, reasons)
    covered = [sentence for document in documents for sentence in _cover(document, rulebook, reasons)]
    at: dict[str, list[Covered]] = {document.id: [] for document in documents}
    for sentence in covered:
        at[sentence.document.id].append(sentence)
    clauses = tuple(
        (clause, tuple(_supported(support, at, rulebook) for support in supports_of(clause, rulebook)))
        for clause in rulebook.clauses
    )
    return Coverage(documents, tuple(covered), clauses, facts, unnamed_clauses(facts, rulebook))


def _covered_documents(rulebook: Rulebook, reasons: Iterable[Reason]) -> tuple[Document, ...]:
    """Give the held documents that the rules answer for: those they came with, and those they quote."""
    ids = {document.id for document in own_documents(rulebook)} | {reason.document.id for reason in reasons}
    ids |= {citing.cited.document.id for citing in citings(rulebook) if citing.cited.quote}
    return tuple(document for document in rulebook.documents.values() if document.id in ids and document.file)


def _cover(document: Document, rulebook: Rulebook, reasons: Iterable[Reason]) -> Iterator[Covered]:
    text = text_of(document, rulebook) or ""
    quotes = [(span, tie) for quote, tie in _quotes(document, rulebook, reasons) for span in spans_of(text, quote)]
    for sentence in sentences(text):
        ties = [tie for span, tie in quotes if _overlap(span, (sentence.start, sentence.end))]
        loose = _loose(sentence, [span for span, _ in quotes])
        yield Covered(document, sentence, tuple(dict.fromkeys(ties)), loose)


def _quotes(document: Document, rulebook: Rulebook, reasons: Iterable[Reason]) -> Iterator[tuple[str, Tie]]:
    for citing in citings(rulebook):
        if citing.cited.document.id == document.id and citing.cited.quote:
            yield citing.cited.quote, Tie(citing.kind, citing.id)
    for reason in reasons:
        if reason.document.id == document.id:
            yield reason.quote, Tie("reason", reason.kind)


def _overlap(one: _Span, other: _Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _loose(sentence: Sentence, spans: Sequence[_Span]) -> tuple[str, ...]:
    loose = []
    for figure in sentence.figures:
        start, end = sentence.start + figure.start, sentence.start + figure.end
        if not any(first <= start and end <= last for first, last in spans):
            loose.append(figure.text)
    return tuple(dict.fromkeys(loose))


def _supported(support: Support, at: dict[str, list[Covered]], rulebook: Rulebook) -> Supported:
    quoted = [(cited.quote, tuple(_sentences_of(cited, at, rulebook))) for cited in support.cited if cited.quote]
    return Supported(support, tuple(quoted))


def _sentences_of(cited: Cited, at: dict[str, list[Covered]], rulebook: Rulebook) -> Iterator[Covered]:
    """Give the sentences that a citation's quote stands in, at its first place."""
    text = text_of(cited.document, rulebook)
    spans = spans_of(text, cited.quote) if text and cited.quote else ()
    for covered in at.get(cited.document.id, ()):
        if spans and _overlap(spans[0], (covered.sentence.start, covered.sentence.end)):
            yield covered


def left_over(report: Coverage, rulebook: Rulebook) -> tuple[Diagnostic, ...]:
    """Give what is left as findings, in the documents and in facts.yaml; clauses without a fact as warnings."""
    sources = {document.id: _source(document, rulebook) for document in report.documents}
    sentences_left = (_left(covered, sources[covered.document.id]) for covered in report.left)
    return (*sentences_left, *left_facts(report.facts), *unnamed(report.unnamed))


def _source(document: Document, rulebook: Rulebook) -> Source:
    return Source(str(file_of(document, rulebook)), text_of(document, rulebook) or "")


def _left(covered: Covered, source: Source) -> Diagnostic:
    sentence = covered.sentence
    place = Place(source, sentence.line, sentence.column, sentence.column + len(sentence.text))
    help_ = "quote it in a clause, or say in reasons.yaml why it is none"
    if covered.ties:
        figures = ", ".join(f"`{figure}`" for figure in covered.loose)
        message = f"no clause and no reason quotes {figures}, though other words of the sentence are quoted"
        return Diagnostic("figure-left", message, place, help_)
    marks = ", ".join(f"`{mark}`" for mark in _marks(sentence))
    return Diagnostic(
        "sentence-left", f"no clause and no reason quotes this sentence, which holds {marks}", place, help_
    )


def _marks(sentence: Sentence) -> Iterator[str]:
    yield from (figure.text for figure in sentence.figures)
    yield from (mark for mark in (sentence.count, sentence.support) if mark)
