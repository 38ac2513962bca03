"""Whole outputs of the commands, compared with those recorded; `make golden` records them anew.

What changes with any edit of the rules, and says nothing of its own, is blanked on both sides: the rulebook's
version, the digests, the package's version, the place of the checkout.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path

import pytest

from eligibility.cli import main
from eligibility.rulebook import Rulebook

ROOT = Path(__file__).resolve().parent.parent.parent
RECORDED = Path(__file__).with_name("recorded")
ON = "2023-06-30"
WIDTH = "100"
EXAMPLES = sorted(path.stem for path in (ROOT / "examples").glob("*.yaml"))
BLANKS = (
    (re.compile(r"\b\d{4}-\d\d-\d\d\+[0-9a-f]{8}\b"), "YYYY-MM-DD+xxxxxxxx"),
    (re.compile(r"\bsha256:[0-9a-f]{64}\b"), "sha256:…"),
    (re.compile(r'("package_version": )"[^"]+"'), r'\1"…"'),
    (re.compile(re.escape(f"{ROOT}/")), ""),
)


@dataclass(frozen=True)
class Run:
    """One command line and the file its output is recorded in."""

    name: str
    arguments: tuple[str, ...]
    setting: dict[str, str] = field(default_factory=dict)
    code: int = 0

    @property
    def file(self) -> Path:
        return RECORDED / f"{self.name}.txt"

    @property
    def shown(self) -> str:
        """The command as one would type it."""
        return " ".join((*(f"{name}={value}" for name, value in self.setting.items()), "eligibility", *self.arguments))


def example(name: str) -> str:
    return f"examples/{name}.yaml"


def run(name: str, arguments: str, **setting: str) -> Run:
    return Run(name, tuple(arguments.split()), setting)


def check(name: str, example_name: str, *more: str, on: str = ON, **setting: str) -> Run:
    return Run(f"check/{name}", ("check", example(example_name), "--on", on, *more), setting)


def explain(clause: str, example_name: str, *more: str) -> Run:
    name = "-".join((clause.split("/")[1], example_name, *(word for word in more if not word.startswith("--"))))
    return Run(f"explain/{name}", ("explain", clause, example(example_name), "--on", ON, *more))


RUNS = [
    *(check(name, name) for name in EXAMPLES),
    *(check(f"{name}-all", name, "--all") for name in ("device-startup", "sanofi")),
    check("device-startup-zh", "device-startup", "--all", "--lang", "zh"),
    check("device-startup-narrow", "device-startup", "--all", COLUMNS="60"),
    check("device-startup-wide", "device-startup", "--all", COLUMNS="160"),
    check("device-startup-json", "device-startup", "--rules", "bench/rules", "--format", "json"),
    check("cell-therapy-whole-package", "cell-therapy", "--reading", "etown-2023-ceiling-scope=whole-package"),
    check("cell-therapy-official", "cell-therapy", "--authority", "official", on="2025-06-30"),
    check("cell-therapy-zh-narrow", "cell-therapy", ELIGIBILITY_LANG="zh", COLUMNS="60"),
    check("manufacturer-before-the-policies", "manufacturer", "--all", on="2022-12-31"),
    check("manufacturer-last", "manufacturer", on="2026-11-22"),
    check("little-giant-before-the-change", "little-giant", on="2026-03-31"),
    check("little-giant-after-the-change", "little-giant", "--lang", "zh", on="2026-04-01"),
    check("joinn-kleene", "joinn", "--engine", "kleene"),
    explain("etown-2023-devices/rent", "device-startup"),
    explain("etown-2023-devices/rent", "device-startup", "--lang", "zh"),
    explain("etown-2023-devices/rent", "device-startup", "--format", "json"),
    explain("etown-2023-devices/rent", "manufacturer"),
    explain("etown-2023-devices/rent", "sinocelltech"),
    explain("etown-2023-devices/special-review", "device-startup"),
    explain("etown-2023-universal/matching", "manufacturer"),
    run("facts/table", "facts"),
    run("facts/table-zh", "facts --lang zh"),
    run("facts/json", "facts --format json"),
    run("facts/size", "facts company.size"),
    run("facts/lease", "facts lease"),
    run("rules/list", "rules list"),
    run("rules/list-zh", "rules list --lang zh"),
    run("rules/show-rent", "rules show etown-2023-devices/rent"),
    run("rules/show-rent-zh", "rules show etown-2023-devices/rent --lang zh"),
    run("rules/show-matching", "rules show etown-2023-universal/matching"),
    run("rules/show-matching-narrow", "rules show etown-2023-universal/matching", COLUMNS="60"),
    run("rules/lint", "rules lint --strict"),
    run("rules/mutate", "rules mutate --clause etown-2023-devices/rent"),
    run("rules/test", "rules test"),
    run("rules/coverage", "rules coverage"),
    run("rules/coverage-all-zh", "rules coverage --all --lang zh"),
    run("rules/schema", "rules schema"),
    run("profile/new", "profile new"),
    run("profile/new-zh", "profile new --lang zh"),
    run("profile/schema", "profile schema"),
    *(run(f"profile/check-{name}", f"profile check {example(name)}") for name in ("device-startup", "sanofi")),
    run("profile/check-sanofi-zh", f"profile check {example('sanofi')} --lang zh"),
]


def blanked(text: str) -> str:
    for pattern, blank in BLANKS:
        text = pattern.sub(blank, text)
    return text


def output(case: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a command in this process; give the command line, what it printed, and how it ended.

    How it ends is held here too, so that no failure is recorded unseen.
    """
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("ELIGIBILITY_LANG", raising=False)
    for name, value in ({"COLUMNS": WIDTH} | case.setting).items():
        monkeypatch.setenv(name, value)
    code: str | int | None = 0
    try:
        main(list(case.arguments))
    except SystemExit as stop:
        code = stop.code or 0
    printed = capsys.readouterr()
    text = f"$ {case.shown}\n{printed.out}"
    text += f"---- standard error\n{printed.err}" if printed.err else ""
    assert code == case.code, text
    return blanked(text + (f"---- exit {code}\n" if code else ""))


@pytest.mark.parametrize("case", RUNS, ids=lambda case: case.name)
def test_output_is_as_recorded(
    case: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    now = output(case, capsys, monkeypatch)
    if pytestconfig.getoption("--record"):
        case.file.parent.mkdir(parents=True, exist_ok=True)
        case.file.write_text(now, encoding="utf-8")
        return
    assert case.file.is_file(), f"nothing is recorded for `{case.shown}`: run `make golden`, and read the file"
    recorded = case.file.read_text(encoding="utf-8")
    if now != recorded:
        lines = unified_diff(recorded.splitlines(), now.splitlines(), "recorded", "now", lineterm="")
        pytest.fail("\n".join(lines) + "\nif this is meant: `make golden`", pytrace=False)


def test_every_recorded_file_belongs_to_a_command(pytestconfig: pytest.Config) -> None:
    left = set(RECORDED.rglob("*.*")) - {case.file for case in RUNS}
    if pytestconfig.getoption("--record"):
        for file in left:
            file.unlink()
        return
    assert left == set()


def test_no_two_commands_share_a_file() -> None:
    assert len({case.name for case in RUNS}) == len(RUNS)


def test_the_version_and_the_digests_are_blanked() -> None:
    rulebook = Rulebook.load()
    assert blanked(f"rules {rulebook.version} · {rulebook.digest}") == "rules YYYY-MM-DD+xxxxxxxx · sha256:…"
    assert blanked("in force from 2023-02-16 to 2025-02-15") == "in force from 2023-02-16 to 2025-02-15"
