"""What every page of the console is told."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ministry.console import waiting
from ministry.console.here import Here, here
from ministry.console.look import Look, look
from ministry.editions.queries import NoEdition
from ministry.notices import queries

DESKS: tuple[tuple[str, str | Promise, str], ...] = (
    ("/", _("Today"), "t"),
    ("/approvals/", _("Approvals"), "a"),
    ("/ask/", _("By what authority?"), "w"),
    ("/offices/", _("Offices and people"), "o"),
    ("/journal/", _("Journal"), "j"),
    ("/book/", _("The Book"), "b"),
)
"""The pages beside the work: path, name, and the letter that after `g` leads there. A desk adds its own with `desk`."""
_more: list[tuple[str, str | Promise, str]] = []


def desk(path: str, name: str | Promise, letter: str = "") -> None:
    """Put a desk beside the work.

    Raises:
        ValueError: another desk has the letter.
    """
    for one in (*DESKS, *_more):
        if one[0] == path:
            return
        if letter and one[2] == letter:
            raise ValueError(f"the letter {letter} leads to {one[0]}")
    _more.append((path, name, letter))


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

    @cached_property
    def look(self) -> Look:
        return look(self.request)

    @property
    def desks(self) -> list[dict[str, Any]]:
        path = self.request.path
        return [
            {
                "path": one,
                "name": name,
                "letter": letter,
                "current": path == one if one == "/" else under(path, one),
            }
            for one, name, letter in (*DESKS, *_more)
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
    def unread(self) -> int:
        """How many notices whoever asks has not read: as of this page."""
        try:
            return queries.unread(self.here.reader)
        except NoEdition:
            return 0

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
