"""Which instruments everybody may read.

Published by law is what ranks as a statute or higher: nobody is bound by an enactment that they cannot read. Everything
else, from a regulation to a protocol, is published by the act `publish-instrument` alone. A book whose ranks have no
`statute` publishes nothing by law. So what is made without a thought of publication is not published.
"""

from __future__ import annotations

import datetime as dt

from ministry.statutes.models import Publication
from writ.book.model import Book, Instrument

LOWEST = "statute"
"""The lowest rank that is published by law."""


def by_law(book: Book, item: Instrument) -> bool:
    """Whether an instrument is published by law."""
    return LOWEST in book.ranks and item.rank <= book.ranks.index(LOWEST)


def published(at: dt.datetime) -> tuple[dict[str, dt.datetime], dt.datetime | None]:
    """What is published by act at a moment, and since when; and when that was last otherwise. One query."""
    found: dict[str, dt.datetime] = {}
    last = None
    rows = Publication.objects.filter(since__lte=at)
    for name, since, until in rows.values_list("instrument", "since", "until"):
        over = until is not None and until <= at
        if not over:
            found[name] = since
        last = max(filter(None, (last, until if over else since)))
    return found, last
