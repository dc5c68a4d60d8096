"""What rosters tell Today: gaps to fill, swaps to answer or approve, a note to leave or to sign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext

from ministry.console.waiting import MOST, Waiting, waits
from ministry.editions.queries import law_at
from ministry.gate.acting import Acting
from ministry.gate.holders import holders
from ministry.gate.readers import hidden
from ministry.labels.reader import Reader
from ministry.rosters import facts, queries
from ministry.rosters.models import Handover, Post, Shift, Swap
from ministry.rosters.pattern import LONGEST

SOON = dt.timedelta(hours=2)
"""So long before the end of a shift its note is asked for."""
FEW = 200


@waits("rosters")
def waiting(by: Acting, reader: Reader, at: dt.datetime) -> Iterator[Waiting]:
    """What waits for an office and for whoever acts in it. One query where there is no post."""
    posts = list(Post.objects.filter(until=None)[:FEW])
    if not posts:
        return
    law = law_at(at)
    settles = by.office in facts.named(law.digest, "approve-swap")
    fills = by.office in facts.named(law.digest, "fill-gap")
    kept = [one for one in posts if fills or one.keeper == by.office]
    found = queries.gaps_of(kept, at, at + queries.AHEAD) if kept else []
    published, unplanned = queries.apart(found)
    for gap in [*published, *unplanned][:MOST]:
        if not gap.reported:
            what = gettext("Fill or report a gap") if gap.published else gettext("Plan a roster")
            where = "gaps/" if gap.published else f"posts/{gap.post.key}/plan/"
            yield Waiting(what, f"/rosters/{where}", gap.post.name, due=gap.start)
    yield from swaps(by, reader, settles, holders(law).changes)
    yield from notes(by, reader, at)


def swaps(by: Acting, reader: Reader, settles: bool, changes: int) -> Iterator[Waiting]:
    """Swaps that whoever acts is asked for, or that their office approves."""
    approved = Q(accepted__isnull=False) & ~Q(giver=by.person) & ~Q(taker=by.person)
    if not settles:
        approved &= Q(post__keeper=by.office)
    rows = Swap.objects.filter(Q(taker=by.person, accepted=None) | approved)
    rows = rows.filter(approved=None, ended=None).select_related("post", "shift")
    some = list(rows.order_by("shift__start", "id")[:MOST])
    unknown = hidden(reader, {key for one in some for key in (one.giver, one.taker)}, changes)
    for one in some:
        if unknown & {one.giver, one.taker}:
            continue
        what = gettext("Approve a swap") if one.accepted else gettext("Answer a swap")
        yield Waiting(
            what,
            "/rosters/swaps/",
            one.post.name,
            by=one.giver,
            since=one.accepted or one.asked,
            due=one.shift.start,
        )


def notes(by: Acting, reader: Reader, at: dt.datetime) -> Iterator[Waiting]:
    """The note that whoever is on duty leaves, and the one with which they begin."""
    own = Shift.objects.filter(
        person=by.person,
        void=None,
        start__lte=at,
        start__gt=at - LONGEST,
        end__gt=at - queries.GRACE,
    ).select_related("post", "left")
    mine = list(own)
    for one in mine:
        if not hasattr(one, "left") and one.end - at <= SOON:
            yield Waiting(
                gettext("Leave a note for the next shift"),
                f"/acts/hand-over/?post={one.post_id}",
                one.post.name,
                due=one.end,
            )
    here = [one.post_id for one in mine if one.end > at]
    if here:
        rows = Handover.objects.seen_by(reader, on_record=False)
        rows = rows.filter(post__in=here, taken=None, at__gt=at - LONGEST).exclude(
            leaving=by.person
        )
        for note in rows.select_related("post").order_by("at")[:MOST]:
            yield Waiting(
                gettext("Begin the shift with its note"),
                f"/rosters/posts/{note.post_id}/handovers/",
                note.post.name,
                since=note.at,
            )
