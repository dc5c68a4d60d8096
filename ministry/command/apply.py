"""How the acts of command change the tables of people."""

from __future__ import annotations

from ministry.gate.deed import Change
from ministry.people import apply as people
from ministry.people.models import Hold


def enrolled(change: Change) -> None:
    data = change.data
    people.enrol(data.person, data.sign_in, data.name, data.email, change.at, change.label)


def suspended(change: Change) -> None:
    people.suspend(change.data.person)


def appointed(change: Change) -> None:
    data = change.data
    people.appoint(change.record, data.person, data.office, Hold.HOLDS, change.at, change.label)


def acting(change: Change) -> None:
    data = change.data
    people.appoint(change.record, data.person, data.office, Hold.ACTS, change.at, change.label)


def given(change: Change) -> None:
    entry = change.entry
    people.give(
        change.record,
        by=entry.actor,
        by_person=entry.person,
        to=entry.to,
        to_person=entry.to_person,
        act=entry.name,
        at=change.at,
        until=entry.until,
    )


def taken_back(change: Change) -> None:
    people.take_back(change.data.gift, change.at)


def ended(change: Change) -> None:
    people.leave(change.data.appointment, change.at)
