"""How long a Decision takes, as ratios in one run: against plain Python, and for the whole rulebook.

Each round times every contestant once, in turn, so that a noisy machine disturbs all alike; medians and the 99th
percentile over the rounds are printed.
"""

from __future__ import annotations

import gc
import statistics
import sys
from datetime import date
from pathlib import Path
from time import perf_counter_ns

from eligibility import Profile, Rulebook, check

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from yardstick import assess, bare  # noqa: E402

ON = date(2023, 6, 30)
ROUNDS = 3000
PROFILE = {
    "company": {
        "name": "bench", "areas": ["yizhuang_new_town"], "track": "high_end_medical_equipment",
        "activities": ["rnd", "production"], "size": "small", "registered_on": "2021-05-01",
        "moved_into_yizhuang": False, "registered_in_yizhuang_on": "2021-05-01", "uses_digital_rnd": True,
        "foreign_funded": False, "qualifications": ["high_tech_enterprise"],
    },
    "years": [
        {"year": 2023, "rnd_expense": 9_000_000, "compute_cost": 1_234_567},
        {"year": 2022, "rnd_expense": 4_000_001},
    ],
    "projects": [
        {"year": 2023, "level": "national", "field": "industrial", "major": True, "undertaken": True, "grant": 25_000_000},
    ],
    "products": [
        {"milestone_on": "2023-03-01", "track": "high_end_medical_equipment", "first_special_review_entry": True},
    ],
    "trials": [{"reached_on": "2023-04-05", "phase": "phase_ii", "innovative": True, "in_beijing": True}],
    "leases": [{"year": 2023, "use": "rnd", "rent_paid": 1_200_001}],
    "investments": [],
    "talents": [],
    "payments": [{"clause": "seven/matching", "year": 2023, "amount": 5_000_000, "item": "projects[0]"}],
}  # fmt: skip
GAPS = {
    "company": {"areas": ["yizhuang_new_town"], "track": "high_end_medical_equipment", "activities": ["rnd"]},
    "years": [{"year": 2023, "rnd_expense": 9_000_000}],
    "projects": [{"year": 2023, "level": "national", "major": True, "undertaken": True}],
    "products": [{"track": "high_end_medical_equipment"}],
    "trials": None,
    "leases": [{"year": 2023, "use": "rnd"}],
    "payments": [],
}


def same(profile: dict) -> None:
    """Hold the yardstick and the engine to the same answer before anything is timed."""
    decision = check(Profile.read(profile), Rulebook.load(HERE / "rules"), on=ON, engine="kleene")
    ours = [
        (
            a.clause,
            a.item,
            a.verdict,
            a.gross.low,
            a.gross.high,
            a.net.low,
            a.net.high,
            sorted(set(a.missing)),
            a.failed,
        )
        for a in decision.awards
    ]
    theirs = [
        (
            a["clause"],
            a["item"],
            a["verdict"],
            *ends(a["gross"]),
            *ends(a["net"]),
            sorted(set(a["missing"])),
            tuple(a["failed"]),
        )
        for a in assess(profile)["awards"]
    ]
    for one, other in zip(ours, theirs, strict=True):
        if one[:7] != other[:7] or (profile is PROFILE and one != other):
            raise SystemExit(f"the yardstick differs:\n  {one}\n  {other}")


def ends(pair) -> tuple[int, int | None]:
    return pair[0], pair[1] if pair[1] < 1 << 100 else None


def time_all(contestants: dict, rounds: int) -> dict[str, list[int]]:
    times: dict[str, list[int]] = {name: [] for name in contestants}
    gc.collect()
    gc.disable()
    for _ in range(rounds):
        for name, run in contestants.items():
            start = perf_counter_ns()
            run()
            times[name].append(perf_counter_ns() - start)
    gc.enable()
    return times


def quantile(values: list[int], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    same(PROFILE)
    same(GAPS)
    seven, whole = Rulebook.load(HERE / "rules"), Rulebook.load()
    other = {**PROFILE, "payments": []}
    contestants = {
        "yardstick": lambda: assess(PROFILE),
        "bare": lambda: bare(PROFILE),
        "kleene": lambda: check(Profile.read(PROFILE), seven, on=ON, engine="kleene"),
        "both": lambda: check(Profile.read(PROFILE), seven, on=ON),
        "gaps yardstick": lambda: assess(GAPS),
        "gaps kleene": lambda: check(Profile.read(GAPS), seven, on=ON, engine="kleene"),
        "whole kleene": lambda: check(Profile.read(other), whole, on=ON, engine="kleene"),
        "whole both": lambda: check(Profile.read(other), whole, on=ON),
    }
    for run in contestants.values():
        run()
    times = time_all(contestants, rounds)
    median = {name: statistics.median(values) for name, values in times.items()}
    tail = {name: quantile(values, 0.99) for name, values in times.items()}

    def row(label: str, top: str, bottom: str, limit: str, share: float = 1) -> None:
        ratio, late = median[top] / median[bottom] * share, tail[top] / tail[bottom] * share
        print(f"{label:<58} {ratio:6.2f} × {late:6.2f} ×   {limit}")

    clauses = len(seven.clauses) / len(whole.clauses)
    print(f"{'ratio':<58} {'median':>8} {'p99':>8}   required")
    row("yardstick / yardstick without unknowns and reasons", "yardstick", "bare", "≤ 8")
    row("kleene / yardstick, seven clauses, validation included", "kleene", "yardstick", "≤ 15 (aim 8)")
    row("both engines / yardstick", "both", "yardstick", "≤ 40 (aim 20)")
    row("kleene / yardstick, a profile with gaps", "gaps kleene", "gaps yardstick", "≤ 15")
    row(
        f"whole rulebook ({len(whole.clauses)} clauses), per clause / seven, kleene",
        "whole kleene",
        "kleene",
        "≤ 1.5",
        clauses,
    )
    row("whole rulebook, per clause / seven, both engines", "whole both", "both", "≤ 1.5", clauses)


if __name__ == "__main__":
    main()
