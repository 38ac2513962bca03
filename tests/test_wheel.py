"""The wheel holds all that a check needs: built, installed in an empty environment, run from another folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "device-startup.yaml"
SETTINGS = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "ELIGIBILITY_LANG", "COLUMNS")
"""What would let the checkout, or the developer's own settings, shine through."""


def run(*command: str | Path, cwd: Path, stdin: str | None = None) -> str:
    clean = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=clean,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with what is installed here."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel, and what it asks for, in an environment that holds nothing else; give its programs' folder."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=True, symlinks=True)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=home)
    return programs


def test_rules_and_documents_are_inside(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    held = [path for folder in ("rules", "seeds") for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert len(held) > 15
    assert {f"eligibility/data/{path.relative_to(ROOT).as_posix()}" for path in held} <= names
    assert "eligibility/py.typed" in names
    assert not [
        name for name in names if name.split("/")[0] not in ("eligibility", f"{wheel.name.split('-py3')[0]}.dist-info")
    ]


def test_documents_are_byte_for_byte(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        for path in (ROOT / "seeds").iterdir():
            assert archive.read(f"eligibility/data/seeds/{path.name}") == path.read_bytes()


def test_the_installed_package_checks_a_company_from_another_folder(installed: Path, tmp_path: Path) -> None:
    command = (installed / "eligibility", "check", "-", "--on", "2023-06-30")
    profile = EXAMPLE.read_text(encoding="utf-8")
    assert "¥3,600,000" in run(*command, cwd=tmp_path, stdin=profile)
    decision = json.loads(run(*command, "--format", "json", cwd=tmp_path, stdin=profile))
    assert decision["total"]["low"] == decision["total"]["high"] == "3600000.00"
    assert decision["record"]["engine"] == engines(installed, tmp_path)


def engines(installed: Path, cwd: Path) -> list[str]:
    """The engines that an installation can have: on Python 3.13 and later a plain install leaves durable-rules out."""
    found = run(
        installed / "python", "-c", "import importlib.util as u; print(u.find_spec('durable_rules_engine'))", cwd=cwd
    )
    assert ("ModuleSpec" in found) == (sys.version_info < (3, 13))
    return ["kleene", "durable"] if "ModuleSpec" in found else ["kleene"]


def test_the_installed_rules_are_clean(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "eligibility", "rules", "lint", "--strict", cwd=tmp_path).startswith("clean")


def test_the_installed_package_is_the_one_that_was_built(installed: Path, tmp_path: Path) -> None:
    place = run(installed / "python", "-c", "import eligibility; print(eligibility.__file__)", cwd=tmp_path)
    assert Path(place.strip()).is_relative_to(installed.parent)
    assert "No broken requirements found" in run(installed / "python", "-m", "pip", "check", cwd=tmp_path)
