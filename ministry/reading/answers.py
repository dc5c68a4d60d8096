"""Answers that anybody may keep: each with a tag of what it says; what whoever asks has already is not made again."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from threading import Lock
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

import ministry.words
from ministry.api.problems import Problem
from ministry.api.rates import Rate
from ministry.console import doors
from ministry.editions.queries import NoEdition
from ministry.logging.source import address
from ministry.reading.parts import Room

P = ParamSpec("P")
READING = Rate("law")
SOON, LATER = 300, 86_400
"""Seconds for which an answer is kept unasked: what is in force may change; what an edition says does not."""
HTML = "text/html; charset=utf-8"
JSON = "application/json"
XML = "application/xml; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
AKN = "application/akn+xml; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"
CALENDAR = "text/calendar; charset=utf-8"

MOST = 32 * 1024 * 1024
"""Bytes of answers that a process keeps ready."""


class Kept:
    """Answers by their tag, those asked for last; `MOST` bytes of them."""

    def __init__(self) -> None:
        self._rows: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, tag: str, make: Callable[[], bytes]) -> bytes:
        with self._lock:
            found = self._rows.get(tag)
            if found is not None:
                self._rows.move_to_end(tag)
                return found
        made = make()
        with self._lock:
            if tag not in self._rows and len(made) <= MOST // 8:
                self._rows[tag] = made
                self._size += len(made)
                while self._size > MOST:
                    self._size -= len(self._rows.popitem(last=False)[1])
        return made


kept = Kept()


@lru_cache(maxsize=1)
def version() -> str:
    """Of the code and the templates that make the answers: after an upgrade every tag is another."""
    here = Path(__file__).parent
    words = Path(ministry.words.__file__).parent
    found = hashlib.sha256()
    made = [*here.rglob("*.py"), *here.rglob("templates/**/*.*"), *words.rglob("*.mo")]
    for path in sorted(made):
        found.update(path.read_bytes())
    return found.hexdigest()


def public(
    view: Callable[Concatenate[HttpRequest, Room, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page of the reading room: open to all, for GET and HEAD, at the rate that `settings.LIMITS` allows."""

    @wraps(view)
    def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            READING.take(address(request))
        except Problem:
            return wrong(
                request,
                gettext("Too many questions"),
                gettext("Wait a minute, then go on reading."),
                429,
            )
        try:
            return view(request, Room(), *args, **kwargs)
        except Http404:
            return wrong(
                request,
                gettext("Nothing is published here"),
                gettext("It is not there, or it is not public."),
                404,
            )
        except NoEdition:
            return wrong(request, gettext("No law is in force"), gettext("Come back later."), 503)

    return doors.open_to_all(require_safe(answered))  # type: ignore[arg-type, return-value]


def wrong(request: HttpRequest, title: str, said: str, status: int) -> HttpResponse:
    answer = HttpResponse(page("wrong", {"title": title, "said": said}, request), HTML, status)
    if status in (429, 503):
        answer.headers["Retry-After"] = "60"
    return answer


def page(template: str, said: dict[str, Any], request: HttpRequest | None = None) -> bytes:
    """A template with what it is told, and nothing of the request but its address."""
    name = template if "." in template else f"{template}.html"
    path = request.path if request is not None else ""
    return render_to_string(f"reading/{name}", said | {"path": path}).encode()


def answer(
    request: HttpRequest,
    depends: str,
    make: Callable[[], bytes],
    kind: str = HTML,
    seconds: int = SOON,
    changed: dt.datetime | None = None,
) -> HttpResponse:
    """An answer that depends on `depends` and its address alone; 304 to whoever has it, before anything is made.

    `changed`: when it was last otherwise.
    """
    words = "\0".join((version(), request.path, depends))
    tag = hashlib.sha256(words.encode()).hexdigest()[:32]
    stamp = int(changed.timestamp()) if changed is not None else None
    found = get_conditional_response(request, etag=f'"{tag}"', last_modified=stamp)
    if found is None:
        found = HttpResponse(kept.get(tag, make), kind)
    found.headers["ETag"] = f'"{tag}"'
    found.headers["Cache-Control"] = f"public, max-age={seconds}"
    if stamp is not None:
        found.headers["Last-Modified"] = http_date(stamp)
    return found


def moved(to: str) -> HttpResponse:
    """Where the one address of it is."""
    answer = HttpResponsePermanentRedirect(to)
    answer.headers["Cache-Control"] = f"public, max-age={LATER}"
    return answer
