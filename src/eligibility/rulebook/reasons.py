"""Reading rules/reasons.yaml: sentences of held documents that are no clause, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from eligibility.diagnostics import Diagnostic, Refused
from eligibility.rulebook.held import misquoted
from eligibility.rulebook.reader import Reader
from eligibility.source import compose, read_text

if TYPE_CHECKING:
    from pathlib import Path

    from yaml.nodes import Node

    from eligibility.bilingual import Words
    from eligibility.diagnostics import Place, Source
    from eligibility.rulebook.language import Document
    from eligibility.rulebook.rulebook import Rulebook

KINDS: Final = ("target", "frame", "definition", "event", "story", "investment", "regulator", "furniture")
"""Why a sentence is no clause, in a word."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why words of a held document are no clause."""

    document: Document
    quote: str
    kind: str
    reason: Words
    place: Place


def read_reasons(folder: Path, rulebook: Rulebook) -> tuple[tuple[Reason, ...], tuple[Diagnostic, ...]]:
    """Read reasons.yaml of a folder of rules.

    Returns:
        The reasons that can be read (none if there is no such file), and what is wrong with the others.
    """
    path = folder / "reasons.yaml"
    if not path.is_file():
        return (), ()
    source = read_text(path)
    findings: list[Diagnostic] = []
    try:
        root = compose(source)
    except Refused as refused:
        return (), refused.diagnostics
    if root is None:
        return (), (Diagnostic("empty", f"`{path}` is empty", help="write `reasons:`, or remove the file"),)
    reader = ReasonReader(source, findings, rulebook)
    return reader.attempt(reader.reasons, root) or (), tuple(findings)


class ReasonReader(Reader):
    """Reads reasons.yaml against the documents of a rulebook."""

    def __init__(self, source: Source, findings: list[Diagnostic], rulebook: Rulebook) -> None:
        super().__init__(source, findings)
        self.rulebook = rulebook

    def reasons(self, root: Node) -> tuple[Reason, ...]:
        """Read the list of reasons, leaving out what cannot be read."""
        parts = self.fields(root, ("reasons",))
        read = [self.attempt(self._reason, node) for node in self.items(parts["reasons"], "reasons")]
        return tuple(reason for reason in read if reason)

    def _reason(self, node: Node) -> Reason:
        parts = self.fields(node, ("document", "quote", "reason", "kind"))
        document = self._document(parts["document"])
        quote = " ".join(self.text(parts["quote"]).split())
        place = self.place(parts["quote"])
        if finding := misquoted(document, quote, place, self.rulebook):
            self.findings.append(finding)
        return Reason(
            document, quote, self.word(parts["kind"], KINDS, "kind of reason"), self.words(parts["reason"]), place
        )

    def _document(self, node: Node) -> Document:
        known = self.rulebook.documents
        name = self.word(node, list(known), "document of documents.yaml")
        if known[name].file is None:
            help_ = "a reason is for words of a document that is held"
            self.fail("quote-not-held", f"`{name}` is not held, so its words cannot be checked", node, help_)
        return known[name]
