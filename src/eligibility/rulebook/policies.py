"""Reading policies, clauses, caps, stacking, definitions and documents."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from yaml.nodes import ScalarNode

from eligibility.bilingual import Words
from eligibility.dates import parse_date
from eligibility.profile.catalogue import ITEM_KINDS
from eligibility.rulebook.awards import AwardReader
from eligibility.rulebook.language import (
    LAYERS,
    Cap,
    Cited,
    Clause,
    Definition,
    Document,
    Policy,
    ReadAs,
    Window,
)
from eligibility.rulebook.quantities import Scope
from eligibility.rulebook.reader import Skip
from eligibility.rulebook.walk import facts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from yaml.nodes import Node

    from eligibility.rulebook.language import AwardRule, Condition, Quantity, Reference
    from eligibility.rulebook.reader import Entries

AUTHORITIES: Final = ("official", "government_news", "newspaper", "repost", "weak")
"""How much a document's word weighs, strongest first."""

SUPPORTS: Final = (
    "amount", "rate", "cap", "period", "frequency", "condition", "who", "area", "dates", "service", "stacking",
    "definition",
)  # fmt: skip
"""What part of a clause a citation can support."""

CONFIDENCES: Final = ("seen", "partial", "inferred", "unverified")
"""How the words of a citation were come by, surest first."""

REFERENCES: Final[tuple[Reference, ...]] = ("current_year", "previous_year", "any")
_CAP_KEYS: Final = ("per", "period", "citations", "assumed", "title")


class DocumentReader(AwardReader):
    """Reads documents.yaml."""

    def documents(self, root: Node) -> tuple[Document, ...]:
        """Read the list of documents."""
        parts = self.fields(root, ("documents",))
        read = [self.attempt(self._document, node) for node in self.items(parts["documents"], "documents")]
        return tuple(document for document in read if document)

    def _document(self, node: Node) -> Document:
        parts = self.fields(node, ("id", "title", "authority"), ("issuer", "date", "url", "file", "note"))
        ident, title, issuer, day, url, authority, file = self.whole(
            lambda: self.text(parts["id"]),
            lambda: self.words(parts["title"]),
            lambda: self.words(parts["issuer"]) if "issuer" in parts else None,
            lambda: self.day(parts["date"]) if "date" in parts else None,
            lambda: self.text(parts["url"]) if "url" in parts else None,
            lambda: self.word(parts["authority"], AUTHORITIES, "authority"),
            lambda: self.text(parts["file"]) if "file" in parts else None,
        )
        return Document(ident, title, issuer, day, url, authority, file, self.place(node))


class PolicyReader(AwardReader):
    """Reads definitions, policies and stacking; needs the documents, and the definitions by name."""

    def __init__(
        self,
        *args: Any,
        documents: Mapping[str, Document],
        define: Callable[[str], Definition | None],
        heard: Container[str],
    ) -> None:
        super().__init__(*args)
        self.known_documents = documents
        self.define = define
        self.heard_of = heard

    # ---- citations

    def citations(self, parts: Entries) -> tuple[Cited, ...]:
        """Read the citations of a part that may have some."""
        return self.each(self._cited, self.items(parts["citations"], "citations")) if "citations" in parts else ()

    def _cited(self, node: Node) -> Cited:
        parts = self.fields(node, ("document", "supports"), ("quote", "figure", "at", "confidence"))
        known, name = self.known_documents, self.text(parts["document"])
        if name not in known and name in self.heard_of:
            raise Skip  # its own finding is recorded; what cites it adds none
        if name not in known:
            self.word(parts["document"], list(known), "document of documents.yaml")
        document = known[name]
        if "quote" not in parts and "figure" not in parts:
            self.fail(
                "missing-key", "the citation has neither `quote` nor `figure`", node, "give the words or the figure"
            )
        if "quote" in parts and document.file is None:
            message = f"`{document.id}` is not held, so its words cannot be checked"
            self.fail("quote-not-held", message, parts["quote"], "write `figure:` in your own words")
        supports = self.each(
            lambda part: self.word(part, SUPPORTS, "part of a clause"), self.items(parts["supports"], "parts")
        )
        return Cited(
            document,
            self._given(parts, "quote"),
            self._figure(parts),
            self._given(parts, "at"),
            supports,
            self.word(parts["confidence"], CONFIDENCES, "confidence") if "confidence" in parts else None,
            self.place(parts.get("quote", node)),
        )

    def _figure(self, parts: Entries) -> Words | None:
        """Read a figure in our words: one text, or one in each language."""
        if "figure" not in parts:
            return None
        if isinstance(parts["figure"], ScalarNode):
            text = self.text(parts["figure"])
            return Words(text, text)
        return self.words(parts["figure"])

    def _given(self, parts: Entries, key: str) -> str | None:
        return " ".join(self.text(parts[key]).split()) if key in parts else None

    def rest(self, parts: Entries, node: Node) -> tuple[tuple[Cited, ...], Words | None]:
        """Read what a stacking rule rests on: citations, or an assumption."""
        cited = self.citations(parts)
        assumed = self.words(parts["assumed"]) if "assumed" in parts else None
        if not cited and assumed is None:
            self.fail(
                "missing-key", "this rule rests on nothing", node, "add `citations:`, or `assumed: {zh: …, en: …}`"
            )
        return cited, assumed

    def assumptions(self, parts: Entries) -> tuple[Words, ...]:
        """Read the readings that a text does not state."""
        if "assumptions" not in parts:
            return ()
        return self.each(self.words, self.items(parts["assumptions"], "assumptions"))

    # ---- definitions

    def definition(self, name: str, node: Node) -> Definition:
        """Read one definition."""
        parts = self.fields(node, ("title", "when"), ("citations", "assumptions"))
        scope = Scope(kinds=None, year=True, define=self.define)
        if "citations" not in parts and "assumptions" not in parts:
            message = f"the definition `{name}` rests on nothing"
            self.report("missing-key", message, node, "add `citations:` or `assumptions:`")
        title, condition, citations, assumptions = self.whole(
            lambda: self.words(parts["title"]),
            lambda: self.condition(parts["when"], scope),
            lambda: self.citations(parts),
            lambda: self.assumptions(parts),
        )
        return Definition(name, title, condition, citations, assumptions, self.place(node))

    # ---- policies

    def policy(self, node: Node) -> Policy:
        """Read the head of a policy file."""
        parts = self.fields(
            node, ("id", "layer", "title", "issuer", "issued", "in_force"), ("requires", "citations", "assumptions")
        )
        scope = Scope(kinds=frozenset(), year=True, define=self.define)
        ident, layer, title, issuer, issued, (starts, ends, unknown), requires, citations, assumptions = self.whole(
            lambda: self.identifier(parts["id"]),
            lambda: self.word(parts["layer"], LAYERS, "layer"),
            lambda: self.words(parts["title"]),
            lambda: self.words(parts["issuer"]),
            lambda: self.day(parts["issued"]),
            lambda: self._validity(parts["in_force"]),
            lambda: self._requires(parts, scope),
            lambda: self.citations(parts),
            lambda: self.assumptions(parts),
        )
        place = self.place(parts["id"])
        return Policy(
            ident, layer, title, issuer, issued, starts, ends, unknown, requires, citations, assumptions, place
        )

    def stand_in(self, node: Node) -> Policy:
        """Give a policy in place of one that cannot be read, so that its clauses are looked at all the same."""
        nameless = Words("", "")
        ident = self.id_in(node) or "policy"
        return Policy(ident, LAYERS[0], nameless, nameless, date.min, None, None, True, (), (), ())

    def _requires(self, parts: Entries, scope: Scope) -> tuple[Condition, ...]:
        if "requires" not in parts:
            return ()
        return self.each(self.condition, self.items(parts["requires"], "conditions"), scope)

    def _validity(self, node: Node) -> tuple[date | None, date | None, bool]:
        parts = self.fields(node, ("from", "to"))
        starts = None if self.text(parts["from"]) == "unknown" else self.day(parts["from"])
        end = self.text(parts["to"])
        ends = None if end in ("open", "unknown") else self.literal(parts["to"], lambda raw: parse_date(str(raw)))
        if starts and ends and ends < starts:
            self.fail("dates", "the policy ends before it begins", node, "`from` is the earlier day")
        return starts, ends, end == "unknown"

    def clauses(self, nodes: list[Node], policy: Policy) -> tuple[Clause, ...]:
        """Read every clause that can be read."""
        read = [self.attempt(self._clause, node, policy) for node in nodes]
        return tuple(clause for clause in read if clause)

    def _clause(self, node: Node, policy: Policy) -> Clause:
        parts = self.fields(
            node,
            ("id", "title", "when", "award", "citations"),
            ("for_each", "caps", "assumptions", "reference", "filing", "apply"),
        )
        ident = f"{policy.id}/{self.identifier(parts['id'])}"
        kind = self.word(parts["for_each"], ITEM_KINDS, "kind of item") if "for_each" in parts else None
        reference: Any = (
            self.word(parts["reference"], REFERENCES, "reference") if "reference" in parts else "current_year"
        )
        if reference == "any" and any(ref.fact.kind == "year" for part in policy.requires for ref in facts_of(part)):
            message = f"`{policy.id}` requires what a year says, and `reference: any` has none"
            self.report("reference-any", message, parts["reference"], "leave `reference` out")
        scope = Scope(frozenset((kind,)) if kind else frozenset(), reference != "any", self.define)
        return self._whole_clause(ident, policy, kind, reference, scope, parts)

    def _whole_clause(
        self,
        ident: str,
        policy: Policy,
        kind: str | None,
        reference: Reference,
        scope: Scope,
        parts: Entries,
    ) -> Clause:
        title = self.attempt(self.words, parts["title"])
        when = self.attempt(self.condition, parts["when"], scope)
        award = self.attempt(self.award, parts["award"], scope)
        citations = self.attempt(self.citations, parts)
        assumptions = self.attempt(self.assumptions, parts)
        filing = self.attempt(self._window, parts["filing"]) if "filing" in parts else None
        apply = self.attempt(self.words, parts["apply"]) if "apply" in parts else None
        caps = self.attempt(self._own_caps, parts, ident, kind, award, scope)
        if title is None or when is None or award is None or not citations or assumptions is None or caps is None:
            raise Skip
        return Clause(
            ident, policy, title, kind, when, award, caps, citations, assumptions, reference, filing, apply,
            self.place(parts["id"]),
        )  # fmt: skip

    def _window(self, node: Node) -> Window:
        parts = self.fields(node, (), ("from", "to"))
        return Window(
            self.day(parts["from"]) if "from" in parts else None, self.day(parts["to"]) if "to" in parts else None
        )

    # ---- caps

    def _own_caps(
        self, parts: Entries, ident: str, kind: str | None, award: AwardRule | None, scope: Scope
    ) -> tuple[Cap, ...]:
        node = parts.get("caps")
        if node is None or not getattr(node, "value", True):
            return ()
        period = "year" if award and award.frequency == "yearly" else "ever"
        names = (f"{ident}.cap{place if place > 1 else ''}" for place in count(1))
        return tuple(
            self.whole(
                *(
                    partial(self._own_cap, cap, name, ident, kind, period, scope)
                    for cap, name in zip(self.items(node, "caps"), names, strict=False)
                )
            )
        )

    def _own_cap(self, node: Node, name: str, ident: str, kind: str | None, default: str, scope: Scope) -> Cap:
        parts = self.fields(node, ("limit",), _CAP_KEYS)
        per = self.word(parts["per"], ("item", "company"), "reach of a cap") if "per" in parts else ""
        if per == "item" and kind is None:
            self.fail(
                "scope", "the clause pays once per company", parts["per"], "write `per: company` or `for_each: …`"
            )
        per = per or ("item" if kind else "company")
        period = self._period(parts, default, scope)
        return Cap(
            name,
            self.words(parts["title"]) if "title" in parts else None,
            self._limit(parts["limit"], scope if per == "item" else Scope(frozenset(), scope.year, scope.define)),
            "item" if per == "item" else "company",
            period,
            (ident,),
            shared=False,
            citations=self.citations(parts),
            assumed=self.words(parts["assumed"]) if "assumed" in parts else None,
            place=self.place(node),
        )

    def _period(self, parts: Entries, default: Any, scope: Scope) -> Any:
        if "period" not in parts:
            return default
        word = self.word(parts["period"], ("year", "ever"), "period")
        if word == "year" and not scope.year:
            message = "`reference: any` has no year for a yearly cap"
            self.fail("reference-any", message, parts["period"], "write `period: ever` or leave `reference` out")
        return word

    def _limit(self, node: Node, scope: Scope) -> Quantity | None:
        if isinstance(node, ScalarNode) and node.value == "unpublished":
            return None
        return self.quantity(node, scope, "money")

    def shared_caps(self, nodes: list[Node], own: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Cap, ...]:
        """Read caps over several clauses; `own` gives the clauses of the policy file they stand in."""
        read = [self.attempt(self._shared_cap, node, own or {}) for node in nodes]
        return tuple(cap for cap in read if cap)

    def _shared_cap(self, node: Node, own: Mapping[str, tuple[str, ...]]) -> Cap:
        parts = self.fields(
            node, ("id", "limit", "per", "period", "over"), ("citations", "assumed", "title", "reading")
        )
        any_item = str(parts["per"].value) == "item"  # which kind it is, its clauses tell once all are read
        scope = Scope(None if any_item else frozenset(), year=True, define=self.define)
        ident, title, limit, per, period, over, (cited, assumed), read_as = self.whole(
            lambda: self.identifier(parts["id"]),
            lambda: self.words(parts["title"]) if "title" in parts else None,
            lambda: self._limit(parts["limit"], scope),
            lambda: self.reach(parts["per"]),
            lambda: self._period(parts, "ever", scope),
            lambda: self.clause_ids(parts["over"], own),
            lambda: self.rest(parts, node),
            lambda: self.read_as(parts),
        )
        return Cap(
            ident, title, limit, per, period, over,
            shared=True, citations=cited, assumed=assumed, read_as=read_as, place=self.place(parts["id"]),
        )  # fmt: skip

    def read_as(self, parts: Entries) -> ReadAs | None:
        """Read in which way of a reading a cap or group holds."""
        if "reading" not in parts:
            return None
        node = parts["reading"]
        reading, slash, way = self.text(node).partition("/")
        if not slash or not reading or not way:
            message = f"`{self.shown(node)}` names no way of a reading"
            self.fail("shape", message, node, "write `reading-id/way-id`")
        return ReadAs(reading, way, self.place(node))

    def reach(self, node: Node) -> Any:
        """Read whether a rule holds per item or per company."""
        return self.word(node, ("item", "company"), "reach")

    def clause_ids(self, node: Node, own: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        """Read the clauses that a rule names; `own` gives those of the policy file it stands in."""
        if isinstance(node, ScalarNode) and node.value in own:
            return own[str(node.value)]
        names = [self.text(part) for part in self.items(node, "clauses")]
        repeated = next((name for place, name in enumerate(names) if name in names[:place]), None)
        if repeated:
            self.fail("duplicate-id", f"`{repeated}` is listed twice", node, "list each clause once")
        return tuple(own[name][0] if name in own else name for name in names)
