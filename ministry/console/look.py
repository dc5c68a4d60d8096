"""How somebody wants the pages: light, dark or as their system is set; and whether single keys do anything.

It is kept in a cookie of their browser and nowhere else, and stands on the page when it arrives, so that
nothing flashes.
"""

from __future__ import annotations

from urllib.parse import parse_qs

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

SCHEMES: tuple[tuple[str, str | Promise], ...] = (
    ("system", _("As the system is set")),
    ("light", _("Light")),
    ("dark", _("Dark")),
)
"""Names and labels; the first is meant where nothing else was said."""


class Look(msgspec.Struct, frozen=True):
    """What somebody chose. `keys`: whether single keys (`/`, `?`, `g`, `j`, `k`) do what /keys/ says."""

    scheme: str = SCHEMES[0][0]
    keys: bool = True

    @property
    def attribute(self) -> str:
        """What stands on the page; empty where the system decides."""
        return "" if self.scheme == SCHEMES[0][0] else self.scheme


def chosen(scheme: str, keys: str) -> Look:
    """A choice from outside; what is not one of those there are counts as not made."""
    return Look(scheme if scheme in dict(SCHEMES) else SCHEMES[0][0], keys != "off")


def look(request: HttpRequest) -> Look:
    """What whoever asks chose."""
    said = parse_qs(request.COOKIES.get(settings.LOOK_COOKIE_NAME, "")[:100])
    return chosen(*(said.get(name, [""])[0] for name in ("scheme", "keys")))


def keep(response: HttpResponse, choice: Look) -> None:
    """Have the browser keep it for a year."""
    response.set_cookie(
        settings.LOOK_COOKIE_NAME,
        urlencode({"scheme": choice.scheme, "keys": "on" if choice.keys else "off"}),
        max_age=365 * 86_400,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )
