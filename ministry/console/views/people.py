"""People: who they are, and which offices they hold and held."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ministry.console import doors
from ministry.console.explorer import readable
from ministry.console.here import here
from ministry.console.views.offices import may_do
from ministry.people.clearances import current
from ministry.people.models import Appointment, Person

MOST = 100


@require_safe
@doors.in_office
def listed(request: HttpRequest) -> HttpResponse:
    found = here(request)
    query = (request.GET.get("q") or "").strip()[:100]
    rows = Person.objects.seen_by(found.reader).order_by("name", "key")
    if query:
        rows = rows.filter(Q(name__icontains=query) | Q(sign_in__istartswith=query) | Q(key=query))
    people = found.shown(rows[: MOST + 1])
    held: dict[str, list[Appointment]] = {}
    theirs = Appointment.objects.seen_by(found.reader).filter(
        person__in=[one.key for one in people], until=None
    )
    for row in found.shown(theirs):
        held.setdefault(row.person_id, []).append(row)
    return doors.page(
        request,
        "people",
        {
            "query": query,
            "people": [(one, held.get(one.key, [])) for one in people[:MOST]],
            "more": len(people) > MOST,
            "may_enrol": may_do(found, "enrol-person"),
        },
    )


@require_safe
@doors.in_office
def one(request: HttpRequest, key: str) -> HttpResponse:
    found = here(request)
    person = Person.objects.seen_by(found.reader).filter(key=key).first()
    if person is None:
        raise Http404
    found.shown([person])
    theirs = Appointment.objects.seen_by(found.reader).filter(person=person)
    rows = found.shown(theirs.order_by("-since"))
    can = {
        f"can_{name}": may_do(found, act)
        for name, act in (
            ("clear", "grant-clearance"),
            ("withdraw", "withdraw-clearance"),
            ("mark", "mark-person"),
        )
    }
    # To what somebody is cleared, those know who decide on it, and they themselves.
    told = any(can.values()) or person.key == found.reader.person
    return doors.page(
        request,
        "person",
        {
            **can,
            "clearance_told": told,
            "clearance": current(person.key, found.at) if told else None,
            "who": person,
            "readable": readable(found.reader, [row.id for row in rows]),
            "now": [row for row in rows if row.until is None],
            "before": [row for row in rows if row.until is not None],
            "can_suspend": person.is_active and may_do(found, "suspend-person"),
            "can_appoint": person.is_active and may_do(found, "appoint-officer"),
            "can_end": may_do(found, "end-appointment"),
        },
    )
