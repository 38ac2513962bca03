"""The folders are the pipeline: a module imports only from floors below its own."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "eligibility"
FLOORS = (
    ("__main__",),
    ("testing",),
    ("cli",),
    ("intake",),
    ("screen",),
    ("advise",),
    ("report",),
    ("mutation",),
    ("cases",),
    ("checking", "explain", "questions", "record", "disputed"),
    ("settle",),
    ("decide",),
    ("rulebook",),
    ("profile",),
    ("decision",),
    ("source", "saving"),
    ("dates", "diagnostics", "bilingual"),
    ("money",),
    ("frozen",),
)
"""Top floor first. What stands side by side on one floor does not import each other; a folder's own modules may."""

LEVEL = {name: len(FLOORS) - place for place, floor in enumerate(FLOORS) for name in floor}
BESIDE = ("testing", "cli")
"""The strategies stand beside the command line: those above do not know these either."""

DOOR = "__init__"
"""The package itself: it names what is public, and imports it when asked."""

GROUND = frozenset(("__version__",))
"""What any module may take from the package itself."""


def floor_of(path: Path, package: Path) -> str:
    """The folder of the package that a module lies in, or the module itself."""
    return path.relative_to(package).with_suffix("").parts[0]


def imported(tree: ast.AST, package: str) -> Iterator[tuple[str, int]]:
    """Every floor that a module imports from, at its top, under TYPE_CHECKING or inside functions, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            module = (node.module or "").split(".")
            if node.level:
                yield "a relative import", node.lineno
            elif module == [package]:
                yield from ((alias.name, node.lineno) for alias in node.names if alias.name not in GROUND)
            elif module[0] == package:
                yield module[1], node.lineno
        elif isinstance(node, ast.Import):
            for alias in node.names:
                names = alias.name.split(".")
                if names[0] == package:
                    yield (names[1] if len(names) > 1 else DOOR), node.lineno


def breaches(package: Path) -> list[str]:
    """Every import that goes up or sideways, and every module that stands on no floor."""
    found = []
    for path in sorted(package.rglob("*.py")):
        here, name = floor_of(path, package), path.relative_to(package).as_posix()
        if here == DOOR:
            continue
        if here not in LEVEL:
            found.append(f"{name}: stands on no floor")
            continue
        for there, line in imported(ast.parse(path.read_text(encoding="utf-8")), package.name):
            if there != here and (LEVEL.get(there, 99) >= LEVEL[here] or (here, there) == BESIDE):
                found.append(f"{name}:{line}: {here} imports {there}")
    return found


def test_a_module_imports_only_from_floors_below_its_own() -> None:
    assert breaches(PACKAGE) == []


def test_only_the_command_line_knows_click() -> None:
    knowing = {
        floor_of(path, PACKAGE)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "click" for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "click")
    }
    assert knowing == {"cli"}


@pytest.mark.parametrize(
    ("file", "text", "breach"),
    [
        ("settle/plan.py", "from eligibility.checking import check", "settle/plan.py:1: settle imports checking"),
        ("money.py", "def f():\n    from eligibility.dates import day", "money.py:2: money imports dates"),
        (
            "decide/facts.py",
            "if TYPE_CHECKING:\n    import eligibility.settle.plan",
            "decide/facts.py:2: decide imports settle",
        ),
        ("checking.py", "from eligibility import Profile", "checking.py:1: checking imports Profile"),
        ("checking.py", "import eligibility", "checking.py:1: checking imports __init__"),
        ("checking.py", "from eligibility.explain import explain", "checking.py:1: checking imports explain"),
        ("cli/check.py", "from . import app", "cli/check.py:1: cli imports a relative import"),
        ("cli/check.py", "from eligibility.testing import profiles", "cli/check.py:1: cli imports testing"),
        ("testing.py", "import eligibility.cli", "testing.py:1: testing imports cli"),
        ("attic.py", "", "attic.py: stands on no floor"),
    ],
)
def test_a_breach_is_found(tmp_path: Path, file: str, text: str, breach: str) -> None:
    path = tmp_path / "eligibility" / file
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    assert breaches(tmp_path / "eligibility") == [breach]


def test_what_lies_below_may_be_imported(tmp_path: Path) -> None:
    path = tmp_path / "eligibility" / "settle" / "plan.py"
    path.parent.mkdir(parents=True)
    path.write_text(
        "import click\nfrom eligibility import __version__\nfrom eligibility.settle import amounts\nimport eligibility.money",
        encoding="utf-8",
    )
    assert breaches(tmp_path / "eligibility") == []
