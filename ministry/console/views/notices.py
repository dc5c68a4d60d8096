"""Notices: what concerns whoever is in an office, and how they want to be told."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ministry.console import doors, waiting
from ministry.console.here import Here, here
from ministry.notices import queries
from ministry.notices.kinds import kinds
from ministry.notices.models import Mail, Notice

PAGE = 50
FURTHEST = 20
"""Pages; what is older stands in the Journal."""


@require_safe
@doors.in_office
def page(request: HttpRequest) -> HttpResponse:
    """What waits, as on Today; then what was told, unread first, by day."""
    found = here(request)
    by = doors.acting_of(found)
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds() else ""
    number = request.GET.get("page", "1")
    at = min(int(number), FURTHEST) if number.isdecimal() and len(number) < 4 else 1
    first = PAGE * (max(at, 1) - 1)
    some = list(queries.listed(found.reader, kind)[first : first + PAGE + 1])
    rows = found.shown(some[:PAGE])
    waits = [] if kind or at > 1 else waiting.waiting(by, found.reader, found.at)
    told = {
        "waiting": waits[: waiting.MOST],
        "unread": days(found, [one for one in rows if one.read is None]),
        "read": days(found, [one for one in rows if one.read is not None]),
        "rows": rows,
        "kind": kind,
        "title": kinds()[kind].title if kind else "",
        "kinds": kinds().values(),
        "page": at,
        "earlier": address(kind, at + 1) if len(some) > PAGE and at < FURTHEST else "",
        "later": address(kind, at - 1) if at > 1 else "",
    }
    return doors.page(request, "notices", told)


def address(kind: str, page: int) -> str:
    return "?" + urlencode([*([("kind", kind)] if kind else []), ("page", str(page))])


def days(found: Here, rows: list[Notice]) -> list[tuple[dt.date, list[dict[str, Any]]]]:
    """Notices by the day on which it happened, in the time of the Book."""

    def day(one: Notice) -> dt.date:
        return one.at.astimezone(found.zone).date()

    every = kinds()
    return [
        (
            each,
            [
                {"row": one, "said": every[one.kind].line(one.said), "asks": every[one.kind].asks}
                for one in some
                if one.kind in every
            ],
        )
        for each, some in groupby(rows, day)
    ]


@require_POST
@doors.in_office
def read(request: HttpRequest) -> HttpResponse:
    """Mark as read: one, those of a kind, or all."""
    found = here(request)
    kind = request.POST.get("kind", "")
    one = request.POST.get("notice", "")
    many = queries.mark(found.reader, found.at, [one] if one else None, "" if one else kind)
    said = ngettext(
        "%(count)d notice is marked as read.", "%(count)d notices are marked as read.", many
    )
    messages.success(request, said % {"count": many})
    query = f"?{urlencode({'kind': kind})}" if kind else ""
    return HttpResponseRedirect(reverse("console:notices") + query)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.in_office
def preferences(request: HttpRequest) -> HttpResponse:
    """How one is told of which kind by mail. In the console everything stands."""
    person = doors.acting_of(here(request)).person
    if request.method == "POST":
        wanted = {name: request.POST.get(name, "") for name in kinds()}
        queries.prefer(person, {name: one for name, one in wanted.items() if one in Mail.values})
        messages.success(request, gettext("What you chose is kept."))
        return HttpResponseRedirect(reverse("console:notice-preferences"))
    chosen = queries.preferences(person)
    told = {
        "kinds": [(one, chosen[name]) for name, one in kinds().items()],
        "ways": [
            (Mail.NEVER, gettext("Never")),
            (Mail.DAILY, gettext("Once a day")),
            (Mail.SOON, gettext("At once")),
        ],
        "address": bool(getattr(request.user, "email", "")),
    }
    return doors.page(request, "notice_preferences", told)
