"""What reviews tell: to whoever keeps an instrument, that its review falls due or is overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from ministry.editions.models import Promulgation
from ministry.notices.kinds import Happened, News, Over, Span, Told, in_time, kind, tells
from ministry.statutes import reviews
from ministry.statutes.reviews_told import AHEAD

kind(
    "review-due",
    _("Reviews that fall due"),
    {
        "due": _("An instrument that your office keeps is to be reviewed"),
        "overdue": _("The review of an instrument that your office keeps is overdue"),
    },
    asks=True,
)


@tells("conclude-review")
def concluded(one: Happened) -> Iterator[News]:
    """A review is over."""
    yield Over(("review-due",), f"review {one.about}")


@in_time
def falling_due(span: Span) -> Iterator[News]:
    """Reviews that are due within 60 days, and those that are overdue: looked at once a day, and with each edition."""
    came = Promulgation.objects.filter(since__gt=span.since, since__lte=span.until)
    if span.since.date() == span.until.date() and not came.exists():
        return
    today = span.until.date()
    named = {name for name, one in span.law.book.instruments.items() if one.review and one.owner}
    for one in reviews.calendar(span.law, today, named) if named else ():
        if one.day > today + AHEAD:
            continue
        item, late = one.instrument, one.overdue(today)
        if late:
            yield Over(("review-due",), f"review {item.id}", frozenset({key(one, late)}))
        yield Told(
            "review-due",
            key(one, late)[1],
            f"/statutes/reviews/{item.id}/",
            "overdue" if late else "due",
            f"review {item.id}",
            offices=(item.owner,) if item.owner else (),
            about=item.title,
            due=dt.datetime.combine(one.day, dt.time.max, dt.UTC),
            label="",
        )


def key(one: reviews.Due, late: bool) -> tuple[str, str]:
    return "review-due", f"{one.instrument.id} {one.day} {'overdue' if late else 'due'}"
