"""By what authority? A question to the Book in force, with its answer; the address is the whole question."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ministry.console import doors
from ministry.console.asking import question
from ministry.console.fields import Wrong, wrongs
from ministry.console.forms import SUGGESTED
from ministry.console.here import Here, here
from ministry.console.said import said, who_could
from ministry.gate.decide import answered
from ministry.people.models import Person
from writ.engine.who import may

EXAMPLES = 60


@require_safe
@doors.in_office
def page(request: HttpRequest) -> HttpResponse:
    found = here(request)
    given = request.GET.copy()
    given.setdefault("office", doors.acting_of(found).office)
    asked = question(found.law, given, found.today)
    wrong = [suggested(request, one) for one in wrongs(asked.fields, asked.wrong)]
    told: dict[str, Any] = {
        "asked": asked,
        "wrongs": wrong,
        "answer": None,
        **({} if asked.relevance else acts(found, asked.office.value)),
        "keys": keys(found) if asked.relevance else [],
    }
    if asked.request is not None and not wrong:
        decision = answered(found.law, asked.request)
        told |= {
            "answer": said(found.law, decision),
            "could": who_could(found, asked.request),
            "holders": [(key, found.person(key)) for key in found.known_in(asked.request.actor)],
        }
    return doors.page(request, "ask", told, 400 if wrong else 200)


def suggested(request: HttpRequest, wrong: Wrong) -> Wrong:
    """Let a suggested name be taken with one click."""
    if wrong.field is None or wrong.field.name not in ("act", "office") or not wrong.help:
        return wrong
    query = request.GET.copy()
    query[wrong.field.name] = wrong.help
    return msgspec.structs.replace(wrong, suggested=f"?{query.urlencode()}")


def acts(found: Here, chosen: str) -> dict[str, list[tuple[str, str]]]:
    """Acts to ask about: those that the office has a power for, and others."""
    office = chosen or (found.acting.office if found.acting else "")
    powers = {one.act for one in may(found.law.engine, office, found.today) if one.grants}
    words = found.law.book.vocabulary.acts.values()
    leaf = [one for one in words if found.law.book.by_act.get(one.name)]
    rows = sorted(((one.name, found.act(one.name)) for one in leaf), key=lambda row: row[1])
    return {
        "mine": [row for row in rows if row[0] in powers],
        "acts": [row for row in rows if row[0] not in powers][:EXAMPLES],
    }


def keys(found: Here) -> list[tuple[str, str]]:
    """People to suggest where a fact is about who somebody is."""
    rows = Person.objects.seen_by(found.reader, on_record=False).filter(is_active=True)
    names = rows.order_by("name").values_list("key", "name")
    return [(key, name or key) for key, name in names[:SUGGESTED]]
