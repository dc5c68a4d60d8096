"""What oversight does."""

from __future__ import annotations

import datetime as dt

from ministry.gate.acting import Acting
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.registry import act
from ministry.oversight import apply
from ministry.oversight.data import Admitting, Counting, Erasing, Retiring, Rotating
from ministry.people.models import Appointment, Person
from ministry.register import keys, tree
from ministry.register.models import LogKey, Witness
from ministry.timers.transports import Never
from ministry.timers.transports.webhook import target
from writ.journal.log.codes import Refused
from writ.journal.log.keys import parse_key
from writ.journal.log.rotation import rotated


@act("admit-witness", Admitting, apply.admitted)
def admit(by: Acting, data: Admitting, at: dt.datetime) -> Deed:
    """Let somebody outside cosign the log of the register."""
    try:
        key = parse_key(data.key)
    except Refused as refused:
        raise NotPossible(refused.message, "key") from None
    if not key.kind.timed:
        raise NotPossible("the key is not one for cosignatures", "key")
    if Witness.objects.filter(name=data.name).exists():
        raise NotPossible(f"a witness is called {data.name} already", "name")
    if Witness.objects.filter(key=data.key).exists():
        raise NotPossible("a witness has that key already", "key")
    if data.url:
        try:
            target(data.url)
        except Never as never:
            raise NotPossible(str(never), "url", "a witness is asked over https") from None
    return Deed()


@act("retire-witness", Retiring, apply.retired)
def retire(by: Acting, data: Retiring, at: dt.datetime) -> Deed:
    """No longer count the cosignatures of a witness."""
    if not Witness.objects.filter(name=data.name, retired__isnull=True).exists():
        raise NotPossible(f"no witness is called {data.name}", "name")
    return Deed()


@act("set-quorum", Counting, apply.counted)
def set_quorum(by: Acting, data: Counting, at: dt.datetime) -> Deed:
    """Say how many witnesses must have cosigned."""
    there = Witness.objects.filter(retired__isnull=True).count()
    if data.needed > there:
        raise NotPossible(f"there are only {there} witnesses", "needed", "admit them first")
    return Deed()


@act("rotate-log-key", Rotating, apply.rotated)
def rotate(by: Acting, data: Rotating, at: dt.datetime) -> Deed:
    """Replace a key that the log is signed with, by a new one made here."""
    if not LogKey.objects.filter(key=data.old).exists():
        raise NotPossible("the log has no such key", "old")
    old, size = parse_key(data.old), tree.size()
    (new,) = keys.made((old.kind,))
    try:
        rotated(keys.terms(), old, new, size, data.overlap)
    except Refused as refused:
        raise NotPossible(refused.message, "old") from None
    return Deed(data=data.model_copy(update={"new": str(new), "size": size}))


@act("erase-person", Erasing, apply.erased)
def erase(by: Acting, data: Erasing, at: dt.datetime) -> Deed:
    """Erase the name and the address of a person who holds no office."""
    person = Person.objects.filter(key=data.person).first()
    if person is None:
        raise NotPossible(f"nobody is enrolled as {data.person}", "person")
    if not person.name:
        raise NotPossible("the name is erased already", "person")
    held = Appointment.objects.filter(person=person, until__isnull=True).first()
    if held is not None:
        raise NotPossible(f"they hold {held.office}", "person", "end the appointment first")
    facts = {"erase-person.ground": data.ground} if data.ground else {}
    return Deed(person.key, dict(facts))
