"""Notices: whoever is in office learns what concerns them without looking for it."""
