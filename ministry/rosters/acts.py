"""What rosters do, but for swaps (`swapping`) and handovers (`handing`): posts, people, rosters, gaps, exceptions."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext

from ministry.editions.queries import Law, law_at
from ministry.gate.acting import Acting
from ministry.gate.deed import Data, Deed, NotPossible
from ministry.gate.holders import holders
from ministry.gate.markings import together
from ministry.gate.readers import person_of, reader_of
from ministry.gate.registry import act
from ministry.labels.marking import Marking, marking
from ministry.people.models import Person
from ministry.rosters import apply, facts, queries
from ministry.rosters.data import (
    Absent,
    Assigning,
    Changing,
    EndingAbsence,
    Establishing,
    Excepting,
    Filling,
    OnPost,
    PublishingRoster,
    Put,
    Releasing,
    Reporting,
)
from ministry.rosters.facts import Move
from ministry.rosters.models import Absence, Member, Post, Roster, Shift
from ministry.rosters.pattern import DAY, LONGEST, NotAPattern, Slot, lines_of, of_days, slots
from writ.book.terms import Value

BACK = dt.timedelta(days=31)
"""So far back a roster that was kept elsewhere may still be entered."""
YEAR = dt.timedelta(days=366)
PERIOD = 93
"""Days of one roster, at the most."""


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    return frozenset(available_timezones())


# --- posts


@act("establish-duty-post", Establishing, apply.established)
def establish(by: Acting, data: Establishing, at: dt.datetime) -> Deed:
    """Establish a duty post: its pattern of shifts, and what whoever is on duty must be able to do."""
    law = law_at(at)
    words = law.book.vocabulary
    if Post.objects.filter(key=data.post).exists():
        raise NotPossible(gettext("there is a post of that name already"), "post")
    for field, names in (
        ("office", (data.office,)),
        ("keeper", (data.keeper,)),
        ("offices", data.offices),
    ):
        for name in names:
            actor = words.actors.get(name)
            if actor is None or actor.kind != "office":
                raise NotPossible(
                    gettext("the Book in force knows no office `{office}`").format(office=name),
                    field,
                )
    for name in data.acts:
        if name not in words.acts:
            raise NotPossible(
                gettext("the Book in force knows no act `{act}`").format(act=name), "acts"
            )
    zone = data.zone or book_zone(law)
    if zone not in zones():
        raise NotPossible(gettext("there is no such time zone"), "zone", "Europe/London")
    whole(data, zone, at)
    offices = data.offices or (data.office,)
    return Deed(data.post, data=data.model_copy(update={"zone": zone, "offices": offices}))


def whole(data: Establishing, zone: str, at: dt.datetime) -> None:
    """See that the pattern can be read and, where somebody is to be on duty always, that it leaves nothing out."""
    try:
        found = slots(lines_of(data.pattern), zone, at - LONGEST, at + YEAR)
    except NotAPattern as error:
        raise NotPossible(str(error), "pattern") from None
    if not found:
        raise NotPossible(gettext("the pattern has no shift within a year"), "pattern")
    end = max((one.end for one in found if one.start <= at), default=at - DAY)
    for one in found:
        if data.always and end < one.start and one.start > at:
            raise NotPossible(
                gettext("the pattern leaves out the time from {moment}").format(
                    moment=f"{end.astimezone(ZoneInfo(zone)):%a %d %b %H:%M}"
                ),
                "pattern",
                gettext("let it cover every moment, or leave out that somebody is always on duty"),
            )
        end = max(end, one.end)


def book_zone(law: Law) -> str:
    calendar = law.book.vocabulary.calendars.get(law.book.default_calendar)
    return (calendar.zone if calendar is not None else "") or "UTC"


def post_of(key: str) -> Post:
    """A post that is not closed.

    Raises:
        NotPossible: there is none.
    """
    found = Post.objects.filter(key=key, until=None).first()
    if found is None:
        raise NotPossible(gettext("there is no such post"), "post")
    return found


@act("close-duty-post", OnPost, apply.closed)
def close(by: Acting, data: OnPost, at: dt.datetime) -> Deed:
    """Close a duty post: from now on nobody need be on duty there."""
    return Deed(post_of(data.post).key)


@act("assign-to-post", Assigning, apply.assigned)
def assign(by: Acting, data: Assigning, at: dt.datetime) -> Deed:
    """Assign a person to a duty post."""
    post = post_of(data.post)
    person = person_of(by, data.person, at)
    if Member.objects.filter(post=post, person=person.key, until=None).exists():
        raise NotPossible(gettext("they are assigned to it already"), "person")
    return Deed(post.key, marking=of_people(law_at(at), {person.key}))


@act("release-from-post", Releasing, apply.released)
def release(by: Acting, data: Releasing, at: dt.datetime) -> Deed:
    """Release a person from a duty post. Shifts that they have stay until they are changed."""
    post = post_of(data.post)
    person = person_of(by, data.person, at)
    found = Member.objects.filter(post=post, person=person.key, until=None).first()
    if found is None:
        raise NotPossible(gettext("they are not assigned to it"), "person")
    return Deed(
        post.key,
        data=data.model_copy(update={"member": found.id}),
        marking=of_people(law_at(at), {person.key}),
    )


@act("record-absence", Absent, apply.absent)
def record_absence(by: Acting, data: Absent, at: dt.datetime) -> Deed:
    """Record that a person is absent. Shifts that they have then are shown to whoever keeps the roster."""
    person = person_of(by, data.person, at)
    if data.end <= data.start:
        raise NotPossible(gettext("it ends before it begins"), "end")
    if data.end <= at or data.end > at + 2 * YEAR:
        raise NotPossible(gettext("that is not within the next two years"), "end")
    return Deed(itself=True, marking=of_people(law_at(at), {person.key}))


@act("end-absence", EndingAbsence, apply.absence_ended)
def end_absence(by: Acting, data: EndingAbsence, at: dt.datetime) -> Deed:
    """End an absence before its time."""
    found = Absence.objects.filter(id=data.absence, end__gt=at).first()
    if found is None or found.person not in seen(by, {found.person}, at):
        raise NotPossible(gettext("there is no such absence to end"), "absence")
    return Deed(found.id, marking=of_people(law_at(at), {found.person}))


# --- people who are marked


def seen(by: Acting, people: set[str], at: dt.datetime) -> set[str]:
    """Those of these people of whom whoever acts may know."""
    rows = Person.objects.seen_by(reader_of(by, at)).filter(key__in=people)
    return set(rows.values_list("key", flat=True))


def all_seen(by: Acting, people: set[str], at: dt.datetime, field: str) -> None:
    """See that whoever acts may know of these people.

    Raises:
        NotPossible: somebody is as nobody to them.
    """
    for key in sorted(people - seen(by, people, at)):
        raise NotPossible(gettext("nobody is enrolled as {key}").format(key=key), field)


def of_people(law: Law, people: set[str]) -> Marking:
    """The marking of what names people: that of their entries taken together."""
    from ministry.labels.models import Label

    labels = set(
        Person.everything.filter(key__in=people).exclude(label="").values_list("label", flat=True)
    )
    rows = Label.objects.filter(id__in=labels) if labels else ()
    return together(law, [marking(str(one.marking)) for one in rows])


# --- rosters


@act("publish-roster", PublishingRoster, apply.published)
def publish(by: Acting, data: PublishingRoster, at: dt.datetime) -> Deed:
    """Publish the roster of a post: from then on it is changed by acts alone."""
    law, post = law_at(at), post_of(data.post)
    today = post.day_of(at)
    if data.last < data.first or (data.last - data.first).days >= PERIOD:
        raise NotPossible(
            gettext("a roster has {days} days at the most").format(days=PERIOD), "last"
        )
    if data.first < today - BACK or data.last > today + YEAR:
        raise NotPossible(gettext("that is too long ago, or too far ahead"), "first")
    if Roster.objects.filter(post=post, first__lte=data.last, last__gte=data.first).exists():
        raise NotPossible(
            gettext("a roster is published for some of these days already"),
            "first",
            gettext("change that one, or begin after it"),
        )
    wanted = of_days(post.lines, post.zone, data.first, data.last)
    known = {one.start: one for one in wanted}
    takes: dict[str, list[Slot]] = {}
    puts = []
    for one in data.shifts:
        slot = known.get(one.start)
        if slot is None:
            raise NotPossible(
                gettext("no shift of the post begins at {moment}").format(moment=one.start),
                "shifts",
            )
        taken = with_overlap(post, slot)
        if taken in takes.setdefault(one.person, []):
            raise NotPossible(gettext("somebody is put to the same shift twice"), "shifts")
        takes[one.person].append(taken)
        puts.append(Put(start=slot.start, person=one.person, end=taken.end, name=slot.name))
    people = set(takes)
    all_seen(by, people, at, "shifts")
    weighed = facts.weigh(law, holders(law), Move(post, takes))
    left = queries.gap_count(post, wanted, [one for some in takes.values() for one in some], at)
    return Deed(
        post.key,
        {
            **facts.of_roster(weighed, by.person),
            "roster.keeps": post.keeper == by.office,
            "roster.gaps": left,
        },
        data=data.model_copy(update={"shifts": tuple(puts)}),
        marking=of_people(law, people),
    )


def with_overlap(post: Post, slot: Slot) -> Slot:
    """A shift with the time in which it is handed over."""
    return Slot(slot.start, slot.end + dt.timedelta(minutes=post.overlap), slot.name)


def slot_at(post: Post, start: dt.datetime, at: dt.datetime) -> Slot:
    """The shift of a published roster that begins at a moment.

    Raises:
        NotPossible: there is none, or it is over.
    """
    some = slots(post.lines, post.zone, start, start + dt.timedelta(seconds=1))
    day = post.day_of(start)
    if not some or not Roster.objects.filter(post=post, first__lte=day, last__gte=day).exists():
        raise NotPossible(gettext("no published shift of the post begins then"), "start")
    if some[0].end <= at:
        raise NotPossible(gettext("that shift is over"), "start")
    return some[0]


@act("change-roster", Changing, apply.changed)
def change(by: Acting, data: Changing, at: dt.datetime) -> Deed:
    """Change one shift of a published roster: somebody else takes it, or it is left open, and why."""
    post = post_of(data.post)
    slot = slot_at(post, data.start, at)
    if data.old == data.new:
        raise NotPossible(gettext("say who has the shift, or who is to have it"), "new")
    old = None
    if data.old:
        all_seen(by, {data.old}, at, "old")
        old = Shift.objects.filter(post=post, start=slot.start, person=data.old, void=None).first()
        if old is None:
            raise NotPossible(gettext("they do not have that shift"), "old")
    found = {"end": with_overlap(post, slot).end, "name": slot.name, "shift": old.id if old else ""}
    return moved(by, post, slot, data.new, old, data.model_copy(update=found), at, data.reason)


@act("fill-gap", Filling, apply.filled)
def fill(by: Acting, data: Filling, at: dt.datetime) -> Deed:
    """Put somebody where a published roster has too few."""
    post = post_of(data.post)
    slot = slot_at(post, data.start, at)
    there = Shift.objects.filter(post=post, start=slot.start, void=None).count()
    if there >= post.needs:
        raise NotPossible(gettext("there is no gap then"), "start")
    found = {"end": with_overlap(post, slot).end, "name": slot.name}
    return moved(by, post, slot, data.person, None, data.model_copy(update=found), at)


def moved(
    by: Acting,
    post: Post,
    slot: Slot,
    new: str | None,
    old: Shift | None,
    data: Data,
    at: dt.datetime,
    reason: str = "",
) -> Deed:
    """What it comes to that one shift passes from somebody to somebody else."""
    law = law_at(at)
    people = {one for one in (new, old.person if old else None) if one}
    if new:
        all_seen(by, {new}, at, "new" if reason else "person")
        if Shift.objects.filter(post=post, start=slot.start, person=new, void=None).exists():
            raise NotPossible(
                gettext("they have that shift already"), "new" if reason else "person"
            )
    taken = with_overlap(post, slot)
    loses = [old.id] if old is not None else []
    weighed = facts.weigh(law, holders(law), Move(post, {new: [taken]} if new else {}, loses))
    rows = Shift.objects.filter(post=post, start=slot.start, void=None).exclude(id__in=loses)
    there = [one.slot for one in rows] + ([taken] if new else [])
    known: dict[str, Value] = {
        **facts.of_roster(weighed, by.person),
        "roster.keeps": post.keeper == by.office,
        "roster.gaps": queries.gap_count(post, [slot], there, at),
    }
    if reason:
        known["change-roster.reason"] = reason
    return Deed(post.key, known, data=data, marking=of_people(law, people))


@act("report-gap", Reporting, apply.reported)
def report(by: Acting, data: Reporting, at: dt.datetime) -> Deed:
    """Report a gap that cannot be filled, and what is done instead."""
    post = post_of(data.post)
    if not at - DAY < data.start < at + YEAR:
        raise NotPossible(gettext("that is not within a year"), "start")
    since = data.start - dt.timedelta(seconds=1)
    some = queries.gaps_of([post], since, data.start + LONGEST)
    if not any(one.start <= data.start < one.end for one in some):
        raise NotPossible(gettext("there is no gap then"), "start")
    return Deed(
        post.key,
        {"roster.keeps": post.keeper == by.office, "report-gap.reason": data.reason},
    )


@act("except-roster", Excepting, apply.excepted)
def except_(by: Acting, data: Excepting, at: dt.datetime) -> Deed:
    """Allow shifts that breach a rule of rest, and say why."""
    law, post = law_at(at), post_of(data.post)
    people = {one.person for one in data.breaches}
    all_seen(by, people, at, "breaches")
    known: dict[str, Value] = {"except-roster.reason": data.reason}
    day = post.day_of(data.breaches[0].start)
    of = Roster.objects.filter(post=post, first__lte=day, last__gte=day).first()
    if of is not None:
        known["roster.planner"] = of.person
    return Deed(post.key, known, marking=of_people(law, people))
