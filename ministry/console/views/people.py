"""People: who they are, and which offices they hold and held."""

from __future__ import annotations

import msgspec
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_safe

from ministry.console import doors
from ministry.console.components.columns import Column, Kind, choice, days, text
from ministry.console.components.table import Table
from ministry.console.explorer import readable
from ministry.console.here import Here, here
from ministry.console.views.offices import may_do
from ministry.people.clearances import current
from ministry.people.models import Appointment, Person


class Listed(msgspec.Struct, frozen=True):
    """A person with the offices that they hold or act in."""

    person: Person
    held: list[Appointment]

    @property
    def label(self) -> str:
        return self.person.label


def with_offices(found: Here, people: list[Person]) -> list[Listed]:
    held: dict[str, list[Appointment]] = {}
    theirs = Appointment.objects.seen_by(found.reader).filter(
        person__in=[one.key for one in people], until=None
    )
    for row in found.shown(theirs):
        held.setdefault(row.person_id, []).append(row)
    return [Listed(one, held.get(one.key, [])) for one in people]


def offices_of(found: Here, row: Listed) -> str:
    return ", ".join(found.office(one.office) for one in row.held)


PEOPLE = Table(
    "people",
    (
        Column(
            "name",
            gettext_lazy("Name"),
            Kind.LINK,
            sortable=True,
            value=lambda _, row: str(row.person),
            href=lambda _, row: reverse("console:person", args=[row.person.key]),
        ),
        Column(
            "offices",
            gettext_lazy("Offices"),
            value=offices_of,
            cell="console/part/offices_held.html",
        ),
        Column(
            "enrolled",
            gettext_lazy("Enrolled"),
            Kind.DAY,
            sortable=True,
            filter=days(),
            value=lambda _, row: row.person.enrolled,
        ),
        Column(
            "standing",
            gettext_lazy("Standing"),
            Kind.STATE,
            value=lambda _, row: "active" if row.person.is_active else "suspended",
            filter=choice(
                (("active", gettext_lazy("may sign in")), ("suspended", gettext_lazy("suspended"))),
                where=lambda asked: Q(is_active=asked == "active"),
            ),
        ),
    ),
    order="name",
    filters=(
        text(
            name="q",
            label=gettext_lazy("Find a person"),
            hint=gettext_lazy("A part of the name, the sign-in name, or the key"),
            where=lambda asked: (
                Q(name__icontains=asked) | Q(sign_in__istartswith=asked) | Q(key=asked)
            ),
        ),
    ),
    caption=gettext_lazy("People"),
    counted=ngettext_lazy("%d person", "%d people"),
    none=gettext_lazy("Nobody is enrolled."),
    prepare=with_offices,
)


@require_safe
@doors.in_office
def listed(request: HttpRequest) -> HttpResponseBase:
    found = here(request)
    table = PEOPLE.shown(found, Person.objects.seen_by(found.reader))
    told = {"table": table, "may_enrol": may_do(found, "enrol-person")}
    return table.file or doors.page(request, "people", told, table.status)


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
