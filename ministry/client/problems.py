"""What the API may answer instead (RFC 9457), as exceptions.

Problem
├── Refused      403: the Book does not allow it
├── Invalid      422: not what the operation takes, or not possible as things stand
├── NotAllowed   401: no good token
├── NotFound     404: there is nothing, or it is not open
├── NotYet       409: the record is not in a signed tree yet
└── Unavailable  429, 503, or no answer at all, after every retry
"""

from __future__ import annotations

from typing import Any

import msgspec

from ministry.client.answers import Authority, Missing


class Problem(Exception):
    """`code` is the kind of problem, `members` all that was said of it."""

    def __init__(self, status: int, members: dict[str, Any]) -> None:
        self.status, self.members = status, members
        self.code = str(members.get("type", "")).rpartition("#problem-")[2]
        self.title, self.detail = str(members.get("title", "")), str(members.get("detail", ""))
        super().__init__(": ".join(filter(None, (str(status), self.title, self.said()))))

    def said(self) -> str:
        return self.detail


class Refused(Problem):
    """The Book does not allow it; the refusal is on the record."""

    @property
    def outcome(self) -> str:
        return str(self.members.get("outcome", ""))

    @property
    def citations(self) -> tuple[str, ...]:
        return tuple(self.members.get("citations", ()))

    @property
    def missing(self) -> tuple[Missing, ...]:
        return msgspec.convert(self.members.get("missing", ()), tuple[Missing, ...])

    @property
    def could(self) -> tuple[Authority, ...]:
        """Who could authorise it."""
        return msgspec.convert(self.members.get("could", ()), tuple[Authority, ...])

    @property
    def record(self) -> str:
        return str(self.members.get("record", ""))

    def said(self) -> str:
        return self.detail or f"{self.outcome} ({', '.join(self.citations) or 'no provision'})"


class Invalid(Problem):
    """What is wrong, by field; `help` says the way out."""

    @property
    def errors(self) -> dict[str, str]:
        found = {one["field"]: one["message"] for one in self.members.get("errors", ())}
        field = self.members.get("field")
        return {**found, field: self.detail} if field else found

    @property
    def help(self) -> str:
        return str(self.members.get("help", ""))

    def said(self) -> str:
        return self.detail or "; ".join(
            f"{name or 'body'}: {said}" for name, said in self.errors.items()
        )


class NotAllowed(Problem):
    """No good token: unknown, expired, ended, or its holder is no longer in office."""


class NotFound(Problem):
    """There is nothing, or it is not open to the office acted in."""


class NotYet(Problem):
    """The record is not in a signed tree yet."""


class Unavailable(Problem):
    """The server did not answer, or asked to come back later, as often as it was tried."""


KINDS: dict[int, type[Problem]] = {
    401: NotAllowed,
    403: Refused,
    404: NotFound,
    409: NotYet,
    422: Invalid,
    429: Unavailable,
    503: Unavailable,
}


def problem(status: int, body: bytes) -> Problem:
    """The exception that an answer stands for."""
    try:
        members = msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.MsgspecError:
        members = {"title": "an answer that is no problem of the API"}
    return KINDS.get(status, Problem)(status, members)
