"""One line for each request: what kind of address, by whom in which office, how it ended, how long it took."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

log = logging.getLogger("ministry.requests")


class Middleware:
    """The outermost: it sees what every other answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        name = uuid.uuid4().hex[:16]
        response = self.get_response(request)
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
                "status": response.status_code,
                "ms": round((time.perf_counter() - began) * 1000, 1),
                "person": getattr(acting, "person", ""),
                "office": getattr(acting, "office", ""),
            },
        )
        response.headers.setdefault("X-Request-Id", name)
        return response


METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
