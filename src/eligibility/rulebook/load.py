"""A folder of rule files → a Rulebook: read, linked, ordered and checked; every finding at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from yaml.nodes import MappingNode

from eligibility.diagnostics import Diagnostic, Note, RulebookRefused, UsageRefused
from eligibility.rulebook.language import LAYERS, Clause, Definition, Document, Policy
from eligibility.rulebook.policies import DocumentReader, PolicyReader
from eligibility.rulebook.reader import Reader, Skip
from eligibility.rulebook.readings import wrong_readings
from eligibility.rulebook.stacking import check_stacking, wrong_names
from eligibility.rulebook.stacking_reader import StackingReader
from eligibility.source import compose, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yaml.nodes import Node

    from eligibility.diagnostics import Source
    from eligibility.rulebook.language import Cap, Group, Reading, Together
    from eligibility.rulebook.rulebook import Rulebook

PACKAGE: Final = Path(__file__).resolve().parent.parent


def shipped(folder: str) -> Path:
    """Find `rules` or `seeds`: inside an installed package, else at the top of a checkout."""
    inside = PACKAGE / "data" / folder
    return inside if inside.is_dir() else PACKAGE.parent.parent / folder


class _Heard:
    """Names of parts that the files hold, readable or not.

    What names a part that could not be read is not wrong itself: an absence proves nothing while `blind`.
    """

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.blind = False

    def add(self, nodes: Iterable[Node], prefix: str = "") -> None:
        """Take in the ids of parts that are about to be read."""
        for node in nodes:
            ident = Reader.id_in(node)
            self.names.add(f"{prefix}{ident}")
            self.blind = self.blind or ident is None

    def __contains__(self, name: object) -> bool:
        return self.blind or name in self.names


class Loader:
    """Reads one folder of rules.

    Attributes:
        seeds: the folder of the documents that every rulebook may cite.
    """

    def __init__(self, folder: Path, seeds: Path | None = None) -> None:
        if not folder.is_dir():
            what = "is a file" if folder.exists() else "is not there"
            help_ = "name a folder that holds definitions.yaml, policies/ and stacking.yaml"
            raise UsageRefused([Diagnostic("no-such-folder", f"the rules folder `{folder}` {what}", help=help_)])
        self.folder = folder
        self.seeds = seeds or shipped("seeds")
        self.findings: list[Diagnostic] = []
        self.texts: list[str] = []
        self.documents: dict[str, Document] = {}
        self.homes: dict[str, Path] = {}
        self._definition_nodes: dict[str, tuple[Node, PolicyReader]] = {}
        self.definitions: dict[str, Definition | None] = {}
        self._open: list[str] = []
        self._heard = {kind: _Heard() for kind in ("documents", "definitions", "clauses", "stacking", "readings")}
        self.clauses: list[Clause] = []
        self.policies: list[Policy] = []
        self.caps: list[Cap] = []
        self.groups: list[Group] = []
        self.together: list[Together] = []
        self.readings: list[Reading] = []

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
        known = [clause.id for clause in self.clauses]
        self.findings += wrong_names((*self.caps, *self.groups, *self.together), known, self._heard["clauses"])
        self.findings += wrong_readings(self.readings, (*self.caps, *self.groups), self._heard["readings"])
        if not self.findings:
            check_stacking(self.clauses, self.caps, self.groups, self.together, self.readings, self.findings)
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
            tuple(self.readings),
        )

    # ---- files

    def _policy_files(self) -> list[Path]:
        folder = self.folder / "policies"
        return sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])

    def _root(self, path: Path, holds: str = "stacking") -> tuple[Source, Node] | None:
        """Compose a file; an empty one is a finding."""
        from eligibility.diagnostics import Refused

        try:
            source = read_text(path)
            self.texts.append(source.text)
            root = compose(source)
        except Refused as refused:
            self.findings += refused.diagnostics
            self._heard[holds].blind = True
            return None
        if root is None:
            self.findings.append(Diagnostic("empty", f"`{path}` is empty", help="write a policy, or remove the file"))
            return None
        return source, root

    def _reader(self, source: Source) -> StackingReader:
        heard = self._heard["documents"]
        return StackingReader(source, self.findings, documents=self.documents, define=self._define, heard=heard)

    def _read_documents(self) -> None:
        for path in dict.fromkeys((self.seeds / "documents.yaml", self.folder / "documents.yaml")):
            if path.is_file() and (read := self._root(path, "documents")):
                source, root = read
                reader = DocumentReader(source, self.findings)
                self._heard["documents"].add(Reader.entries_in(root, "documents"))
                for document in reader.attempt(reader.documents, root) or ():
                    self._add_document(document, path.parent)

    def _add_document(self, document: Document, home: Path) -> None:
        first = self.documents.get(document.id)
        if first is not None and self.homes[document.id] == home:
            self._twice("documents", document.id, document.place, first.place)
            return
        self.documents[document.id] = document
        self.homes[document.id] = home

    def _read_definitions(self) -> None:
        path = self.folder / "definitions.yaml"
        if not path.is_file() or not (read := self._root(path, "definitions")):
            return
        source, root = read
        reader = self._reader(source)
        parts = reader.attempt(reader.fields, root, ("definitions",))
        if parts is None:
            return
        node = parts["definitions"]
        self._heard["definitions"].blind = not isinstance(node, MappingNode)
        names = [str(key.value) for key, _ in node.value] if isinstance(node, MappingNode) else ["name"]
        for name, child in (reader.attempt(reader.fields, node, (), names) or {}).items():
            self._definition_nodes[name] = child, reader
        for name in self._definition_nodes:
            reader.attempt(self._define, name)

    def _define(self, name: str) -> Definition | None:
        """Give a definition, reading it first if another one needs it before its turn."""
        if name in self._open:
            node, reader = self._definition_nodes[name]
            reader.fail(
                "cycle", f"the definition `{name}` rests on itself", node, f"via: {' → '.join([*self._open, name])}"
            )
        if name not in self.definitions and name in self._definition_nodes:
            node, reader = self._definition_nodes[name]
            self._open.append(name)
            self.definitions[name] = reader.attempt(reader.definition, name, node)
            self._open.pop()
        definition = self.definitions.get(name)
        if definition is None and (name in self._definition_nodes or self._heard["definitions"].blind):
            raise Skip  # its own finding is recorded; what uses it adds none
        return definition

    def _read_policy(self, path: Path) -> None:
        heard = self._heard["clauses"]
        if not (read := self._root(path, "clauses")):
            return
        source, root = read
        reader = self._reader(source)
        parts = reader.attempt(reader.fields, root, ("policy", "clauses"), ("caps",))
        if parts is None:
            heard.blind = True
            return
        policy = reader.attempt(reader.policy, parts["policy"]) or reader.stand_in(parts["policy"])
        heard.blind = heard.blind or reader.id_in(parts["policy"]) is None
        self._unique(policy)
        nodes = reader.attempt(reader.items, parts["clauses"], "clauses") or []
        heard.add(nodes, f"{policy.id}/")
        clauses = reader.clauses(nodes, policy)
        for clause in clauses:
            self._add_clause(clause)
        if "caps" in parts:
            short = [ident for node in nodes if (ident := reader.id_in(node))]
            own: dict[str, tuple[str, ...]] = {ident: (f"{policy.id}/{ident}",) for ident in short}
            own["all"] = tuple(f"{policy.id}/{ident}" for ident in dict.fromkeys(short))
            self.caps += reader.shared_caps(reader.attempt(reader.items, parts["caps"], "caps") or [], own)

    def _read_stacking(self) -> None:
        path = self.folder / "stacking.yaml"
        if not path.is_file():
            return
        heard = self._heard["readings"]
        if not (read := self._root(path, "readings")):
            return
        source, root = read
        reader = self._reader(source)
        parts = reader.attempt(reader.fields, root, (), ("caps", "exclusive", "together", "readings"))
        if parts is None:
            heard.blind = True
            return
        listed = {key: reader.attempt(reader.items, node, "rules") or [] for key, node in parts.items() if node.value}
        self.caps += reader.shared_caps(listed.get("caps", []))
        self.groups += reader.groups(listed.get("exclusive", []))
        self.together += reader.together(listed.get("together", []))
        heard.add(listed.get("readings", []))
        self.readings += reader.readings(listed.get("readings", []))

    # ---- one of each

    def _unique(self, policy: Policy) -> None:
        first = next((known for known in self.policies if known.id == policy.id), None)
        if first:
            self._twice("policies", policy.id, policy.place, first.place)
        self.policies.append(policy)

    def _add_clause(self, clause: Clause) -> None:
        first = next((known for known in self.clauses if known.id == clause.id), None)
        if first:
            self._twice("clauses", clause.id, clause.place, first.place)
        self.clauses.append(clause)

    def _twice(self, what: str, ident: str, place: object, first: object) -> None:
        notes = (Note("first here", first),) if first else ()  # type: ignore[arg-type]
        self.findings.append(
            Diagnostic("duplicate-id", f"two {what} have the id `{ident}`", place, "rename one", notes=notes)  # type: ignore[arg-type]
        )

    def _order(self) -> None:
        """Put policies and clauses into rulebook order: layer, policy id, place in the file."""
        self.policies.sort(key=lambda policy: (LAYERS.index(policy.layer), policy.id))
        rank = {policy.id: place for place, policy in enumerate(self.policies)}
        self.clauses.sort(key=lambda clause: rank[clause.policy.id])
        self.caps.sort(key=lambda cap: cap.id)
        self.groups.sort(key=lambda group: group.id)
        self.together.sort(key=lambda statement: statement.id)
        self.readings.sort(key=lambda reading: reading.id)
