"""Doing an act from a page: its form, then its receipt, or the refusal."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from ministry.console import doors, forms
from ministry.console.fields import Field, Wrong, wrongs
from ministry.console.forms import Form
from ministry.console.here import Here, here
from ministry.console.views import refusal
from ministry.console.views.errors import sentence
from ministry.gate.deed import NotPossible
from ministry.gate.do import do
from ministry.gate.refusal import Refused
from ministry.gate.registry import Act
from ministry.people.models import Appointment


@require_http_methods(["GET", "HEAD", "POST"])
@doors.in_office
def form(request: HttpRequest, name: str) -> HttpResponse:
    found = here(request)
    known = forms.offered(name)
    if known is None:
        raise Http404
    act, offered = known
    if request.method != "POST":
        return shown(request, found, act, offered, forms.fields_of(found, act, request.GET), [])
    fields = forms.fields_of(found, act, request.POST)
    data = forms.read(found, act, fields)
    if data is None:
        return shown(request, found, act, offered, fields, [], 422)
    try:
        receipt = do(act, doors.acting_of(found), data)
    except Refused as stopped:
        return refusal.page(request, stopped.refusal, data)
    except NotPossible as error:
        general = []
        if not forms.place(fields, error.field, sentence(error.message), error.help):
            general = [Wrong(sentence(error.message), None, error.help)]
        return shown(request, found, act, offered, fields, general, 409)
    return HttpResponseRedirect(
        f"{reverse('console:record', args=[receipt.record])}?{urlencode({'receipt': 1})}"
    )


def shown(
    request: HttpRequest,
    found: Here,
    act: Act,
    offered: Form,
    fields: list[Field],
    general: list[Wrong],
    status: int = 200,
) -> HttpResponse:
    lists = {one.suggest: one.suggestions for one in fields if one.suggest}
    return doors.page(
        request,
        "act",
        {
            "act": act,
            "form": offered,
            "fields": fields,
            "lists": lists,
            "wrongs": wrongs(fields, general),
            "about": about(found, fields),
        },
        status,
    )


def about(found: Here, fields: list[Field]) -> Appointment | None:
    """The appointment that a form is about, for its words."""
    for field in fields:
        if field.name == "appointment" and field.value:
            rows = Appointment.objects.seen_by(found.reader).select_related("person")
            return next(iter(found.shown(rows.filter(id=field.value))), None)
    return None
