"""Puts this folder on the path, so that tests can share `reference` and `generated`; adds `--record`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

collect_ignore = ["forked_checks.py", "many_checks.py"]  # programs that tests run


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="write tests/golden/recorded/ anew instead of comparing")
