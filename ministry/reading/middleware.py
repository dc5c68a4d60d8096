"""Whoever reads the law is nobody: no cookie of theirs is looked at, so no session and nobody is looked for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

ROOM = "/law/"


class Middleware:
    """Stands before the session. What is answered in the room depends on the address alone; anybody may keep it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(ROOM):
            request.META.pop("HTTP_COOKIE", None)
            request.COOKIES = {}
        return self.get_response(request)
