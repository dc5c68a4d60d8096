"""What personnel tells: a clearance that begins, ends soon, or was withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from ministry.notices.duties import office_words, within
from ministry.notices.kinds import Happened, News, Over, Span, Told, in_time, kind, tells
from ministry.people.models import Clearance

AHEAD = dt.timedelta(days=30)
"""So long before its end a clearance ends soon."""

kind(
    "clearance",
    _("Your clearance"),
    {
        "granted": _("You were cleared"),
        "soon": _("Your clearance ends soon"),
        "withdrawn": _("Your clearance was withdrawn"),
    },
)


@tells("grant-clearance", "withdraw-clearance")
def cleared(one: Happened) -> Iterator[News]:
    """A clearance, told to the person. To what it is stands on their page, not in the notice."""
    said = "granted" if one.act == "grant-clearance" else "withdrawn"
    yield Over(("clearance",), f"clearance {one.about}")
    yield Told(
        "clearance",
        one.record,
        f"/people/{one.about}/",
        said,
        f"clearance {one.about}" if said == "granted" else "",
        people=(one.about,),
        by=office_words(one.law, one.office),
        but=one.person,
    )


@in_time
def soon_over(span: Span) -> Iterator[News]:
    """Clearances that end within a month."""
    rows = Clearance.objects.filter(ended=None, until__gt=span.since, until__lte=span.until + AHEAD)
    for one in rows:
        soon = max(one.until - AHEAD, one.since)
        if within(soon, (span.since, span.until)):
            yield Told(
                "clearance",
                f"{one.id} soon",
                f"/people/{one.person_id}/",
                "soon",
                f"clearance {one.person_id}",
                people=(one.person_id,),
                due=one.until,
                at=soon,
                record=one.id,
            )
