"""What goes wrong, as problem details (RFC 9457). Each kind has a code, which ends its `type`, and is documented."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"
DOCUMENTED = "/api/docs#problem-"
LATER = "5"
"""Seconds after which it is worth trying again."""


class Kind(msgspec.Struct, frozen=True):
    """One kind of problem. `help` is for the documentation."""

    status: int
    title: str
    help: str


KINDS: dict[str, Kind] = {
    "malformed": Kind(
        400, "This could not be read", "The body is not JSON in UTF-8, or a text in it holds a NUL."
    ),
    "unauthenticated": Kind(
        401,
        "No good token",
        "The request shows no token, or one that is unknown, expired or ended, or whose holder is no longer in the "
        "office that it acts for. Which of these is not said.",
    ),
    "refused": Kind(
        403,
        "The Book does not allow it",
        "`outcome`, `citations` and `missing` say what the Book says, `could` who could authorise it, `record` where "
        "the register keeps the refusal, `approval` how to ask those who could.",
    ),
    "not-found": Kind(
        404, "There is nothing here",
        "Or what is there is not open to the office acted in; which of the two is not said.",
    ),
    "method": Kind(405, "Not used that way", "`Allow` names the methods."),
    "not-yet": Kind(
        409, "Not yet",
        "The record is not in a signed tree yet, or not in one that enough witnesses saw. Ask again.",
    ),
    "too-large": Kind(
        413, "More than is taken here", "The body is larger than this operation takes. Nothing was kept of it."
    ),
    "media-type": Kind(415, "Only JSON is taken", "Bodies are `application/json`."),
    "invalid": Kind(422, "Not what the operation takes", "`errors` names each field and what is wrong with it."),
    "not-possible": Kind(
        422, "It cannot be done as things stand",
        "Whatever the law says: `field` and `help` say what is in the way. Nothing is recorded.",
    ),
    "not-a-book": Kind(422, "The texts make no Book", "`diagnostics` are those of the compiler."),
    "key-used": Kind(
        422, "That key stands for something else", "An idempotency key was used with another body before."
    ),
    "too-often": Kind(429, "Too often", "Wait as long as `Retry-After` says."),
    "failed": Kind(500, "Something went wrong here", "It is noted, and nothing was changed by half."),
    "busy": Kind(
        503, "Busy",
        "So many others changed the same things that it was given up. Nothing was changed; try again.",
    ),
    "no-edition": Kind(503, "No edition of the Book is in force", "Nothing can be decided until one is promulgated."),
}  # fmt: skip
BY_STATUS = {kind.status: code for code, kind in reversed(KINDS.items())}
"""The first kind of each status."""

_encode = msgspec.json.Encoder().encode


class Problem(Exception):
    """Ends an operation with a problem. `more` are the members that its kind has besides."""

    def __init__(self, code: str, detail: str = "", **more: Any) -> None:
        super().__init__(detail or code)
        self.code, self.detail, self.more = code, detail, more


def body(code: str, detail: str = "", **more: Any) -> bytes:
    """A problem as JSON."""
    kind = KINDS[code]
    said: dict[str, Any] = {"type": DOCUMENTED + code, "title": kind.title, "status": kind.status}
    if detail:
        said["detail"] = detail
    return _encode(said | more)


def headers(code: str) -> dict[str, str]:
    """The headers that belong to a kind of problem."""
    match KINDS[code].status:
        case 401:
            return {"WWW-Authenticate": 'Bearer realm="ministry"'}
        case 409 | 429 | 503:
            return {"Retry-After": "1" if code == "not-yet" else LATER}
    return {}


def response(code: str, detail: str = "", **more: Any) -> HttpResponse:
    """A problem as an answer."""
    made = HttpResponse(body(code, detail, **more), MEDIA_TYPE, KINDS[code].status)
    for name, value in headers(code).items():
        made.headers[name] = value
    return made


def code_of(status: int) -> str:
    """The kind of problem that a bare status stands for."""
    return BY_STATUS.get(status) or ("malformed" if status < 500 else "failed")
