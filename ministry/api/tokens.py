"""Bearer tokens: each acts for one office, in the name of a person who is in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.security.base import AuthBase

from ministry.gate.acting import Acting
from ministry.identity.tokens import acting_by_token


class Token(AuthBase):
    """Reads the header; `request.acting` says then who acts, as on a page."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_description = (
        "A token made on the page of one's account; it acts for one office and expires."
    )

    def __call__(self, request: HttpRequest) -> Acting | None:
        found = acting_by_token(request.headers.get("Authorization"))
        if found is not None:
            request.acting = found  # type: ignore[attr-defined]
        return found


def acting_of(request: HttpRequest) -> Acting:
    """Who acts, in an operation that asks for a token."""
    found: Any = request.acting  # type: ignore[attr-defined]
    assert isinstance(found, Acting)
    return found
