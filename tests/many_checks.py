"""A program: makes many checks with both engines, and prints the resident memory at two of them, in bytes.

Usage: python many_checks.py RULES FIRST LAST
"""

from __future__ import annotations

import gc
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

from eligibility import Profile, Rulebook, check

ON = date(2023, 6, 30)


def resident() -> int:
    """The memory that the process holds, of what it asked for."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def profile(number: int) -> dict[str, Any]:
    """A company like no other: its own amounts and dates, with truths, gaps, empty and unknown lists in turn."""
    one, two, three = number % 2, number // 2 % 3, number // 6 % 3
    truth = (True, False, None)
    day = f"{1 + number % 28:02}"
    company = {
        "name": f"company {number}",
        "areas": ["yizhuang_new_town"],
        "track": "high_end_medical_equipment",
        "activities": ["rnd", "production"],
        "size": ("small", "large", None)[two],
        "registered_on": f"202{number % 4}-05-{day}",
        "moved_into_yizhuang": truth[three],
        "registered_in_yizhuang_on": f"2021-05-{day}",
        "uses_digital_rnd": True,
        "foreign_funded": truth[two],
        "qualifications": ["high_tech_enterprise"],
    }
    project = {"year": 2023, "level": "national", "field": "industrial", "major": truth[three], "undertaken": True}
    product = {"track": "high_end_medical_equipment", "first_special_review_entry": truth[two]}
    trial = {"reached_on": f"2023-04-{day}", "phase": "phase_ii", "innovative": truth[three], "in_beijing": True}
    return {
        "company": company,
        "years": [{"year": 2023, "rnd_expense": number * 90, "compute_cost": number * 12}],
        "projects": [project | {"grant": number + 1}] * one,
        "products": [product | {"milestone_on": f"2023-03-{day}"}] * (1 - one),
        "trials": [trial] if two else None,
        "leases": [{"year": 2022 + one, "use": "rnd", "rent_paid": number * 7}],
        "payments": [{"clause": "seven/matching", "year": 2023, "amount": number}] * one if three else None,
    }


def main(rules: str, first: int, last: int) -> None:
    rulebook = Rulebook.load(rules)
    for number in range(1, last + 1):
        check(Profile.read(profile(number)), rulebook, on=ON, engine="both")
        if number in (first, last):
            sys.stdout.write(f"{resident()}\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
