"""The pages that people read: all instruments, one of them, a provision of it, the editions."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from ministry.console.said import anchor
from ministry.reading.answers import HTML, LATER, SOON, answer, moved, page, public
from ministry.reading.parts import Part, Room
from ministry.reading.text import Section
from ministry.statutes.reviews import in_force
from writ.book.model import Instrument


@public
def index(request: HttpRequest, room: Room) -> HttpResponse:
    """The instruments that everybody may read, by rank."""
    part, today = room.now, room.at.date()

    def made() -> bytes:
        return page(
            "index", {"part": part, "rows": rows(part, today), "title": part.book.title}, request
        )

    return answer(request, f"{room.state} {today}", made, changed=None)


def rows(part: Part, today: dt.date) -> list[dict[str, Any]]:
    ranks = part.book.ranks
    found = [
        {
            "item": item,
            "rank": ranks[item.rank],
            "in_force": in_force(item, today),
            "coming": item.start is None or item.start > today,
            "owner": part.office(item.owner),
            "href": reverse("law:instrument", args=[name]),
        }
        for name, item in part.instruments.items()
        if item.kind != "assurances"
    ]
    return sorted(found, key=lambda one: (one["item"].rank, one["item"].title))


@public
def edition(request: HttpRequest, room: Room, digest: str) -> HttpResponse:
    """An edition by its digest: what of it is public, for good."""
    part = part_named(room, digest)

    def made() -> bytes:
        found = rows(part, part.term.since.date())
        for one in found:
            one["href"] = reverse("law:instrument-edition", args=[digest, one["item"].id])
        return page("edition", {"part": part, "rows": found, "title": part.book.title}, request)

    return answer(request, f"{part.digest} {part.term.until}", made, seconds=LATER)


@public
def editions(request: HttpRequest, room: Room) -> HttpResponse:
    def made() -> bytes:
        return page("editions", {"terms": room.terms, "title": room.now.book.title}, request)

    return answer(request, room.state, made, changed=room.changed)


@public
def instrument(
    request: HttpRequest,
    room: Room,
    instrument: str,
    day: str = "",
    digest: str = "",
    label: str = "",
) -> HttpResponse:
    """An instrument, or one provision of it: now, on a day, or in an edition."""
    if on := request.GET.get("on"):
        return moved(permalink(instrument, date_of(on), label))
    part = part_at(room, day, digest)
    item = item_of(part, instrument)
    chosen: Section | None = None
    if label:
        chosen = next((one for one in part.sections(instrument) if one.label == label), None)
        if chosen is None:  # a paragraph of one: `1(2)` stands in `1`
            return paragraph(part, item, label, day, digest)
    today = date_of(day) if day else (part.term.since.date() if digest else room.at.date())

    def made() -> bytes:
        return page("instrument", told(part, item, chosen, today, day, digest), request)

    depends = f"{part.digest} {part.term.digest} {today} {part.term.until if digest else ''}"
    return answer(request, depends, made, HTML, LATER if day or digest else SOON)


def paragraph(part: Part, item: Instrument, label: str, day: str, digest: str) -> HttpResponse:
    """To the place of a paragraph on the page of its section."""
    section = label.partition("(")[0]
    names = {one.label for one in part.sections(item.id)}
    if "(" not in label or section not in names:
        raise Http404
    return moved(f"{place(item.id, day, digest, section)}#{anchor(label)}")


def told(
    part: Part, item: Instrument, chosen: Section | None, today: dt.date, day: str, digest: str
) -> dict[str, Any]:
    sections = part.sections(item.id)
    at = list(sections).index(chosen) if chosen is not None else -1
    labelled = [one for one in sections if one.label]
    links = {one.label: place(item.id, day, digest, one.label) for one in labelled}
    shown = sections if chosen is None else (sections[at],)
    return {
        "part": part,
        "item": item,
        "rank": part.book.ranks[item.rank],
        "owner": part.office(item.owner),
        "by": part.office(item.enacted_by),
        "in_force": in_force(item, today),
        "today": today,
        "day": day,
        "then": digest or day,
        "chosen": chosen,
        "cited": item.cite(chosen.label) if chosen is not None else "",
        "sections": [
            {
                "one": one,
                "href": links.get(one.label, ""),
                "cite": item.cite(one.label) if one.label else "",
            }
            for one in shown
        ],
        "contents": [{"title": one.title, "href": f"#{one.anchor}"} for one in labelled]
        if chosen is None
        else [],
        "whole": place(item.id, day, digest),
        "latest": reverse("law:instrument", args=[item.id]),
        "permalink": permalink(item.id, today, chosen.label if chosen is not None else ""),
        "edition": reverse("law:instrument-edition", args=[part.term.digest, item.id]),
    }


def place(instrument: str, day: str, digest: str, label: str = "") -> str:
    """The address of an instrument or provision: as it is asked for."""
    given: list[str] = (
        [digest, instrument] if digest else [instrument, day] if day else [instrument]
    )
    name = "instrument-edition" if digest else "instrument-day" if day else "instrument"
    return reverse(f"law:{name}", args=given) + (f"{label}/" if label else "")


def permalink(instrument: str, day: dt.date, label: str = "") -> str:
    return place(instrument, day.isoformat(), "", label)


def date_of(text: str) -> dt.date:
    with suppress(ValueError):
        if len(text) == 10:
            return dt.date.fromisoformat(text)
    raise Http404


def part_at(room: Room, day: str, digest: str) -> Part:
    """The public part of the edition that is asked for."""
    if digest:
        return part_named(room, digest)
    if not day:
        return room.now
    found = room.on(date_of(day))
    if found is None:
        raise Http404
    return found


def part_named(room: Room, digest: str) -> Part:
    found = room.of(digest)
    if found is None:
        raise Http404
    return found


def item_of(part: Part, instrument: str) -> Instrument:
    found = part.instruments.get(instrument)
    if found is None:
        raise Http404
    return found
