"""What every page of the console is told."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from ministry.console import waiting
from ministry.console.here import Here, here
from ministry.editions.queries import NoEdition

DESKS = (
    ("/", "Today"),
    ("/approvals/", "Approvals"),
    ("/ask/", "By what authority?"),
    ("/offices/", "Offices and people"),
    ("/journal/", "Journal"),
    ("/book/", "The Book"),
)
"""The pages beside the work: path and name. A desk adds its own with `desk`."""
_more: list[tuple[str, str]] = []


def desk(path: str, name: str) -> None:
    """Put a desk beside the work."""
    if (path, name) not in _more:
        _more.append((path, name))


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame of a page: `here`, the desks, the banner, the edition in force and the lights.

    Read when a template looks at it; a page of errors that looks at nothing asks the database nothing.
    """
    return {"here": here(request), "shell": Shell(request), "demo": settings.DEMO}


class Shell:
    """The frame of one page."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def here(self) -> Here:
        return here(self.request)

    @property
    def desks(self) -> list[dict[str, Any]]:
        path = self.request.path
        return [
            {"path": one, "name": name, "current": path == one if one == "/" else under(path, one)}
            for one, name in (*DESKS, *_more)
        ]

    @property
    def title(self) -> str:
        try:
            return self.here.law.book.title
        except NoEdition:
            return ""

    @property
    def edition(self) -> Any:
        try:
            return self.here.promulgation
        except NoEdition:
            return None

    @cached_property
    def lights(self) -> dict[str, waiting.Light]:
        return waiting.lights(self.here.at)

    @property
    def offices(self) -> list[tuple[str, str]]:
        """The offices that whoever signed in may act in: name and title."""
        return [(name, self.here.office(name)) for name in self.here.offices]


def under(path: str, start: str) -> bool:
    beside = {"/offices/": "/people/", "/book/": "/search/"}
    return path.startswith((start, beside.get(start, start)))
