"""A program: checks companies, forks, checks them again in each child, and says how the children's answers compare.

It is a process of its own, with one thread, since forking is sound only there. Usage: python forked_checks.py FOLDER
"""

from __future__ import annotations

import multiprocessing
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from eligibility import Rulebook, check
from eligibility.profile.files import read_profile

if TYPE_CHECKING:
    from eligibility import Decision

ON = date(2023, 6, 30)
PROFILES = [read_profile(str(path)).profile for path in sorted(Path(sys.argv[1]).glob("*.yaml"))]
RULEBOOK = Rulebook.load()
CHILDREN = 3


def decisions(start: int) -> list[Decision]:
    """Check every company, beginning with another one in each process."""
    return [check(profile, RULEBOOK, on=ON) for profile in (*PROFILES[start:], *PROFILES[:start])]


def same(start: int) -> bool:
    """Tell whether a child finds what its parent found; whatever it raises reaches the parent."""
    return decisions(start) == [*FIRST[start:], *FIRST[:start]]


FIRST = decisions(0)

if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(CHILDREN) as pool:
        answers = pool.map(same, range(len(PROFILES)), chunksize=1)
    after = decisions(0)
    sys.stdout.write(f"{len(answers)} {all(answers)} {after == FIRST}\n")
