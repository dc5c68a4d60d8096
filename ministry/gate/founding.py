"""The first acts of all: they bring the edition into force by which they are decided, and enrol the first officers."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from django.db.models import Q
from django.utils.translation import gettext

from ministry.editions import apply as editions
from ministry.editions.models import Edition, Promulgation
from ministry.editions.queries import law_of
from ministry.gate.acting import Acting
from ministry.gate.append import new_id, new_key
from ministry.gate.decide import entry_of, ruling
from ministry.gate.deed import Change, Data, Deed, NotPossible, Sealed
from ministry.gate.do import Receipt, kept, perform
from ministry.gate.moment import moment
from ministry.gate.refusal import Refusal, Refused
from ministry.gate.registry import act, act_named
from ministry.gate.transaction import alone
from ministry.people import apply as people
from ministry.people.models import Hold, Person
from ministry.register import keys
from ministry.register.models import LogKey
from writ.engine.answer import Outcome
from writ.journal.entry import Entry, Kind

FOUNDER = Acting("founder", "founder")


class First(Data):
    """The first officer of the ministry or of its oversight."""

    person: str = ""
    sign_in: Annotated[str, Sealed()]
    name: Annotated[str, Sealed()]
    office: str


class Founding(First):
    """The first edition and the first officer."""

    edition: str
    log_keys: tuple[str, ...] = ()
    """The keys that the log signs with from its first record on."""


def entered(change: Change) -> None:
    data = change.data
    people.enrol(data.person, data.sign_in, data.name, "", change.at)
    people.appoint(change.record, data.person, data.office, Hold.HOLDS, change.at)


def founded(change: Change) -> None:
    editions.promulgate(change.record, change.data.edition, 1, change.at)
    for key in change.data.log_keys:
        LogKey.objects.create(key=key, since=0)
    entered(change)


@act("found-ministry", Founding, founded)
def ministry(by: Acting, data: Founding, at: dt.datetime) -> Deed:
    """Bring the first edition into force and enrol the first officer. Done once, by whoever sets up the register."""
    if Promulgation.objects.exists() or Person.everything.exists():
        raise NotPossible(gettext("the register is founded already"))
    if not Edition.objects.filter(digest=data.edition).exists():
        raise NotPossible(gettext("that edition is not deposited"), "edition")
    return Deed(tells=(held(data, at),), subject=data.person)


@act("found-oversight", First, entered)
def oversight(by: Acting, data: First, at: dt.datetime) -> Deed:
    """Enrol the first officer of the oversight. Done once, by whoever sets up the register."""
    if by.office != FOUNDER.office:
        raise NotPossible(gettext("only whoever sets up the register founds its oversight"))
    if Person.everything.filter(Q(key=data.person) | Q(sign_in=data.sign_in)).exists():
        raise NotPossible(gettext("somebody is enrolled so already"), "sign_in")
    return Deed(tells=(held(data, at),), subject=data.person)


def held(data: First, at: dt.datetime) -> Entry:
    return Entry(Kind.HOLDS, at, data.office, person=data.person)


def found(data: First) -> Receipt:
    """Found the register, or its oversight.

    Raises:
        NotPossible: it is founded already.
        Refused: the edition does not let anybody found it.
        NoEdition: the oversight is founded before the register.
    """
    data = data.model_copy(update={"person": new_key("p")})
    if isinstance(data, Founding):
        made = tuple(str(key) for key in keys.made())
        data = data.model_copy(update={"log_keys": made})
    record = new_id()
    this = act_named("found-ministry" if isinstance(data, Founding) else "found-oversight")

    def work() -> Receipt:
        begun = moment()
        at = begun.at
        law = law_of(data.edition) if isinstance(data, Founding) else begun.law()
        deed: Deed = this.prepare(FOUNDER, data, at)
        entry = entry_of(this.name, record, FOUNDER, deed, at)
        answer = ruling(law, entry, begun.held(law))
        if answer.decision.outcome is not Outcome.PERMITTED:
            raise Refused(Refusal(entry, answer.decision, law.digest, reason=answer.refused))
        return perform(this, law, entry, answer, deed, data)

    try:
        return alone(work, weighs=True)
    except Refused as refused:
        refusal = refused.refusal
    raise Refused(alone(lambda: kept(refusal, this)))
