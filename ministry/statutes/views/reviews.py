"""Reviews: which instruments are to be reviewed by when, the review of one of them, and the calendar of all."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import msgspec
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_safe
from pydantic import ValidationError

from ministry.console import doors, forms, icalendar
from ministry.console.fields import Field, Wrong, wrongs
from ministry.console.here import Here, here
from ministry.console.views import refusal
from ministry.console.views.errors import sentence
from ministry.gate.deed import NotPossible
from ministry.gate.do import do
from ministry.gate.refusal import Refused
from ministry.gate.registry import act_named
from ministry.statutes import reviews
from ministry.statutes.acts.reviewing import since
from ministry.statutes.evidence import evidence
from ministry.statutes.models import Outcome, Review
from ministry.statutes.reviews import Due

MONTHS = (
    gettext_noop("Jan"),
    gettext_noop("Feb"),
    gettext_noop("Mar"),
    gettext_noop("Apr"),
    gettext_noop("May"),
    gettext_noop("Jun"),
    gettext_noop("Jul"),
    gettext_noop("Aug"),
    gettext_noop("Sep"),
    gettext_noop("Oct"),
    gettext_noop("Nov"),
    gettext_noop("Dec"),
)
SOON = 90
"""Days within which a review is soon due."""
STEPS = {"begin": "begin-review", "conclude": "conclude-review"}
DONE = {
    "begin": gettext_noop("The review is begun"),
    "conclude": gettext_noop("The review is concluded"),
}
PAST = 20


class Month(msgspec.Struct):
    """The reviews that are due in a month."""

    id: str
    day: dt.date
    rows: list[Due]


@require_safe
@doors.in_office
def listed(request: HttpRequest) -> HttpResponse:
    """All reviews, those that are overdue first; of one office alone with `?owner=`."""
    found = here(request)
    owner = (request.GET.get("owner") or "")[:80]
    every = reviews.calendar(found.law, found.today)
    owners = sorted({one.instrument.owner for one in every}, key=found.office)
    rows = [one for one in every if not owner or one.instrument.owner == owner]
    without = [
        one
        for one in found.law.book.instruments.values()
        if one.review is None and one.id not in {each.instrument.id for each in every}
        and (one.end is None or found.today < one.end) and (not owner or one.owner == owner)
    ]  # fmt: skip
    ahead = months([one for one in rows if not one.overdue(found.today)])
    soon = found.today + dt.timedelta(days=SOON)
    return render(
        request,
        "statutes/reviews.html",
        {
            "overdue": [one for one in rows if one.overdue(found.today)],
            "soon": sum(found.today <= one.day <= soon for one in rows),
            "under_way": [one for one in rows if one.under_way],
            "months": ahead,
            "years": years(ahead),
            "names": MONTHS,
            "without": sorted(without, key=lambda one: one.title),
            "owners": [(one, found.office(one) if one else "nobody") for one in owners],
            "owner": owner,
            "counted": counted(found, every),
        },
    )


def months(rows: list[Due]) -> list[Month]:
    """The months in which something is due, in order."""
    found: dict[str, Month] = {}
    for one in rows:
        id = f"m-{one.day:%Y-%m}" if one.day.year >= 1000 else f"m-{one.day}"
        found.setdefault(id, Month(id, one.day.replace(day=1), [])).rows.append(one)
    return list(found.values())


def years(ahead: list[Month]) -> list[tuple[int, list[Month | None]]]:
    """Years in which something is due, each with its twelve months."""
    by_month = {(one.day.year, one.day.month): one for one in ahead}
    return [
        (year, [by_month.get((year, month)) for month in range(1, 13)])
        for year in sorted({year for year, _ in by_month})
    ]


def counted(found: Here, rows: list[Due]) -> list[tuple[str, str, int, int]]:
    """By the office that keeps them: how many are to be reviewed, and how many are overdue."""
    offices: dict[str, list[Due]] = {}
    for one in rows:
        offices.setdefault(one.instrument.owner, []).append(one)
    return sorted(
        (
            (name, found.office(name) if name else "nobody", len(each), sum(one.overdue(found.today) for one in each))
            for name, each in offices.items()
        ),
        key=lambda row: (-row[3], row[1]),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@doors.in_office
def one(request: HttpRequest, instrument: str) -> HttpResponse:
    """The review of one instrument: what was found, and its beginning and end."""
    found = here(request)
    if instrument not in found.law.book.instruments:
        raise Http404
    if request.method != "POST":
        return shown(request, instrument)
    step = request.POST.get("step", "")
    if step not in STEPS:
        raise Http404
    fields = fields_of(step, request.POST)
    act = act_named(STEPS[step])
    given = {field.name: field.value for field in fields if field.value}
    try:
        data = act.data.model_validate({**given, "instrument": instrument})
    except ValidationError as error:
        for each in error.errors():
            said = (
                gettext("Say what becomes of it")
                if each["loc"] == ("outcome",)
                else forms.said(each["type"], each["msg"])
            )
            forms.place(fields, str(each["loc"][0]) if each["loc"] else "", said)
        return shown(request, instrument, step, fields, [], 422)
    try:
        receipt = do(act, doors.acting_of(found), data)
    except Refused as stopped:
        return refusal.page(request, stopped.refusal, data)
    except NotPossible as error:
        general = []
        if not forms.place(fields, error.field, sentence(error.message), error.help):
            general = [Wrong(sentence(error.message), None, error.help)]
        return shown(request, instrument, step, fields, general, 409)
    under = ", ".join(receipt.decision.citations)
    messages.success(
        request,
        gettext("{what}, and on the record under {under}.").format(what=DONE[step], under=under),
    )
    return HttpResponseRedirect(reverse("reviewing:one", args=[instrument]))


def fields_of(step: str, given: QueryDict | None = None) -> list[Field]:
    """The fields of a step, filled with what was typed."""
    if step == "begin":
        fields = [
            Field(
                "note",
                gettext("Why now, or what to look at"),
                "textarea",
                gettext("Left out where there is nothing to say"),
            )
        ]
    else:
        fields = [
            Field("outcome", gettext("What becomes of it"), "radios", required=True,
                  options=tuple((one.value, gettext("It is {label}").format(label=one.label)) for one in Outcome)),
            Field("reasons", gettext("Reasons"), "textarea", gettext("Everybody in office reads them"), required=True),
            Field("next", gettext("By which day it is reviewed next"), "date", required=True),
        ]  # fmt: skip
    for field in fields:
        field.value = ((given.get(field.name) if given is not None else "") or "").strip()[:8_000]
    return fields


def shown(
    request: HttpRequest,
    instrument: str,
    step: str = "",
    fields: list[Field] | None = None,
    general: list[Wrong] | None = None,
    status: int = 200,
) -> HttpResponse:
    found = here(request)
    item = found.law.book.instruments[instrument]
    past = list(Review.objects.filter(instrument=instrument).order_by("-begun", "-id")[:PAST])
    under_way = next((each for each in past if each.concluded is None), None)
    last = next((each for each in past if each.concluded), None)
    open_step = "conclude" if under_way is not None else "begin"
    used = fields if step == open_step and fields is not None else fields_of(open_step)
    found.know({each for one in past for each in (one.begun_by, one.concluded_by)})
    asked = under_way is not None or "evidence" in request.GET or step == "conclude"
    due = reviews.due_of(item, last)
    return render(
        request,
        "statutes/review.html",
        {
            "item": item,
            "due": due,
            "overdue": due is not None and due < found.today,
            "under_way": under_way,
            "past": [each for each in past if each.concluded],
            "step": open_step,
            "fields": used,
            "wrongs": wrongs(used, general or []),
            "evidence": told(evidence(found.law, instrument, since(instrument), found.at)) if asked else None,
            "since": last.concluded if last is not None else None,
        },
        status=status,
    )  # fmt: skip


def told(found: dict[str, Any]) -> dict[str, Any]:
    """Evidence as a page shows it: the provisions with the most uses first."""
    rows = [(label, done, refused) for label, (done, refused) in found["provisions"].items()]
    return {**found, "provisions": sorted(rows, key=lambda row: (-row[1] - row[2], row[0]))}


@require_safe
@doors.in_office
def feed(request: HttpRequest) -> HttpResponse:
    """The days of review of every instrument, or of those of one office, as a calendar."""
    found = here(request)
    owner = (request.GET.get("owner") or "")[:80]
    rows = [
        one
        for one in reviews.calendar(found.law, found.today)
        if not owner or one.instrument.owner == owner
    ]
    body = icalendar.calendar(gettext("Reviews"), [event(found, one) for one in rows])
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=tag)
    answer = answer or HttpResponse(body, "text/calendar; charset=utf-8")
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = "no-store"
    return answer


def event(found: Here, one: Due) -> icalendar.Event:
    item = one.instrument
    concluded = one.last.concluded if one.last is not None else None
    return icalendar.Event(
        f"review-{item.id}-{one.day.isoformat()}@{settings.HOST}",
        one.day,
        gettext("Review of {title}").format(title=item.title),
        max(filter(None, (found.promulgation.since, concluded))),
        gettext("Kept by {owner}").format(owner=found.office(item.owner)) if item.owner else "",
        settings.URL + reverse("reviewing:one", args=[item.id]),
        gettext("Review of law"),
    )
