"""What changed, for readers of feeds; the days of review, for calendars; all addresses, for those who search."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ministry.console import icalendar
from ministry.reading.answers import ATOM, CALENDAR, LATER, XML, answer, page, public
from ministry.reading.parts import Part, Room, book_of
from ministry.statutes import reviews
from writ.editions.compare import compare
from writ.editions.provisions import differing, provisions

ENTRIES = 20
"""Promulgations in the feed, the latest."""
LISTED = 200
"""Provisions of one entry."""


class Changed(msgspec.Struct, frozen=True):
    """A provision that says something else than in the edition before."""

    citation: str
    title: str
    how: str
    """new, amended, gone."""
    href: str
    words: tuple[str, ...] = ()
    """What became of its norms."""


@public
def changes(request: HttpRequest, room: Room) -> HttpResponse:
    """An entry for each promulgation, with the public provisions that say something else."""

    def made() -> bytes:
        entries = []
        for at, term in enumerate(room.terms[:ENTRIES]):
            before = room.terms[at + 1] if at + 1 < len(room.terms) else None
            new = room.part(term)
            entries.append(entry(new, room.part(before) if before is not None else None))
        said = {
            "title": room.now.book.title,
            "url": settings.URL,
            "feed": settings.URL + reverse("law:feed"),
            "updated": stamp(room.terms[0].since),
            "entries": entries,
        }
        return page("feed.xml", said)

    return answer(request, room.state, made, ATOM, changed=room.changed)


def entry(new: Part, old: Part | None) -> dict[str, Any]:
    found = changed(new, old) if old is not None else ()
    return {
        "part": new,
        "id": f"{settings.URL}{reverse('law:edition', args=[new.term.digest])}#{new.term.number}",
        "href": settings.URL + reverse("law:edition", args=[new.term.digest]),
        "since": stamp(new.term.since),
        "first": old is None,
        "changes": found[:LISTED],
        "more": max(0, len(found) - LISTED),
    }


@lru_cache(maxsize=64)
def _changed(
    new: tuple[str, frozenset[str]], old: tuple[str, frozenset[str]]
) -> tuple[Changed, ...]:
    before, after = book_of(old[0]), book_of(new[0])
    differs = differing(before, after)
    words: dict[tuple[str, str], list[str]] = {}
    for change in compare(before, after).changes:
        norm = after.by_id.get(change.name) or before.by_id.get(change.name)
        if norm is not None and change.citation:
            what = f"{change.subject} {change.change}"
            words.setdefault((norm.instrument, norm.label), []).append(what)
    found = []
    for book, names, gone in ((after, new[1], False), (before, old[1], True)):
        for one in provisions(book):
            if (
                one.key not in differs
                or one.instrument not in names
                or (differs[one.key][1] == "") is not gone
            ):
                continue
            item = book.instruments[one.instrument]
            how = "gone" if gone else "amended" if differs[one.key][0] else "new"
            href = "" if gone else reverse("law:instrument-edition", args=[new[0], one.instrument])
            if one.label and not gone:
                href += f"{one.label}/"
            said = [text for (name, label), texts in words.items() if name == one.instrument
                    and (label == one.label or label.startswith(f"{one.label}("))
                    for text in texts]  # fmt: skip
            found.append(
                Changed(
                    item.cite(one.label) if one.label else item.citation or item.title,
                    one.title or "its head",
                    how,
                    href,
                    tuple(dict.fromkeys(said)),
                )
            )
    return tuple(found)


def changed(new: Part, old: Part) -> tuple[Changed, ...]:
    """The public provisions that do not say the same in two editions."""
    return _changed((new.term.digest, new.names), (old.term.digest, old.names))


def stamp(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


@public
def due(request: HttpRequest, room: Room) -> HttpResponse:
    """By when the instruments that everybody may read are reviewed."""
    part, today = room.now, room.at.date()
    _, last = reviews.reviews_of(set(part.names))
    days = {name: reviews.due_of(item, last.get(name)) for name, item in part.instruments.items()}
    over = {name for name, one in part.instruments.items() if one.end and one.end <= today}
    kept = {name: day for name, day in days.items() if day and name not in over}
    depends = f"{room.state} {sorted(kept.items())}"

    def made() -> bytes:
        events = [
            icalendar.Event(
                f"review-{name}-{day.isoformat()}@{settings.HOST}",
                day,
                f"Review of {part.instruments[name].title}",
                part.term.since,
                f"Kept by {part.office(part.instruments[name].owner)}"
                if part.instruments[name].owner
                else "",
                settings.URL + reverse("law:instrument", args=[name]),
                "Review of law",
            )
            for name, day in sorted(kept.items(), key=lambda pair: (pair[1], pair[0]))
        ]
        return icalendar.calendar("Reviews of the law", events)

    return answer(request, depends, made, CALENDAR)


@public
def sitemap(request: HttpRequest, room: Room) -> HttpResponse:
    """Every instrument and provision in force that everybody may read."""
    part = room.now

    def made() -> bytes:
        found = [reverse("law:index")]
        for name in part.names:
            found.append(reverse("law:instrument", args=[name]))
            found += [f"{found[0]}{name}/{one.label}/" for one in part.sections(name) if one.label]
        urls = [settings.URL + one for one in sorted(found)[:50_000]]
        return page("sitemap.xml", {"urls": urls, "changed": stamp(room.changed)})

    return answer(request, room.state, made, XML, LATER, changed=room.changed)
