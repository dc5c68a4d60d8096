"""Drafting help: proposals of norms for provisions that are only text, each with its evidence."""

SMALLEST = 0.5
"""The confidence (0 to 1) below which a proposal is not shown unless it is asked for."""
