"""One rulebook serves many threads, and the processes forked from one that has used it."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from eligibility import Rulebook, check
from eligibility.explain import explain
from eligibility.profile.files import read_profile
from eligibility.report.contract import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility import Decision

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent / "examples"
PROFILES = [read_profile(str(path)).profile for path in sorted(EXAMPLES.glob("*.yaml"))]
DAYS = (date(2023, 6, 30), date(2023, 12, 31), date(2025, 6, 30))
TASKS = [(profile, on) for profile in PROFILES for on in DAYS]
THREADS = 8
ROUNDS = 3


@pytest.fixture(autouse=True)
def hasty() -> Iterator[None]:
    """Let threads take turns far more often than usual."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def in_threads(rulebook: Rulebook) -> list[list[Decision]]:
    """Let every thread do all tasks, each from another one on, all setting out at once; give the answers in order."""
    together = Barrier(THREADS)

    def work(thread: int) -> list[Decision]:
        together.wait(timeout=60)
        found = {}
        for step in range(ROUNDS * len(TASKS)):
            place = (thread * 5 + step) % len(TASKS)
            profile, on = TASKS[place]
            found[place] = check(profile, rulebook, on=on)
        return [found[place] for place in range(len(TASKS))]

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(work, range(THREADS)))


def test_threads_that_share_a_rulebook_find_what_one_thread_finds() -> None:
    """The rulebook is fresh, so the threads compile it too."""
    alone = Rulebook.load()
    expected = [check(profile, alone, on=on) for profile, on in TASKS]
    assert len({decision.total for decision in expected}) > 3
    for answers in in_threads(Rulebook.load()):
        assert answers == expected


def test_threads_draw_the_same_reports() -> None:
    rulebook = Rulebook.load()
    decision = check(PROFILES[0], rulebook, on=DAYS[0])
    together = Barrier(THREADS)

    def draw(_thread: int) -> tuple[object, ...]:
        together.wait(timeout=60)
        return to_json(decision), *(explain(decision, clause.id) for clause in rulebook.clauses)

    with ThreadPoolExecutor(THREADS) as pool:
        drawn = list(pool.map(draw, range(THREADS)))
    assert all(each == drawn[0] for each in drawn)
    assert drawn[0][0] == to_json(check(PROFILES[0], Rulebook.load(), on=DAYS[0]))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_children_forked_after_a_check_find_what_their_parent_found() -> None:
    command = [sys.executable, "-W", "error", HERE / "forked_checks.py", EXAMPLES]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == [str(len(PROFILES)), "True", "True"]
