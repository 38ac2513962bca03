"""What near misses cost beside the check they belong to, on the whole rulebook: ratios in one run.

Each round times every contestant once, in turn, so that a noisy machine disturbs all alike; medians are printed.
"""

from __future__ import annotations

import statistics
import sys
from datetime import date
from pathlib import Path

from eligibility import Rulebook, check
from eligibility.advise.near_misses import near_misses
from eligibility.profile.files import read_profile

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from engine import time_all  # noqa: E402

EXAMPLES = sorted((HERE.parent / "examples").glob("*.yaml"))
DAYS = (date(2023, 6, 30), date(2026, 6, 30))
ROUNDS = 40
BEST = 5


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    rulebook = Rulebook.load()
    print(f"{'near misses (the best 5) / check, both engines':<58} {'median':>8}   failed  near")
    ratios = []
    for example in EXAMPLES:
        profile = read_profile(str(example)).profile
        for on in DAYS:
            decision = check(profile, rulebook, on=on)
            failed = sum(award.verdict == "not_eligible" for award in decision.awards)
            found = len(near_misses(decision))
            times = time_all(
                {
                    "check": lambda profile=profile, on=on: check(profile, rulebook, on=on),
                    "near": lambda decision=decision: near_misses(decision, BEST),
                },
                rounds,
            )
            ratio = statistics.median(times["near"]) / statistics.median(times["check"])
            ratios.append(ratio)
            print(f"{f'{example.stem} on {on}':<58} {ratio:6.2f} ×   {failed:6} {found:5}")
    print(f"{'median over the examples':<58} {statistics.median(ratios):6.2f} ×")
    print(f"{'the most':<58} {max(ratios):6.2f} ×   required, with the next question: ≤ 5")


if __name__ == "__main__":
    main()
