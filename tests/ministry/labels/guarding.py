"""A ministry in which there is something to hide."""

from __future__ import annotations

import datetime as dt

from ministry.command import acts as command
from ministry.command.data import Enrolment
from ministry.database.transaction import now
from ministry.personnel import acts as personnel
from ministry.personnel.data import Clearing
from tests.ministry.people import acting, appointed, key


def days(number):
    """So many days from now."""
    return now().date() + dt.timedelta(days=number)


def cleared(name, to, lasting=300, serves=None):
    """Let one of the people be cleared by Fay, who is Security Officer for the moment."""
    given = Clearing(person=key(name), clearance=to, until=days(lasting), serves=serves)
    return personnel.grant(acting("fay", "security-officer"), given)


def guard():
    """Fay and Cy are Security Officers, Fay is cleared to all and Ada to Nox, whose work must not be known."""
    appointed("fay", "security-officer")
    by = appointed("cy", "security-officer")
    everything = "top-secret/inquiries,plans,sources"
    personnel.grant(by, Clearing(person=key("fay"), clearance=everything, until=days(900)))
    cleared("ada", "secret/sources")
    command.enrol(acting("ada"), Enrolment(sign_in="nox", name="Nox", marking="secret/sources"))
