"""What personnel does."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext

from ministry.editions.queries import law_at
from ministry.gate.acting import Acting
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.markings import given, kind_of
from ministry.gate.readers import person_of
from ministry.gate.registry import act
from ministry.people.models import Clearance
from ministry.personnel import apply
from ministry.personnel.data import Clearing, EndingClearance, MarkingPerson


@act("grant-clearance", Clearing, apply.cleared)
def grant(by: Acting, data: Clearing, at: dt.datetime) -> Deed:
    """Clear a person to read what is marked, in place of any clearance that they had."""
    person = person_of(by, data.person, at)
    law = law_at(at)
    to = given(law, data.clearance, "clearance")
    if not to:
        raise NotPossible(
            gettext("what is open needs no clearance"),
            "clearance",
            gettext("withdraw the clearance instead"),
        )
    if to.releasable:
        raise NotPossible(gettext("a clearance is for a level and compartments alone"), "clearance")
    if data.until < at.date():
        raise NotPossible(gettext("its last day is past"), "until")
    if data.until.year == dt.MAXYEAR:
        raise NotPossible(gettext("its last day is too far off"), "until")
    states = kind_of(law, "releasable")
    if data.serves and (states is None or data.serves not in states.order):
        known = f"it knows {', '.join(states.order)}" if states is not None else ""
        raise NotPossible(
            gettext("the Book knows no allied state `{serves}`").format(serves=data.serves),
            "serves",
            known,
        )
    return Deed(
        person.key,
        {
            "grant-clearance.subject": person.key,
            "grant-clearance.term": (data.until - at.date()).days,
        },
        data=data.model_copy(update={"clearance": str(to)}),
    )


@act("withdraw-clearance", EndingClearance, apply.ended)
def withdraw(by: Acting, data: EndingClearance, at: dt.datetime) -> Deed:
    """End the clearance of a person."""
    person = person_of(by, data.person, at)
    if not Clearance.objects.filter(person=person, ended=None).exists():
        raise NotPossible(
            gettext("{key} is not cleared to anything").format(key=person.key), "person"
        )
    return Deed(person.key)


@act("mark-person", MarkingPerson, apply.marked)
def mark(by: Acting, data: MarkingPerson, at: dt.datetime) -> Deed:
    """Mark the entry of a person whose work must not be known, or open it."""
    person = person_of(by, data.person, at)
    marking = given(law_at(at), data.marking)
    if person.label == marking.label:
        raise NotPossible(gettext("their entry is marked so already"), "marking")
    return Deed(
        person.key,
        {"mark-person.subject": person.key},
        data=data.model_copy(update={"marking": str(marking)}),
        marking=marking,
    )
