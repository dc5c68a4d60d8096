"""The reader chooses the language of the pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from ministry.console.doors import open_to_all


@open_to_all
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice in a cookie, and go back to the page where it was made.

    A language that there is not changes nothing; another host is nowhere to go.
    """
    return set_language(request)
