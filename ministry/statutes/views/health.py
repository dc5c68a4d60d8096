"""How the body of law stands, and how it stood under the editions before."""

from __future__ import annotations

import time

from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from ministry.console import doors
from ministry.console.components.charts import Chart, Series, stacked
from ministry.console.here import here
from ministry.console.places import href_to
from ministry.editions.models import Edition, Promulgation
from ministry.editions.queries import Law
from ministry.statutes.health import Finding, Health, health_of, kept
from writ.book.model import Instrument

EDITIONS = 12
FINDINGS = 60
"""So many findings are shown, the gravest first."""
ASSURANCES = 100
SMALL = 300_000
"""Bytes, compressed, of an edition of the past that a page may measure; larger ones are measured while in force."""
SPARE = 0.25
"""Seconds that one page spends on measuring editions of the past; the next goes on."""
GRAVITY = ("error", "warning", "note")


@require_safe
@doors.in_office
def page(request: HttpRequest) -> HttpResponse:
    found = here(request)
    promulgated = list(
        Promulgation.objects.filter(since__lte=found.at).order_by("-number")[:EDITIONS]
    )
    now = health_of(found.law.digest, wait=False)
    known = {one.edition: kept(one.edition) for one in promulgated}
    known[found.law.digest] = now
    if now is not None:
        measured(known)
    rows = [(one, known[one.edition]) for one in promulgated]
    instruments = found.law.book.instruments
    findings = sorted(now.findings, key=lambda one: GRAVITY.index(one.severity)) if now else []
    told = {
        "now": now,
        "rows": rows,
        "unmeasured": sum(health is None for _, health in rows),
        "trend": trend([(one.number, health) for one, health in reversed(rows) if health]),
        "findings": [
            (one, instruments.get(one.instrument), _href(found.law, one, instruments))
            for one in findings[:FINDINGS]
        ],
        "more": max(now.errors + now.warnings + now.notes - FINDINGS, 0) if now else 0,
        "codes": sorted(now.codes.items(), key=lambda one: -one[1]) if now else [],
        "overdue": sorted(
            (
                item
                for item in instruments.values()
                if item.review is not None and item.review < found.today
            ),
            key=lambda item: str(item.review),
        ),
        "assurances": found.law.book.assurances[:ASSURANCES],
    }
    response = render(request, "statutes/health.html", told, status=200 if now else 503)
    if now is None:
        response["Retry-After"] = "5"
    return response


def measured(known: dict[str, Health | None]) -> None:
    """Measure some of the editions that were not yet, the small ones alone; what is left the next page goes on with."""
    missing = [digest for digest, health in known.items() if health is None]
    if not missing:
        return
    began = time.monotonic()
    small = Edition.objects.filter(digest__in=missing).annotate(size=Length("content"))
    for digest in small.filter(size__lt=SMALL).values_list("digest", flat=True):
        if time.monotonic() - began < SPARE:
            known[digest] = health_of(digest, wait=False)


def _href(law: Law, one: Finding, instruments: dict[str, Instrument]) -> str:
    return href_to(law, one.instrument, "", one.line) if one.instrument in instruments else ""


def trend(rows: list[tuple[int, Health]]) -> Chart:
    """The findings of each edition, the earliest on the left."""
    return stacked(
        "trend",
        gettext("Findings edition by edition"),
        [number for number, _ in rows],
        (
            Series(gettext("errors"), tuple(one.errors for _, one in rows)),
            Series(gettext("warnings"), tuple(one.warnings for _, one in rows)),
            Series(gettext("notes"), tuple(one.notes for _, one in rows)),
        ),
        gettext("findings"),
    )
