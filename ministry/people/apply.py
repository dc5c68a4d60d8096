"""How acts change who is who and who holds what."""

from __future__ import annotations

import datetime as dt

from django.db.models import F

from ministry.people.models import Appointment, Hold, Person, Standing
from ministry.register.record import ERASED


def enrol(key: str, sign_in: str, name: str, email: str, at: dt.datetime) -> None:
    Person.objects.create(
        key=key,
        sign_in=sign_in,
        name="" if name == ERASED else name,
        email="" if email == ERASED else email,
        enrolled=at,
    )


def suspend(key: str) -> None:
    Person.objects.filter(key=key).update(is_active=False)


def appoint(appointment: str, person: str, office: str, how: Hold, at: dt.datetime) -> None:
    Appointment.objects.create(id=appointment, person_id=person, office=office, hold=how, since=at)
    changed()


def leave(appointment: str, at: dt.datetime) -> None:
    Appointment.objects.filter(id=appointment).update(until=at)
    changed()


def changed() -> None:
    """Let every process read again who holds what."""
    if not Standing.objects.filter(id=1).update(changes=F("changes") + 1):
        Standing.objects.create(id=1, changes=1)
