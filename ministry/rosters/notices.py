"""What rosters tell: to people of their shifts and swaps, to whoever keeps a roster of its gaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from ministry.editions.queries import Law
from ministry.notices.duties import office_words
from ministry.notices.kinds import Happened, News, Over, Span, Told, in_time, kind, tells
from ministry.rosters import facts
from ministry.rosters.models import Post, Shift, Swap

BEFORE = dt.timedelta(hours=12)
"""So long before it a shift is told."""

kind(
    "shift",
    _("Your shifts"),
    {
        "begins": _("A shift of yours begins soon"),
        "published": _("A roster with shifts of yours was published"),
        "changed": _("Your shifts were changed"),
    },
)
kind(
    "swap",
    _("Swaps of shifts"),
    {
        "asked": _("You are asked to take a shift"),
        "approve": _("A swap of shifts waits for approval"),
        "approved": _("A swap of your shifts was approved"),
        "ended": _("A swap of your shifts was declined or withdrawn"),
    },
    asks=True,
)


@tells("publish-roster")
def published(one: Happened) -> Iterator[News]:
    """Everybody who is on it is told, once."""
    people = tuple(sorted({each["person"] for each in one.data.get("shifts", ())}))
    if people:
        yield Told(
            "shift",
            one.record,
            "/rosters/mine/",
            "published",
            people=people,
            about=name_of(one.about),
            by=office_words(one.law, one.office),
            but=one.person,
        )


@tells("change-roster", "fill-gap")
def changed(one: Happened) -> Iterator[News]:
    """Who has a shift no longer is told, and who has it now."""
    some = (one.data.get("old"), one.data.get("new"), one.data.get("person"))
    yield Told(
        "shift",
        one.record,
        "/rosters/mine/",
        "changed",
        people=tuple(each for each in some if each),
        about=name_of(one.about),
        by=office_words(one.law, one.office),
        but=one.person,
    )


@tells("propose-swap", "accept-swap", "approve-swap", "end-swap")
def swapped(one: Happened) -> Iterator[News]:
    """Whoever is asked, who approves, and both once it is settled."""
    swap = Swap.objects.select_related("post", "shift").filter(id=one.about).first()
    if swap is None:
        return
    if one.act != "propose-swap":
        yield Over(("swap",), swap.id)
    said, people, offices = {
        "propose-swap": ("asked", (swap.taker,), ()),
        "accept-swap": ("approve", (), approvers(one.law, swap.post)),
        "approve-swap": ("approved", (swap.giver, swap.taker), ()),
        "end-swap": ("ended", (swap.giver, swap.taker), ()),
    }[one.act]
    yield Told(
        "swap",
        f"{swap.id} {said}",
        "/rosters/swaps/",
        said,
        swap.id if said in ("asked", "approve") else "",
        offices=offices,
        people=people,
        about=swap.post.name,
        but=one.person,
        due=swap.shift.start,
        label=one.label,
    )


def approvers(law: Law, post: Post) -> tuple[str, ...]:
    """The offices that approve swaps of a post."""
    return tuple(sorted({post.keeper, *facts.named(law.digest, "approve-swap")}))


@in_time
def beginning(span: Span) -> Iterator[News]:
    """Shifts that begin within twelve hours."""
    rows = Shift.objects.filter(
        void=None, start__gt=span.since + BEFORE, start__lte=span.until + BEFORE
    ).select_related("post")
    for one in rows:
        yield Told(
            "shift",
            f"{one.id} begins",
            "/rosters/mine/",
            "begins",
            people=(one.person,),
            about=one.post.name,
            due=one.start,
            at=one.start - BEFORE,
            label="",
        )


def name_of(post: str) -> str:
    return Post.objects.values_list("name", flat=True).filter(key=post).first() or post
