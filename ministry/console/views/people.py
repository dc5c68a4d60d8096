"""People: who they are, and which offices they hold and held."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ministry.console import doors
from ministry.console.acts import own_of
from ministry.console.explorer import readable
from ministry.console.here import here
from ministry.console.views.offices import may_do
from ministry.people.models import Appointment, Person

MOST = 100


@require_safe
@doors.in_office
def listed(request: HttpRequest) -> HttpResponse:
    found = here(request)
    query = (request.GET.get("q") or "").strip()[:100]
    rows = Person.objects.order_by("name", "key")
    if query:
        rows = rows.filter(Q(name__icontains=query) | Q(sign_in__istartswith=query) | Q(key=query))
    people = list(rows[: MOST + 1])
    held: dict[str, list[Appointment]] = {}
    for row in Appointment.objects.filter(person__in=[one.key for one in people], until=None):
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
    person = Person.objects.filter(key=key).first()
    if person is None:
        raise Http404
    rows = list(Appointment.objects.filter(person=person).order_by("-since"))
    return doors.page(
        request,
        "person",
        {
            "who": person,
            "readable": readable(own_of(found), [row.id for row in rows]),
            "now": [row for row in rows if row.until is None],
            "before": [row for row in rows if row.until is not None],
            "can_suspend": person.is_active and may_do(found, "suspend-person"),
            "can_appoint": person.is_active and may_do(found, "appoint-officer"),
            "can_end": may_do(found, "end-appointment"),
        },
    )
