"""Signing in: with a passkey, with a recovery code, in a demonstration with one click; and signing out."""

from __future__ import annotations

import logging
import time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ministry.gate.acting import oneself
from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.identity import acts, limits, passkeys, sessions, tokens
from ministry.identity.data import Using
from ministry.identity.models import RecoveryCode
from ministry.identity.views.guards import then
from ministry.identity.views.refusals import too_often
from ministry.people.models import Person

log = logging.getLogger("ministry.identity")
PROBLEMS = {
    "passkey": gettext_noop(
        "That did not work. Use a passkey that is registered here, and let it verify you."
    ),
    "code": gettext_noop("This recovery code is not good, or was used already."),
    "oidc": gettext_noop("The sign-in service did not name anybody who is enrolled here."),
    "limit": gettext_noop("Too many attempts. Wait a minute and try again."),
}


@never_cache
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """How to sign in."""
    return render(
        request,
        "identity/sign_in.html",
        {
            "next": then(request, ""),
            "problem": PROBLEMS.get(request.GET.get("problem", "")),
            "oidc": settings.OIDC,
            "demo_people": demo_people() if settings.DEMO else (),
        },
    )


@never_cache
@require_http_methods(["GET", "POST"])
def passkey(request: HttpRequest) -> HttpResponse:
    """What the browser is to prove (GET), and its proof (POST)."""
    if not limits.allowed("sign-in", limits.address(request)):
        log_sign_in("passkey", False, why="limit")
        return too_often(request)
    if request.method == "GET":
        return JsonResponse({"request_options": passkeys.options_to_prove()})
    try:
        person = passkeys.proved(request.POST.get("credential", ""))
    except passkeys.NotProved as error:
        log_sign_in("passkey", False, why=error.why)
        return redirect("/sign-in/?problem=passkey")
    sessions.sign_in(request, person, "passkey", sure=True)
    log_sign_in("passkey", True, person.key)
    return redirect(then(request))


@never_cache
@require_http_methods(["GET", "POST"])
def recovery(request: HttpRequest) -> HttpResponse:
    """Sign in with a recovery code; then a new passkey can be registered."""
    if request.method == "GET":
        return render(request, "identity/recovery.html")
    if not limits.allowed("recovery", limits.address(request)):
        log_sign_in("recovery", False, why="limit")
        return too_often(request)
    given = tokens.digest(tokens.code_as_typed(request.POST.get("code", "")))
    code = RecoveryCode.objects.select_related("person").filter(digest=given).first()
    try:
        if code is None:
            raise NotPossible("no such code")
        by = oneself(code.person_id)
        acts.use_recovery_code(by, Using(person=code.person_id, digest=given))
    except (NotPossible, Refused):
        log_sign_in("recovery", False, why="not good")
        problem = PROBLEMS["code"]
        return render(request, "identity/recovery.html", {"problem": problem}, status=403)
    sessions.sign_in(request, code.person, sessions.RECOVERY, sure=False)
    request.session["recovered"] = time.time()
    log_sign_in("recovery", True, code.person_id)
    return redirect("/account/passkeys/add/")


@never_cache
@require_POST
def demo(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration people: in a demonstration, and nowhere else."""
    if not settings.DEMO:
        raise Http404
    person = next((p for p in demo_people() if p.sign_in == request.POST.get("person")), None)
    if person is None:
        raise Http404
    sessions.sign_in(request, person, "demo", sure=True)
    log_sign_in("demo", True, person.key)
    return redirect(then(request))


def demo_people() -> list[Person]:
    found = Person.everything.filter(sign_in__in=settings.DEMO_PEOPLE, is_active=True)
    return list(found.order_by("sign_in"))


@never_cache
@require_POST
def out(request: HttpRequest) -> HttpResponse:
    """Sign out; what the browser kept of our pages goes too."""
    extra = {"event": "sign-out", "person": getattr(request.user, "key", "")}
    log.info("sign-out", extra=extra)
    sessions.sign_out(request)
    response = redirect("/sign-in/")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def log_sign_in(way: str, ok: bool, person: str = "", why: str = "") -> None:
    extra = {"event": "sign-in", "way": way, "ok": ok, "person": person, "why": why}
    log.log(logging.INFO if ok else logging.WARNING, "sign-in", extra=extra)
