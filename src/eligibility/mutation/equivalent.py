"""The mutants that change nothing: listed in cases/equivalent.yaml, each with its proof in a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eligibility.cases.read import EQUIVALENT
from eligibility.diagnostics import Diagnostic, Note, RulebookRefused
from eligibility.rulebook.reader import Reader
from eligibility.source import compose, read_text

if TYPE_CHECKING:
    from yaml.nodes import Node

    from eligibility.diagnostics import Place
    from eligibility.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A mutant that says the same as the rule, and why."""

    mutant: str
    proof: str
    place: Place

    @property
    def owner(self) -> str:
        """The id of the definition, policy, clause, cap or group that it changes."""
        return self.mutant.split(" ", 1)[0]


def read_equivalent(rulebook: Rulebook) -> tuple[Equivalent, ...]:
    """Read the list of a rulebook, if it has one.

    Raises:
        RulebookRefused: it cannot be read; carries every finding.
    """
    path = rulebook.folder / "cases" / EQUIVALENT
    if not path.is_file():
        return ()
    source = read_text(path)
    findings: list[Diagnostic] = []
    root = compose(source)
    if root is None:
        raise RulebookRefused(
            [Diagnostic("empty", f"`{path}` is empty", help="write `equivalent:`, or remove the file")]
        )
    reader = _EquivalentReader(source, findings)
    listed = reader.attempt(reader.listed, root) or ()
    if findings:
        raise RulebookRefused(findings)
    return listed


class _EquivalentReader(Reader):
    def listed(self, root: Node) -> tuple[Equivalent, ...]:
        parts = self.fields(root, ("equivalent",))
        read = [self.attempt(self._entry, node) for node in self.items(parts["equivalent"], "mutants")]
        entries = tuple(entry for entry in read if entry)
        first: dict[str, Equivalent] = {}
        for entry in entries:
            known = first.setdefault(entry.mutant, entry)
            if known is not entry:
                self.findings.append(_twice(entry, known))
        return entries

    def _entry(self, node: Node) -> Equivalent:
        parts = self.fields(node, ("mutant", "proof"))
        proof = self.text(parts["proof"]).strip()
        if "\n" in proof:
            self.fail("value", "a proof is one line", parts["proof"], "say in one sentence why nothing changes")
        return Equivalent(self.text(parts["mutant"]).strip(), proof, self.place(parts["mutant"]))


def _twice(entry: Equivalent, first: Equivalent) -> Diagnostic:
    notes = (Note("first here", first.place),)
    return Diagnostic("duplicate-id", "this mutant is listed twice", entry.place, "keep one of the two", notes=notes)
