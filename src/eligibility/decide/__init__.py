"""Verdicts: two engines that must agree."""
