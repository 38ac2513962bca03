"""How many examples a law is tried on, and where the cases that broke one are kept.

`make campaign` raises the number twentyfold. Cases that once broke a law are kept in `tests/found` and tried first; a
new one is written to `.hypothesis/examples`, and moves there with its mend.
"""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase, MultiplexedDatabase, ReadOnlyDatabase

FACTOR = int(os.environ.get("CAMPAIGN", "1"))
HERE = Path(__file__).resolve().parent
FOUND = MultiplexedDatabase(
    DirectoryBasedExampleDatabase(HERE.parent / ".hypothesis" / "examples"),
    ReadOnlyDatabase(DirectoryBasedExampleDatabase(HERE / "found")),
)


def laws(examples: int) -> settings:
    """Settings for a law: so many examples, times the campaign's factor."""
    return settings(
        max_examples=examples * FACTOR,
        deadline=None,
        database=FOUND,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
