"""Logs: one JSON object on each line, without personal data."""
