"""The law for machines: JSON, Akoma Ntoso, LegalRuleML, and the Markdown that it is written in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ministry.reading import akn
from ministry.reading.answers import AKN, JSON, LATER, MARKDOWN, SOON, XML, answer, public
from ministry.reading.parts import Part, Room
from ministry.reading.views.pages import item_of, part_at, permalink, rows
from ministry.statutes.reviews import in_force
from writ.book.load import load_texts
from writ.formats.legalruleml.export import export

_encode = msgspec.json.Encoder(order="deterministic").encode


def pretty(said: Any) -> bytes:
    return msgspec.json.format(_encode(said), indent=1)


@public
def index(request: HttpRequest, room: Room, digest: str = "") -> HttpResponse:
    """All public instruments, as JSON."""
    part, today = part_at(room, "", digest), room.at.date()

    def made() -> bytes:
        items = [
            {
                **about(part, one["item"].id, today),
                "json": settings.URL + reverse("law:json", args=[one["item"].id]),
            }
            for one in rows(part, today)
        ]
        return pretty({**edition_of(part), "instruments": items})

    return answer(request, f"{room.state} {today}", made, JSON)


@public
def as_json(
    request: HttpRequest, room: Room, instrument: str, day: str = "", digest: str = ""
) -> HttpResponse:
    """An instrument with its provisions and their norms, as JSON."""
    part = part_at(room, day, digest)
    item_of(part, instrument)
    today = room.at.date()

    def made() -> bytes:
        said = about(part, instrument, today)
        return pretty({**said, **edition_of(part), "provisions": provisions(part, instrument)})

    return answer(
        request, f"{part.digest} {part.term} {today}", made, JSON, LATER if day or digest else SOON
    )


@public
def as_markdown(
    request: HttpRequest, room: Room, instrument: str, day: str = "", digest: str = ""
) -> HttpResponse:
    """An instrument as it was promulgated, byte for byte."""
    part = part_at(room, day, digest)
    item_of(part, instrument)
    text = part.text(instrument).encode()
    return answer(request, part.digest, lambda: text, MARKDOWN, LATER if day or digest else SOON)


@public
def as_akn(
    request: HttpRequest, room: Room, instrument: str, day: str = "", digest: str = ""
) -> HttpResponse:
    """An instrument as Akoma Ntoso 3.0, made of its headings and paragraphs."""
    part = part_at(room, day, digest)
    item = item_of(part, instrument)
    return answer(
        request,
        f"{part.digest} {part.term.digest}",
        lambda: akn.document(part, item),
        AKN,
        LATER if day or digest else SOON,
    )


@public
def as_legalruleml(request: HttpRequest, room: Room, digest: str = "") -> HttpResponse:
    """The norms of the public part as LegalRuleML: made of the public texts alone.

    A norm that rests on words which are declared in no public text is not in it.
    """
    part = part_at(room, "", digest)

    def made() -> bytes:
        return export(load_texts(part.files)[0])[0].encode()

    return answer(request, part.digest, made, XML, LATER if digest else SOON)


def edition_of(part: Part) -> dict[str, Any]:
    term = part.term
    return {
        "edition": {
            "digest": term.digest,
            "number": term.number,
            "since": term.since,
            "until": term.until,
            "public_part": part.digest,
        }
    }


def about(part: Part, name: str, today: dt.date) -> dict[str, Any]:
    """What the head of an instrument says."""
    item = part.instruments[name]
    return {
        "id": name,
        "title": item.title,
        "citation": item.citation,
        "kind": item.kind,
        "rank": part.book.ranks[item.rank],
        "in_force": in_force(item, today),
        "from": item.start,
        "until": item.end,
        "review": item.review,
        "kept_by": part.office(item.owner) or None,
        "enacted_by": part.office(item.enacted_by) or None,
        "under": part.instruments[item.under[0]].cite(item.under[1])
        if item.under and item.under[0] in part.names
        else None,
        "permalink": settings.URL + permalink(name, max(today, part.term.since.date())),
    }


def provisions(part: Part, name: str) -> list[dict[str, Any]]:
    """The provisions of an instrument: what stands in them, their blocks as they are written, and the norms in them."""
    item = part.instruments[name]
    return [
        {
            "label": one.label,
            "title": one.title,
            "level": one.level,
            "citation": item.cite(one.label) if one.label else "",
            "text": one.plain,
            "formal": list(one.formal),
            "norms": [
                {
                    "id": norm.id,
                    "kind": norm.kind,
                    "title": norm.title,
                    "citation": norm.citation,
                    "says": norm.line,
                    "clauses": list(norm.clauses),
                }
                for norm in one.norms
            ],
        }
        for one in part.sections(name)
        if one.level
    ]
