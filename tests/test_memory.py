"""A long-running service keeps its size: checking holds on to nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from eligibility.decide.durable import available

HERE = Path(__file__).resolve().parent
MOST = 5_000_000
"""Bytes; with 90,000 checks between the two measurements, a leak of 56 bytes a check is found."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell its memory this way"),
    pytest.mark.skipif(not available(), reason="durable-rules cannot be imported here"),
]


def test_memory_does_not_grow_from_the_10_000th_to_the_100_000th_check() -> None:
    command = [sys.executable, HERE / "many_checks.py", HERE.parent / "bench" / "rules", "10000", "100000"]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    first, last = map(int, done.stdout.split())
    assert last - first < MOST
