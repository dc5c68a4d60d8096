"""Handovers: the note that one shift leaves, and the shift that begins with it."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext

from ministry.editions.queries import law_at
from ministry.gate.acting import Acting
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.holders import holders
from ministry.gate.markings import given, of_label, together
from ministry.gate.readers import reader_of
from ministry.gate.registry import act
from ministry.rosters import apply, queries
from ministry.rosters.acts import of_people, post_of
from ministry.rosters.data import HandingOver, TakingOver
from ministry.rosters.models import Handover, Shift
from ministry.rosters.pattern import LONGEST

EARLY = dt.timedelta(hours=1)
"""So long before a shift somebody may take over."""


@act("hand-over", HandingOver, apply.handed_over)
def hand_over(by: Acting, data: HandingOver, at: dt.datetime) -> Deed:
    """Leave a note for the next shift, before the end of one's own."""
    law, post = law_at(at), post_of(data.post)
    own = Shift.objects.filter(
        post=post,
        person=by.person,
        void=None,
        start__lte=at,
        start__gt=at - LONGEST,
        end__gt=at - queries.GRACE,
    )
    shift = own.order_by("-start").first()
    if shift is None and not Shift.objects.filter(post=post, person=by.person).exists():
        raise NotPossible(gettext("you have no shift there"), "post")
    if shift is None:
        raise NotPossible(
            gettext("you are not on duty there"), "post", gettext("a note is left on duty")
        )
    marked = given(law, data.marking)
    found = {"shift": shift.id, "office": post.office, "marking": str(marked)}
    return Deed(
        post.key,
        {"watch.on-duty": True},
        data=data.model_copy(update=found),
        marking=together(law, [marked, of_people(law, {by.person})]),
    )


@act("take-over", TakingOver, apply.taken_over)
def take_over(by: Acting, data: TakingOver, at: dt.datetime) -> Deed:
    """Begin a shift with the note of the one before, and sign it."""
    law, post = law_at(at), post_of(data.post)
    mine = Shift.objects.filter(
        post=post,
        person=by.person,
        void=None,
        start__lte=at + EARLY,
        start__gt=at - LONGEST,
        end__gt=at,
    ).exists()
    marked = of_people(law, {by.person})
    if data.note:
        reader = reader_of(by, at)
        note = Handover.objects.seen_by(reader).filter(id=data.note, post=post).first()
        if note is None or note.taken is not None:
            raise NotPossible(gettext("there is no such note to sign"), "note")
        if note.leaving == by.person:
            raise NotPossible(gettext("whoever left the note does not sign it again"), "note")
        marked = together(law, [marked, of_label(holders(law), note.label)])
    return Deed(post.key, {"watch.next": mine}, marking=marked)
