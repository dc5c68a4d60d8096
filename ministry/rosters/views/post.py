"""The page of a post: its roster by week or four weeks, who is on duty at a moment, whom to wake; and its handovers."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ministry.console import doors
from ministry.console.here import Here, here
from ministry.rosters import facts, queries
from ministry.rosters.grid import MONTH, WEEK, grid
from ministry.rosters.models import Handover, Member, Post, Roster, Shift
from ministry.rosters.pattern import DAY, moment
from ministry.rosters.views.people import Names

NOTES = 50


@require_safe
@doors.in_office
def page(request: HttpRequest, post: str) -> HttpResponse:
    """The roster of a post, from the Monday of a day (`?from=`), for a week or with `?span=month` four."""
    found = here(request)
    one = get_object_or_404(Post, key=post)
    number = MONTH if request.GET.get("span") == "month" else WEEK
    first = day_asked(request, "from", one.day_of(found.at))
    first -= first.weekday() * DAY
    since = moment(first, dt.time(), one.tz)
    until = moment(first + number * DAY, dt.time(), one.tz)
    shifts = list(Shift.objects.filter(post=one, void=None, start__gte=since, start__lt=until))
    when, wrong = moment_asked(request, one, found.at)
    calls = queries.whom_to_wake(one.key, when)
    members = list(Member.objects.filter(post=one, until=None).order_by("order", "since", "id"))
    able = facts.qualified(found.law, found.held, one, [each.person for each in members])
    names = Names(
        found,
        {each.person for each in shifts}
        | {each.person for each in calls}
        | {each.person for each in members},
    )
    return render(
        request,
        "rosters/post.html",
        {
            "post": one,
            "grid": grid(one, shifts, first, number, found.at),
            "names": names,
            "span": "month" if number == MONTH else "week",
            "before": first - number * DAY,
            "after": first + number * DAY,
            "when": when.astimezone(one.tz),
            "asked": "at" in request.GET,
            "wrong": wrong,
            "calls": [(names(each.person), each) for each in calls],
            "members": [(names(each.person), each, each.person in able) for each in members],
            "rosters": Roster.objects.filter(post=one, last__gte=one.day_of(found.at)),
            "keeps": keeps(found, one),
            "own": found.reader.person,
        },
    )


def keeps(found: Here, post: Post) -> bool:
    """Whether the office of whoever asks keeps the roster, or may in the place of whoever does."""
    office = found.reader.office
    return post.keeper == office or office in facts.named(found.law.digest, "publish-roster")


def day_asked(request: HttpRequest, name: str, otherwise: dt.date) -> dt.date:
    """A day of the address.

    Raises:
        Http404: it is none, or none that a roster has.
    """
    text = request.GET.get(name) or ""
    if not text:
        return otherwise
    try:
        day = dt.date.fromisoformat(text[:10])
    except ValueError:
        raise Http404 from None
    if not 2000 <= day.year <= 2100:
        raise Http404
    return day


def moment_asked(request: HttpRequest, post: Post, now: dt.datetime) -> tuple[dt.datetime, bool]:
    """The moment `?at=` by the clock of the post, and whether what was typed is none."""
    text = (request.GET.get("at") or "")[:16]
    if not text:
        return now, False
    try:
        typed = dt.datetime.fromisoformat(text)
    except ValueError:
        return now, True
    if not 2000 <= typed.year <= 2100:
        return now, True
    return moment(typed.date(), typed.time(), post.tz), False


@require_safe
@doors.in_office
def handovers(request: HttpRequest, post: str) -> HttpResponse:
    """The notes of a post that whoever asks may read, the latest first; and shifts that left none."""
    found = here(request)
    one = get_object_or_404(Post, key=post)
    rows = Handover.objects.seen_by(found.reader).filter(post=one)
    notes = found.shown(rows.select_related("shift").order_by("-at", "-id")[:NOTES])
    missing = queries.missing_notes([one], found.at)
    names = Names(
        found,
        {key for each in notes for key in (each.leaving, each.coming)}
        | {each.person for each in missing},
    )
    now = queries.on_duty(one.key, found.at)
    return render(
        request,
        "rosters/handovers.html",
        {
            "post": one,
            "notes": [
                (each, names(each.leaving), names(each.coming) if each.coming else None)
                for each in notes
            ],
            "missing": [(each, names(each.person)) for each in missing],
            "mine": any(each.person == found.reader.person for each in now),
            "own": found.reader.person,
        },
    )
