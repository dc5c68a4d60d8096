"""How acts change who is who and who holds what."""

from __future__ import annotations

import datetime as dt

from django.db.models import F

from ministry.database.statements import insert
from ministry.database.states import State
from ministry.database.transaction import unsettle
from ministry.database.wall import permit
from ministry.labels.keep import keep
from ministry.labels.marking import Marking
from ministry.people.clearances import Cleared
from ministry.people.models import Appointment, Clearance, Gift, Hold, Person, Standing
from ministry.register.models import Sealed
from ministry.register.record import ERASED


def enrol(key: str, sign_in: str, name: str, email: str, at: dt.datetime, label: str = "") -> None:
    insert(
        Person,
        {
            "key": key,
            "sign_in": key if sign_in == ERASED else sign_in,
            "name": "" if name == ERASED else name,
            "email": "" if email == ERASED else email,
            "is_active": True,
            "enrolled": at,
            "label": label,
        },
    )


def erase(key: str) -> None:
    """Forget the name and the address of a person, here and in the seals of the register."""
    Person.everything.filter(key=key).update(name="", email="", sign_in=key, is_active=False)
    with permit(State.REGISTER):
        Sealed.objects.filter(subject=key).delete()


def suspend(key: str) -> None:
    Person.everything.filter(key=key).update(is_active=False)


def appoint(
    appointment: str, person: str, office: str, how: Hold, at: dt.datetime, label: str = ""
) -> None:
    Appointment.everything.create(
        id=appointment, person_id=person, office=office, hold=how, since=at, label=label
    )
    changed()


def mark(person: str, marked_as: Marking) -> None:
    """Mark the entry of a person, and with it the offices that they hold and held."""
    keep(marked_as)
    Person.everything.filter(key=person).update(label=marked_as.label)
    Appointment.everything.filter(person=person).update(label=marked_as.label)
    changed()


def clear(clearance: str, person: str, to: Cleared, at: dt.datetime, until: dt.datetime) -> None:
    """Clear a person, in place of what they were cleared to before."""
    end_clearance(person, at)
    Clearance.objects.create(
        id=clearance,
        person_id=person,
        level=to.level,
        compartments=list(to.compartments),
        serves=to.serves,
        since=at,
        until=until,
    )


def end_clearance(person: str, at: dt.datetime) -> None:
    Clearance.objects.filter(person=person, ended=None).update(ended=at)
    changed()


def give(
    gift: str,
    *,
    by: str,
    by_person: str,
    to: str,
    to_person: str,
    act: str,
    at: dt.datetime,
    until: dt.date | None,
) -> None:
    Gift.objects.create(
        id=gift,
        by=by,
        by_person=by_person,
        to=to,
        to_person=to_person,
        act=act,
        at=at,
        until=until,
    )
    changed()


def take_back(gift: str, at: dt.datetime) -> None:
    Gift.objects.filter(id=gift).update(revoked=at)
    changed()


def leave(appointment: str, at: dt.datetime) -> None:
    Appointment.everything.filter(id=appointment).update(until=at)
    changed()


def changed() -> None:
    """Let every process read again who holds what."""
    unsettle()
    if not Standing.objects.filter(id=1).update(changes=F("changes") + 1):
        Standing.objects.create(id=1, changes=1)
