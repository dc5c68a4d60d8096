"""The API put together: its operations, and what each kind of error is answered with."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError

from ministry.api import (
    acts,
    bodies,
    decide,
    editions,
    notices,
    organisation,
    problems,
    proposals,
    records,
    refusals,
    rosters,
    schemas,
    work,
)
from ministry.api.bodies import Json, Written
from ministry.api.documented import problems_of
from ministry.api.problems import Problem
from ministry.api.tokens import Token
from ministry.database.transaction import Busy
from ministry.editions.queries import NoEdition
from ministry.gate.deed import NotPossible
from ministry.gate.refusal import Refused

log = logging.getLogger("ministry.api")

DESCRIPTION = """\
Every act is decided by the Book in force at its moment, recorded in the Journal, or refused with the provisions that
stand in its way and the offices that could do it. The pages of the console stand on the same queries and acts.
"""

api = NinjaAPI(
    title="Ministry",
    version="1",
    description=DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    auth=Token(),
    parser=Json(),
    renderer=Written(),
    urls_namespace="api",
)

QUESTION = {
    "type": "object",
    "description": "A request as `writ decide` takes it (docs/language.md, Asking), and what is asked besides.",
    "required": ["actor", "act"],
    "properties": {
        "actor": {
            "description": "an office, body or kind of person; or with who it is and how many they are",
            "oneOf": [{"type": "string"}, {"type": "object"}],
        },
        "act": {"type": "string"},
        "at": {"type": "string", "description": "a day or a moment; left out: now"},
        "thing": {"type": "string"},
        "about": {"type": ["string", "integer"]},
        "against": {"type": "string"},
        "person": {"type": ["string", "integer"]},
        "number": {"type": "integer", "minimum": 0},
        "omit": {"type": "boolean", "description": "may it be left undone?"},
        "known-at": {"type": "string"},
        "facts": {"type": "object"},
        "done": {"type": "array", "items": {"oneOf": [{"type": "string"}, {"type": "object"}]}},
        "states": {"type": "array", "items": {"oneOf": [{"type": "string"}, {"type": "object"}]}},
        "delegations": {"type": "array", "items": {"type": "object"}},
        "edition": {
            "type": "string",
            "description": "the digest of another edition than the one in force",
        },
        "journal": {
            "type": "boolean",
            "description": "put the question and the answer on the record",
        },
        "who": {"type": "boolean", "description": "say also which offices could"},
    },
    "additionalProperties": False,
}

questions = Router(tags=["Questions"])


@questions.post(
    "/decide",
    auth=None,
    response={200: schemas.Decision, **problems_of(403, 422)},
    operation_id="decide",
    summary="May this be done?",
    openapi_extra={
        "security": [{"Token": []}],
        "requestBody": {"required": True, "content": {bodies.MEDIA_TYPE: {"schema": QUESTION}}},
    },
)
def decided(request: HttpRequest) -> HttpResponse:
    """What the Book says of a request, under the edition in force at this moment, with the reasons.

    The facts are taken as stated. `in_office` says whether the person named is in that office now.
    """
    if int(request.headers.get("Content-Length") or 0) > decide.MOST_BYTES:
        raise Problem("too-large")
    found = decide.answer(
        request.headers.get("Authorization"), request.headers.get("Content-Type"), request.body
    )
    answer = HttpResponse(found.body, status=found.status)
    for name, value in found.headers:
        answer.headers[name] = value
    return answer


acts.operations()
api.add_router("/acts", acts.router)
api.add_router("", questions)
api.add_router("/records", records.router)
api.add_router("/editions", editions.router)
api.add_router("", work.router)
api.add_router("", organisation.router)
api.add_router("", proposals.router)
api.add_router("", notices.router)
api.add_router("", rosters.router)


@api.exception_handler(Problem)
def problem(request: HttpRequest, error: Problem) -> HttpResponse:
    return problems.response(error.code, error.detail, **error.more)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return HttpResponse(refusals.body(error.refusal), problems.MEDIA_TYPE, 403)


@api.exception_handler(NotPossible)
def not_possible(request: HttpRequest, error: NotPossible) -> HttpResponse:
    return problems.response("not-possible", error.message, field=error.field, help=error.help)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    # A location begins with where it is (body, query, path) and, in a body, with our own name for it.
    wrong = [{"field": place(one["loc"]), "message": str(one["msg"])} for one in error.errors]
    return problems.response("invalid", errors=wrong)


def place(location: tuple[Any, ...]) -> str:
    parts = location[2:] if location[0] == "body" else location[1:]
    return ".".join(str(one) for one in parts)


@api.exception_handler(AuthenticationError)
def unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problems.response("unauthenticated")


@api.exception_handler(HttpError)
def other(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, Problem):
        return problem(request, error.__cause__)
    return problems.response(problems.code_of(error.status_code))


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problems.response("not-found")


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problems.response("too-large")


@api.exception_handler(NoEdition)
def no_edition(request: HttpRequest, error: NoEdition) -> HttpResponse:
    return problems.response("no-edition")


@api.exception_handler(Busy)
def busy(request: HttpRequest, error: Busy) -> HttpResponse:
    return problems.response("busy")


@api.exception_handler(DatabaseError)
def unavailable(request: HttpRequest, error: DatabaseError) -> HttpResponse:
    log.warning("the database does not answer", exc_info=True)
    return problems.response("busy")


@api.exception_handler(Exception)
def failed(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("an operation failed", exc_info=error)
    return problems.response("failed")
