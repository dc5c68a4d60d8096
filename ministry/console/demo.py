"""The people of the demonstration, and what they did: a ministry to look at on the first day."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from contextlib import suppress

from ministry.approvals import acts as approvals
from ministry.approvals.data import Asking, Overriding
from ministry.command import acts
from ministry.command.data import Appointing, Enrolment
from ministry.gate.acting import Acting
from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.people.models import Appointment, Person
from ministry.personnel import acts as personnel
from ministry.personnel.data import Clearing

PEOPLE = {
    "ada": ("Ada Lindqvist", "director-of-personnel"),
    "bo": ("Bo Achterberg", "permanent-secretary"),
    "cy": ("Cyra Nadkarni", "legal-adviser"),
    "dee": ("Dee Okonjo", "duty-officer"),
    "eve": ("Eve Marchetti", "clerk-of-parliament"),
    "fay": ("Fay Rosenthal", "auditor"),
    "gus": ("Gus Halloran", "minister-of-defence"),
    "ivo": ("Ivo Steenkamp", "security-officer"),
    "jun": ("Jun Tanemura", "registrar"),
    "kit": ("Kit Aldama", "inspector-general"),
}
"""Sign-in name: full name and office. The first enrols and appoints; those who answer to Parliament, the Clerk."""
FIRST, CLERK = "ada", "eve"
OF_PARLIAMENT = frozenset({"fay", "kit"})
_stories: list[Callable[[], None]] = []


def tells(story: Callable[[], None]) -> None:
    """Let a desk tell what was done at it, once the people of the demonstration are in office."""
    if story not in _stories:
        _stories.append(story)


def filled() -> None:
    """Enrol the people, appoint them, and let a few things happen, one of them refused."""
    officer, clerk = acting(FIRST), acting(CLERK)
    for sign_in, (name, office) in PEOPLE.items():
        if sign_in in (FIRST, CLERK):
            continue
        acts.enrol(officer, Enrolment(person=None, sign_in=sign_in, name=name))
        by = clerk if sign_in in OF_PARLIAMENT else officer
        acts.appoint(by, Appointing(person=key(sign_in), office=office))
    acts.name_acting(acting("bo"), Appointing(person=key("dee"), office="legal-adviser"))
    acts.enrol(officer, Enrolment(person=None, sign_in="hal", name="Halima Brandt"))
    refused(lambda: acts.appoint(officer, Appointing(person=key("ada"), office="duty-officer")))
    refused(
        lambda: acts.appoint(acting("cy"), Appointing(person=key("hal"), office="duty-officer"))
    )
    refused(lambda: acts.appoint(acting("bo"), Appointing(person=key("hal"), office="auditor")))
    wanted = {"person": key("hal"), "office": "duty-officer"}
    approvals.ask(
        acting("cy"),
        Asking(act="appoint-officer", given=wanted, reason="The watch is one officer short."),
    )
    approvals.override(
        acting("dee"),
        Overriding(
            act="name-acting-officer",
            given=wanted,
            danger=True,
            reason="The watch was unmanned and nobody with the power could be reached.",
        ),
    )
    guarded()
    for story in _stories:
        story()


def guarded() -> None:
    """Clear a few people, and enrol one whose work must not be known."""
    deputy, day = key("cy"), dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1_000)
    acts.name_acting(acting("bo"), Appointing(person=deputy, office="security-officer"))
    by = Acting(deputy, "security-officer", time.time())
    secret = "top-secret/inquiries,plans,sources"
    personnel.grant(by, Clearing(person=key("ivo"), clearance=secret, until=day, serves=None))
    for sign_in, clearance in (
        ("ada", "secret/inquiries"),
        ("bo", "secret"),
        ("dee", "confidential/plans"),
    ):
        given = Clearing(person=key(sign_in), clearance=clearance, until=day, serves=None)
        personnel.grant(acting("ivo"), given)
    mole = Enrolment(person=None, sign_in="ned", name="Ned Oakes", marking="secret/inquiries")
    acts.enrol(acting(FIRST), mole)


def refused(act: Callable[[], object]) -> None:
    """Let something be tried that the Book does not allow: its refusal is what is wanted."""
    with suppress(Refused, NotPossible):
        act()


def key(sign_in: str) -> str:
    return str(Person.everything.values_list("key", flat=True).get(sign_in=sign_in))


def acting(sign_in: str) -> Acting:
    """One of them in their first office, sure of who they are."""
    person = key(sign_in)
    office = (
        Appointment.everything.filter(person=person, until=None)
        .order_by("since")
        .values_list("office", flat=True)
    )
    return Acting(person, str(office[0]), time.time())
