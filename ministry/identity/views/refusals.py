"""What a person is shown when something was refused."""

from __future__ import annotations

import logging
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from ministry.gate.do import STEP_UP
from ministry.gate.refusal import Refused

log = logging.getLogger("ministry.identity")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our own page."""
    log.warning("forged request", extra={"event": "csrf", "ok": False})
    return problem(
        request,
        gettext("This form did not come from here"),
        gettext("Open the page again and repeat what you did. Nothing was changed."),
        403,
    )


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """An act that the Book does not allow: with its citations."""
    refusal = error.refusal
    if refusal.reason == STEP_UP:
        return to_prove(request.path if request.method == "GET" else "/")
    return render(
        request,
        "identity/refused.html",
        {"refusal": refusal, "citations": refusal.decision.citations},
        status=403,
    )


def problem(request: HttpRequest, title: str, text: str, status: int) -> HttpResponse:
    return render(request, "identity/problem.html", {"title": title, "text": text}, status=status)


def too_often(request: HttpRequest) -> HttpResponse:
    return problem(
        request,
        gettext("Too many attempts"),
        gettext(
            "Wait a few minutes and try again. Nothing is locked: other ways to sign in still work."
        ),
        429,
    )


def to_prove(then: str) -> HttpResponseRedirect:
    """Ask the person to prove again who they are, and come back."""
    return HttpResponseRedirect(f"/account/sure/?{urlencode({'next': then})}")
