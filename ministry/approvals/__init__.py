"""Approvals: asking those who have a power to exercise it, and what is done at once in danger."""
