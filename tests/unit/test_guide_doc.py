"""docs/guide.md and README.md: their commands run, in order, in one folder, and print what the page shows."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from eligibility import cli

from pages import ROOT, sections  # isort: skip - in tests/

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PAGES = {"guide.md": (100, 11), "../README.md": (96, 3)}
"""For each page the width of its terminal, and how many commands it shows at least."""

LEFT_OUT = "…"


def shown(text: str, printed: str) -> str | None:
    """Give the first line of the page that the output does not have where it should; None if all is there.

    A line `…` stands for any lines, `…` inside a line for anything on it.
    """
    lines = printed.splitlines()
    at, anywhere = 0, False
    for line in text.splitlines():
        if line == LEFT_OUT:
            anywhere = True
            continue
        pattern = re.compile(".*".join(map(re.escape, line.split(LEFT_OUT))))
        ahead = range(at, len(lines)) if anywhere else range(at, min(at + 1, len(lines)))
        found = next((place for place in ahead if pattern.fullmatch(lines[place].rstrip())), None)
        if found is None:
            return line
        at, anywhere = found + 1, False
    return None if anywhere or at == len(lines) else f"more is printed: {lines[at]}"


def run(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run `eligibility …`; an output that is sent to a file prints nothing."""
    words, _, target = command.removeprefix("eligibility ").partition(" > ")
    with suppress(SystemExit):
        cli.main(words.split())
    printed = capsys.readouterr()
    return "" if target else printed.out + printed.err


def commands(text: str) -> Sequence[tuple[str, str]]:
    """Split a console block into commands and what each prints."""
    parts = re.split(r"^\$ (.*)\n", text, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_print_what_it_shows(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    width, at_least = PAGES[page]
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.delenv("ELIGIBILITY_LANG", raising=False)
    ran = 0
    for fence in (fence for section in sections(page) for fence in section.fences):
        if fence.info[0] == "yaml":
            path = tmp_path / fence.info[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(fence.text, encoding="utf-8")
        elif fence.info[0] == "console":
            for command, text in commands(fence.text):
                printed = run(command, capsys)
                assert shown(text.rstrip("\n"), printed) is None, f"{command}, line {fence.line}\n{printed}"
                ran += 1
    assert ran >= at_least


@pytest.mark.parametrize(
    ("text", "printed", "astray"),
    [
        ("a\n…\nd\n", "a\nb\nc\nd\n", None),
        ("a\n…\n", "a\nb\n", None),
        ("a … c\n", "a b c\n", None),
        ("a\nc\n", "a\nb\nc\n", "c"),
        ("a\n…\nx\n", "a\nb\n", "x"),
        ("a\n", "a\nb\n", "more is printed: b"),
    ],
)
def test_a_page_that_drifted_would_be_noticed(text: str, printed: str, astray: str | None) -> None:
    assert shown(text, printed) == astray
