"""Which edition of the law is read, for which day, and as known on which."""

from __future__ import annotations

import datetime as dt

import msgspec
from django.http import Http404, HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext

from ministry.console.here import Here
from ministry.editions.models import Edition, Promulgation
from ministry.editions.queries import Law, law_of
from ministry.words import said


class Reading(msgspec.Struct, frozen=True):
    """What a page of the Book reads. `day` is that for which it tells what is in force."""

    law: Law
    day: dt.date
    edition: str
    """The digest, where it is not the edition in force; for links."""
    on: dt.date | None = None
    known: dt.date | None = None
    wrong: str = ""
    """What was asked for that no day is, or that no edition was known on."""

    @property
    def query(self) -> str:
        """What a link within the same reading ends with."""
        asked = {"on": self.on, "known": self.known}
        given = {name: day.isoformat() for name, day in asked.items() if day is not None}
        return f"?{urlencode(given)}" if given else ""


def reading(request: HttpRequest, found: Here, edition: str = "") -> Reading:
    """The edition that an address names; else the one known on a day, else the one in force on one, else the present.

    Raises:
        Http404: the address names an edition that was never in force.
    """
    on, wrong = day_of(request.GET.get("on", ""))
    known, also = day_of(request.GET.get("known", ""))
    law = found.law
    if edition:
        law = law_then(edition)
    elif (wanted := known or on) is not None:
        digest = edition_on(found, wanted)
        if digest:
            law = law_of(digest)
        else:
            wrong = wrong or gettext("no edition was in force on {day}").format(
                day=said.day(wanted)
            )
            on = known = None
    then = law.digest if law.digest != found.law.digest else ""
    return Reading(law, on or found.today, then, on, known, wrong or also)


def edition_on(found: Here, day: dt.date) -> str:
    """The digest of the edition in force at the end of a day, by the clock of the Book; empty where none was."""
    if day == dt.date.max:
        return ""
    after = dt.datetime.combine(day + dt.timedelta(1), dt.time(), found.zone)
    row = Promulgation.objects.filter(since__lt=after).order_by("-number").first()
    return row.edition if row is not None else ""


def day_of(said: str) -> tuple[dt.date | None, str]:
    """A day as it was typed, or what is wrong with it."""
    if not said.strip():
        return None, ""
    try:
        day = dt.date.fromisoformat(said.strip())
    except ValueError:
        return None, gettext("a day is written as 2026-11-23")
    return (day, "") if 1000 < day.year < 9999 else (None, gettext("that year is out of reach"))


def law_then(digest: str) -> Law:
    """An edition that is or was in force, or will be; one that was only deposited is not shown here.

    Raises:
        Http404: it never was.
    """
    if not Promulgation.objects.filter(edition=digest).exists():
        raise Http404
    try:
        return law_of(digest)
    except Edition.DoesNotExist:
        raise Http404 from None
