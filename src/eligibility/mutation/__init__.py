"""Mutation of the rules: change one figure or word at a time, and see whether a case notices."""

from eligibility.mutation.run import Report, mutate

__all__ = ["Report", "mutate"]
