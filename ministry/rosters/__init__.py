"""Rosters: who is on duty at which post and when, rest, swaps, gaps, and what one shift tells the next."""
