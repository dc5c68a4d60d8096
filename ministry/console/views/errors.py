"""Pages of errors. None of them asks the database for anything that it can do without."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext, gettext_noop

from ministry.editions.queries import NoEdition
from ministry.gate.deed import NotPossible

SAID = {
    400: (
        gettext_noop("This could not be understood"),
        gettext_noop(
            "What was sent is not what this page takes. If you followed a link, it may be cut off."
        ),
    ),
    403: (
        gettext_noop("This is not open to you"),
        gettext_noop(
            "The page is there, but not for whoever is signed in, in the office acted in."
        ),
    ),
    404: (
        gettext_noop("There is nothing here"),
        gettext_noop(
            "Either nothing is at this address, or what is there is not open to the office you act in. "
            "Which of the two is not said."
        ),
    ),
    405: (
        gettext_noop("This page is not used that way"),
        gettext_noop("Go back and use its own buttons."),
    ),
    409: (gettext_noop("This cannot be done as things stand"), ""),
    413: (
        gettext_noop("This is more than is taken here"),
        gettext_noop("A form may bring up to 5 MB. Nothing was kept of it."),
    ),
    429: (gettext_noop("Too many tries"), gettext_noop("Wait a few minutes, then try again.")),
    500: (
        gettext_noop("Something went wrong here"),
        gettext_noop(
            "It is noted, and nothing was changed by half: an act is done and recorded, or it is not done."
        ),
    ),
    503: (
        gettext_noop("The ministry cannot answer now"),
        gettext_noop(
            "Others are changing the same things, or the register is being looked after. "
            "Nothing was changed. Try again in a moment."
        ),
    ),
}


def answer(
    request: HttpRequest | None, code: int, heading: str = "", paragraphs: tuple[str, ...] = ()
) -> HttpResponse:
    """A page of one error. It is framed as far as that can be had; failing that, it stands alone."""
    known, words = SAID.get(code, SAID[500])
    said: dict[str, Any] = {
        "code": code,
        "heading": heading or gettext(known),
        "paragraphs": paragraphs or (gettext(words),),
    }
    framed = request if code < 500 else None
    try:
        text = render_to_string("console/error.html", said, framed)
    except Exception:
        text = render_to_string("console/error.html", said)
    response = HttpResponse(text, status=code)
    if code in (429, 503):
        response.headers["Retry-After"] = "5"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return answer(request, 413 if large else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    return answer(request, 500)


def not_possible(request: HttpRequest, error: NotPossible) -> HttpResponse:
    return answer(
        request,
        409,
        paragraphs=tuple(filter(None, (sentence(error.message), sentence(error.help)))),
    )


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    if isinstance(error, NoEdition):
        return answer(
            request,
            503,
            gettext("No edition of the Book is in force"),
            (gettext("Nothing can be decided until one is promulgated: run `ministry up`."),),
        )
    return answer(request, 503)


def sentence(text: str) -> str:
    """A message as a sentence."""
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".?!" else f"{text}."
