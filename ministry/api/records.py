"""The Journal: records from the latest back, one record, its bytes, its receipt.

One's own records, and those of the office acted in, are open; others only to whom the Book lets inspect the register,
and that reading is itself recorded.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import AwareDatetime, Field, StringConstraints

from ministry.api import bodies, schemas
from ministry.api.documented import problems_of
from ministry.api.problems import Problem
from ministry.api.tokens import acting_of
from ministry.console import explorer
from ministry.console.acts import INSPECT, Inspecting, inspect
from ministry.console.explorer import Filters
from ministry.console.here import Here, here
from ministry.console.rows import rows_of
from ministry.register import receipts
from ministry.register.models import Kind, Record
from ministry.register.record import opened

router = Router(tags=["Journal"])

AGAIN = dt.timedelta(hours=1)
"""So long the reading of the same pages by the same person in the same office stands on the record."""
HIGHEST = 2**63 - 1
TEXT = "text/plain; charset=utf-8"
Word = Annotated[str, StringConstraints(max_length=200)]
Id = Annotated[str, StringConstraints(pattern=r"^r-[0-9a-f]{32}$")]


class Search(Schema):
    """What is looked for."""

    act: Word = ""
    office: Word = ""
    person: Word = ""
    about: Word = ""
    outcome: Literal["", "permitted", "prohibited", "needs", "no authority", "conflict"] = ""
    kind: Literal["", "act", "refusal", "read"] = ""
    since: AwareDatetime | None = None
    until: AwareDatetime | None = Field(None, description="before this moment")
    before: Annotated[int, Field(ge=0, le=HIGHEST)] = Field(
        0, description="`next` of the page before"
    )

    def filters(self) -> Filters:
        return Filters(**self.model_dump(exclude={"before"}))


@router.get(
    "",
    response={200: schemas.Records, **problems_of(403, 422)},
    operation_id="list-records",
    summary="Records",
)
def listed(request: HttpRequest, search: Query[Search]) -> dict[str, Any]:
    """Records from the latest back, fifty to a page."""
    found = here(request)
    filters = search.filters()
    if found.inspects:
        recorded(found, "; ".join(f"{name} {value}" for name, value in words(filters)) or "records")
    try:
        page = explorer.page(filters, found.reader, search.before)
    except OverflowError:
        raise Problem("invalid", errors=[{"field": "since", "message": "no such moment"}]) from None
    return {
        "records": rows_of(found, found.shown(page.records)),
        "next": page.back_to if page.back_to > 1 else None,
        "stopped": page.stopped,
    }


@router.get(
    "/{record}",
    response={200: schemas.Record, **problems_of(403, 404, 422)},
    operation_id="read-record",
    summary="One record",
)
def one(request: HttpRequest, record: Path[Id]) -> dict[str, Any]:
    """A record with all that it says."""
    found = here(request)
    row = readable(found, record)
    (told,) = rows_of(found, [row])
    return {
        **msgspec.structs.asdict(told),
        "body": msgspec.json.decode(bytes(row.body)),
        "bytes": f"/api/records/{row.id}/bytes",
        "receipt": f"/api/records/{row.id}/receipt",
    }


def content(media_type: str) -> dict[str, Any]:
    """Of an answer that is a file, for the documentation."""
    return {"responses": {200: {"content": {media_type: {"schema": {"type": "string"}}}}}}


@router.get(
    "/{record}/bytes",
    response={200: dict[str, Any], **problems_of(403, 404, 422)},
    operation_id="read-record-bytes",
    summary="The bytes of a record",
)
def body(request: HttpRequest, record: Path[Id]) -> HttpResponse:
    """The canonical bytes of a record, as they are hashed: JSON on one line."""
    row = readable(here(request), record)
    return HttpResponse(bytes(row.body), bodies.MEDIA_TYPE)


@router.get(
    "/{record}/receipt",
    response={200: None, **problems_of(403, 404, 409, 422)},
    operation_id="read-receipt",
    summary="The receipt of a record",
    openapi_extra=content("text/plain"),
)
def receipt(request: HttpRequest, record: Path[Id], cosigned: bool = False) -> HttpResponse:
    """The proof that a record is in the log (C2SP tlog-proof), to keep and to verify offline (`writ verify-receipt`).

    With `cosigned` from a tree that enough witnesses have seen.
    """
    row = readable(here(request), record)
    try:
        made = receipts.receipt(row, cosigned)
    except receipts.NotYet as error:
        raise Problem("not-yet", str(error)) from None
    answer = HttpResponse(made.encode(), TEXT)
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.id}.tlog-proof"'
    return answer


def readable(found: Here, record: str) -> Record:
    """A record that may be read; its reading is recorded where it is of others.

    Raises:
        Problem: there is none, or it is not open; the same queries tell either.
    """
    row = explorer.open_to(found.reader, record)
    if row is None:
        raise Problem("not-found")
    if not found.mine(row):
        recorded(found, f"record {record}")
    found.shown([row])
    return row


def recorded(found: Here, search: str) -> None:
    """Record that the records of others are read, unless the same was recorded within the last hour.

    Raises:
        Refused: it was open a moment ago, and is not now.
    """
    by = acting_of(found.request)
    last = (
        Record.everything.filter(
            person=by.person, at__gt=found.at - AGAIN, kind=Kind.READ, act=INSPECT, actor=by.office
        )
        .order_by("-number")
        .first()
    )
    if last is None or opened(bytes(last.body)).data.get("search", "") != search:
        inspect(by, Inspecting(search=search))


def words(filters: Filters) -> list[tuple[str, str]]:
    """What is looked for, in words for the record."""
    given = ((name, getattr(filters, name)) for name in filters.__struct_fields__)
    return [
        (name, value.isoformat() if isinstance(value, dt.datetime) else value)
        for name, value in given
        if value
    ]
