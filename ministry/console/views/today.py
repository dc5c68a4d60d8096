"""Today: what waits for an office, what it must do, what it did."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ministry.console import doors, waiting
from ministry.console.here import Here, here
from ministry.console.rows import Row, rows_of
from ministry.gate.acting import Acting
from ministry.gate.owed import open_duties
from ministry.register.models import Kind, Record
from writ.engine.who import bearing

SOON = dt.timedelta(days=3)
LATELY = 60
"""So many of the latest records of an office are looked at."""
SHOWN = 6


@require_safe
@doors.in_office
def page(request: HttpRequest) -> HttpResponse:
    found = here(request)
    by = doors.acting_of(found)
    mine = Record.objects.put_to(found.reader).filter(actor=by.office)
    latest = found.shown(mine.order_by("-number")[:LATELY])
    return doors.page(
        request,
        "today",
        {
            "waiting": waiting.waiting(by, found.reader, found.at)[: waiting.MOST],
            "duties": duties(found, by),
            "standing": standing(found, by),
            "done": rows(found, latest, Kind.ACT),
            "refused": rows(found, latest, Kind.REFUSAL),
            "lately": LATELY,
        },
    )


def rows(found: Here, latest: list[Record], kind: Kind) -> list[Row]:
    return rows_of(found, [one for one in latest if one.kind == kind][:SHOWN])


def standing(found: Here, by: Acting) -> list[Any]:
    """The duties that the edition in force puts on an office, whether they are open or not."""
    day = found.today.toordinal()
    return [
        entry.norm
        for entry in bearing(found.law.engine, by.office)
        if entry.duty and entry.in_force(day, None)
    ]


def duties(found: Here, by: Acting) -> list[dict[str, Any]]:
    """The duties of an office that are open, what is due first."""
    norms = [norm.id for norm in standing(found, by)]
    if not norms:
        return []
    opened = open_duties(found.law, found.reader, waiting.MOST, norms, office=by.office)
    return [
        {
            "duty": one,
            "late": one.due is not None and one.due < found.at,
            "soon": one.due is not None and found.at <= one.due < found.at + SOON,
        }
        for one in found.shown(opened)
    ]
