"""Cases of a rulebook, written in YAML by those who write the rules: a profile, a date, and what must come out."""

from eligibility.cases.case import Case
from eligibility.cases.read import read_cases
from eligibility.cases.run import run_case

__all__ = ["Case", "read_cases", "run_case"]
