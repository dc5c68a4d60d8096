"""What identity tells the engine."""

from __future__ import annotations

from ministry.gate.parts import is_part
from ministry.identity.models import Passkey
from ministry.people.models import Appointment, Person
from ministry.register.models import Kind, Record
from ministry.register.record import opened
from writ.book.terms import Value

NOBODY = "nobody"


def of_account(act: str, person: Person) -> dict[str, Value]:
    return {
        f"{act}.subject": person.key,
        "account.active": person.is_active,
        "account.has-passkey": Passkey.objects.filter(person=person, until=None).exists(),
    }


def voucher(person: str) -> dict[str, Value]:
    """Who vouched for a person last."""
    vouched = Record.everything.filter(kind=Kind.ACT, act="vouch-for-person", about=person)
    rows = vouched.order_by("-number").values_list("person", "body")
    whole = (one for one, body in rows if not is_part(opened(bytes(body))))
    return {"issue-enrolment-link.voucher": next(whole, NOBODY)}


def in_office(person: str, office: str) -> bool:
    """Whether a person holds an office or acts in it now."""
    return Appointment.everything.filter(person=person, office=office, until=None).exists()
