"""Where a person is signed in, and the office that they act in."""

from __future__ import annotations

import logging

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ministry.identity import sessions
from ministry.identity.acting import Request
from ministry.identity.views.guards import signed_in, sure, then
from ministry.identity.views.refusals import problem

log = logging.getLogger("ministry.identity")


@require_GET
@signed_in
def listed(request: Request) -> HttpResponse:
    """Everything that whoever is signed in is signed in to."""
    return render(
        request,
        "identity/sessions.html",
        {
            "sessions": sessions.of_person(request.user.key),
            "this": sessions.kept_as(request.session.session_key or ""),
            "changed": "changed" in request.GET,
        },
    )


@require_POST
@sure
def end(request: Request) -> HttpResponse:
    """End one session, or all but this one."""
    one = request.POST.get("session", "")
    others = one == "others"
    ended = sessions.end_others(request) if others else sessions.end(request.user.key, one)
    log.info("sessions ended", extra={"event": "sessions", "person": request.user.key})
    if not ended and not others:
        return problem(
            request, gettext("There is no such session"), gettext("It may be over already."), 404
        )
    return redirect("/account/sessions/")


@require_http_methods(["GET", "POST"])
@signed_in
def office(request: Request) -> HttpResponse:
    """Choose the office to act in: one that is held, or acted in."""
    if request.method == "GET":
        return render(request, "identity/office.html", {"next": then(request, "")})
    chosen = request.POST.get("office", "")
    if chosen not in request.offices:
        return problem(
            request,
            gettext("You are not in that office"),
            gettext("Choose one that you hold or act in."),
            403,
        )
    request.session[sessions.OFFICE] = chosen
    log.info(
        "office chosen", extra={"event": "office", "person": request.user.key, "office": chosen}
    )
    return redirect(then(request))
