"""How the acts of personnel change the tables of people."""

from __future__ import annotations

import datetime as dt

from ministry.gate.deed import Change
from ministry.labels.marking import marking
from ministry.people import apply as people
from ministry.people.clearances import Cleared

DAY = dt.timedelta(days=1)


def cleared(change: Change) -> None:
    data = change.data
    to = marking(data.clearance)
    until = dt.datetime.combine(data.until + DAY, dt.time(), dt.UTC)
    people.clear(
        change.record,
        data.person,
        Cleared(to.level, to.compartments, data.serves or ""),
        change.at,
        until,
    )


def ended(change: Change) -> None:
    people.end_clearance(change.data.person, change.at)


def marked(change: Change) -> None:
    people.mark(change.data.person, marking(change.data.marking))
