"""The valid rulebook that tests of reading start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from valid_rules import Rules  # isort: skip - beside this file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    """Write the valid rulebook into an empty folder."""
    return Rules(tmp_path)
