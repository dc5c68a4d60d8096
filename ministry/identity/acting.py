"""In which office whoever signed in acts: `request.acting`."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ministry.gate.acting import Acting, oneself
from ministry.identity import sessions
from ministry.people.models import Appointment, Hold, Person


class Request(HttpRequest):
    """A request, with who acts and the offices that they could act in."""

    user: Person  # or Django's AnonymousUser, where nobody signed in
    acting: Acting | None
    offices: tuple[str, ...]


def is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


class Middleware:
    """Says who acts; ends sessions that are over; keeps what was shown to somebody signed in out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.acting, request.offices = None, ()
        # Without a cookie nobody is looked for, and the answer does not depend on one.
        has_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES
        signed_in = has_cookie and is_signed_in(request)
        if signed_in and sessions.over(request):
            sessions.sign_out(request)
            signed_in = False
        if signed_in:
            sessions.seen(request)
            if not sessions.recovering(request):
                request.offices = offices(request.user.key)
                request.acting = acting(request)
        response = self.get_response(request)
        if signed_in or request.session.modified:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def offices(person: str) -> tuple[str, ...]:
    """The offices that a person holds, and after them those that they act in."""
    rows = Appointment.everything.filter(person=person, until=None).values_list("office", "hold")
    return tuple(office for office, _ in sorted(rows, key=lambda row: (row[1] != Hold.HOLDS, row)))


def acting(request: Request) -> Acting | None:
    """Whoever signed in, in the office that they chose, or else in the first of theirs."""
    if not request.offices:
        return None
    chosen = request.session.get(sessions.OFFICE)
    office = chosen if chosen in request.offices else request.offices[0]
    if office != chosen:  # so that the list of sessions says so too
        request.session[sessions.OFFICE] = office
    return Acting(request.user.key, office, request.session.get(sessions.SURE, 0.0))


def myself(request: Request) -> Acting:
    """Whoever signed in, in their own affairs."""
    return oneself(request.user.key, request.session.get(sessions.SURE, 0.0))
