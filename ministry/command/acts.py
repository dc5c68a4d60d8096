"""What command does."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext

from ministry.command import apply, facts
from ministry.command.data import Appointing, Ending, Enrolment, Giving, Suspending, TakingBack
from ministry.database.statements import taken
from ministry.editions.queries import law_at
from ministry.gate.acting import Acting
from ministry.gate.append import new_key
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.markings import given
from ministry.gate.readers import person_of, reader_of
from ministry.gate.registry import act
from ministry.people.models import Appointment, Gift, Hold, Person
from writ.book.model import Book
from writ.journal.entry import Entry, Kind


@act("enrol-person", Enrolment, apply.enrolled)
def enrol(by: Acting, data: Enrolment, at: dt.datetime) -> Deed:
    """Enter a person, who may then hold an office."""
    if taken(Person, "sign_in", data.sign_in):
        raise NotPossible(
            gettext("`{sign_in}` signs in already").format(sign_in=data.sign_in),
            "sign_in",
            gettext("choose another name to sign in"),
        )
    key = data.person or new_key("p")
    if data.person and taken(Person, "key", key):
        raise NotPossible(
            gettext("{key} is enrolled already").format(key=key),
            "person",
            gettext("leave the key out"),
        )
    marking = given(law_at(at), data.marking)
    named = data.model_copy(update={"person": key, "marking": str(marking)})
    return Deed(key, data=named, subject=key, marking=marking)


@act("suspend-person", Suspending, apply.suspended)
def suspend(by: Acting, data: Suspending, at: dt.datetime) -> Deed:
    """Keep a person from signing in."""
    person = person_of(by, data.person, at)
    if not person.is_active:
        raise NotPossible(
            gettext("{key} is kept from signing in already").format(key=person.key), "person"
        )
    return Deed(person.key, {"suspend-person.subject": person.key})


@act("appoint-officer", Appointing, apply.appointed)
def appoint(by: Acting, data: Appointing, at: dt.datetime) -> Deed:
    """Appoint a person to an office."""
    return filling("appoint-officer", by, data, at, Hold.HOLDS)


@act("name-acting-officer", Appointing, apply.acting)
def name_acting(by: Acting, data: Appointing, at: dt.datetime) -> Deed:
    """Let a person act in an office."""
    return filling("name-acting-officer", by, data, at, Hold.ACTS)


@act("end-appointment", Ending, apply.ended)
def end(by: Acting, data: Ending, at: dt.datetime) -> Deed:
    """End the appointment of a person to an office."""
    found = Appointment.objects.seen_by(reader_of(by, at)).filter(id=data.appointment).first()
    if found is None or found.until is not None:
        raise NotPossible(gettext("there is no such appointment to end"), "appointment")
    over = Entry(Kind.LEAVES, at, found.office, person=found.person_id)
    book = law_at(at).book
    return Deed(found.office, facts.of_post(book, found.office), tells=(over,))


@act("delegate-appointments", Giving, apply.given)
def delegate_appointments(by: Acting, data: Giving, at: dt.datetime) -> Deed:
    """Give the power to appoint to somebody else."""
    book = law_at(at).book
    office_of(book, data.to)
    if data.to_person:
        person_of(by, data.to_person, at)
    if data.until is not None and data.until < at.date():
        raise NotPossible(gettext("the last day of the grant is past"), "until")
    return Deed(to=data.to, to_person=data.to_person or "", until=data.until)


@act("revoke-delegation", TakingBack, apply.taken_back)
def revoke_delegation(by: Acting, data: TakingBack, at: dt.datetime) -> Deed:
    """Take back a power that was given; what rests on it falls with it."""
    found = Gift.objects.filter(id=data.gift).first()
    if found is None or found.revoked is not None:
        raise NotPossible(gettext("there is no such grant to take back"), "gift")
    return Deed(facts={"revoke-delegation.grantor": found.by_person}, revokes=(found.id,))


def filling(name: str, by: Acting, data: Appointing, at: dt.datetime, hold: Hold) -> Deed:
    """What an appointment comes to."""
    book = law_at(at).book
    person = person_of(by, data.person, at)
    office_of(book, data.office)
    current = Appointment.everything.filter(person=person, office=data.office, until=None).first()
    if current is not None:
        raise NotPossible(
            f"{person.key} {current.get_hold_display()} {data.office} already", "office"
        )
    kind = Kind.HOLDS if hold is Hold.HOLDS else Kind.ACTS
    return Deed(
        data.office,
        {**facts.of_post(book, data.office), f"{name}.appointee": person.key},
        tells=(Entry(kind, at, data.office, person=person.key),),
    )


def office_of(book: Book, office: str) -> None:
    found = book.vocabulary.actors.get(office)
    if found is None or found.kind != "office":
        raise NotPossible(
            gettext("the Book in force knows no office `{office}`").format(office=office), "office"
        )
