"""Timers under fire: workers that are real processes are killed at random moments, and what came of it is counted."""
