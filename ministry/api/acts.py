"""One operation for each act that the server can do, made from the registry."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.params.functions import Body, Header

from ministry.api import bodies, once, problems, rates, schemas
from ministry.api.documented import problems_of
from ministry.api.once import Answer, Done, Keyed
from ministry.api.tokens import acting_of
from ministry.gate.deed import Data
from ministry.gate.refusal import Refused
from ministry.gate.registry import Act, all_acts, run

router = Router(tags=["Acts"])

KEY: Any = Header(
    None,
    alias="Idempotency-Key",
    min_length=1,
    max_length=200,
    description="Chosen by the caller, a new one for each act, as a UUID: asked again under the same key within seven "
    "days, the act is not done again, and the answer is the same.",
)
SURE = (
    "\n\nIt asks for a proof by passkey just before it, which no token has: it is refused here, "
    "and done on its page."
)
TOGETHER = "\n\nWhat is asked for is done in the same transaction; `together` has its receipt."


def operations() -> None:
    """Make the operations. Called once, when every application has registered its acts."""
    for act in all_acts().values():
        router.post(
            f"/{act.name}",
            response={201: schemas.Done, **problems_of(422, 429), 403: schemas.Refusal},
            operation_id=f"act-{act.name}",
            summary=act.name,
            description=described(act),
            url_name=f"act-{act.name}",
        )(operation(act))


def described(act: Act) -> str:
    return act.doc + (SURE if act.sure else "") + (TOGETHER if act.together else "")


def operation(act: Act) -> Callable[..., HttpResponse]:
    """The operation of an act, with the schema of what it is given."""

    def post(request: HttpRequest, data: Any, key: str | None = None) -> HttpResponse:
        by = acting_of(request)
        rates.ACTS.take(f"{by.person}/{by.office}")
        return response(done(request, act, data, key))

    def parameter(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> Any:
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        return inspect.Parameter(name, kind, annotation=annotation, default=default)

    parameters = [
        parameter("request", HttpRequest),
        parameter("data", act.data, Body(...)),
        parameter("key", str | None, KEY),
    ]
    post.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    post.__name__ = "act_" + act.name.replace("-", "_")
    return post


def done(request: HttpRequest, act: Act, data: Data, key: str | None) -> Answer:
    """Do an act, under its key if it has one; what is answered."""
    by = acting_of(request)
    if not key:
        try:
            return once.answer(run(act.name, by, data))
        except Refused as refused:
            return once.answer(refused.refusal)
    token = hashlib.sha256(request.headers["Authorization"].encode()).hexdigest()
    keyed = Keyed(token, act.name, key, data.model_dump_json().encode())
    try:
        keyed.before()
        try:
            run(act.name, by, data, keyed)
        except Refused:
            pass  # the answer was kept with the refusal
        except IntegrityError:
            keyed.before()  # another request with the same key was first
            raise
    except Done as before:
        return before.answer
    assert keyed.answer is not None
    once.forget()
    return keyed.answer


def response(answer: Answer) -> HttpResponse:
    media = bodies.MEDIA_TYPE if answer.status < 400 else problems.MEDIA_TYPE
    return HttpResponse(answer.body, media, answer.status)
