"""Who may open a page of their account, and what must be fresh for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache

from ministry.identity import sessions
from ministry.identity.acting import Request, is_signed_in
from ministry.identity.acts import SURE
from ministry.identity.views.refusals import to_prove

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Only for somebody signed in; others are sent to sign in, and come back."""

    @never_cache
    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_signed_in(request):
            return redirect(f"/sign-in/?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    return guarded


def sure(view: View) -> View:
    """Only for somebody who proved within the last minutes who they are; others are asked to."""

    @signed_in
    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_sure(request):
            return to_prove(request.path if request.method == "GET" else back(request))
        return view(request, *args, **kwargs)

    return guarded


def is_sure(request: Request) -> bool:
    return bool(time.time() - request.session.get(sessions.SURE, 0.0) <= SURE - 30)


def back(request: HttpRequest) -> str:
    """The page that a form was on."""
    parts = request.path.strip("/").split("/")
    return f"/{'/'.join(parts[:2])}/"


def then(request: HttpRequest, default: str = "/") -> str:
    """Where to go on, if it is an address of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours and wanted.startswith("/") else default
