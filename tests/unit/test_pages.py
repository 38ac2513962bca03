"""The pages of docs/: their examples run, their links lead somewhere, their lists are complete."""

from __future__ import annotations

import doctest
import re
import tomllib
from typing import Any

import pytest

from pages import DOCS, ROOT, sections  # isort: skip - in tests/

PAGES = sorted([ROOT / "README.md", *DOCS.rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_PACKAGE = re.compile(r"[A-Za-z0-9-]+")


# ---- examples in Python


def test_the_python_examples_of_embedding_run() -> None:
    """All blocks share one set of names, as if they were typed one after the other."""
    names: dict[str, Any] = {}
    blocks = [fence for section in sections("embedding.md") for fence in section.fences if fence.info == ["python"]]
    assert len(blocks) > 8
    runner = doctest.DocTestRunner(optionflags=doctest.FAIL_FAST)
    for block in blocks:
        test = doctest.DocTestParser().get_doctest(block.text, {}, "embedding.md", str(DOCS), block.line)
        test.globs = names
        found: list[str] = []
        runner.run(test, out=found.append, clear_globs=False)
        assert found == []


# ---- links


def _anchors(text: str) -> set[str]:
    """Name the headings as a viewer of Markdown does."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Any) -> None:
    astray = []
    for link in _LINK.findall(page.read_text(encoding="utf-8")):
        if link.startswith(("https://", "http://")):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in _anchors(target.read_text(encoding="utf-8"))):
            astray.append(link)
    assert astray == []


def test_every_page_the_sources_name_is_there() -> None:
    sources = [
        *(ROOT / "src").rglob("*.py"),
        *(ROOT / "tests").rglob("*.py"),
        ROOT / "Makefile",
        ROOT / "pyproject.toml",
    ]
    named = {name for path in sources for name in re.findall(r"docs/[a-z/-]+\.md", path.read_text(encoding="utf-8"))}
    assert sorted(name for name in named if not (ROOT / name).is_file()) == []


# ---- decisions


@pytest.mark.parametrize("page", sorted((DOCS / "decisions").glob("*.md")), ids=lambda page: page.stem)
def test_every_decision_says_why(page: Any) -> None:
    titles = [section.title for section in sections(f"decisions/{page.name}") if section.title]
    assert [title for title in titles if title in ("Context", "Decision", "Why", "Consequences")] == [
        "Context",
        "Decision",
        "Why",
        "Consequences",
    ]


def test_every_dependency_is_listed_with_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    packages = {_PACKAGE.match(name)[0] for name in declared} - {project["name"]}  # type: ignore[index]
    rows = re.findall(
        r"^\| (`.*?) \|", (DOCS / "decisions" / "dependencies.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    listed = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    assert listed == packages
