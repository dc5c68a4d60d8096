"""What those do who look after how others sign in: links, vouching, ending sessions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from pydantic import ValidationError

from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.identity import acts, tokens
from ministry.identity.acting import Request
from ministry.identity.data import Linking, OfPerson
from ministry.identity.views.guards import signed_in, sure
from ministry.identity.views.refusals import problem, refused
from ministry.people.models import Person


@require_http_methods(["GET", "POST"])
@signed_in
def people(request: Request) -> HttpResponse:
    """The page (GET), and what is done on it for one person (POST), in the office acted in."""
    if request.acting is None:
        return problem(
            request,
            gettext("You are in no office"),
            gettext("This page is for those who are."),
            403,
        )
    if request.method == "POST":
        return done(request)
    return page(request)


def page(request: Request, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "identity/people.html", more, status=status)


@sure
def done(request: Request) -> HttpResponse:
    assert request.acting is not None
    by = request.acting
    sign_in = request.POST.get("person", "").strip()
    key = Person.everything.filter(sign_in=sign_in).values_list("key", flat=True).first()
    if key is None:
        return page(
            request, 400, problem=gettext("Nobody is enrolled under that name."), given=sign_in
        )
    try:
        match request.POST.get("act"):
            case "issue-enrolment-link":
                secret = tokens.new_secret()
                acts.issue_enrolment_link(by, Linking(person=key, digest=tokens.digest(secret)))
                return page(request, link=address(secret), given=sign_in)
            case "vouch-for-person":
                acts.vouch(by, OfPerson(person=key))
            case "end-sessions":
                acts.end_sessions(by, OfPerson(person=key))
            case _:
                return page(
                    request, 400, problem=gettext("Choose what is to be done."), given=sign_in
                )
    except (NotPossible, ValidationError) as error:
        return page(request, 400, problem=getattr(error, "message", str(error)), given=sign_in)
    except Refused as error:
        return refused(request, error)
    return page(request, done=True, given=sign_in)


def address(secret: str) -> str:
    """The enrolment link."""
    return f"{settings.ORIGIN}/account/enrol/#{secret}"
