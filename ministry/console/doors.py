"""Which pages are open to whom: those of the console only to somebody who acts in an office."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from ministry.console.here import Here, here
from ministry.gate.acting import Acting

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def in_office(view: View[P]) -> View[P]:
    """Let nobody see a page but who acts in an office; who did not sign in is asked to."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if here(request).acting is not None:
            return view(request, *args, **kwargs)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            return render(request, "console/no_office.html", status=403)
        way = request.get_full_path() if request.method == "GET" else "/"
        query = "" if way == "/" else f"?{urlencode({'next': way})}"
        return HttpResponseRedirect(f"{settings.LOGIN_URL}{query}")

    guarded.door = "in office"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]  # it is called as the view is


def open_to_all(view: View[P]) -> View[P]:
    """A page that tells nothing of anybody, and is open."""
    view.door = "open"  # type: ignore[attr-defined]
    return view


def acting_of(found: Here) -> Acting:
    """Who acts, on a page behind `in_office`."""
    assert found.acting is not None
    return found.acting


def page(
    request: HttpRequest, template: str, said: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(request, f"console/{template}.html", said, status=status)
