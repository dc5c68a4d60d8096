"""Planning a period: by hand, or from a proposal that a person looks at; then it is published as an act."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from pydantic import ValidationError

from ministry.console import doors
from ministry.console.fields import Wrong
from ministry.console.here import Here, here
from ministry.console.views import refusal
from ministry.console.views.errors import sentence
from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.rosters import acts, facts
from ministry.rosters.acts import BACK, PERIOD, with_overlap
from ministry.rosters.data import PublishingRoster, Put
from ministry.rosters.facts import Move
from ministry.rosters.models import Draft, Member, Post, Roster
from ministry.rosters.pattern import DAY, Slot, of_days
from ministry.rosters.planning import proposed
from ministry.rosters.proposing import share
from ministry.rosters.views.people import Names
from ministry.rosters.views.post import day_asked, keeps

Given = dict[str, list[str]]
"""By the beginning of a shift, who has it."""
USUAL = 14


@require_http_methods(["GET", "HEAD", "POST"])
@doors.in_office
def page(request: HttpRequest, post: str) -> HttpResponse:
    """The plan of a post from `?first=` to `?last=`: a draft of whoever makes it, until it is published."""
    found = here(request)
    one = get_object_or_404(Post, key=post, until=None)
    if not keeps(found, one):
        raise Http404
    first, last = period(request, found, one)
    slots = of_days(one.lines, one.zone, first, last)
    if request.method != "POST":
        kept = Draft.objects.filter(person=found.reader.person, post=one, first=first).first()
        given = kept.given if kept is not None and kept.last == last else {}
        return shown(request, found, one, (first, last), slots, given)
    given = typed(request, one, slots)
    what = request.POST.get("what", "")
    if what == "propose":
        given = proposed(found.law, found.held, one, slots, given, found.at)
        keep(found, one, first, last, given)
        return shown(request, found, one, (first, last), slots, given, proposal=True)
    keep(found, one, first, last, given)
    if what == "publish":
        return publish(request, found, one, (first, last), slots, given)
    messages.success(request, gettext("The plan is kept. Nobody else sees it."))
    return HttpResponseRedirect(address(one, first, last))


def address(post: Post, first: dt.date, last: dt.date) -> str:
    return f"/rosters/posts/{post.key}/plan/?{urlencode({'first': str(first), 'last': str(last)})}"


def period(request: HttpRequest, found: Here, post: Post) -> tuple[dt.date, dt.date]:
    """The days that are planned: those of the address, or two weeks after the last that are published."""
    today = post.day_of(found.at)
    ends = Roster.objects.filter(post=post).order_by("-last").values_list("last", flat=True)[:1]
    usual = max([today + DAY, *(one + DAY for one in ends)])
    first = day_asked(request, "first", usual)
    last = day_asked(request, "last", first + (USUAL - 1) * DAY)
    if not today - BACK <= first <= last or (last - first).days >= PERIOD:
        raise Http404
    return first, last


def typed(request: HttpRequest, post: Post, slots: list[Slot]) -> Given:
    """Who was chosen for which shift; of those assigned alone."""
    known = set(Member.objects.filter(post=post, until=None).values_list("person", flat=True))
    found: Given = {}
    for one in slots:
        some = [
            person
            for at in range(post.needs)
            if (person := request.POST.get(f"{name(one)}-{at}", "")) in known
        ]
        if some:
            found[name(one)] = list(dict.fromkeys(some))
    return found


def name(slot: Slot) -> str:
    return slot.start.strftime("%Y%m%dT%H%M")


def keep(found: Here, post: Post, first: dt.date, last: dt.date, given: Given) -> None:
    Draft.objects.update_or_create(
        person=found.reader.person,
        post=post,
        first=first,
        defaults={"last": last, "given": given, "changed": found.at},
    )


def publish(
    request: HttpRequest,
    found: Here,
    post: Post,
    days: tuple[dt.date, dt.date],
    slots: list[Slot],
    given: Given,
) -> HttpResponse:
    puts = tuple(
        Put(start=slot.start, person=person)
        for slot in slots
        for person in given.get(name(slot), ())
    )
    try:
        data = PublishingRoster(post=post.key, first=days[0], last=days[1], shifts=puts)
        acts.publish(doors.acting_of(found), data)
    except Refused as stopped:
        return refusal.page(request, stopped.refusal, data)
    except NotPossible as error:
        wrongs = [Wrong(sentence(error.message), None, error.help)]
        return shown(request, found, post, days, slots, given, wrongs, 409)
    except ValidationError:
        wrongs = [Wrong(gettext("That is too much for one roster"))]
        return shown(request, found, post, days, slots, given, wrongs, 422)
    Draft.objects.filter(person=found.reader.person, post=post, first=days[0]).delete()
    messages.success(request, gettext("The roster is published, and on the record."))
    return HttpResponseRedirect(f"/rosters/posts/{post.key}/?from={days[0]}")


def shown(
    request: HttpRequest,
    found: Here,
    post: Post,
    days: tuple[dt.date, dt.date],
    slots: list[Slot],
    given: Given,
    wrongs: list[Wrong] | None = None,
    status: int = 200,
    proposal: bool = False,
) -> HttpResponse:
    members = list(Member.objects.filter(post=post, until=None).order_by("order", "since", "id"))
    names = Names(found, {one.person for one in members})
    people = [names(one.person) for one in members]
    takes: dict[str, list[Slot]] = {}
    for one in slots:
        for person in given.get(name(one), ()):
            takes.setdefault(person, []).append(with_overlap(post, one))
    weighed = facts.weigh(found.law, found.held, Move(post, takes))
    said: dict[tuple[str, dt.datetime], list[Any]] = {}
    for each in weighed.breaches:
        said.setdefault((each.person, each.start), []).append(each)
    rows = [
        {
            "slot": one,
            "day": post.day_of(one.start),
            "start": one.start.astimezone(post.tz),
            "end": one.end.astimezone(post.tz),
            "chosen": [
                (f"{name(one)}-{at}", chosen(given.get(name(one), []), at))
                for at in range(post.needs)
            ],
            "missing": max(0, post.needs - len(given.get(name(one), ()))),
            "breaches": [
                (names(person), each)
                for person in given.get(name(one), ())
                for each in said.get((person, one.start), ())
            ],
        }
        for one in slots
    ]
    counted = share(takes, post.tz)
    return render(
        request,
        "rosters/plan.html",
        {
            "post": post,
            "first": days[0],
            "last": days[1],
            "rows": rows,
            "people": [one for one in people if one.key],
            "shares": [(one, counted.get(one.key, (0, 0, 0))) for one in people if one.key],
            "open": sum(len(given.get(name(one), ())) < post.needs for one in slots),
            "breaches": weighed.breaches,
            "unfit": [names(key) for key in sorted(weighed.unfit)],
            "absent": [names(key) for key in sorted(weighed.absent)],
            "allow": urlencode(
                {
                    "post": post.key,
                    "breaches": "\n".join(
                        f"{one.person} {one.start.isoformat(timespec='minutes')} {one.rule} {one.found}"
                        for one in weighed.breaches
                    ),
                }
            ),
            "limits": facts.limits(found.law),
            "proposal": proposal,
            "wrongs": wrongs or [],
        },
        status=status,
    )


def chosen(some: list[str], at: int) -> str:
    return some[at] if at < len(some) else ""
