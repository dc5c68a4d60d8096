"""What every page is told of whoever signed in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import select_template
from django.utils.functional import SimpleLazyObject

from ministry.database.transaction import now
from ministry.editions.queries import NoEdition, law_at


def identity(request: HttpRequest) -> dict[str, Any]:
    """`acting`, `offices` as (name, title), `demo` for the banner, and the page that all others are built on."""
    return {
        "acting": getattr(request, "acting", None),
        "offices": SimpleLazyObject(lambda: titled(getattr(request, "offices", ()))),
        "demo": settings.DEMO,
        "identity_base": select_template(["console/base.html", "identity/minimal.html"]),
    }


def titled(offices: tuple[str, ...]) -> list[tuple[str, str]]:
    """Offices with what the Book in force calls them."""
    if not offices:
        return []
    try:
        actors = law_at(now()).book.vocabulary.actors
    except NoEdition:
        return [(office, office) for office in offices]
    return [(one, actors[one].description if one in actors else one) for one in offices]
