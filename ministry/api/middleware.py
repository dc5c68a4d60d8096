"""Every error under `/api/` is a problem, whoever answered it: the router, a middleware, or nobody."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ministry.api import problems

PREFIX = "/api/"


class Middleware:
    """Turns what is no problem into one, and keeps answers out of caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        # No database takes a NUL in a text, and no name here has one.
        if "\0" in request.path:
            return problems.response("not-found")
        if "%00" in request.META.get("QUERY_STRING", ""):
            return problems.response("malformed", "a text holds a NUL")
        response = self.get_response(request)
        if (
            response.status_code >= 400
            and response.headers.get("Content-Type") != problems.MEDIA_TYPE
        ):
            code = problems.code_of(response.status_code)
            response.content = problems.body(code)
            response.headers["Content-Type"] = problems.MEDIA_TYPE
            response.status_code = problems.KINDS[code].status
            for name, value in problems.headers(code).items():
                response.headers.setdefault(name, value)
        if response.has_header("Content-Length"):
            response.headers["Content-Length"] = str(len(response.content))
        response.headers.setdefault("Cache-Control", "no-store")
        return response
