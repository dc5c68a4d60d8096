"""The Journal explorer: records by what they are of, one record with all that it says, and its bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from ministry.console import doors, explorer
from ministry.console.acts import INSPECT, Inspecting, inspect
from ministry.console.explorer import Filters
from ministry.console.fields import Field, wrongs
from ministry.console.forms import form_of, key_of, office_of
from ministry.console.here import Here, here
from ministry.console.rows import rows_of
from ministry.console.said import said, who_could
from ministry.console.views.refusal import told as told_refusal
from ministry.editions.queries import law_of
from ministry.gate.parts import is_part
from ministry.gate.refusal import Refusal
from ministry.gate.remaining import remains
from ministry.register.models import Kind, Record
from ministry.register.record import Envelope, opened
from writ.engine.answer import Missing, Outcome
from writ.engine.request import Request
from writ.journal.entry import Entry

INSPECTING = "inspecting"
"""Of a session: the office for which the reading of the register is recorded, and the search recorded last."""


@require_safe
@doors.in_office
def listed(request: HttpRequest) -> HttpResponse:
    found = here(request)
    fields = fields_of(found, request)
    filters = filters_of(found, fields)
    wrong = wrongs(fields)
    own = not found.inspects
    told: dict[str, Any] = {"fields": fields, "wrongs": wrong, "own": own, "filters": filters}
    if wrong:
        return doors.page(request, "journal", told, 400)
    if not own:
        recorded(request, found, searched(filters))
    page = explorer.page(filters, found.reader, number(request.GET.get("before")))
    told |= {
        "rows": rows_of(found, found.shown(page.records)),
        "page": page,
        "on": address(request, page.back_to) if page.back_to > 1 else "",
        "first": address(request, 0) if request.GET.get("before") else "",
        "others": who_could(found, Request("", INSPECT, found.at)) if own else [],
        "open": any(field.value for field in fields[2:]),
    }
    return doors.page(request, "journal", told)


@require_safe
@doors.in_office
def record(request: HttpRequest, record: str) -> HttpResponse:
    found = here(request)
    row = opened_to(request, found, record)
    mine = found.mine(row)
    envelope = opened(bytes(row.body))
    law = law_of(envelope.edition)
    then = "" if law.digest == found.law.digest else law.digest
    entry = envelope.entry_of()
    near = found.shown(explorer.neighbours(row, found.reader))
    part, decision = told_part(found, envelope, row), envelope.decision()
    if part is not None:  # what was missing then; what remains now is told apart
        decision = msgspec.structs.replace(decision, missing=())
    told: dict[str, Any] = {
        "row": row,
        "shown": rows_of(found, [row])[0],
        "envelope": envelope,
        "entry": entry,
        "law": law,
        "then": then,
        "said": said(law, decision, then) if not envelope.reason else None,
        "tells": envelope.tells_of(),
        "near": rows_of(found, near) if len(near) > 1 else [],
        "digest": hashlib.sha256(bytes(row.body)).hexdigest(),
        "bytes": len(row.body),
        "text": bytes(row.body).decode(),
        "part": part,
        "receipt": request.GET.get("receipt") == "1" and mine and row.kind == Kind.ACT,
    }
    if row.kind == Kind.REFUSAL:
        told |= told_refusal(found, refusal_of(row, envelope, entry))
    return doors.page(request, "record", told)


@require_safe
@doors.in_office
def body(request: HttpRequest, record: str) -> HttpResponse:
    """The canonical bytes, as they are hashed."""
    found = here(request)
    row = opened_to(request, found, record)
    response = HttpResponse(bytes(row.body), "application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{row.id}.json"'
    return response


def opened_to(request: HttpRequest, found: Here, record: str) -> Record:
    """A record that may be read, once the reading is on the record where it has to be; 404 for every other."""
    row = explorer.open_to(found.reader, record)
    if row is None:
        raise Http404
    if not found.mine(row):
        recorded(request, found, "")
    found.shown([row])
    return row


def recorded(request: HttpRequest, found: Here, search: str) -> None:
    """Record that the register is read: once in a session, and each search that is another than the last.

    Raises:
        Refused: it was open a moment ago, and is not now.
    """
    by = doors.acting_of(found)
    last = request.session.get(INSPECTING) or ["", ""]
    if last[0] == by.office and (not search or last[1] == search):
        return
    inspect(by, Inspecting(search=search))
    request.session[INSPECTING] = [by.office, search or last[1]]


def searched(filters: Filters) -> str:
    """What is looked for, in words for the record."""
    given = {
        name: getattr(filters, name) for name in filters.__struct_fields__ if getattr(filters, name)
    }
    return "; ".join(
        f"{name} {value.isoformat() if isinstance(value, dt.datetime) else value}"
        for name, value in given.items()
    )[:1000]


def fields_of(found: Here, request: HttpRequest) -> list[Field]:
    words = found.law.book.vocabulary
    kinds = (
        ("", "any"),
        *(
            (
                one.value,
                {
                    "act": gettext("acts done"),
                    "refusal": gettext("refusals"),
                    "read": gettext("reads"),
                }[one.value],
            )
            for one in Kind
        ),
    )
    outcomes = (("", "any"), *((str(one), str(one)) for one in Outcome))

    def field(name: str, label: str, **more: Any) -> Field:
        return Field(name, label, value=(request.GET.get(name) or "").strip()[:200], **more)

    return [
        field(
            "act",
            gettext("Act"),
            suggest="acts",
            suggestions=tuple((n, a.description) for n, a in words.acts.items()),
        ),
        field(
            "office",
            gettext("Office"),
            suggest="offices",
            suggestions=tuple((n, a.description) for n, a in words.actors.items()),
        ),
        field("person", gettext("Person"), hint="", suggest="people"),
        field("about", gettext("About")),
        field("outcome", gettext("Outcome"), kind="select", options=outcomes),
        field("kind", gettext("Kind"), kind="select", options=kinds),
        field("since", gettext("From"), kind="date"),
        field("until", gettext("To"), kind="date"),
    ]


def filters_of(found: Here, fields: list[Field]) -> Filters:
    """What the fields ask for; what is wrong stands beside its field."""
    given: dict[str, Any] = {}
    words = found.law.book.vocabulary
    for field in fields:
        if not field.value:
            continue
        match field.name:
            case "person":
                given["person"] = key_of(found, field)
                field.help = ""
            case "office":
                given["office"] = office_of(found, field.value)
            case "act":
                lower = field.value.casefold()
                given["act"] = next(
                    (n for n, a in words.acts.items() if lower in (n, a.description.casefold())),
                    field.value,
                )
            case "since" | "until":
                try:
                    day = dt.date.fromisoformat(field.value)
                except ValueError:
                    field.error, field.help = (
                        gettext("This is not a day"),
                        gettext("write it as 2026-11-23"),
                    )
                    continue
                day += dt.timedelta(days=field.name == "until")
                given[field.name] = dt.datetime.combine(day, dt.time(), found.zone)
            case _:
                if field.options and field.value not in dict(field.options):
                    field.error = gettext("Choose one of the list")
                    continue
                given[field.name] = field.value
    return Filters(**given)


def refusal_of(row: Record, envelope: Envelope, entry: Entry) -> Refusal:
    """A refusal as it was, from its record."""
    missing = tuple(
        Missing(kind, what, "", "")
        for kind, _, what in (one.partition(": ") for one in envelope.missing)
    )
    decision = msgspec.structs.replace(envelope.decision(), missing=missing)
    return Refusal(entry, decision, envelope.edition, row.id, envelope.reason)


def told_part(found: Here, envelope: Envelope, row: Record) -> dict[str, Any] | None:
    """Of a part of an act: what remains now, by whom, and where whoever reads does theirs."""
    if not is_part(envelope):
        return None
    there = remains(row.act, row.about)
    if there is None or there.record != envelope.part:
        return {"remains": []}
    by = doors.acting_of(found)
    mine = there.waits_for(found.law, by.office, by.person)
    others = [
        {
            "office": office,
            "words": words if " more of " in words else "",
            "people": found.known_in(office),
        }
        for office, words in zip(there.offices, there.words, strict=True)
    ]
    found.know({key for one in others for key in one["people"]})
    return {"remains": others, "href": form_of(there) if mine else ""}


def number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0


def address(request: HttpRequest, before: int) -> str:
    """The same search from another place on."""
    given = {name: str(value) for name, value in request.GET.items() if name != "before" and value}
    if before:
        given["before"] = str(before)
    return f"?{urlencode(given)}"
