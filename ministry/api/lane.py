"""The lane of `/api/decide`, before Django's middleware: it serves this one path, and leads everything else on."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.conf import settings

from ministry.api import decide
from ministry.console import metrics
from ministry.labels.rows import lift

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

HEADERS = [
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
]
if settings.SECURE_HSTS_SECONDS:
    seconds = settings.SECURE_HSTS_SECONDS
    HEADERS.append(("Strict-Transport-Security", f"max-age={seconds}; includeSubDomains"))
STATUS = {one.value: f"{one.value} {one.phrase}" for one in HTTPStatus}

log = logging.getLogger("ministry.requests")


def with_lane(application: Application) -> Application:
    """An application with the lane before it."""

    def served(environ: Environ, start: Start) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != decide.PATH:
            return application(environ, start)
        began = time.perf_counter()
        lift()  # whatever a request before it left: of Django's signals it knows nothing
        found = answered(environ)
        name = uuid.uuid4().hex[:16]
        length = ("Content-Length", str(len(found.body)))
        start(STATUS[found.status], [*found.headers, *HEADERS, length, ("X-Request-Id", name)])
        noted(environ, found, time.perf_counter() - began, name)
        return [found.body]

    return served


def answered(environ: Environ) -> decide.Answer:
    """The answer to a request as WSGI has it."""
    if environ.get("REQUEST_METHOD") != "POST":
        found = decide.problem("method")
        return found._replace(headers=[*found.headers, ("Allow", "POST")])
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = -1
    if not 0 <= length <= decide.MOST_BYTES:
        return decide.problem("too-large" if length > 0 else "malformed")
    body = environ["wsgi.input"].read(length) if length else b""
    return decide.answer(environ.get("HTTP_AUTHORIZATION"), environ.get("CONTENT_TYPE"), body)


def noted(environ: Environ, found: decide.Answer, seconds: float, name: str) -> None:
    """Count the request and log it, as Django's middleware does for every other."""
    method = environ.get("REQUEST_METHOD", "")
    method = method if method in metrics.METHODS else "other"
    metrics.REQUESTS.labels(method, decide.PATH, str(found.status)).inc()
    metrics.SECONDS.labels(decide.PATH).observe(seconds)
    log.log(
        logging.WARNING if found.status >= 500 else logging.INFO,
        "request",
        extra={
            "event": "request",
            "request": name,
            "method": method,
            "path": decide.PATH,
            "status": found.status,
            "ms": round(seconds * 1000, 1),
            "person": found.by.person if found.by else "",
            "office": found.by.office if found.by else "",
        },
    )
