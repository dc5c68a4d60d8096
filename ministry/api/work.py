"""What an office has to do: duties that are open, and requests that wait for it or that it made."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Router
from pydantic import StringConstraints

from ministry.api import schemas
from ministry.api.documented import problems_of
from ministry.api.problems import Problem
from ministry.api.receipts import duty_told
from ministry.api.tokens import acting_of
from ministry.approvals import queries
from ministry.approvals.models import Request
from ministry.console.here import here
from ministry.gate.models import Duty
from ministry.gate.owed import open_duties
from writ.engine.who import bearing

router = Router(tags=["Work"])

MOST = 100
Id = Annotated[str, StringConstraints(pattern=r"^r-[0-9a-f]{32}$")]


@router.get(
    "/duties",
    response={200: schemas.Duties, **problems_of()},
    operation_id="list-duties",
    summary="Open duties",
)
def duties(request: HttpRequest) -> dict[str, Any]:
    """The duties of the office acted in that are open, what is due first."""
    found, by = here(request), acting_of(request)
    day = found.today.toordinal()
    norms = [
        entry.norm.id
        for entry in bearing(found.law.engine, by.office)
        if entry.duty and entry.in_force(day, None)
    ]
    rows: list[Duty] = []
    if norms:
        opened = open_duties(found.law, found.reader, MOST + 1, norms, office=by.office)
        rows = found.shown(opened)
    return {"duties": [duty_told(one) for one in rows[:MOST]], "more": len(rows) > MOST}


@router.get(
    "/requests",
    response={200: schemas.Requests, **problems_of(422)},
    operation_id="list-requests",
    summary="Requests of approval",
)
def requests(request: HttpRequest, of: Literal["waiting", "mine"] = "waiting") -> dict[str, Any]:
    """Requests that wait for the office acted in, the oldest first; or those that one made, the latest first."""
    found = here(request)
    asked = queries.waiting_for if of == "waiting" else queries.asked_by
    rows = found.shown(asked(found.reader).prefetch_related("offices")[: MOST + 1])
    return {"requests": [told(one) for one in rows[:MOST]], "more": len(rows) > MOST}


@router.get(
    "/requests/{name}",
    response={200: schemas.Request, **problems_of(404, 422)},
    operation_id="read-request",
    summary="One request of approval",
)
def one(request: HttpRequest, name: Path[Id]) -> dict[str, Any]:
    """A request that one made, or that one's office was asked."""
    found = here(request)
    row = queries.request(found.reader, name)
    if row is None:
        raise Problem("not-found")
    return told(*found.shown([row]))


def told(row: Request) -> dict[str, Any]:
    return {
        "id": row.id,
        "act": row.act,
        "given": row.data,
        "about": row.about,
        "requester": row.requester,
        "office": row.office,
        "refusal": row.refusal,
        "reason": row.reason,
        "asked": row.asked,
        "outcome": row.outcome,
        "answered": row.answered,
        "answered_by": row.answered_by,
        "answer": row.answer,
        "offices": [asked.office for asked in row.offices.all()],
    }
