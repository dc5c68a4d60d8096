"""The Book: its instruments and their provisions, as the text that decides."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ministry.console import doors
from ministry.console.here import here
from ministry.console.provisions import sections
from ministry.editions.models import Edition, Promulgation
from ministry.editions.queries import Law, law_of

EDITIONS = 30


@require_safe
@doors.in_office
def instruments(request: HttpRequest, edition: str = "") -> HttpResponse:
    found = here(request)
    law = law_then(edition) if edition else found.law
    count: dict[str, int] = {}
    for norm in law.book.norms:
        count[norm.instrument] = count.get(norm.instrument, 0) + 1
    rows = sorted(
        (
            (one, count.get(one.id, 0), law.book.ranks[one.rank])
            for one in law.book.instruments.values()
        ),
        key=lambda row: (row[0].rank, row[0].title),
    )
    return doors.page(
        request,
        "book",
        {
            "law": law,
            "instruments": rows,
            "editions": Promulgation.objects.order_by("-number")[:EDITIONS],
            "then": edition if law.digest != found.law.digest else "",
        },
    )


@require_safe
@doors.in_office
def instrument(request: HttpRequest, instrument: str, edition: str = "") -> HttpResponse:
    found = here(request)
    law = law_then(edition) if edition else found.law
    item = law.book.instruments.get(instrument)
    if item is None:
        raise Http404
    return doors.page(
        request,
        "instrument",
        {
            "law": law,
            "item": item,
            "rank": law.book.ranks[item.rank],
            "sections": sections(law.digest, instrument),
            "then": edition if law.digest != found.law.digest else "",
        },
    )


def law_then(digest: str) -> Law:
    """An edition that is or was in force; one that was only deposited is not shown here."""
    if not Promulgation.objects.filter(edition=digest).exists():
        raise Http404
    try:
        return law_of(digest)
    except Edition.DoesNotExist:
        raise Http404 from None
