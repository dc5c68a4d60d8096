"""Tokens with which systems act for an office."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST
from pydantic import ValidationError

from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.identity import acts, tokens
from ministry.identity.acting import Request, myself
from ministry.identity.data import IssuingToken, RevokingToken
from ministry.identity.models import Token
from ministry.identity.views.guards import signed_in, sure
from ministry.identity.views.refusals import problem, refused


@require_http_methods(["GET", "POST"])
@signed_in
def listed(request: Request) -> HttpResponse:
    """The tokens that whoever is signed in answers for (GET); a new one, shown once (POST)."""
    if request.method == "POST":
        return issue(request)
    return page(request)


def page(request: Request, status: int = 200, **more: object) -> HttpResponse:
    good = Token.objects.filter(person=request.user.key, revoked=None, until__gt=timezone.now())
    context = {"tokens": good.select_related("use"), **more}
    return render(request, "identity/tokens.html", context, status=status)


@sure
def issue(request: Request) -> HttpResponse:
    made = tokens.new_token()
    try:
        given = IssuingToken(
            office=request.POST.get("office", ""),
            digest=tokens.digest(made),
            purpose=request.POST.get("purpose", ""),
            days=request.POST.get("days", ""),  # type: ignore[arg-type]  # checked by the model
        )
    except ValidationError:
        return page(
            request,
            400,
            problem=gettext("Say what the token is for, and for 1 to 90 days."),
        )
    try:
        acts.issue_token(myself(request), given)
    except Refused as error:
        return refused(request, error)
    return page(request, made=made)


@require_POST
@signed_in
def revoke(request: Request, token: str) -> HttpResponse:
    """End a token."""
    try:
        acts.revoke_token(myself(request), RevokingToken(token=token))
    except (NotPossible, ValidationError):
        return problem(
            request, gettext("There is no such token"), gettext("It may be ended already."), 404
        )
    except Refused as error:
        return refused(request, error)
    return redirect("/account/tokens/")
