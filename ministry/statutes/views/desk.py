"""The front page of the desk: what is proposed and how far it is, editions to come, in force lately, withdrawn."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe
from pydantic import ValidationError

from ministry.console import doors, forms
from ministry.console.fields import Field, Wrong, wrongs
from ministry.console.here import Here, here
from ministry.console.views import refusal
from ministry.console.views.errors import sentence
from ministry.editions.models import Promulgation
from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.statutes import acts, impact, told
from ministry.statutes.data import Proposing
from ministry.statutes.models import Proposal, Suspension
from ministry.statutes.progress import opened, progress
from ministry.statutes.sunset import endings
from writ.book.model import Book

MOST = 50
PAST = 8


class Edition(msgspec.Struct, frozen=True):
    """An edition that is, was or will be in force, with the proposal that it was."""

    promulgation: Promulgation
    proposal: Proposal | None
    days: int
    """Days until it is in force."""


@require_safe
@doors.in_office
def page(request: HttpRequest) -> HttpResponse:
    return shown(request, fields(request.GET.get("edition", "")), [])


@require_POST
@doors.in_office
def propose(request: HttpRequest) -> HttpResponse:
    """Propose an edition whose text was deposited."""
    found = here(request)
    by = doors.acting_of(found)
    typed = fields("")
    for one in typed:
        one.value = (request.POST.get(one.name) or "").strip()[:4000]
    try:
        data = Proposing.model_validate({one.name: one.value for one in typed if one.value})
    except ValidationError as error:
        for wrong in error.errors():
            forms.place(typed, str(wrong["loc"][0]), forms.said(wrong["type"], wrong["msg"]))
        return shown(request, typed, [], 422)
    try:
        acts.propose(by, data)
    except Refused as stopped:
        return refusal.page(request, stopped.refusal, data)
    except NotPossible as error:
        general = []
        if not forms.place(typed, error.field, sentence(error.message), error.help):
            general = [Wrong(sentence(error.message), None, error.help)]
        return shown(request, typed, general, 409)
    made = Proposal.objects.only("base").get(edition=data.edition)
    impact.ask(made.base, data.edition)
    return HttpResponseRedirect(reverse("statutes:proposal", args=[data.edition]))


def fields(edition: str) -> list[Field]:
    digest = gettext("The digest of a deposited text: 64 figures")
    return [
        Field("edition", gettext("Edition"), hint=digest, value=edition[:64], required=True),
        Field("title", gettext("Title"), hint=gettext("What it is about, in a few words")),
        Field("reason", gettext("Why"), "textarea"),
        Field(
            "base",
            gettext("What it amends"),
            hint=gettext("A digest; left out: the edition in force"),
        ),
    ]


def shown(
    request: HttpRequest, typed: list[Field], general: list[Wrong], status: int = 200
) -> HttpResponse:
    found = here(request)
    by = doors.acting_of(found)
    rows = progress(found.law, opened(MOST + 1), found.at, promulgations=False)
    may = told.powers_of(found.law.digest, by.office, found.today)
    editions = promulgated(found)
    gone = list(
        Proposal.objects.filter(withdrawn__isnull=False)
        .defer("differs")
        .order_by("-withdrawn")[:PAST]
    )
    found.know({one.proposal.proposer for one in rows} | {one.proposer for one in gone})
    coming = [one for one in editions if one.promulgation.since > found.at]
    wrong = wrongs(typed, general)
    halted = list(Suspension.objects.filter(lifted=None, ends__gt=found.at)[:MOST])
    said: dict[str, Any] = {
        "suspended": [
            (one, [cited(found.law.book, key) for key in one.provisions]) for one in halted
        ],
        "endings": endings(found.law, found.today),
        "rows": rows[:MOST],
        "more": len(rows) > MOST,
        "waiting": [one for row in rows for one in told.waits_of(found.law, by, row, found.at)],
        "coming": sorted(coming, key=lambda one: one.promulgation.number),
        "past": [one for one in editions if one.promulgation.since <= found.at][:PAST],
        "withdrawn": gone,
        "may": may,
        "fields": typed,
        "wrongs": wrong,
        "open": bool(wrong) or bool(request.GET.get("edition")),
    }
    return render(request, "statutes/desk.html", said, status=status)


def promulgated(found: Here) -> list[Edition]:
    """The editions promulgated lately, the latest first."""
    rows = list(Promulgation.objects.order_by("-number")[: 3 * PAST])
    proposals = {
        one.edition: one
        for one in Proposal.objects.defer("differs").filter(
            edition__in=[row.edition for row in rows]
        )
    }
    return [Edition(row, proposals.get(row.edition), days(found, row.since)) for row in rows]


def days(found: Here, since: dt.datetime) -> int:
    """Days from today until a moment, by the calendar of the ministry."""
    return (since.astimezone(found.zone).date() - found.today).days


def cited(book: Book, key: str) -> str:
    """A provision as it is cited, where the edition still has its instrument."""
    name, _, label = key.partition("/")
    item = book.instruments.get(name)
    return item.cite(label) if item is not None else key
