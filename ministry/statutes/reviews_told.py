"""What reviews tell Today: to whoever keeps an instrument those due soon, to whoever inspects how many are overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext

from ministry.console.waiting import MOST, Waiting, waits
from ministry.editions.queries import law_at
from ministry.gate.acting import Acting
from ministry.labels.reader import Reader
from ministry.register.models import Record
from ministry.statutes import reviews

AHEAD = dt.timedelta(days=60)


@waits("reviews")
def waiting(by: Acting, reader: Reader, at: dt.datetime) -> Iterator[Waiting]:
    """Reviews that are overdue or due within 60 days. One query, where any is."""
    law, today = law_at(at), at.date()
    inspects = bool(reader.sight(Record.sort).others)
    named = {
        name
        for name, item in law.book.instruments.items()
        if item.review is not None and (inspects or item.owner == by.office)
    }
    if not named:
        return
    rows = reviews.calendar(law, today, named)
    mine = [one for one in rows if one.instrument.owner == by.office and one.day <= today + AHEAD]
    for one in mine[:MOST]:
        what = gettext("Conclude the review") if one.under_way else gettext("Review")
        late = (
            gettext("overdue since {day}").format(day=format(one.day, "%-d %B %Y"))
            if one.overdue(today)
            else ""
        )
        yield Waiting(
            what,
            f"/statutes/reviews/{one.instrument.id}/",
            f"{one.instrument.title}{': ' if late else ''}{late}",
            due=dt.datetime.combine(one.day, dt.time.max, dt.UTC),
        )
    over = [one for one in rows if one.overdue(today)]
    if inspects and over:
        many = (
            gettext("A review is overdue")
            if len(over) == 1
            else gettext("{over} reviews are overdue").format(over=len(over))
        )
        offices = len({one.instrument.owner for one in over})
        yield Waiting(
            many,
            "/statutes/reviews/#overdue",
            f"kept by {offices} office{'s' if offices > 1 else ''}; the oldest since {over[0].day:%-d %B %Y}",
            due=dt.datetime.combine(over[0].day, dt.time.max, dt.UTC),
        )
