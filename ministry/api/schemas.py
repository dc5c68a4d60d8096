"""What the API answers, as schemas."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Outcome = Literal["permitted", "prohibited", "needs", "no authority", "conflict"]


class Missing(Schema):
    """Something that can still be brought about."""

    kind: str
    what: str
    citation: str


class Authority(Schema):
    """An office or body that could do something, and who is in it, by their keys."""

    office: str
    title: str
    outcome: Outcome
    missing: list[Missing]
    people: list[str]


class Problem(Schema):
    """Problem details (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str | None = None


class FieldError(Schema):
    """What is wrong with one field."""

    field: str
    message: str


class Invalid(Problem):
    """What was given is not what the operation takes, or cannot be done as things stand."""

    errors: list[FieldError] = Field(default_factory=list)
    field: str = ""
    help: str = ""


class Approval(Schema):
    """How to ask those who could: the operation, and what belongs in its body besides `given`."""

    href: str
    act: str
    refusal: str


class Refusal(Problem):
    """The Book does not allow it; the refusal is on the record."""

    act: str
    about: str
    outcome: Outcome
    citations: list[str]
    missing: list[Missing]
    could: list[Authority]
    record: str
    edition: str
    approval: Approval | None = None


class Duty(Schema):
    """A duty that an act opened."""

    id: str
    act: str
    citation: str
    bearer: str
    to: str
    about: str
    opened: dt.datetime
    due: dt.datetime | None
    due_day: str
    record: str


class Duties(Schema):
    """Open duties, what is due first; `more` where there are others."""

    duties: list[Duty]
    more: bool


class Receipt(Schema):
    """An act that was done; or, where the outcome is `needs`, a part of one that others must do, too."""

    record: str
    number: int
    at: dt.datetime
    act: str
    about: str
    edition: str
    outcome: Outcome
    citations: list[str]
    missing: list[Missing]
    opens: list[Duty]
    receipt: str = Field(description="where the proof of its record will be")


class Done(Receipt):
    """An act that was done, and what was done together with it."""

    together: list[Receipt]


class Considered(Schema):
    """A norm that was looked at, and what became of it."""

    norm: str
    citation: str
    status: str
    by: str
    maxim: str
    because: str


class Opens(Schema):
    """A duty that the act would open."""

    citation: str
    act: str
    bearer: str
    due: str | None
    to: str


class Decision(Schema):
    """The answer of the Book."""

    outcome: Outcome
    citations: list[str]
    deciding: list[str] = Field(description="norms, by id, in the order of the Book")
    considered: list[Considered]
    nearest: list[Considered]
    missing: list[Missing]
    opens: list[Opens]
    chain: list[str] = Field(description="citations of the delegations relied on")
    notes: list[str]
    edition: str
    in_office: bool | None = Field(
        None, description="whether the person named is in that office now; left out where none is"
    )
    who: list[Authority] | None = Field(None, description="asked for by `who`")
    record: str | None = Field(None, description="asked for by `journal`")


class RecordRow(Schema):
    """A record in a list."""

    id: str
    number: int
    at: dt.datetime
    kind: Literal["act", "refusal", "read"]
    act: str
    actor: str
    place: str = Field(description="the office in whose place it was done, where it is another")
    person: str
    about: str
    outcome: str
    edition: str
    citations: list[str]
    reason: str
    marking: str = Field(description="`secret/plans,sources/norland`; empty: open")


class Records(Schema):
    """Records from the latest back. Where `next` is given, ask again with it as `before`."""

    records: list[RecordRow]
    next: int | None
    stopped: bool = Field(
        description="it had looked at so many that it stopped before the page was full"
    )


class Record(RecordRow):
    """One record; `body` is what is hashed."""

    body: dict[str, Any]
    bytes: str
    receipt: str


class Holder(Schema):
    """Who holds an office, or acts in it."""

    appointment: str
    person: str
    name: str
    hold: Literal["holds", "acts"]
    since: dt.datetime


class Office(Schema):
    """An office of the Book in force."""

    office: str
    title: str
    body: str
    reports_to: list[str]
    succession: list[str]
    holders: list[Holder]


class Offices(Schema):
    offices: list[Office]


class HeldOffice(Schema):
    """An office that a person is in."""

    appointment: str
    office: str
    hold: Literal["holds", "acts"]
    since: dt.datetime


class Person(Schema):
    """Somebody enrolled. The name is empty once it was erased."""

    key: str
    name: str
    active: bool
    offices: list[HeldOffice]


class People(Schema):
    """People in the order of their keys. Where `next` is given, ask again with it as `after`."""

    people: list[Person]
    next: str | None


class Request(Schema):
    """An act that somebody asks others to do by their own power."""

    id: str
    act: str
    given: dict[str, Any]
    about: str
    requester: str
    office: str
    refusal: str
    reason: str
    asked: dt.datetime
    outcome: str
    answered: dt.datetime | None
    answered_by: str
    answer: str
    offices: list[str] = Field(description="those who could do it")


class Requests(Schema):
    requests: list[Request]
    more: bool


class Edition(Schema):
    """An edition of the Book that was deposited; with its promulgation and its proposal, where it has them."""

    digest: str
    title: str
    norms: int
    in_force: bool
    number: int | None
    since: dt.datetime | None
    proposer: str | None
    proposed: dt.datetime | None
    certified: dt.datetime | None
    promulgated: dt.datetime | None


class Editions(Schema):
    """The promulgated ones, the latest first, then those that are only proposed."""

    editions: list[Edition]
    more: bool


class Deposited(Schema):
    """A text that is kept now, or was already. It decides nothing until it is promulgated."""

    digest: str
    title: str
    norms: int


class Diagnostic(Schema):
    """A finding of the compiler."""

    code: str
    severity: str
    message: str
    file: str
    line: int
    column: int
    help: str


class NotABook(Problem):
    """The texts have errors."""

    diagnostics: list[Diagnostic] = Field(default_factory=list)
    errors: list[FieldError] = Field(default_factory=list)


class Provision(Schema):
    """A provision: its text, and its norms."""

    citation: str
    instrument: str
    title: str
    edition: str
    text: str
    norms: list[str]
