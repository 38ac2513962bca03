"""A folder of rule files → a Rulebook: read, linked, ordered and checked; every finding at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from eligibility.diagnostics import Diagnostic, Note, RulebookRefused, UsageRefused
from eligibility.rulebook.language import LAYERS, Clause, Definition, Document, Policy
from eligibility.rulebook.policies import DocumentReader, PolicyReader
from eligibility.rulebook.reader import Skip
from eligibility.rulebook.stacking import check_stacking
from eligibility.source import compose, read_text

if TYPE_CHECKING:
    from yaml.nodes import Node

    from eligibility.diagnostics import Source
    from eligibility.rulebook.language import Cap, Group, Together
    from eligibility.rulebook.rulebook import Rulebook

PACKAGE: Final = Path(__file__).resolve().parent.parent


def shipped(folder: str) -> Path:
    """Find `rules` or `seeds`: inside an installed package, else at the top of a checkout."""
    inside = PACKAGE / "data" / folder
    return inside if inside.is_dir() else PACKAGE.parent.parent / folder


class Loader:
    """Reads one folder of rules."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            what = "is a file" if folder.exists() else "is not there"
            help_ = "name a folder that holds definitions.yaml, policies/ and stacking.yaml"
            raise UsageRefused([Diagnostic("no-such-folder", f"the rules folder `{folder}` {what}", help=help_)])
        self.folder = folder
        self.findings: list[Diagnostic] = []
        self.texts: list[str] = []
        self.documents: dict[str, Document] = {}
        self.homes: dict[str, Path] = {}
        self._definition_nodes: dict[str, tuple[Node, PolicyReader]] = {}
        self.definitions: dict[str, Definition | None] = {}
        self._open: list[str] = []
        self.clauses: list[Clause] = []
        self.policies: list[Policy] = []
        self.caps: list[Cap] = []
        self.groups: list[Group] = []
        self.together: list[Together] = []

    def load(self) -> Rulebook:
        """Read everything.

        Raises:
            RulebookRefused: with every finding.
        """
        from eligibility.rulebook.rulebook import Rulebook

        self._read_documents()
        self._read_definitions()
        for path in self._policy_files():
            self._read_policy(path)
        self._read_stacking()
        self._order()
        if not self.findings and not self.clauses:
            self.findings.append(
                Diagnostic("empty", f"`{self.folder}` holds no clause", help="put policies into its folder policies/")
            )
        if not self.findings:
            check_stacking(self.clauses, self.caps, self.groups, self.together, self.findings)
        if self.findings:
            raise RulebookRefused(self.findings)
        definitions = tuple(definition for _, definition in sorted(self.definitions.items()) if definition)
        return Rulebook(
            tuple(self.policies),
            tuple(self.clauses),
            definitions,
            tuple(self.caps),
            tuple(self.groups),
            tuple(self.together),
            self.documents,
            self.homes,
            self.folder,
            tuple(self.texts),
        )

    # ---- files

    def _policy_files(self) -> list[Path]:
        folder = self.folder / "policies"
        return sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])

    def _root(self, path: Path) -> tuple[Source, Node] | None:
        """Compose a file; an empty one is a finding."""
        from eligibility.diagnostics import Refused

        source = read_text(path)
        self.texts.append(source.text)
        try:
            root = compose(source)
        except Refused as refused:
            self.findings += refused.diagnostics
            return None
        if root is None:
            self.findings.append(Diagnostic("empty", f"`{path}` is empty", help="write a policy, or remove the file"))
            return None
        return source, root

    def _reader(self, source: Source) -> PolicyReader:
        return PolicyReader(source, self.findings, documents=self.documents, define=self._define)

    def _read_documents(self) -> None:
        for path in dict.fromkeys((shipped("seeds") / "documents.yaml", self.folder / "documents.yaml")):
            if path.is_file() and (read := self._root(path)):
                source, root = read
                reader = DocumentReader(source, self.findings)
                for document in reader.attempt(reader.documents, root) or ():
                    self._add_document(document, path.parent)

    def _add_document(self, document: Document, home: Path) -> None:
        first = self.documents.get(document.id)
        if first is not None and self.homes[document.id] == home:
            self._twice("document", document.id, document.place, first.place)
        self.documents[document.id] = document
        self.homes[document.id] = home

    def _read_definitions(self) -> None:
        path = self.folder / "definitions.yaml"
        if not path.is_file() or not (read := self._root(path)):
            return
        source, root = read
        reader = self._reader(source)
        parts = reader.attempt(reader.fields, root, ("definitions",))
        if parts is None:
            return
        node = parts["definitions"]
        names = [key.value for key, _ in node.value] if isinstance(node.value, list) else []
        for name, child in (reader.attempt(reader.fields, node, (), names) or {}).items():
            self._definition_nodes[name] = child, reader
        for name in self._definition_nodes:
            self._define(name)

    def _define(self, name: str) -> Definition | None:
        """Give a definition, reading it first if another one needs it before its turn."""
        if name in self._open:
            node, reader = self._definition_nodes[name]
            reader.fail("cycle", f"the definition `{name}` rests on itself", node, f"via: {' → '.join([*self._open, name])}")
        if name not in self.definitions and name in self._definition_nodes:
            node, reader = self._definition_nodes[name]
            self._open.append(name)
            self.definitions[name] = reader.attempt(reader.definition, name, node)
            self._open.pop()
        if name in self._definition_nodes and self.definitions[name] is None:
            raise Skip  # its own finding is recorded; what uses it adds none
        return self.definitions.get(name)

    def _read_policy(self, path: Path) -> None:
        if not (read := self._root(path)):
            return
        source, root = read
        reader = self._reader(source)
        parts = reader.attempt(reader.fields, root, ("policy", "clauses"), ("caps",))
        if parts is None or (policy := reader.attempt(reader.policy, parts["policy"])) is None:
            return
        self._unique(policy)
        clauses = reader.clauses(reader.attempt(reader.items, parts["clauses"], "clauses") or [], policy)
        for clause in clauses:
            self._add_clause(clause)
        if "caps" in parts:
            own = {clause.short_id: (clause.id,) for clause in clauses}
            own["all"] = tuple(clause.id for clause in clauses)
            self.caps += reader.shared_caps(reader.attempt(reader.items, parts["caps"], "caps") or [], own)

    def _read_stacking(self) -> None:
        path = self.folder / "stacking.yaml"
        if not path.is_file() or not (read := self._root(path)):
            return
        source, root = read
        reader = self._reader(source)
        parts = reader.attempt(reader.fields, root, (), ("caps", "exclusive", "together")) or {}
        listed = {key: list(node.value) if isinstance(node.value, list) else [] for key, node in parts.items()}
        self.caps += reader.shared_caps(listed.get("caps", []))
        self.groups += reader.groups(listed.get("exclusive", []))
        self.together += reader.together(listed.get("together", []))

    # ---- one of each

    def _unique(self, policy: Policy) -> None:
        first = next((known for known in self.policies if known.id == policy.id), None)
        if first:
            self._twice("policy", policy.id, policy.place, first.place)
        self.policies.append(policy)

    def _add_clause(self, clause: Clause) -> None:
        first = next((known for known in self.clauses if known.id == clause.id), None)
        if first:
            self._twice("clause", clause.id, clause.place, first.place)
        self.clauses.append(clause)

    def _twice(self, what: str, ident: str, place: object, first: object) -> None:
        notes = (Note("first here", first),) if first else ()  # type: ignore[arg-type]
        self.findings.append(
            Diagnostic("duplicate-id", f"two {what}s have the id `{ident}`", place, "rename one", notes=notes)  # type: ignore[arg-type]
        )

    def _order(self) -> None:
        """Put policies and clauses into rulebook order: layer, policy id, place in the file."""
        self.policies.sort(key=lambda policy: (LAYERS.index(policy.layer), policy.id))
        rank = {policy.id: place for place, policy in enumerate(self.policies)}
        self.clauses.sort(key=lambda clause: rank[clause.policy.id])
        self.caps.sort(key=lambda cap: cap.id)
        self.groups.sort(key=lambda group: group.id)
        self.together.sort(key=lambda statement: statement.id)

