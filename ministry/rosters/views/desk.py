"""The front page of rosters, one's own shifts, gaps, and swaps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from ministry.console import doors
from ministry.console.here import Here, here
from ministry.console.views.errors import sentence
from ministry.gate.deed import NotPossible
from ministry.rosters import facts, queries, swapping
from ministry.rosters.data import Approving, OnSwap
from ministry.rosters.models import Absence, Feed, Post, Shift, Swap
from ministry.rosters.pattern import LONGEST
from ministry.rosters.views.people import Names

MOST = 200
SHOWN = 12
STEPS = {
    "accept": (swapping.accept, OnSwap, gettext_noop("The swap is accepted, and waits for approval")),
    "end": (swapping.end, OnSwap, gettext_noop("The swap is ended")),
    "approve": (swapping.approve, Approving, gettext_noop("The swap is approved: the roster has changed")),
}  # fmt: skip


@require_safe
@doors.in_office
def page(request: HttpRequest) -> HttpResponse:
    """Who is on duty now at which post, where it lacks somebody, and what waits."""
    found = here(request)
    posts = list(Post.objects.filter(until=None)[:MOST])
    at = found.at
    rows = Shift.objects.filter(
        post__in=posts, void=None, start__lte=at, start__gt=at - LONGEST, end__gt=at
    )
    now: dict[str, list[Shift]] = {}
    for one in rows.order_by("-start", "person"):
        now.setdefault(one.post_id, []).append(one)
    gaps = queries.gaps_of(posts, at, at + queries.AHEAD)
    published, unplanned = queries.apart(gaps)
    alone = queries.single_points(found.law, found.held, posts)
    names = Names(
        found,
        {one.person for some in now.values() for one in some}
        | {person for one in alone for person in one.people},
    )
    return render(
        request,
        "rosters/desk.html",
        {
            "posts": [
                (one, [(names(each.person), each) for each in now.get(one.key, ())], lacking(published, one))
                for one in posts
            ],
            "gaps": published[:SHOWN],
            "more": max(0, len(published) - SHOWN),
            "unplanned": unplanned,
            "alone": [(one.post, [names(each) for each in one.people]) for one in alone],
            "missing": queries.missing_notes([one for one in posts if one.office == found.reader.office], at)[:SHOWN],
            "swaps": swaps_of(found)[:SHOWN],
        },
    )  # fmt: skip


def lacking(gaps: list[queries.Open], post: Post) -> int:
    """How many gaps the published rosters of a post have."""
    return sum(one.post.key == post.key for one in gaps)


@require_safe
@doors.in_office
def mine(request: HttpRequest) -> HttpResponse:
    """The shifts of whoever asks: those to come, and the latest; absences, and the addresses of calendars."""
    found = here(request)
    person = found.reader.person
    rows = Shift.objects.filter(person=person, void=None).select_related("post")
    asked = {
        one.shift_id: one for one in Swap.objects.filter(giver=person, approved=None, ended=None)
    }
    fresh = request.session.pop("rosters-feed", "")
    return render(
        request,
        "rosters/mine.html",
        {
            "ahead": [
                (one, asked.get(one.id), one.start > found.at)
                for one in rows.filter(end__gt=found.at).order_by("start")[:MOST]
            ],
            "past": rows.filter(end__lte=found.at).order_by("-start")[:SHOWN],
            "absences": Absence.objects.filter(person=person, end__gt=found.at),
            "feeds": Feed.objects.filter(person=person).select_related("post"),
            "posts": Post.objects.filter(until=None, members__person=person, members__until=None),
            "fresh": fresh,
        },
    )


@require_safe
@doors.in_office
def gaps(request: HttpRequest) -> HttpResponse:
    """Where too few are on duty within 30 days; of one post alone with `?post=`."""
    found = here(request)
    posts = list(Post.objects.filter(until=None)[:MOST])
    only = (request.GET.get("post") or "")[:80]
    some = [one for one in posts if not only or one.key == only]
    rows = queries.gaps_of(some, found.at, found.at + queries.AHEAD)
    return render(
        request,
        "rosters/gaps.html",
        {"rows": rows[:MOST], "more": max(0, len(rows) - MOST), "posts": posts, "only": only},
    )


# --- swaps


def swaps_of(found: Here) -> list[dict[str, Any]]:
    """The open swaps that concern whoever asks, with what they can do on each."""
    person, office = found.reader.person, found.reader.office
    concerns = Q(giver=person) | Q(taker=person) | Q(post__keeper=office)
    if approves(found):
        concerns |= Q(accepted__isnull=False)
    rows = list(
        Swap.objects.filter(concerns, approved=None, ended=None)
        .select_related("post", "shift", "back")
        .order_by("shift__start", "id")[:MOST]
    )
    names = Names(found, {key for one in rows for key in (one.giver, one.taker)})
    told = []
    for one in rows:
        giver, taker = names(one.giver), names(one.taker)
        if not giver.key or not taker.key:
            continue
        steps = []
        if one.taker == person and one.accepted is None:
            steps.append(("accept", gettext("Accept")))
        settles = one.post.keeper == office or approves(found)
        if one.accepted is not None and settles and person not in (one.giver, one.taker):
            steps.append(("approve", gettext("Approve")))
        if person == one.giver:
            steps.append(("end", gettext("Withdraw")))
        elif person == one.taker or settles:
            steps.append(("end", gettext("Decline")))
        told.append({"swap": one, "giver": giver, "taker": taker, "steps": steps})
    return told


def approves(found: Here) -> bool:
    """Whether the Book gives the office of whoever asks the approval of swaps of rosters that it does not keep."""
    return found.reader.office in facts.named(found.law.digest, "approve-swap")


@require_safe
@doors.in_office
def swaps(request: HttpRequest) -> HttpResponse:
    return render(request, "rosters/swaps.html", {"swaps": swaps_of(here(request))})


@require_POST
@doors.in_office
def swap(request: HttpRequest, swap: str, step: str) -> HttpResponse:
    """Accept, end or approve a swap."""
    found = here(request)
    if step not in STEPS:
        raise Http404
    act, data, done = STEPS[step]
    try:
        act(doors.acting_of(found), data(swap=swap[:40]))
    except NotPossible as error:
        messages.error(request, sentence(error.message))
        return HttpResponseRedirect(reverse("rosters:swaps"))
    messages.success(request, gettext(done))
    return HttpResponseRedirect(reverse("rosters:swaps"))
