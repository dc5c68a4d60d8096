"""Offices: who holds which since when, who stands in, who commands whom, and what each may do."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ministry.console import doors, forms
from ministry.console.chain import chain, picture
from ministry.console.explorer import readable
from ministry.console.here import Here, here
from ministry.console.said import href_of
from ministry.people.models import Appointment, Hold
from writ.book.model import ActorDef
from writ.engine.who import Held, Power, may

MOST = 200
PAST = 20


@require_safe
@doors.in_office
def listed(request: HttpRequest) -> HttpResponse:
    found = here(request)
    query = (request.GET.get("q") or "").strip()[:100]
    actors = found.law.book.vocabulary.actors
    offices = [
        one
        for one in actors.values()
        if one.kind == "office"
        and query.casefold() in f"{one.name} {one.description} {found.office(one.body)}".casefold()
    ]
    shown = offices[:MOST]
    current = Appointment.objects.seen_by(found.reader).filter(
        office__in=[one.name for one in shown], until=None
    )
    held: dict[str, list[Appointment]] = {}
    for row in found.shown(current.select_related("person").order_by("-hold", "since")):
        held.setdefault(row.office, []).append(row)
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in shown:
        rows = held.get(one.name, [])
        groups.setdefault(one.body, []).append(
            {
                "office": one,
                "holders": [row for row in rows if row.hold == Hold.HOLDS],
                "acting": [row for row in rows if row.hold == Hold.ACTS],
            }
        )
    return doors.page(
        request,
        "offices",
        {
            "query": query,
            "groups": [(found.office(body), body, rows) for body, rows in groups.items()],
            "count": len(offices),
            "left_out": len(offices) - len(shown),
            "vacant": sum(not row["holders"] for rows in groups.values() for row in rows),
            "may_enrol": may_do(found, "enrol-person"),
        },
    )


@require_safe
@doors.in_office
def one(request: HttpRequest, office: str) -> HttpResponse:
    found = here(request)
    actor = found.law.book.vocabulary.actors.get(office)
    if actor is None or actor.kind == "person":
        raise Http404
    rows = Appointment.objects.seen_by(found.reader).filter(office=office).select_related("person")
    now = found.shown(rows.filter(until=None).order_by("-hold", "since"))
    links = chain(found.law.book.vocabulary, office)
    shown = names(found, [link.office for link in links] + list(actor.succession))
    members = [one for one in found.law.book.vocabulary.actors.values() if one.body == office]
    return doors.page(
        request,
        "office",
        {
            "actor": actor,
            "now": now,
            "readable": readable(found.reader, [row.id for row in now]),
            "held": any(row.hold == Hold.HOLDS for row in now),
            "before": found.shown(rows.exclude(until=None).order_by("-until")[:PAST]),
            "links": links,
            "holders": shown,
            "picture": picture(links) if len(links) > 1 else None,
            "powers": powers(found, actor),
            "members": members,
            "can": {
                name: may_do(found, name)
                for name in ("appoint-officer", "name-acting-officer", "end-appointment")
            },
        },
    )


def names(found: Here, offices: list[str]) -> dict[str, str]:
    """Who holds these offices, in words."""
    keys = {office: found.known_in(office) for office in offices}
    found.know(key for people in keys.values() for key in people)
    return {
        office: ", ".join(found.person(key) for key in people) or found.vacant
        for office, people in keys.items()
    }


def powers(found: Here, actor: ActorDef) -> list[dict[str, Any]]:
    """What an office may do, act by act, with the provisions that say so and those that bound it."""
    rows = []
    for power in may(found.law.engine, actor.name, found.today):
        rows.append(
            {
                "act": power.act,
                "grants": [told(found, one) for one in power.grants],
                "bounds": [told(found, one) for one in power.bounds],
                "delegable": delegable(found, power),
            }
        )
    return rows


def told(found: Here, one: Held) -> dict[str, Any]:
    return {"held": one, "href": href_of(found.law, one.citation)}


def delegable(found: Here, power: Power) -> list[dict[str, Any]]:
    return [{"rule": one, "href": href_of(found.law, one.citation)} for one in power.delegable]


def may_do(found: Here, name: str) -> bool:
    """Whether the office acted in has any power for an act that has a form: only then is it offered."""
    if found.acting is None or forms.offered(name) is None:
        return False
    mine = may(found.law.engine, found.acting.office, found.today)
    return any(one.act == name and (one.grants or one.delegable) for one in mine)
