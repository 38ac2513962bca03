"""Profile files: YAML or JSON text → Profile, with the place of every finding."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from yaml.nodes import MappingNode, Node, SequenceNode

from eligibility.diagnostics import Diagnostic, ProfileRefused, Refused
from eligibility.frozen import frozen, replace
from eligibility.profile.profile import Profile
from eligibility.source import MAX_BYTES, compose, decode, place_of, plain, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eligibility.diagnostics import Place, Source

_STEP: Final = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@frozen
class ProfileFile:
    """A profile and the text it was read from.

    Attributes:
        root: the composed text; None if it came as JSON that is no YAML, then findings have a path but no place.
    """

    profile: Profile
    source: Source
    root: Node | None

    def placed(self, refused: ProfileRefused) -> ProfileRefused:
        """Give the same refusal with the place of each finding in this file."""
        return ProfileRefused(placed(refused.diagnostics, self.source, self.root))


def read_profile(path: str) -> ProfileFile:
    """Read a profile file; `-` reads standard input.

    Raises:
        UsageRefused: the file is not there or is a folder.
        ProfileRefused: it is not a valid profile; carries every finding with its place.
    """
    if path == "-":
        import sys

        return parse_profile(_as_profile(lambda: decode(sys.stdin.buffer.read(MAX_BYTES + 1), "<stdin>")))
    return parse_profile(_as_profile(lambda: read_text(Path(path))))


def _as_profile(read: Any) -> Any:
    """Call; what it refuses about the text counts as an invalid profile."""
    try:
        return read()
    except Refused as refused:
        if refused.exit_code == Refused.exit_code:
            raise ProfileRefused(refused.diagnostics) from None
        raise


def parse_profile(source: Source) -> ProfileFile:
    """Read a profile from its text."""
    findings: list[Diagnostic] = []
    root, raw = _as_profile(lambda: _raw(source, findings))
    if findings:
        raise ProfileRefused(findings)
    try:
        return ProfileFile(Profile.read(raw), source, root)
    except ProfileRefused as refused:
        raise ProfileRefused(placed(refused.diagnostics, source, root)) from None


def _raw(source: Source, findings: list[Diagnostic]) -> tuple[Node | None, Any]:
    try:
        root = compose(source)
    except Refused:
        if (raw := _json(source.text)) is not None:
            return None, raw
        raise
    if root is None:
        help_ = "start from `eligibility profile new`"
        raise Refused([Diagnostic("empty", f"`{source.name}` is empty", help=help_)])
    if not isinstance(root, MappingNode):
        message = "this is not a profile: a mapping belongs here"
        help_ = "a profile has `company:` and lists such as `leases:`"
        raise Refused([Diagnostic("shape", message, place_of(source, root), help_)])
    return root, plain(source, root, findings)


def _json(text: str) -> Any:
    """Read JSON that YAML does not take (tabs, surrogate pairs); numbers with a point stay text, exactly."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        return json.loads(text, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None


def placed(findings: Iterable[Diagnostic], source: Source, root: Node | None) -> list[Diagnostic]:
    """Give findings about a profile the place of what they are about, in the text it was read from."""
    return [replace(finding, place=_find(finding, source, root)) for finding in findings]


def _find(finding: Diagnostic, source: Source, root: Node | None) -> Place | None:
    """Walk to the node that a path names; an unknown key is shown itself, anything else by its value."""
    if root is None or finding.path is None:
        return finding.place
    node, key_node = root, root
    for step in _STEP.finditer(finding.path):
        name, index = step.groups()
        if name and isinstance(node, MappingNode):
            names = (name, finding.path[step.start() :])  # an unknown key may hold dots and brackets itself
            key_node, node = next((entry for entry in node.value if entry[0].value in names), (node, node))
        elif index and isinstance(node, SequenceNode) and int(index) < len(node.value):
            key_node = node = node.value[int(index)]
    whole = isinstance(node, MappingNode | SequenceNode)
    return place_of(source, key_node if finding.code == "unknown-key" or whole else node)
