"""The Book: its instruments and their provisions, as the text that decides."""

from __future__ import annotations

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from ministry.console import doors, leads, shelf
from ministry.console.duties import duties
from ministry.console.here import here
from ministry.console.norms import Shown, beside
from ministry.console.places import Outline, outline, page_of
from ministry.console.provisions import sheet
from ministry.console.reading import law_then, reading
from ministry.editions.indexed import BeingMade
from ministry.editions.models import Promulgation

EDITIONS = 30
PAGE = 40
"""Instruments on one page."""

__all__ = ["instrument", "instruments", "law_then"]


@require_safe
@doors.in_office
def instruments(request: HttpRequest, edition: str = "") -> HttpResponse:
    """The library: the instruments by rank, filtered and counted."""
    found = here(request)
    read = reading(request, found, edition)
    rows = shelf.rows_of(read.law.digest, read.day)
    given = {name: request.GET.get(name, "")[:200] for name in shelf.Asked.__struct_fields__}
    asked = shelf.Asked(**given)
    some = shelf.found(rows, asked)
    number = request.GET.get("page", "1")
    pages = max(-(-len(some) // PAGE), 1)
    page = min(max(int(number) if number.isdecimal() and len(number) < 6 else 1, 1), pages)
    kept = {name: value for name, value in given.items() if value}
    if read.on is not None:
        kept["on"] = read.on.isoformat()
    return doors.page(
        request,
        "book",
        {
            "law": read.law,
            "read": read,
            "asked": asked,
            "groups": shelf.grouped(some[(page - 1) * PAGE : page * PAGE]),
            "total": len(some),
            "page": page,
            "pages": pages,
            "earlier": "?" + urlencode({**kept, "page": str(page - 1)}) if page > 1 else "",
            "later": "?" + urlencode({**kept, "page": str(page + 1)}) if page < pages else "",
            "ranks": list(Counter(row.rank for row in rows).items()),
            "statuses": [(one, n) for one in shelf.STATUSES if (n := _count(rows, one))],
            "bodies": shelf.bodies(rows, read.law.book),
            "overdue": sum(row.overdue for row in rows),
            "all": len(rows),
            "norms": len(read.law.book.norms),
            "provisions": sum(row.provisions or 0 for row in rows),
            "editions": Promulgation.objects.order_by("-number")[:EDITIONS],
            "then": read.edition,
        },
    )


def _count(rows: tuple[shelf.Row, ...], status: str) -> int:
    return sum(row.status == status for row in rows)


@require_safe
@doors.in_office
def instrument(
    request: HttpRequest, instrument: str, edition: str = "", place: str = ""
) -> HttpResponse:
    """The reader: an instrument, or the page of it that has a provision."""
    found = here(request)
    read = reading(request, found, edition)
    item = read.law.book.instruments.get(instrument)
    if item is None:
        raise Http404
    whole = outline(read.law.digest, instrument)
    number, current = _page(request, whole, place)
    first, last = whole.pages[number]
    page = sheet(read.law.digest, instrument, number, read.edition)
    address = page_of(instrument, read.edition)
    told = {
        "law": read.law,
        "read": read,
        "item": item,
        "rank": read.law.book.ranks[item.rank],
        "status": shelf.status(item, read.day),
        "overdue": item.review is not None and item.review < read.day,
        "authority": leads.authority(read, instrument),
        "words": page.words,
        "address": address,
        "contents": [one for one in whole.heads[first:last] if one.title],
        "current": current,
        "parts": _parts(whole, address, number, read.query),
        "duties": duties(read, instrument, whole, number),
        "editions": Promulgation.objects.order_by("-number")[:EDITIONS],
        "then": read.edition,
    }
    try:
        cited = leads.cited_by(read, instrument, whole.heads[first:last])
        told["leads"] = leads.leads(read, instrument)
        told["picture"] = leads.drawn(read.law.digest, instrument, read.edition)
    except BeingMade:
        cited, told["making"] = {}, True
    told["sections"] = [
        Shown(
            one,
            tuple(beside(read, norm) for norm in one.norms),
            tuple(cited.get(one.anchor, ()))[: leads.MOST],
            f"{address}{one.anchor}/{read.query}#{one.anchor}" if one.anchor else "",
        )
        for one in page.sections
    ]
    return doors.page(request, "instrument", told)


def _page(request: HttpRequest, whole: Outline, place: str) -> tuple[int, str]:
    """Which page is shown, from 0, and the anchor of the provision that was asked for."""
    if place:
        head = whole.of(place)
        if head is None:
            raise Http404
        return head.page, head.anchor
    number = request.GET.get("part", "1")
    asked = int(number) if number.isdecimal() and len(number) < 6 else 1
    return min(max(asked, 1), len(whole.pages)) - 1, ""


def _parts(whole: Outline, address: str, number: int, query: str) -> list[dict[str, object]]:
    """The pages of a long instrument: the first and the last heading of each, and its address."""
    if len(whole.pages) == 1:
        return []
    found = []
    for at, (first, last) in enumerate(whole.pages):
        titled = [one for one in whole.heads[first:last] if one.title]
        ends = [one.label or one.title for one in titled[:1] + titled[-1:]]
        joint = "&" if query else "?"
        found.append(
            {
                "href": f"{address}{query}{joint}part={at + 1}",
                "from": ends[0] if ends else "beginning",
                "to": ends[-1] if ends else "",
                "current": at == number,
            }
        )
    return found
