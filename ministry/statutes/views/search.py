"""Searching the law: the edition in force, or one that is chosen; and searches that somebody keeps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from ministry.console import doors
from ministry.console.here import here
from ministry.console.views.book import law_then
from ministry.editions.indexed import BeingMade
from ministry.editions.models import Promulgation
from ministry.statutes.models import searches
from ministry.statutes.searching import searched
from writ.corpus.search.tree import KEYS

EDITIONS = 30
EXAMPLES = (
    (gettext_noop("emergency order"), gettext_noop("provisions with both words, in any form")),
    (gettext_noop('"public interest"'), gettext_noop("these words in this order")),
    (gettext_noop("apprais* OR review"), gettext_noop("the beginning of a word, or another word")),
    (gettext_noop("modality:duty bearer:auditor"), gettext_noop("what the auditor must do")),
    (gettext_noop("modality:power in-force:today"), gettext_noop("powers in force today")),
    ("cites:2", gettext_noop("provisions that refer to a section 2")),
    ("s. 2(1)", gettext_noop("a provision by its name")),
)


@require_safe
@doors.in_office
def page(request: HttpRequest) -> HttpResponse:
    found = here(request)
    text = request.GET.get("q", "")[: searches.LONGEST]
    digest = request.GET.get("edition", "")
    law = law_then(digest) if digest and digest != found.law.digest else found.law
    extra = {"edition": law.digest} if law.digest != found.law.digest else {}
    told: dict[str, Any] = {
        "q": text,
        "law": law,
        "then": extra.get("edition", ""),
        "editions": Promulgation.objects.order_by("-number")[:EDITIONS],
        "saved": searches.saved_by(doors.acting_of(found).person),
        "keys": KEYS.items(),
        "examples": EXAMPLES,
        "searched": text,
    }
    status = 200
    if text.strip():
        number = request.GET.get("page", "1")
        try:
            result = searched(
                found,
                law,
                text,
                int(number) if number.isdecimal() and len(number) < 6 else 1,
                extra,
            )
        except BeingMade:
            told["making"] = True
            status = 503
        else:
            told["result"] = result
            told["earlier"], told["later"] = around(text, extra, result.page, result.pages)
            status = 400 if result.query.fatal else 200
    response = render(request, "statutes/search.html", told, status=status)
    if status == 503:
        response["Retry-After"] = "5"
    return response


def around(text: str, extra: dict[str, str], page: int, pages: int) -> tuple[str, str]:
    """The addresses of the pages before and after."""

    def at(number: int) -> str:
        return "?" + urlencode({"q": text, **extra, "page": str(number)})

    return (at(page - 1) if page > 1 else "", at(page + 1) if page < pages else "")


@require_POST
@doors.in_office
def keep(request: HttpRequest) -> HttpResponse:
    """Keep a search under a name, or keep one no longer."""
    found = here(request)
    person = doors.acting_of(found).person
    text = request.POST.get("q", "").strip()[: searches.LONGEST]
    gone = request.POST.get("forget", "")
    if gone:
        if gone.isdecimal() and len(gone) < 18:
            searches.forget(person, int(gone))
            messages.success(request, gettext("The search is kept no longer."))
    elif text:
        name = request.POST.get("name", "").strip()[:100] or text[:100]
        if searches.save(person, name, text, found.at):
            messages.success(request, gettext("The search is kept as “{name}”.").format(name=name))
        else:
            messages.error(
                request,
                gettext("You keep {most} searches. Let one go first.").format(most=searches.MOST),
            )
    query = f"?{urlencode({'q': text})}" if text else ""
    return HttpResponseRedirect(reverse("library:search") + query)
