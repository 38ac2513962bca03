"""YAML and JSON text → nodes that remember their place, safely.

PyYAML's C parser composes the nodes; nothing is resolved, so `no`, `0123` and `1:1` stay the text they are.
Aliases, tags and deep nesting are refused before anything is built from them.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from eligibility.diagnostics import Diagnostic, Place, Refused, Source, UsageRefused

if TYPE_CHECKING:
    from pathlib import Path

_Parser: Any
try:
    from yaml import _yaml

    _Parser = _yaml.CParser
    _C_PARSER = True
except ImportError:  # PyYAML built without libyaml
    _Parser = yaml.SafeLoader
    _C_PARSER = False

MAX_BYTES: Final = 4_000_000
USUAL: Final = "a profile or rule file is a few kilobytes"
MAX_DEPTH: Final = 60
SAFE_DEPTH: Final = 1000
"""The parser recurses in C: it takes several times this depth, and its stack ends at some ten times that."""

_PLAIN_TAGS: Final = {ScalarNode: "scalar", SequenceNode: "sequence", MappingNode: "mapping"}
_TRUTHS: Final = {"true": True, "True": True, "false": False, "False": False}
_NULLS: Final = frozenset(("", "~", "null", "Null", "NULL"))


class _Composer(_Parser):  # type: ignore[misc]
    """Composes nodes without resolving scalars; the tag of every untagged node is its kind."""

    def resolve(self, kind: type[Node], _value: Any, _implicit: Any) -> str:
        return _PLAIN_TAGS[kind]

    # called for every node, and nothing for us to do: builtins cost the least
    descend_resolver: Any = operator.is_
    ascend_resolver: Any = tuple


def place_of(source: Source, node: Node) -> Place:
    """Give the place of a node: its first line only, if it spans several."""
    start, stop = node.start_mark, node.end_mark
    end = stop.column + 1 if stop.line == start.line and stop.column > start.column else None
    return Place(source, start.line + 1, start.column + 1, end)


def read_text(path: Path, name: str | None = None, *, most: int = MAX_BYTES, usual: str = USUAL) -> Source:
    """Read a file as UTF-8 text.

    Args:
        most: how many bytes it may have.
        usual: the help for one that has more.

    Raises:
        UsageRefused: it is not there, is a folder, cannot be read, or is too large.
    """
    shown = name or _short(path)
    try:
        if path.is_dir():
            raise UsageRefused([Diagnostic("not-a-file", f"`{shown}` is a folder", help="name a file")])
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except FileNotFoundError:
        raise UsageRefused(
            [Diagnostic("no-such-file", f"there is no file `{shown}`", help="check the path and its spelling")]
        ) from None
    except OSError as problem:
        reason = (problem.strerror or "it cannot be read").lower()
        raise UsageRefused([Diagnostic("unreadable", f"`{shown}` cannot be read: {reason}")]) from None
    return decode(data, shown, most=most, usual=usual)


def _short(path: Path) -> str:
    """Name a file as seen from the working folder, if it lies below it."""
    from pathlib import Path

    return str(path.relative_to(Path.cwd()) if path.is_absolute() and path.is_relative_to(Path.cwd()) else path)


def decode(data: bytes, name: str, *, most: int = MAX_BYTES, usual: str = USUAL) -> Source:
    """Turn bytes into a source, refusing what is too large or no UTF-8."""
    if len(data) > most:
        raise Refused([Diagnostic("too-large", f"`{name}` is larger than {most // 1_000_000} MB", help=usual)])
    try:
        return Source(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        message = f"`{name}` is not UTF-8 text: byte {problem.start + 1} is wrong"
        raise Refused([Diagnostic("not-utf8", message, help="save the file as UTF-8")]) from None


def compose(source: Source) -> Node | None:
    """Compose the one document of a source; None if it is empty.

    Raises:
        Refused: not YAML, several documents, nested too deep, an alias, or a tag.
    """
    try:
        if _may_hurt(source.text):
            _refuse_deep(source)
        composer = _Composer(source.text) if _C_PARSER else _python_composer(source.text)
        node: Node | None = composer.get_single_node()
    except yaml.MarkedYAMLError as problem:
        raise Refused([_not_yaml(source, problem)]) from None
    except yaml.YAMLError as problem:
        message = f"`{source.name}` is not YAML: {str(problem).splitlines()[0].lower()}"
        raise Refused([Diagnostic("not-yaml", message, help="remove the character that no text file has")]) from None
    if node is not None:
        findings = list(_unsafe(source, node))
        if findings:
            raise Refused(findings)
    return node


def _python_composer(text: str) -> Any:
    class Composer(yaml.SafeLoader):
        resolve = _Composer.resolve
        descend_resolver: Any = _Composer.descend_resolver
        ascend_resolver: Any = _Composer.ascend_resolver

    return Composer(text)


def _not_yaml(source: Source, problem: yaml.MarkedYAMLError) -> Diagnostic:
    mark = problem.problem_mark or problem.context_mark
    place = Place(source, mark.line + 1, mark.column + 1, mark.column + 2) if mark else None
    reason = (problem.problem or problem.context or "it does not parse").lower()
    if "expected a single document" in str(problem):
        return Diagnostic("not-yaml", "the file holds more than one document", place, "keep one document in a file")
    return Diagnostic("not-yaml", f"this is not YAML: {reason}", place, "check indentation, quotes and colons here")


def _may_hurt(text: str) -> bool:
    """Tell from a cheap upper bound whether the nesting could pass what the parser's stack takes."""
    if text.count("[") + text.count("{") > SAFE_DEPTH:
        return True
    return any(
        len(line) - len(line.lstrip(" ")) + line.count("- ") + line.count("? ") > SAFE_DEPTH
        for line in text.split("\n")
        if len(line) > SAFE_DEPTH
    )


def _refuse_deep(source: Source) -> None:
    """Walk the events (no recursion, so no nesting can hurt) and refuse what is too deep."""
    depth = 0
    for event in yaml.parse(source.text, Loader=yaml.CSafeLoader if _C_PARSER else yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            line, column = event.start_mark.line + 1, event.start_mark.column + 1  # type: ignore[union-attr]
            raise Refused([_too_deep(Place(source, line, column, column + 1))])


def _too_deep(place: Place) -> Diagnostic:
    return Diagnostic("too-deep", f"nested more than {MAX_DEPTH} deep", place, "no profile or rule needs such nesting")


def _unsafe(source: Source, root: Node) -> Any:
    """Find aliases (a node seen twice), tags, and nesting that no profile or rule needs."""
    seen: set[int] | None = set() if "&" in source.text else None  # without an anchor there is no alias
    level = [root]
    for depth in range(MAX_DEPTH + 1):
        below: list[Node] = []
        for node in level:
            tag = node.tag
            if depth == MAX_DEPTH and tag != "scalar":
                yield _too_deep(place_of(source, node))
                return
            if seen is not None:
                if id(node) in seen:
                    message = "an alias repeats this value"
                    yield Diagnostic("alias", message, place_of(source, node), "write the value out in each place")
                    continue
                seen.add(id(node))
            if tag == "mapping":
                for entry in node.value:
                    below += entry
            elif tag == "sequence":
                below += node.value
            elif tag != "scalar":
                shown = tag.replace("tag:yaml.org,2002:", "!!")
                message = f"the tag `{shown}` is not read"
                yield Diagnostic("tag", message, place_of(source, node), "write plain values only")
        level = below


def scalar(node: ScalarNode) -> str | bool | None:
    """Give a scalar as text, or as true, false or null where it is plainly written so."""
    text: str = node.value
    if node.style:  # quoted or a block: text as it stands
        return text
    return None if text in _NULLS else _TRUTHS.get(text, text)


def plain(source: Source, node: Node, findings: list[Diagnostic]) -> Any:
    """Turn nodes into mappings, lists and scalars; scalars but true, false and null stay text."""
    if isinstance(node, ScalarNode):
        return scalar(node)
    if isinstance(node, SequenceNode):
        return [plain(source, child, findings) for child in node.value]
    return {key: plain(source, value, findings) for key, (_, value) in mapping(source, node, findings).items()}


def mapping(source: Source, node: Node, findings: list[Diagnostic]) -> dict[str, tuple[ScalarNode, Node]]:
    """Give a mapping's entries by key, reporting keys that are repeated or no text."""
    entries: dict[str, tuple[ScalarNode, Node]] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            findings.append(Diagnostic("key", "a key must be a word", place_of(source, key), "write `name: value`"))
        elif key.value in entries:
            from eligibility.diagnostics import Note

            first = Note("first here", place_of(source, entries[key.value][0]))
            message = f"the key `{key.value}` stands twice"
            findings.append(
                Diagnostic("duplicate-key", message, place_of(source, key), "keep one of the two", notes=(first,))
            )
        else:
            entries[key.value] = (key, value)
    return entries
