"""What whoever has charge of the machine does by the register: let somebody in again whom no officer can."""

from __future__ import annotations

import datetime as dt

from ministry.editions.queries import Law, law_at
from ministry.gate.acting import FOUNDER, Acting
from ministry.gate.decide import could, entry_of
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.registry import act
from ministry.identity import apply, facts
from ministry.identity.acts import LINK_LASTS
from ministry.identity.models import EnrolmentLink, Passkey
from ministry.operations.data import Recovering
from ministry.people.models import Appointment, Person
from writ.book.terms import Value

ISSUES, VOUCHES = "issue-enrolment-link", "vouch-for-person"


@act("recover-account", Recovering, apply.linked)
def recover(by: Acting, data: Recovering, at: dt.datetime) -> Deed:
    """Give a person who lost their passkeys the link by which they register another, when no officer can."""
    person = Person.everything.filter(key=data.person).first()
    if person is None:
        raise NotPossible(f"nobody is enrolled as {data.person}", "person", "enrol them first")
    if EnrolmentLink.objects.filter(digest=data.digest).exists():
        raise NotPossible("this secret was used for a link before", "digest", "make a new one")
    law = law_at(at)
    vouch, issue = (able(law, name, person, at) for name in (VOUCHES, ISSUES))
    told: dict[str, Value] = {
        **of_account(person),
        "recover-account.officers-left": any(one != other for one in vouch for other in issue),
        "recover-account.voucher-left": bool(vouch),
    }
    if data.reason:
        told["recover-account.reason"] = data.reason
    return Deed(person.key, told, data=data.model_copy(update={"until": at + LINK_LASTS}))


def of_account(person: Person) -> dict[str, Value]:
    told = facts.of_account("", person)
    return {name: told[name] for name in ("account.active", "account.has-passkey")}


def able(law: Law, act: str, person: Person, at: dt.datetime) -> set[str]:
    """Those in office, other than the person, who could do an act about them and can sign in."""
    told = facts.of_account(act, person)
    if act == ISSUES:
        told |= facts.voucher(person.key)
    entry = entry_of(act, "asked", Acting("", ""), Deed(person.key, told), at)
    offices = {name for name, _ in could(law, entry)} - {FOUNDER}
    held = Appointment.everything.filter(until=None, office__in=offices, person__is_active=True)
    signs_in = Passkey.objects.filter(until=None).values("person")
    rows = held.filter(person__in=signs_in).exclude(person=person)
    return set(rows.values_list("person_id", flat=True))
