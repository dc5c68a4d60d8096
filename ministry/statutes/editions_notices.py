"""What an edition that came into force tells: to offices whose norms it changed, and to those who keep searches.

To compare two editions and to search them takes long, so it is done before the transaction that puts the notices in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from ministry.database.transaction import now
from ministry.editions.indexed import searching
from ministry.editions.models import Promulgation
from ministry.editions.queries import law_at, law_of
from ministry.gate.holders import holders
from ministry.notices.kinds import Told, kind
from ministry.notices.models import Reach
from ministry.notices.telling import keep
from ministry.register.models import Record
from ministry.statutes.force_notices import ACTS
from ministry.statutes.models import SavedSearch
from ministry.timers.models import Timer
from ministry.timers.steps import Every, step
from writ.corpus.search.answer import MOST, Hit, ask
from writ.corpus.search.query import parse
from writ.editions.compare import compare

BOOK = "book"
QUERIES = 5_000
"""So many different searches are looked at."""

kind(
    "edition-in-force",
    _("Editions that change what your office may or must do"),
    _("A new edition changes what your office may or must do"),
)
kind("search-new", _("New results of your searches"), _("A search that you keep finds more"))


def looked(timer: Timer) -> list[dict[str, Any]]:
    """What the editions change that came into force since it was looked last, and what searches find in them."""
    at = now()
    reach = Reach.objects.filter(of=BOOK).values_list("leaves", flat=True).first()
    came = Promulgation.objects.filter(since__lte=at).order_by("number")
    if reach is None:
        last = came.last()
        return [{"number": last.number if last is not None else 0}]
    found: list[dict[str, Any]] = []
    for one in came.filter(number__gt=reach)[:3]:
        before = Promulgation.objects.filter(number=one.number - 1).first()
        told: dict[str, Any] = {"number": one.number}
        if before is not None and before.edition != one.edition:
            told |= {
                "edition": one.edition,
                "record": one.id,
                "since": one.since,
                "offices": [] if by_itself(one) else affected(before.edition, one.edition),
                "searches": found_anew(before.edition, one.edition, at.date()),
            }
        found.append(told)
    return found


@step("tell-editions", first=looked, every=Every(dt.timedelta(minutes=1)))
def told(timer: Timer, at: dt.datetime) -> dict[str, int]:
    """Tell it."""
    many = 0
    for one in timer.brought:
        if "edition" in one:
            law = law_at(at)
            many += keep(((news, None) for news in news_of(one)), law, at)
        Reach.objects.update_or_create(of=BOOK, defaults={"leaves": one["number"]})
    return {"notices": many}


def news_of(one: dict[str, Any]) -> Iterator[Told]:
    law = law_of(one["edition"])
    for office in one["offices"]:
        yield Told(
            "edition-in-force",
            one["edition"],
            f"/offices/{office}/",
            offices=(office,),
            about=law.book.title,
            at=one["since"],
            label="",
            record=one["record"],
        )
    for name, person, title, query, many in one["searches"]:
        yield Told(
            "search-new",
            f"{name} {one['edition']}",
            f"/search/?{urlencode({'q': query})}"[:400],
            people=(person,),
            about=f"{title} (+{many})",
            at=one["since"],
            label="",
            record=one["record"],
        )


def by_itself(one: Promulgation) -> bool:
    """Whether an act changed norms without an amendment: that was told when it was done (`force_notices`)."""
    return Record.everything.filter(id=one.id, act__in=ACTS).exists()


def affected(base: str, edition: str) -> list[str]:
    """The offices in which somebody is and of which an edition changes what they may or must do."""
    old, law = law_of(base).book, law_of(edition)
    found = compare(old, law.book)
    names = {one.actor for one in found.touched}
    for change in found.changes:
        names |= {*change.freer, *change.bound}
    held = holders(law).offices
    return sorted(names & {*held.holders, *held.deputies})


def found_anew(base: str, edition: str, today: dt.date) -> list[tuple[int, str, str, str, int]]:
    """The searches that find in an edition what they did not find in the one before, with how much that is."""
    rows = list(SavedSearch.objects.order_by("pk"))
    many = {}
    for query in list(dict.fromkeys(row.query for row in rows))[:QUERIES]:
        fresh = hits(edition, query, today)
        many[query] = len(fresh - hits(base, query, today)) if fresh else 0
    return [
        (row.pk, row.person, row.name, row.query, many[row.query])
        for row in rows
        if many.get(row.query)
    ]


def hits(edition: str, query: str, today: dt.date) -> set[tuple[str, str, str]]:
    """What a search finds in an edition, at the most 1,000 of it."""
    asked = parse(query, today)
    if asked.fatal:
        return set()
    with searching(edition) as index:
        answer = ask(index, asked, MOST)
    return {named(one) for one in (*answer.named, *answer.hits)}


def named(one: Hit) -> tuple[str, str, str]:
    return one.is_, one.instrument, one.label
