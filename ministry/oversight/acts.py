"""What oversight does."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext

from ministry.gate.acting import Acting
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.readers import person_of
from ministry.gate.registry import act
from ministry.oversight import apply
from ministry.oversight.data import Admitting, Beginning, Counting, Erasing, Retiring, Rotating
from ministry.people.models import Appointment
from ministry.register import held, keys, tree
from ministry.register.models import LogKey, Witness
from ministry.timers.transports import Never
from ministry.timers.transports.webhook import target
from writ.book.terms import Value
from writ.journal.log.codes import Refused
from writ.journal.log.head import TreeHead
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
        raise NotPossible(gettext("the key is not one for cosignatures"), "key")
    if Witness.objects.filter(name=data.name).exists():
        raise NotPossible(
            gettext("a witness is called {name} already").format(name=data.name), "name"
        )
    if Witness.objects.filter(key=data.key).exists():
        raise NotPossible(gettext("a witness has that key already"), "key")
    if data.url:
        try:
            target(data.url)
        except Never as never:
            raise NotPossible(str(never), "url", gettext("a witness is asked over https")) from None
    return Deed()


@act("retire-witness", Retiring, apply.retired)
def retire(by: Acting, data: Retiring, at: dt.datetime) -> Deed:
    """No longer count the cosignatures of a witness."""
    if not Witness.objects.filter(name=data.name, retired__isnull=True).exists():
        raise NotPossible(gettext("no witness is called {name}").format(name=data.name), "name")
    return Deed()


@act("set-quorum", Counting, apply.counted)
def set_quorum(by: Acting, data: Counting, at: dt.datetime) -> Deed:
    """Say how many witnesses must have cosigned."""
    there = Witness.objects.filter(retired__isnull=True).count()
    if data.needed > there:
        raise NotPossible(
            gettext("there are only {there} witnesses").format(there=there),
            "needed",
            gettext("admit them first"),
        )
    return Deed()


@act("rotate-log-key", Rotating, apply.rotated)
def rotate(by: Acting, data: Rotating, at: dt.datetime) -> Deed:
    """Replace a key that the log is signed with, by a new one made here."""
    if not LogKey.objects.filter(key=data.old).exists():
        raise NotPossible(gettext("the log has no such key"), "old")
    old, size = parse_key(data.old), tree.size()
    try:
        (new,) = keys.made((old.kind,))
        rotated(keys.terms(old.name), old, new, size, data.overlap)
    except (Refused, OSError) as error:
        raise NotPossible(str(getattr(error, "message", error)), "old") from None
    return Deed(data=data.model_copy(update={"new": str(new), "size": size}))


@act("begin-log", Beginning, apply.begun)
def begin_log(by: Acting, data: Beginning, at: dt.datetime) -> Deed:
    """Begin a new log under a new name, where the old one cannot go on: records of it are lost, or its keys."""
    known = keys.terms()
    if any(term.key.name == data.name for term in known):
        raise NotPossible(gettext("a log has that name already"), "name")
    size, seen = tree.size(), held.seen()
    if any(term.since > size for term in known):
        raise NotPossible(gettext("a log was begun just now, and has nothing in it yet"))
    unsigned = not signs(size + 1)
    if not held.held() and not unsigned:
        raise NotPossible(
            gettext("the log goes on: nobody saw more of it than is here, and its keys are there"),
            help=gettext(
                "`ministry check --log FILE` holds a checkpoint that somebody kept against it"
            ),
        )
    if data.last:
        seen = max(seen, last_of(data).size)
    try:
        made = tuple(str(key) for key in keys.made(name=data.name))
    except (Refused, OSError) as error:
        raise NotPossible(str(getattr(error, "message", error)), "name") from None
    told: dict[str, Value] = {"begin-log.lost": held.lost(), "begin-log.unsigned": unsigned}
    if data.reason:
        told["begin-log.reason"] = data.reason
    done = data.model_copy(update={"log_keys": made, "size": size, "seen": seen})
    return Deed(keys.origin(), told, data=done)


def signs(size: int) -> bool:
    """Whether the keys are there that sign at a size."""
    try:
        return bool(keys.signing(size))
    except (Refused, OSError):
        return False


def last_of(data: Beginning) -> TreeHead:
    """The last that is known of the old log, if it is that."""
    try:
        head = held.head_of(f"{data.last}\n".encode())
    except Refused as refused:
        raise NotPossible(refused.message, "last") from None
    if held.is_ours(head):
        raise NotPossible(
            gettext("the log that is here has grown out of this checkpoint"),
            "last",
            gettext("leave it out"),
        )
    return head


@act("erase-person", Erasing, apply.erased)
def erase(by: Acting, data: Erasing, at: dt.datetime) -> Deed:
    """Erase the name and the address of a person who holds no office."""
    person = person_of(by, data.person, at)
    if not person.name:
        raise NotPossible(gettext("the name is erased already"), "person")
    post = Appointment.everything.filter(person=person, until__isnull=True).first()
    if post is not None:
        raise NotPossible(
            gettext("they hold {office}").format(office=post.office),
            "person",
            gettext("end the appointment first"),
        )
    facts = {"erase-person.ground": data.ground} if data.ground else {}
    return Deed(person.key, dict(facts))
