"""One line for each request: what kind of address, by whom in which office, how it ended, how long it took."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from ministry.logging.lines import current
from ministry.logging.refusals import REFUSALS
from ministry.logging.source import source

log = logging.getLogger("ministry.requests")


class Middleware:
    """The outermost: it sees what every other answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        name = uuid.uuid4().hex[:16]
        under_way = current.set(name)  # every line of this request has its name
        try:
            response = self.get_response(request)
        finally:
            current.reset(under_way)
        acting = getattr(request, "acting", None)
        match = request.resolver_match
        log.log(
            logging.WARNING if response.status_code >= 500 else logging.INFO,
            "request",
            extra={
                "event": "request",
                "request": name,
                "method": request.method if (request.method or "") in METHODS else "other",
                # The pattern and not the path: in a path there may be anything.
                "path": f"/{match.route}" if match is not None else "(none)",
                "act": act_of(match, response.status_code),
                "status": response.status_code,
                "ms": round((time.perf_counter() - began) * 1000, 1),
                "person": getattr(acting, "person", ""),
                "office": getattr(acting, "office", ""),
                "source": source(request) if response.status_code in REFUSALS else None,
            },
        )
        response.headers.setdefault("X-Request-Id", name)
        return response


def act_of(match: ResolverMatch | None, status: int) -> str | None:
    """The act whose form it is. Under a name that is no act nothing is found, and then it may be anything."""
    if match is None or status == 404 or not str(match.route).startswith("acts/"):
        return None
    return str(match.kwargs.get("name", ""))


METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
