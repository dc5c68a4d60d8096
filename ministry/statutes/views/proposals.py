"""One proposal: what it changes, what others say of it, and what the office may do on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from ministry.console import doors
from ministry.console import forms as console
from ministry.console.fields import wrongs
from ministry.console.here import here
from ministry.console.views import refusal
from ministry.console.views.errors import sentence
from ministry.gate.deed import NotPossible
from ministry.gate.do import do as through_the_gate
from ministry.gate.refusal import Refused
from ministry.gate.registry import act_named
from ministry.statutes import forms, impact
from ministry.statutes.models import Proposal
from ministry.statutes.queries import head_of
from ministry.statutes.views.proposal import Shown

DONE = {
    "consult": gettext_noop("Asked"),
    "answer": gettext_noop("The opinion is given"),
    "comment": gettext_noop("Commented"),
    "resolve": gettext_noop("Resolved"),
    "examine": gettext_noop("What was found is recorded"),
    "certify": gettext_noop("Certified"),
    "revise": gettext_noop("Revised: this is the new text"),
    "withdraw": gettext_noop("Withdrawn"),
    "promulgate": gettext_noop("Promulgated"),
}


@require_safe
@doors.in_office
def page(request: HttpRequest, edition: str) -> HttpResponse:
    return shown(request, proposal_of(edition))


@require_POST
@doors.in_office
def do(request: HttpRequest, edition: str, step: str) -> HttpResponse:
    """Do one of the acts on a proposal, and come back to it."""
    proposal = proposal_of(edition)
    if step not in forms.STEPS:
        raise Http404
    found = here(request)
    of = (request.POST.get("of") or "")[:40]
    made = form_of(request, proposal, step, request.POST, of)
    data = forms.read(found, made, proposal, request.POST)
    if data is None:
        return shown(request, proposal, made, 422)
    try:
        receipt = through_the_gate(act_named(made.step.act), doors.acting_of(found), data)
    except Refused as stopped:
        return refusal.page(request, stopped.refusal, data)
    except NotPossible as error:
        name = {"since": "day"}.get(error.field, error.field)
        made.place(name, sentence(error.message), error.help)
        return shown(request, proposal, made, 409)
    under = ", ".join(receipt.decision.citations)
    messages.success(
        request,
        gettext("{what}, and on the record under {under}.").format(what=DONE[step], under=under),
    )
    head = head_of(proposal)
    if step == "revise":
        impact.ask(head.base, head.edition)
    return HttpResponseRedirect(reverse("statutes:proposal", args=[head.edition]))


def form_of(
    request: HttpRequest, proposal: Proposal, step: str, given: QueryDict | None, of: str = ""
) -> forms.Form:
    shown = Shown(here(request), proposal)
    return forms.form(here(request), step, proposal, given, of, shown.progress, shown.choices)


def shown(
    request: HttpRequest, proposal: Proposal, made: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """The page of a proposal; `made` is a form that came back with something wrong in it."""
    found = here(request)
    told: dict[str, Any] = Shown(found, proposal).told(made, request.GET.get("comment", ""))
    told["wrongs"] = wrongs(made.all_fields, made.wrong) if made is not None else []
    told["suggestions"] = console.suggestions(found, "offices")
    return render(request, "statutes/proposal.html", told, status=status)


def proposal_of(edition: str) -> Proposal:
    found = Proposal.objects.filter(edition=edition).first()
    if found is None:
        raise Http404
    return found
