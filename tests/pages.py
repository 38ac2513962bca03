"""Pages of docs/ as sections and fenced blocks, and a rulebook that lends a fragment what it lacks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
_FENCE = re.compile(r"```(.*)")
_HEADING = re.compile(r"(#{1,4}) (.*)")
_WORD = re.compile(r"`([^`]+)`")


@dataclass
class Fence:
    """A fenced block: the words behind its fence, its text, and the page's line it begins on."""

    info: list[str]
    text: str
    line: int


@dataclass
class Section:
    """A heading with all that follows up to the next one."""

    title: str
    prose: str = ""
    fences: list[Fence] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """The words in backticks of the heading."""
        return _WORD.findall(self.title)

    @property
    def named(self) -> set[str]:
        """The words in backticks anywhere in the section."""
        return set(_WORD.findall(self.title + self.prose))


def sections(page: str) -> list[Section]:
    """Read a page of docs/."""
    read = [Section("")]
    lines = enumerate((DOCS / page).read_text(encoding="utf-8").splitlines(), 1)
    for number, line in lines:
        if opened := _FENCE.fullmatch(line):
            block = []
            for _, inner in lines:
                if inner == "```":
                    break
                block.append(inner + "\n")
            read[-1].fences.append(Fence(opened[1].split(), "".join(block), number))
        elif heading := _HEADING.fullmatch(line):
            read.append(Section(heading[2]))
        else:
            read[-1].prose += line + "\n"
    return read


# ---- a rulebook around a fragment

POLICY = {
    "id": "id: sample",
    "layer": "layer: N",
    "title": "title: {zh: 示例措施, en: Sample Measures}",
    "issuer": "issuer: {zh: 示例机关, en: Sample Office}",
    "issued": "issued: 2023-02-16",
    "in_force": "in_force: {from: 2023-02-16, to: unknown}",
}
CLAUSE = {
    "id": "id: fragment",
    "title": "title: {zh: 片段, en: Fragment}",
    "when": "when: {company.track: vaccines}",
    "award": "award: {fixed: 300万元, frequency: once}",
    "citations": "citations: [{document: S001, quote: one-time reward of 3 million yuan, supports: [amount]}]",
}
NOTHING: dict[str, str] = {}


def whole(fragment: str, lacking: dict[str, str]) -> str:
    """Write a mapping: the fragment, then every part that it lacks."""
    given = yaml.load(fragment, yaml.BaseLoader) or {}
    rest = [part for key, part in lacking.items() if key not in given]
    return "\n".join([*rest, fragment.rstrip("\n")]) if fragment.strip() else "\n".join(rest)


def indented(text: str, first: str, more: str) -> str:
    """Indent a text; its first line may begin otherwise."""
    lines = text.splitlines()
    return "\n".join([first + lines[0], *(more + line if line else "" for line in lines[1:])])


def policy_file(clause: str, policy: str = "") -> str:
    """Write a policy file of one clause, given parts of that clause and of the policy's head."""
    head = indented(whole(policy, POLICY), "  ", "  ")
    return f"policy:\n{head}\nclauses:\n{indented(whole(clause, CLAUSE), '  - ', '    ')}\n"


def under(key: str, value: str) -> str:
    """Write a value below its key."""
    return f"{key}:\n{indented(value, '  ', '  ')}\n"


def clause_of(kind: str, fragment: str, options: list[str]) -> str:
    """Write the parts of a clause that a fragment gives: a condition, a quantity, an award or parts themselves."""
    each = "".join(f"for_each: {option}\n" for option in options if option not in ("count", "money"))
    match kind:
        case "condition":
            return each + under("when", fragment)
        case "award":
            return each + under("award", fragment)
        case "quantity":
            form = "per_unit: 1元" if "count" in options else 'rate: "100%"'
            return each + under("award", f"{form}\nfrequency: yearly\n{under('of', fragment)}")
        case "clause":
            return fragment
        case _:
            raise AssertionError(f"no kind of fragment: {kind}")


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write the files of a rulebook into a folder; gives the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
