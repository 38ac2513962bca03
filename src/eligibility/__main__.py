"""Lets `python -m eligibility` run the command line."""

from eligibility.cli import run

run()
