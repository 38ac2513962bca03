"""How long the whole process takes, as ratios to `python -c "import pydantic, click"` in one run.

Byte code is cached for all contestants, as it is for an installed package.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 25
RUN = "from eligibility.cli import run; run()"


def contestants() -> dict[str, list[str]]:
    example = str(ROOT / "examples" / "device-startup.yaml")
    python = sys.executable
    check = [python, "-c", RUN, "check", example, "--on", "2023-06-30"]
    return {
        "import": [python, "-c", "import pydantic, click"],
        "help": [python, "-c", RUN, "--help"],
        "check, seven clauses": [*check, "--rules", str(ROOT / "bench" / "rules")],
        "check, whole rulebook": check,
        "check, whole rulebook, as JSON": [*check, "--format", "json"],
    }


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as cache:
        environment["PYTHONPYCACHEPREFIX"] = cache
        times: dict[str, list[float]] = {name: [] for name in contestants()}
        for place in range(rounds + 1):
            for name, command in contestants().items():
                start = perf_counter()
                subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
                if place:  # the first round fills the cache
                    times[name].append(perf_counter() - start)
    median = {name: statistics.median(values) for name, values in times.items()}
    tail = {name: max(values) for name, values in times.items()}
    limits = {"help": 1.2, "check, seven clauses": 2.5, "check, whole rulebook": 4, "check, whole rulebook, as JSON": 4}
    print(f"{'whole process / import of pydantic and click':<58} {'median':>8} {'max':>8}   required")
    for name, limit in limits.items():
        print(f"{name:<58} {median[name] / median['import']:6.2f} × {tail[name] / tail['import']:6.2f} ×   ≤ {limit}")


if __name__ == "__main__":
    main()
