"""What is taken at all: by which methods, and how much."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
"""TRACE is none of them: it would give back what was sent, with its cookies."""
API = "/api/"
"""Reads its bodies itself."""
NUL = "a text holds a NUL"


class Middleware:
    """Refuses other methods, bodies larger than their address allows, before they are read, and texts with a NUL."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if too_large(request):
            text = "This is more than is taken here.\n"
            return HttpResponse(text, "text/plain; charset=utf-8", 413)
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest(NUL)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """No database takes a NUL in a text, and nothing that is typed has one."""
        if request.method != "POST" or request.path.startswith(API):
            return
        if any("\0" in one for _, values in request.POST.lists() for one in values):
            raise BadRequest(NUL)


def too_large(request: HttpRequest) -> bool:
    """Whether a request says that it brings more than it may; what says nothing of its length brings nothing (WSGI)."""
    try:
        length = int(request.headers.get("Content-Length") or 0)
    except ValueError:
        return True
    limits = (
        most for start, most in settings.BODY_LIMITS.items() if request.path.startswith(start)
    )
    return not 0 <= length <= min(limits, default=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
