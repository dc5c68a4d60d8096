"""Notices of whoever asks, in the office that they act in: unread first."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, Field, StringConstraints

from ministry.api import notice_schemas as schemas
from ministry.api.documented import problems_of
from ministry.api.tokens import acting_of
from ministry.console.here import here
from ministry.notices import queries
from ministry.notices.kinds import kinds
from ministry.notices.models import Notice

router = Router(tags=["Notices"])

MOST = 100
Id = Annotated[str, StringConstraints(pattern=r"^n-[0-9a-f]{32}$")]
KindName = Annotated[str, StringConstraints(pattern=r"^[a-z-]{0,40}$")]


class NoticesRead(Schema):
    """What is marked as read: these notices, or all."""

    model_config = ConfigDict(extra="forbid")

    notices: Annotated[list[Id], Field(max_length=MOST)] = Field(default_factory=list)
    all: bool = False


@router.get(
    "/notices",
    response={200: schemas.Notices, **problems_of(422)},
    operation_id="list-notices",
    summary="Notices",
)
def listed(request: HttpRequest, kind: KindName = "", unread: bool = False) -> dict[str, Any]:
    """What concerns one in the office acted in and as a person; unread ones first, then the latest first."""
    found = here(request)
    rows = found.shown(queries.listed(found.reader, kind, unread)[: MOST + 1])
    return {
        "notices": [told(one) for one in rows[:MOST] if one.kind in kinds()],
        "unread": queries.unread(found.reader),
        "more": len(rows) > MOST,
    }


@router.post(
    "/notices/read",
    response={200: schemas.Marked, **problems_of(422)},
    operation_id="read-notices",
    summary="Mark notices as read",
)
def read(request: HttpRequest, given: NoticesRead) -> dict[str, Any]:
    """Mark as read. It is working state: no act, and nobody else sees it. `marked` are those that were unread."""
    acting_of(request)
    found = here(request)
    many = queries.mark(found.reader, found.at, None if given.all else given.notices)
    return {"marked": many, "unread": queries.unread(found.reader)}


def told(row: Notice) -> dict[str, Any]:
    one = kinds()[row.kind]
    return {
        "id": row.id,
        "kind": row.kind,
        "said": one.line(row.said),
        "about": row.about,
        "by": row.by,
        "href": row.href,
        "office": row.office,
        "record": row.record,
        "at": row.at,
        "due": row.due,
        "asks": one.asks and row.over is None,
        "read": row.read,
    }
