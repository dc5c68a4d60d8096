"""Following the log as a worker does, and what somebody is told then."""

from __future__ import annotations

from ministry.notices import queries
from ministry.notices.telling import tell
from ministry.register.sequencer import sequence
from tests.ministry.people import reader


def follow():
    """Put what was done into the log, and tell all of it."""
    sequence()
    while tell():
        pass


def unread(by):
    """The kinds and words of what somebody has not read."""
    rows = queries.listed(reader(by), unread_only=True)
    return sorted((one.kind, one.said) for one in rows)


def told(by, kind):
    """The notices of a kind, read or not, the latest first."""
    return list(queries.listed(reader(by), kind))
