"""What a person signs in with: passkeys and recovery codes; and proving again who they are."""

from __future__ import annotations

import time

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ministry.gate.acting import Acting, oneself
from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.identity import acts, limits, passkeys, sessions, tokens
from ministry.identity.acting import Request, myself
from ministry.identity.data import Registering, Removing, Renewing
from ministry.identity.models import RecoveryCode
from ministry.identity.views.enrolment import FAILED
from ministry.identity.views.guards import signed_in, sure, then
from ministry.identity.views.refusals import problem as page_of
from ministry.identity.views.refusals import refused, to_prove, too_often
from ministry.identity.views.sign_in import log_sign_in


@require_GET
@signed_in
def listed(request: Request) -> HttpResponse:
    """The passkeys of whoever is signed in."""
    codes = RecoveryCode.objects.filter(person=request.user.key, used=None, replaced=None)
    return render(
        request,
        "identity/passkeys.html",
        {"passkeys": passkeys.of_person(request), "codes": codes.count()},
    )


@require_http_methods(["GET", "POST"])
@signed_in
def add(request: Request) -> HttpResponse:
    """Register one more passkey; also right after a sign-in with a recovery code."""
    by = registering(request)
    if by is None:
        return to_prove(request.path)
    problem: NotPossible | str = ""
    if request.method == "POST":
        try:
            name = request.POST.get("name", "").strip() or gettext("Another passkey")
            made = passkeys.made(request.user, request.POST.get("credential", ""), name)
            acts.register_passkey(
                by,
                Registering(
                    person=request.user.key, digest=made.digest, credential=made.credential
                ),
            )
        except passkeys.NotProved as error:
            log_sign_in("register", False, request.user.key, error.why)
            problem = FAILED
        except NotPossible as error:
            problem = error
        except Refused as error:
            return refused(request, error)
        else:
            request.session.pop("recovered", None)
            sessions.proved(request)
            return redirect("/account/sessions/?changed=1")
    return render(
        request,
        "identity/register.html",
        {
            "person": request.user,
            "problem": problem,
            "js_data": {"creation_options": passkeys.options_to_register(request.user)},
        },
        status=400 if problem else 200,
    )


def registering(request: Request) -> Acting | None:
    """Whoever may register a passkey now: they proved who they are, or used a recovery code, minutes ago."""
    by = myself(request)
    recovered = request.session.get("recovered", 0.0)
    fresh = max(by.sure_since, recovered)
    return oneself(by.person, fresh) if time.time() - fresh <= acts.SURE - 30 else None


@require_POST
@sure
def remove(request: Request, passkey: str) -> HttpResponse:
    """Remove a passkey, unless it is the last."""
    mine = [one.id for one, _ in passkeys.of_person(request)]
    if passkey not in mine:
        return page_of(
            request, gettext("There is no such passkey"), gettext("It may be removed already."), 404
        )
    if len(mine) == 1:
        return page_of(
            request,
            gettext("This is your last passkey"),
            gettext("Register another one first, then remove it."),
            409,
        )
    try:
        acts.remove_passkey(myself(request), Removing(passkey=passkey))
    except Refused as error:
        return refused(request, error)
    return redirect("/account/sessions/?changed=1")


@require_http_methods(["GET", "POST"])
@signed_in
def codes(request: Request) -> HttpResponse:
    """How many recovery codes are left (GET); new ones, shown once (POST)."""
    left = RecoveryCode.objects.filter(person=request.user.key, used=None, replaced=None)
    if request.method == "GET":
        context = {"left": left.count(), "new": "new" in request.GET}
        return render(request, "identity/codes.html", context)
    return new_codes(request)


@sure
def new_codes(request: Request) -> HttpResponse:
    made = tokens.new_codes()
    digests = tuple(tokens.digest(code) for code in made)
    try:
        acts.renew_recovery_codes(
            myself(request), Renewing(person=request.user.key, digests=digests)
        )
    except Refused as error:
        return refused(request, error)
    return render(request, "identity/codes.html", {"made": made})


@require_http_methods(["GET", "POST"])
@signed_in
def prove(request: Request) -> HttpResponse:
    """Prove it is you again."""
    problem = ""
    if request.method == "POST":
        if not limits.allowed("prove", request.user.key):
            return too_often(request)
        try:
            passkeys.proved(request.POST.get("credential", ""), request.user)
        except passkeys.NotProved as error:
            log_sign_in("prove", False, request.user.key, error.why)
            problem = gettext("That did not work. Use one of your passkeys, and let it verify you.")
        else:
            sessions.proved(request)
            log_sign_in("prove", True, request.user.key)
            return redirect(then(request))
    return render(
        request,
        "identity/prove.html",
        {
            "problem": problem,
            "next": then(request, ""),
            "js_data": {"request_options": passkeys.options_to_prove(request.user)},
        },
        status=403 if problem else 200,
    )
