"""From an enrolment link to the first passkey.

The secret of a link stands after the `#` of its address: no browser sends it to any server or proxy by itself. A script
puts it into a form; it can be typed into it as well.
"""

from __future__ import annotations

import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ministry.gate.acting import oneself
from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused
from ministry.identity import acts, limits, passkeys, sessions, tokens
from ministry.identity.data import Registering
from ministry.identity.models import EnrolmentLink
from ministry.identity.views.refusals import refused, too_often
from ministry.identity.views.sign_in import log_sign_in

LINK = "enrolling"
FAILED = gettext_noop(
    "That did not work: use a device or a security key that verifies you by PIN or by body."
)


@never_cache
@require_http_methods(["GET", "POST"])
def open_link(request: HttpRequest) -> HttpResponse:
    """Take the secret of a link."""
    if request.method == "GET":
        return render(request, "identity/enrol.html")
    if not limits.allowed("link", limits.address(request)):
        return too_often(request)
    secret = request.POST.get("link", "").strip().rpartition("#")[2]
    found = EnrolmentLink.objects.filter(digest=tokens.digest(secret)).first()
    try:
        link = acts.good_link(found, timezone.now())
    except NotPossible as error:
        log_sign_in("link", False, why="not good")
        return render(request, "identity/enrol.html", {"problem": error}, status=403)
    request.session.flush()
    request.session[LINK] = link.id
    return redirect("/account/enrol/passkey/")


@never_cache
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register the first passkey, and be signed in with it."""
    found = EnrolmentLink.objects.select_related("person").filter(id=request.session.get(LINK))
    try:
        link = acts.good_link(found.first(), timezone.now())
    except NotPossible as error:
        return render(request, "identity/enrol.html", {"problem": error}, status=403)
    person = link.person
    problem: NotPossible | str = ""
    if request.method == "POST":
        try:
            name = request.POST.get("name", "").strip() or gettext("My passkey")
            made = passkeys.made(person, request.POST.get("credential", ""), name)
            acts.register_passkey(
                oneself(person.key, time.time()),  # the link is the proof
                Registering(
                    person=person.key,
                    digest=made.digest,
                    credential=made.credential,
                    link=link.id,
                ),
            )
        except passkeys.NotProved as error:
            log_sign_in("link", False, person.key, error.why)
            problem = FAILED
        except NotPossible as error:
            problem = error
        except Refused as error:
            return refused(request, error)
        else:
            sessions.sign_in(request, person, "passkey", sure=True)
            log_sign_in("link", True, person.key)
            return redirect("/account/recovery-codes/?new=1")
    return render(
        request,
        "identity/register.html",
        {
            "person": person,
            "problem": problem,
            "js_data": {"creation_options": passkeys.options_to_register(person)},
            "first": True,
        },
        status=400 if problem else 200,
    )
