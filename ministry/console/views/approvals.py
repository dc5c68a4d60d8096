"""Asking those who have the power, and answering what was asked."""

from __future__ import annotations

import json
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ministry.approvals import acts, queries
from ministry.approvals.data import Asking, Declining, Granting, Withdrawing
from ministry.approvals.models import Outcome, Request
from ministry.console import doors
from ministry.console.components.columns import Column, Kind, choice, days
from ministry.console.components.states import STATES
from ministry.console.components.table import Table
from ministry.console.explorer import readable
from ministry.console.fields import Wrong
from ministry.console.here import here
from ministry.console.views.errors import sentence
from ministry.gate.deed import NotPossible

MOST = 50


def standing(row: Request) -> str:
    """How a request stands, as the states of the console call it."""
    return "waiting" if row.outcome == Outcome.OPEN else str(row.outcome)


ASKED = Table(
    "asked",
    (
        Column(
            "act",
            gettext_lazy("What"),
            Kind.LINK,
            value=lambda here, row: here.act(row.act),
            href=lambda _, row: reverse("console:approval", args=[row.id]),
        ),
        Column("asked", gettext_lazy("When"), Kind.MOMENT, sortable=True, filter=days()),
        Column(
            "outcome",
            gettext_lazy("Answer"),
            Kind.STATE,
            value=lambda _, row: standing(row),
            filter=choice(
                tuple(
                    (one.value, STATES["waiting" if one == Outcome.OPEN else one.value].words)
                    for one in Outcome
                )
            ),
        ),
    ),
    order="-asked",
    caption=gettext_lazy("What you asked"),
    none=gettext_lazy("You asked nothing of others. A refusal offers to ask those who could."),
)


@require_safe
@doors.in_office
def listed(request: HttpRequest) -> HttpResponseBase:
    found = here(request)
    waiting = found.shown(queries.waiting_for(found.reader)[:MOST])
    asked = ASKED.shown(found, queries.asked_by(found.reader))
    danger = found.shown(queries.undecided(found.reader, found.law)[:MOST])
    found.know({*(one.requester for one in waiting), *(one.person for one in danger)})
    told = {"waiting": waiting, "asked": asked, "danger": danger}
    return asked.file or doors.page(request, "approvals", told, asked.status)


@require_POST
@doors.in_office
def ask(request: HttpRequest) -> HttpResponse:
    """Ask those who could do what was refused."""
    try:
        given = json.loads(request.POST.get("given", ""))
        data = Asking(
            act=request.POST.get("act", ""),
            given=given,
            reason=request.POST.get("reason", "").strip()[:4000],
            refusal=request.POST.get("refusal", "")[:40],
        )
    except ValueError:
        raise NotPossible(
            gettext("what is asked for cannot be read"), help=gettext("ask again from the refusal")
        ) from None
    receipt = acts.ask(doors.acting_of(here(request)), data)
    return HttpResponseRedirect(reverse("console:approval", args=[receipt.record]))


@require_safe
@doors.in_office
def one(request: HttpRequest, key: str) -> HttpResponse:
    return shown(request, request_of(request, key), [])


@require_POST
@doors.in_office
def answer(request: HttpRequest, key: str, how: str) -> HttpResponse:
    """Grant, decline or withdraw."""
    asked = request_of(request, key)
    by = doors.acting_of(here(request))
    try:
        match how:
            case "grant":
                acts.grant(by, Granting(request=asked.id))
            case "decline":
                why = request.POST.get("answer", "").strip()[:4000]
                if not why:
                    return shown(request, asked, [Wrong(gettext("Say why it is declined"))], 422)
                acts.decline(by, Declining(request=asked.id, answer=why))
            case "withdraw":
                acts.withdraw(by, Withdrawing(request=asked.id))
            case _:
                raise Http404
    except NotPossible as error:
        return shown(request, asked, [Wrong(sentence(error.message), None, error.help)], 409)
    return HttpResponseRedirect(reverse("console:approval", args=[asked.id]))


def request_of(request: HttpRequest, key: str) -> Request:
    """A request that whoever acts made, or that was put to the office acted in; another is as if it were not there."""
    found = here(request)
    asked = queries.request(found.reader, key)
    if asked is None:
        raise Http404
    found.shown([asked])
    return asked


def shown(
    request: HttpRequest, asked: Request, wrongs: list[Wrong], status: int = 200
) -> HttpResponse:
    by = doors.acting_of(here(request))
    put_to = [one.office for one in asked.offices.all()]
    told: dict[str, Any] = {
        "asked": asked,
        "put_to": put_to,
        "readable": readable(here(request).reader, [asked.id, asked.refusal]),
        "may_answer": asked.outcome == "open"
        and by.office in put_to
        and by.person != asked.requester,
        "may_withdraw": asked.outcome == "open" and by.person == asked.requester,
        "wrongs": wrongs,
    }
    return doors.page(request, "approval", told, status)
