"""The company profile, its facts, and how both are read."""

from eligibility.profile.profile import Profile

__all__ = ["Profile"]
