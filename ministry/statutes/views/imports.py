"""Editions as archives: one is taken in, with a report of what differs, before it is proposed; any is given out."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from ministry.console import doors
from ministry.console.here import here
from ministry.editions.content import NotABook
from ministry.editions.models import Edition, Promulgation
from ministry.identity.limits import allowed
from ministry.statutes.archives import MOST_ARCHIVE, Unfit, archive, opened
from ministry.statutes.importing import files_of, report, take_in
from ministry.statutes.models import Proposal
from ministry.statutes.tarred import packed

LISTED = 300
TAKEN = 5 * 1024 * 1024
"""Bytes of an upload: what `settings.DATA_UPLOAD_MAX_MEMORY_SIZE` lets through."""


@require_http_methods(["GET", "HEAD", "POST"])
@doors.in_office
def take(request: HttpRequest) -> HttpResponse:
    """Take in an archive, and go to its report."""
    found = here(request)
    if request.method != "POST":
        return form(request)
    if not allowed("import", doors.acting_of(found).person):
        return form(request, gettext("Too many archives at once: wait a few minutes"), 429)
    file = request.FILES.get("archive")
    if file is None:
        return form(request, gettext("Choose an archive"), 422)
    try:
        made = take_in(opened(file.read(MOST_ARCHIVE + 1)), found.law.digest)
    except Unfit as error:
        return form(request, said(error), 422)
    except NotABook as error:
        return form(request, said(error), 422, error.found[:LISTED])
    return HttpResponseRedirect(reverse("reviewing:imported", args=[made.digest]))


def said(error: Exception) -> str:
    text = str(error)
    return text[:1].upper() + text[1:]


def form(
    request: HttpRequest, wrong: str = "", status: int = 200, diagnostics: Any = ()
) -> HttpResponse:
    told = {"wrong": wrong, "diagnostics": diagnostics, "most": TAKEN // 1024 // 1024}
    return render(request, "statutes/import.html", told, status=status)


@require_safe
@doors.in_office
def imported(request: HttpRequest, edition: str) -> HttpResponse:
    """What an edition that was deposited changes of the one in force, and the way to propose it."""
    found = here(request)
    try:
        made = report(edition, found.law.digest)
    except Edition.DoesNotExist:
        raise Http404 from None
    rows = made.differs[:LISTED]
    return render(
        request,
        "statutes/imported.html",
        {"report": made, "rows": rows, "more": len(made.differs) - len(rows)},
    )


@require_safe
@doors.in_office
def given(request: HttpRequest, edition: str) -> HttpResponse:
    """An edition that was promulgated or proposed, as an archive that compiles to the same digest."""
    known = Promulgation.objects.filter(edition=edition).exists()
    if not known and not Proposal.objects.filter(edition=edition).exists():
        raise Http404
    try:
        files = files_of(edition)
    except Edition.DoesNotExist:
        raise Http404 from None
    gzipped = request.path.endswith(".tar.gz")
    data, ending = (packed(files), "tar.gz") if gzipped else (archive(files), "zip")
    answer = HttpResponse(data, "application/octet-stream")
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="edition-{edition[:12]}.{ending}"'
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
