"""Calendars that other programs subscribe to: of one's own shifts or of a post, under an address that is a secret.

The address stands for whoever made it, in the office in which they made it: it gives what they may read without a
record of it, as long as they are in that office. It is kept as its digest, shown once, and may be taken back.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext, override
from django.views.decorators.http import require_POST, require_safe

from ministry.console import doors, icalendar
from ministry.console.here import here
from ministry.editions.queries import NoEdition, law_at
from ministry.gate.acting import Acting
from ministry.gate.holders import holders
from ministry.gate.readers import SORTS, reader_of
from ministry.identity.tokens import digest, new_secret
from ministry.labels.rows import confine
from ministry.people.models import Appointment, Person
from ministry.rosters.models import Feed, Post, Shift

log = logging.getLogger("ministry.security")
MOST = 20
"""Addresses of one person, at the most."""
BACK, AHEAD = dt.timedelta(days=60), dt.timedelta(days=366)
SHIFTS = 3_000
LENGTH = 64


@require_POST
@doors.in_office
def make(request: HttpRequest) -> HttpResponse:
    """Make an address, of a post or of one's own shifts; or take one back."""
    found = here(request)
    person = found.reader.person
    own = Feed.objects.filter(person=person)
    if taken := request.POST.get("forget", ""):
        own.filter(pk=int(taken) if taken.isdecimal() and len(taken) < 12 else 0).delete()
        return HttpResponseRedirect(reverse("rosters:mine") + "#calendars")
    post = request.POST.get("post", "")[:80]
    of = get_object_or_404(Post, key=post, until=None) if post else None
    if own.count() >= MOST:
        own.order_by("made", "id").first().delete()  # type: ignore[union-attr]  # there are some
    secret = new_secret()
    Feed.objects.create(
        digest=digest(secret), person=person, office=found.reader.office, post=of, made=found.at
    )
    request.session["rosters-feed"] = settings.URL + reverse("rosters:feed", args=[secret])
    return HttpResponseRedirect(reverse("rosters:mine") + "#calendars")


@require_safe
@doors.open_to_all
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of an address. Whatever is wrong with it, it is as if it had never been."""
    at = timezone.now()
    one = Feed.objects.filter(digest=digest(secret[:LENGTH])).select_related("post").first()
    if one is None or not secrets.compare_digest(one.digest, digest(secret[:LENGTH])):
        raise Http404
    in_office = Appointment.everything.filter(
        person=one.person, office=one.office, until=None, person__is_active=True
    )
    if not in_office.exists():
        raise Http404
    try:
        with override("en"):
            body, latest = calendar(one, at)
    except NoEdition:
        raise Http404 from None
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=tag, last_modified=int(latest.timestamp()))
    answer = answer or HttpResponse(body, "text/calendar; charset=utf-8")
    answer.headers["ETag"] = tag
    answer.headers["Last-Modified"] = latest.strftime("%a, %d %b %Y %H:%M:%S GMT")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def calendar(one: Feed, at: dt.datetime) -> tuple[bytes, dt.datetime]:
    """The calendar of an address, and when anything of it last changed: a fixed number of queries."""
    law = law_at(at)
    held = holders(law)
    reader = reader_of(Acting(one.person, one.office), at, law, held)
    confine(reader, SORTS)
    rows = Shift.objects.filter(start__gt=at - BACK, start__lt=at + AHEAD).select_related("post")
    rows = rows.filter(post=one.post) if one.post else rows.filter(person=one.person)
    every = list(rows.order_by("start", "id")[:SHIFTS])
    stand = [each for each in every if each.void is None]
    latest = max(
        [one.made, *(each.void or each.made for each in every)], default=one.made
    ).astimezone(dt.UTC)
    names: dict[str, str] = {}
    if one.post:
        people = Person.objects.seen_by(reader, on_record=False)
        people = people.filter(key__in={each.person for each in stand})
        names = dict(people.values_list("key", "name"))
    nobody = gettext("nobody named")
    events = [
        icalendar.Event(
            f"shift-{each.id}@{settings.HOST}",
            each.start,
            f"{each.post.name}: {names.get(each.person, nobody)}" if one.post else each.post.name,
            each.made,
            each.name,
            f"{settings.URL}/rosters/posts/{each.post_id}/",
            gettext("Duty"),
            each.end,
        )
        for each in stand
    ]
    name = one.post.name if one.post else gettext("My shifts")
    return icalendar.calendar(name, events), latest
