"""Oversight: the witnesses and the keys of the log, and what is erased."""
