"""Reading rules/facts.yaml: what is known of the policies, entry by entry, and what became of each entry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, NoReturn, cast

from eligibility.diagnostics import Diagnostic, Note, Refused, did_you_mean
from eligibility.rulebook.held import Tie
from eligibility.rulebook.language import Service
from eligibility.rulebook.policies import AUTHORITIES, CONFIDENCES
from eligibility.rulebook.reader import Reader
from eligibility.source import compose, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yaml.nodes import Node

    from eligibility.bilingual import Words
    from eligibility.diagnostics import Place, Source
    from eligibility.rulebook.held import CiterKind
    from eligibility.rulebook.language import Clause, Document
    from eligibility.rulebook.reader import Entries
    from eligibility.rulebook.rulebook import Rulebook

FACT_ID: Final = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
TIES: Final = ("clauses", "definitions", "stacking", "policies")
"""The keys that say what an entry became, apart from a reason why it became nothing."""


@dataclass(frozen=True, slots=True)
class PublishedFact:
    """One thing that is known of the policies.

    Attributes:
        fact: what is known, in a line of our own words.
        sources: the documents that say so.
        authority: how much its word weighs: the best of its sources.
        confidence: how it was come by.
        ties: the parts of the rulebook that it became.
        reason: why it became none of them.
        place: its id.
        weighed: its authority.
    """

    id: str
    fact: Words
    sources: tuple[Document, ...]
    authority: str
    confidence: str
    ties: tuple[Tie, ...]
    reason: Words | None
    place: Place
    weighed: Place

    @property
    def left(self) -> bool:
        """Whether it is tied to nothing, and nothing says why."""
        return not self.ties and self.reason is None

    @property
    def best_authority(self) -> str:
        """Give the strongest authority of its sources."""
        return min((document.authority for document in self.sources), key=AUTHORITIES.index)


def read_published(rulebook: Rulebook) -> tuple[tuple[PublishedFact, ...], tuple[Diagnostic, ...]]:
    """Read facts.yaml of the folder that a rulebook was read from; a rulebook that has been asked remembers.

    Returns:
        The facts that can be read (none if there is no such file), and what is wrong with the others.
    """
    made = rulebook.made
    if "published" not in made:
        made["published"] = _read(rulebook)
    return cast("tuple[tuple[PublishedFact, ...], tuple[Diagnostic, ...]]", made["published"])


def _read(rulebook: Rulebook) -> tuple[tuple[PublishedFact, ...], tuple[Diagnostic, ...]]:
    path = rulebook.folder / "facts.yaml"
    if not path.is_file():
        return (), ()
    findings: list[Diagnostic] = []
    try:
        source = read_text(path)
        root = compose(source)
    except Refused as refused:
        return (), refused.diagnostics
    if root is None:
        return (), (Diagnostic("empty", f"`{path}` is empty", help="write `facts:`, or remove the file"),)
    reader = PublishedReader(source, findings, rulebook)
    return reader.attempt(reader.facts, root) or (), tuple(findings)


class PublishedReader(Reader):
    """Reads facts.yaml against the parts of a rulebook.

    Attributes:
        parts: for each key of a tie the ids that it can name, with the kind of part that each is.
    """

    def __init__(self, source: Source, findings: list[Diagnostic], rulebook: Rulebook) -> None:
        super().__init__(source, findings)
        self.documents = rulebook.documents
        self.parts = dict(zip(TIES, _parts(rulebook), strict=True))

    def facts(self, root: Node) -> tuple[PublishedFact, ...]:
        """Read the list of facts, leaving out what cannot be read."""
        nodes = self.items(self.fields(root, ("facts",))["facts"], "facts")
        read = [fact for node in nodes if (fact := self.attempt(self._fact, node))]
        self.findings += _repeated(read)
        return tuple(read)

    def _fact(self, node: Node) -> PublishedFact:
        parts = self.fields(node, ("id", "fact", "sources", "authority"), ("confidence", *TIES, "reason"))
        ident, fact, sources, authority, confidence, ties, reason = self.whole(
            lambda: self._id(parts["id"]),
            lambda: self.words(parts["fact"]),
            lambda: self.each(self._document, self.items(parts["sources"], "documents")),
            lambda: self.word(parts["authority"], AUTHORITIES, "authority"),
            lambda: self.word(parts["confidence"], CONFIDENCES, "confidence") if "confidence" in parts else "seen",
            lambda: self._ties(parts),
            lambda: self.words(parts["reason"]) if "reason" in parts else None,
        )
        if ties and reason:
            message = f"`{ident}` is tied to `{ties[0].id}`, and says why it is tied to nothing"
            self.report("fact-both", message, parts["reason"], "keep the ties, or keep the reason")
        place, weighed = self.place(parts["id"]), self.place(parts["authority"])
        return PublishedFact(ident, fact, sources, authority, confidence, ties, reason, place, weighed)

    def _id(self, node: Node) -> str:
        text = self.text(node)
        if not FACT_ID.fullmatch(text):
            self.fail("id", f"`{text}` cannot be the id of a fact", node, "use letters, digits and hyphens: `KC2-2`")
        return text

    def _document(self, node: Node) -> Document:
        name = self.text(node)
        if name not in self.documents:
            help_ = did_you_mean(name, list(self.documents), "add it to documents.yaml")
            self.fail("unknown-word", f"`{name}` is no document of documents.yaml", node, help_)
        return self.documents[name]

    def _ties(self, parts: Entries) -> tuple[Tie, ...]:
        read = self.whole(*(partial(self._ties_of, parts[key], key) for key in TIES if key in parts))
        return tuple(tie for ties in read for tie in ties)

    def _ties_of(self, node: Node, key: str) -> tuple[Tie, ...]:
        return self.each(self._tie, self.items(node, key), key)

    def _tie(self, node: Node, key: str) -> Tie:
        name, known = self.text(node), self.parts[key]
        if name not in known:
            self._unknown(key, name, node)
        return Tie(known[name], name)

    def _unknown(self, key: str, name: str, node: Node) -> NoReturn:
        known = list(self.parts[key])
        match key:
            case "clauses":
                help_ = did_you_mean(name, known, "see `eligibility rules list`")
                self.fail("unknown-clause", f"there is no clause `{name}`", node, help_)
            case "definitions":
                help_ = did_you_mean(name, known, "see definitions.yaml")
                self.fail("unknown-definition", f"there is no definition `{name}`", node, help_)
            case "stacking":
                help_ = did_you_mean(name, known, "name a shared cap, group, statement or reading by its id")
                self.fail("unknown-word", f"`{name}` is no stacking rule", node, help_)
            case _:
                help_ = did_you_mean(name, known, "see `eligibility rules list`")
                self.fail("unknown-word", f"`{name}` is no policy", node, help_)


def _parts(rulebook: Rulebook) -> Iterator[dict[str, CiterKind]]:
    """Give the parts of a rulebook that a fact can be tied to, in the order of `TIES`."""
    yield {clause.id: "clause" for clause in rulebook.clauses}
    yield {definition.id: "definition" for definition in rulebook.definitions}
    caps: dict[str, CiterKind] = {cap.id: "cap" for cap in rulebook.caps}
    groups: dict[str, CiterKind] = {group.id: "group" for group in rulebook.groups}
    readings: dict[str, CiterKind] = {reading.id: "reading" for reading in rulebook.readings}
    yield caps | groups | readings | {statement.id: "together" for statement in rulebook.together}
    yield {policy.id: "policy" for policy in rulebook.policies}


def _repeated(facts: Iterable[PublishedFact]) -> Iterator[Diagnostic]:
    first: dict[str, PublishedFact] = {}
    for fact in facts:
        known = first.setdefault(fact.id, fact)
        if known is not fact:
            notes = (Note("first here", known.place),)
            message = f"two facts have the id `{fact.id}`"
            yield Diagnostic("duplicate-id", message, fact.place, "rename one", notes=notes)


# ---- what the facts leave open


def left_facts(facts: Iterable[PublishedFact]) -> Iterator[Diagnostic]:
    """Find the facts that became nothing without a reason."""
    for fact in facts:
        if fact.left:
            message = f"`{fact.id}` is tied to nothing, and no reason says why"
            help_ = "name what holds it under `clauses`, `definitions`, `stacking` or `policies`, or give a `reason`"
            yield Diagnostic("fact-left", message, fact.place, help_)


def unnamed_clauses(facts: Iterable[PublishedFact], rulebook: Rulebook) -> tuple[Clause, ...]:
    """Give the clauses that pay money and that no fact names; none if there are no facts at all."""
    named = {tie.id for fact in facts for tie in fact.ties}
    paying = (clause for clause in rulebook.clauses if not isinstance(clause.award.form, Service))
    return tuple(clause for clause in paying if clause.id not in named) if facts else ()


def doubts(rulebook: Rulebook) -> Iterator[Diagnostic]:
    """Find facts that weigh otherwise than their sources, and clauses that pay money and rest on no fact."""
    facts, findings = read_published(rulebook)
    for fact in facts:
        if fact.authority != fact.best_authority:
            message = (
                f"`{fact.id}` is given as `{fact.authority}`, and the best of its sources is `{fact.best_authority}`"
            )
            help_ = "correct the authority, or the sources"
            yield Diagnostic("fact-authority", message, fact.weighed, help_, severity="warning")
    if not findings:
        yield from unnamed(unnamed_clauses(facts, rulebook))


def unnamed(clauses: Iterable[Clause]) -> Iterator[Diagnostic]:
    """Give clauses that no fact names as findings."""
    for clause in clauses:
        message, help_ = f"no fact names the clause `{clause.id}`", "add what is known of it to facts.yaml"
        yield Diagnostic("clause-without-fact", message, clause.place, help_, severity="warning")
