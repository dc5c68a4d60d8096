"""Offices of the Book in force, who holds them, and people."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import StringConstraints

from ministry.api import schemas
from ministry.api.documented import problems_of
from ministry.api.problems import Problem
from ministry.console.here import Here, here
from ministry.people.models import Appointment, Person
from writ.book.model import ActorDef

router = Router(tags=["Offices and people"])

MOST = 100
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,79}$")]
Key = Annotated[str, StringConstraints(pattern=r"^p-[a-z0-9-]{1,37}$")]


@router.get(
    "/offices",
    response={200: schemas.Offices, **problems_of()},
    operation_id="list-offices",
    summary="Offices",
)
def offices(request: HttpRequest) -> dict[str, Any]:
    """The offices of the Book in force, each with those who hold it or act in it now."""
    found = here(request)
    known = [one for one in found.law.book.vocabulary.actors.values() if one.kind == "office"]
    held = holders(found, [one.name for one in known])
    return {"offices": [office_told(one, held.get(one.name, [])) for one in known]}


@router.get(
    "/offices/{office}",
    response={200: schemas.Office, **problems_of(404, 422)},
    operation_id="read-office",
    summary="One office",
)
def office(request: HttpRequest, office: Path[Name]) -> dict[str, Any]:
    """An office, with those who hold it or act in it now."""
    found = here(request)
    known = found.law.book.vocabulary.actors.get(office)
    if known is None or known.kind != "office":
        raise Problem("not-found")
    return office_told(known, holders(found, [office]).get(office, []))


def holders(here: Here, names: list[str]) -> dict[str, list[Appointment]]:
    """Who is in these offices, of whom whoever asks may know: first those who hold them."""
    found: dict[str, list[Appointment]] = {}
    rows = Appointment.objects.seen_by(here.reader).filter(office__in=names, until=None)
    ordered = rows.select_related("person").order_by("office", "-hold", "since", "id")
    for row in here.shown(ordered):
        found.setdefault(row.office, []).append(row)
    return found


def office_told(actor: ActorDef, rows: list[Appointment]) -> dict[str, Any]:
    return {
        "office": actor.name,
        "title": actor.description or actor.name,
        "body": actor.body,
        "reports_to": actor.reports_to,
        "succession": actor.succession,
        "holders": [
            {
                "appointment": row.id,
                "person": row.person_id,
                "name": row.person.name,
                "hold": row.hold,
                "since": row.since,
            }
            for row in rows
        ],
    }


@router.get(
    "/people",
    response={200: schemas.People, **problems_of(422)},
    operation_id="list-people",
    summary="People",
)
def people(
    request: HttpRequest,
    after: Annotated[str, Query(max_length=40, description="`next` of the page before")] = "",
) -> dict[str, Any]:
    """People in the order of their keys, a hundred to a page."""
    found = here(request)
    people = Person.objects.seen_by(found.reader).filter(key__gt=after)
    rows = found.shown(people.order_by("key")[: MOST + 1])
    shown = rows[:MOST]
    return {
        "people": people_told(found, shown),
        "next": shown[-1].key if len(rows) > MOST else None,
    }


@router.get(
    "/people/{key}",
    response={200: schemas.Person, **problems_of(404, 422)},
    operation_id="read-person",
    summary="One person",
)
def person(request: HttpRequest, key: Path[Key]) -> dict[str, Any]:
    """A person and the offices that they are in."""
    found = here(request)
    rows = found.shown(Person.objects.seen_by(found.reader).filter(key=key))
    if not rows:
        raise Problem("not-found")
    return people_told(found, rows)[0]


def people_told(found: Here, rows: list[Person]) -> list[dict[str, Any]]:
    held: dict[str, list[dict[str, Any]]] = {}
    theirs = Appointment.objects.seen_by(found.reader).filter(
        person__in=[one.key for one in rows], until=None
    )
    for row in found.shown(theirs):
        held.setdefault(row.person_id, []).append(
            {"appointment": row.id, "office": row.office, "hold": row.hold, "since": row.since}
        )
    return [
        {
            "key": one.key,
            "name": one.name,
            "active": one.is_active,
            "offices": held.get(one.key, []),
        }
        for one in rows
    ]
