"""Duty posts, their shifts, who is on duty at a moment and whom to wake, gaps ahead, swaps."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import AwareDatetime, Field, StringConstraints

from ministry.api.documented import problems_of
from ministry.api.problems import Problem
from ministry.console.here import here
from ministry.gate.readers import hidden
from ministry.rosters import queries
from ministry.rosters.models import Post, Shift
from ministry.rosters.views.desk import swaps_of

router = Router(tags=["Rosters"])

MOST = 200
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,79}$")]
Moment = Annotated[AwareDatetime | None, Query(None, description="left out: now")]
SPAN = dt.timedelta(days=93)
UNNAMED = "empty where whoever asks may not know of them"


class DutyPost(Schema):
    """A post: `pattern` is one line for each shift, `Night | FREQ=DAILY | 22:00-06:00`, by the clock of `zone`."""

    post: str
    name: str
    office: str
    keeper: str
    zone: str
    pattern: str
    always: bool
    needs: int
    overlap: int = Field(description="minutes of handover")
    offices: list[str]
    acts: list[str]


class Posts(Schema):
    posts: list[DutyPost]
    more: bool


class OneShift(Schema):
    """A shift of a published roster."""

    id: str
    post: str
    person: str = Field(description=UNNAMED)
    name: str
    start: dt.datetime
    end: dt.datetime


class Shifts(Schema):
    shifts: list[OneShift]
    more: bool


class Called(Schema):
    """Somebody to be called, in the order of calls."""

    person: str = Field(description=UNNAMED)
    on_duty: bool
    absent: bool
    resting: bool = Field(description="has just come off duty")


class OnDuty(Schema):
    """Who is on duty at a post at a moment, and whom to wake."""

    post: str
    at: dt.datetime
    on_duty: list[OneShift]
    chain: list[Called]


class Gap(Schema):
    """A time at which too few are on duty."""

    post: str
    start: dt.datetime
    end: dt.datetime
    missing: int
    shift: dt.datetime = Field(description="the beginning of the shift that lacks somebody")
    published: bool = Field(description="a roster is published for it")
    reported: bool


class Gaps(Schema):
    gaps: list[Gap]
    more: bool


class RosterSwap(Schema):
    """A swap that is not settled; `may`: what whoever asks can do on it (`accept`, `approve`, `end`)."""

    id: str
    post: str
    shift: str
    back: str | None
    giver: str
    taker: str
    asked: dt.datetime
    accepted: dt.datetime | None
    may: list[str]


class Swaps(Schema):
    swaps: list[RosterSwap]


@router.get(
    "/rosters/posts",
    response={200: Posts, **problems_of()},
    operation_id="list-duty-posts",
    summary="Duty posts",
)
def posts(request: HttpRequest) -> dict[str, Any]:
    """The duty posts that are not closed."""
    here(request).reader  # noqa: B018  # from now on the connection is confined to what they may read
    some = list(Post.objects.filter(until=None)[: MOST + 1])
    return {"posts": [post_told(one) for one in some[:MOST]], "more": len(some) > MOST}


def post_told(one: Post) -> dict[str, Any]:
    names = [name for name in DutyPost.model_fields if name != "post"]
    return {"post": one.key, **{name: getattr(one, name) for name in names}}


def post_of(key: str) -> Post:
    found = Post.objects.filter(key=key).first()
    if found is None:
        raise Problem("not-found")
    return found


@router.get(
    "/rosters/posts/{post}/shifts",
    response={200: Shifts, **problems_of(404, 422)},
    operation_id="list-shifts",
    summary="Shifts of a post",
)
def shifts(request: HttpRequest, post: Path[Key], since: Moment, until: Moment) -> dict[str, Any]:
    """The shifts of a post that begin from a moment on, for 30 days or until another (at most 93)."""
    found, of = here(request), post_of(post)
    first = since or found.at
    last = until or first + queries.AHEAD
    last = min(last, first + SPAN) if first.year < 9000 else last
    rows = Shift.objects.filter(post=of, void=None, start__gte=first, start__lt=last)
    some = list(rows.order_by("start", "id")[: MOST + 1])
    unknown = hidden(found.reader, {one.person for one in some}, found.held.changes)
    return {
        "shifts": [shift_told(one, unknown) for one in some[:MOST]],
        "more": len(some) > MOST,
    }


def shift_told(one: Shift, unknown: set[str]) -> dict[str, Any]:
    return {
        "id": one.id,
        "post": one.post_id,
        "person": "" if one.person in unknown else one.person,
        "name": one.name,
        "start": one.start,
        "end": one.end,
    }


@router.get(
    "/rosters/posts/{post}/on-duty",
    response={200: OnDuty, **problems_of(404, 422)},
    operation_id="read-on-duty",
    summary="Who is on duty, and whom to wake",
)
def on_duty(request: HttpRequest, post: Path[Key], at: Moment) -> dict[str, Any]:
    """Who is on duty at a moment, and in which order the people of the post are called."""
    found, of = here(request), post_of(post)
    when = at or found.at
    if not 2000 <= when.year <= 2100:
        raise Problem("not-found")
    now = queries.on_duty(of.key, when)
    chain = queries.whom_to_wake(of.key, when)
    people = {one.person for one in now} | {one.person for one in chain}
    unknown = hidden(found.reader, people, found.held.changes)
    return {
        "post": of.key,
        "at": when,
        "on_duty": [shift_told(one, unknown) for one in now],
        "chain": [
            {
                "person": "" if one.person in unknown else one.person,
                "on_duty": one.on_duty,
                "absent": one.absent,
                "resting": one.resting,
            }
            for one in chain
        ],
    }


@router.get(
    "/rosters/gaps",
    response={200: Gaps, **problems_of()},
    operation_id="list-gaps",
    summary="Gaps ahead",
)
def gaps(request: HttpRequest) -> dict[str, Any]:
    """Where too few are on duty in the next 30 days."""
    found = here(request)
    some = list(Post.objects.filter(until=None)[:MOST])
    rows = queries.gaps_of(some, found.at, found.at + queries.AHEAD)
    told = [
        {
            "post": one.post.key,
            "start": one.start,
            "end": one.end,
            "missing": one.missing,
            "shift": one.shift,
            "published": one.published,
            "reported": one.reported,
        }
        for one in rows[:MOST]
    ]
    return {"gaps": told, "more": len(rows) > MOST}


@router.get(
    "/rosters/swaps",
    response={200: Swaps, **problems_of()},
    operation_id="list-swaps",
    summary="Swaps that are not settled",
)
def swaps(request: HttpRequest) -> dict[str, Any]:
    """The open swaps that concern whoever asks or the office acted in."""
    told = []
    for one in swaps_of(here(request)):
        swap = one["swap"]
        told.append(
            {
                "id": swap.id,
                "post": swap.post_id,
                "shift": swap.shift_id,
                "back": swap.back_id,
                "giver": swap.giver,
                "taker": swap.taker,
                "asked": swap.asked,
                "accepted": swap.accepted,
                "may": [step for step, _ in one["steps"]],
            }
        )
    return {"swaps": told}
