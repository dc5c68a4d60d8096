"""What command tells: an office that begins or ends for somebody, a power given, taken back, or soon over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from ministry.editions.queries import Law
from ministry.notices.duties import office_words, within, words
from ministry.notices.kinds import Happened, News, Over, Span, Told, in_time, kind, tells
from ministry.people.models import Appointment, Gift
from ministry.register.models import Record

AHEAD = dt.timedelta(days=14)
"""So long before its last day a power that was given is soon over."""

kind(
    "office",
    _("Offices that you hold"),
    {
        "holds": _("You hold an office: what waits for it stands on Today"),
        "acts": _("You act in an office: what waits for it stands on Today"),
        "ended": _("You hold an office no longer"),
    },
)
kind(
    "delegation",
    _("Powers given to your office"),
    {
        "given": _("A power was given to you"),
        "soon": _("A power that was given to you ends soon"),
        "revoked": _("A power that was given to you was taken back"),
    },
)


@tells("appoint-officer", "name-acting-officer")
def appointed(one: Happened) -> Iterator[News]:
    """An office begins for somebody."""
    person, office = str(one.data.get("person", "")), str(one.data.get("office", ""))
    yield Told(
        "office",
        one.record,
        f"/offices/{office}/",
        "holds" if one.act == "appoint-officer" else "acts",
        people=(person,),
        about=office_words(one.law, office),
        by=office_words(one.law, one.office),
        but=one.person,
    )


@tells("end-appointment")
def ended(one: Happened) -> Iterator[News]:
    """An office ends for somebody."""
    found = Appointment.everything.filter(id=one.data.get("appointment", "")).first()
    if found is not None:
        yield Told(
            "office",
            one.record,
            f"/offices/{found.office}/",
            "ended",
            people=(found.person_id,),
            about=office_words(one.law, found.office),
            by=office_words(one.law, one.office),
            but=one.person,
        )


@tells("delegate-appointments")
def given(one: Happened) -> Iterator[News]:
    """A power is given, and not taken back yet."""
    gift = Gift.objects.filter(id=one.record, revoked=None).first()
    if gift is not None:
        yield of_gift(one.law, gift, "given", one.person, one.label)


@tells("revoke-delegation")
def revoked(one: Happened) -> Iterator[News]:
    """A power is taken back."""
    gift = Gift.objects.filter(id=one.data.get("gift", "")).first()
    if gift is not None:
        yield Over(("delegation",), gift.id)
        yield of_gift(one.law, gift, "revoked", one.person, one.label)


@in_time
def soon_over(span: Span) -> Iterator[News]:
    """Powers given that end within two weeks."""
    days = (span.since.date(), (span.until + AHEAD).date() + dt.timedelta(days=1))
    for gift in Gift.objects.filter(revoked=None, until__range=days):
        assert gift.until is not None
        soon = dt.datetime.combine(gift.until, dt.time(), dt.UTC) - AHEAD
        if within(soon, (span.since, span.until)):
            label = Record.everything.values_list("label", flat=True).get(id=gift.id)
            due = dt.datetime.combine(gift.until, dt.time.max, dt.UTC)
            yield of_gift(span.law, gift, "soon", label=label, due=due, at=soon)


def of_gift(
    law: Law,
    gift: Gift,
    said: str,
    but: str = "",
    label: str | None = None,
    due: dt.datetime | None = None,
    at: dt.datetime | None = None,
) -> Told:
    """What is told of a power given: to the person to whom it was given, or to whoever is in the office."""
    return Told(
        "delegation",
        f"{gift.id} {said}",
        f"/offices/{gift.to}/",
        said,
        "" if said == "revoked" else gift.id,
        offices=() if gift.to_person else (gift.to,),
        people=(gift.to_person,) if gift.to_person else (),
        about=words(law, gift.act),
        by=office_words(law, gift.by),
        but=but,
        due=due,
        at=at,
        label=label,
        record=gift.id,
    )
