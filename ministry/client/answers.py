"""What the API answers. A field that a later server adds is passed over."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec


class Missing(msgspec.Struct, frozen=True):
    """Something that can still be brought about."""

    kind: str
    what: str
    citation: str


class Authority(msgspec.Struct, frozen=True):
    """An office or body that could do something, and who is in it, by their keys."""

    office: str
    title: str
    outcome: str
    missing: tuple[Missing, ...]
    people: tuple[str, ...]


class Considered(msgspec.Struct, frozen=True):
    """A norm that was looked at, and what became of it."""

    norm: str
    citation: str
    status: str
    by: str = ""
    maxim: str = ""
    because: str = ""


class Opens(msgspec.Struct, frozen=True):
    """A duty that the act would open. `due` is a day, or a moment, as the law reckons it."""

    citation: str
    act: str
    bearer: str
    due: str | None
    to: str


class Decision(msgspec.Struct, frozen=True):
    """The answer of the Book. `outcome`: permitted, prohibited, needs, no authority, conflict."""

    outcome: str
    citations: tuple[str, ...]
    deciding: tuple[str, ...]
    considered: tuple[Considered, ...]
    nearest: tuple[Considered, ...]
    missing: tuple[Missing, ...]
    opens: tuple[Opens, ...]
    chain: tuple[str, ...]
    notes: tuple[str, ...]
    edition: str
    in_office: bool | None = None
    """Whether the person named is in that office now; None where nobody was named."""
    who: tuple[Authority, ...] | None = None
    record: str | None = None

    @property
    def permitted(self) -> bool:
        """Whether it may be done: by the Book, and, where a person was named, by somebody who is in that office."""
        return self.outcome == "permitted" and self.in_office is not False


class Duty(msgspec.Struct, frozen=True):
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


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """An act that was done; or, where the outcome is `needs`, a part of one that others must do, too."""

    record: str
    number: int
    at: dt.datetime
    act: str
    about: str
    edition: str
    outcome: str
    citations: tuple[str, ...]
    opens: tuple[Duty, ...]
    missing: tuple[Missing, ...] = ()


class Done(Receipt, frozen=True, kw_only=True):
    """An act that was done, and what was done together with it."""

    together: tuple[Receipt, ...]


class RecordRow(msgspec.Struct, frozen=True, kw_only=True):
    """A record in a list. `kind`: act, refusal, read."""

    id: str
    number: int
    at: dt.datetime
    kind: str
    act: str
    actor: str
    place: str
    person: str
    about: str
    outcome: str
    edition: str
    citations: tuple[str, ...]
    reason: str
    marking: str


class Record(RecordRow, frozen=True, kw_only=True):
    """One record; `body` is what is hashed."""

    body: dict[str, Any]


class Page(msgspec.Struct, frozen=True):
    """A page of records."""

    records: tuple[RecordRow, ...]
    next: int | None
    stopped: bool


class Holder(msgspec.Struct, frozen=True):
    """Who holds an office, or acts in it."""

    appointment: str
    person: str
    name: str
    hold: str
    since: dt.datetime


class Office(msgspec.Struct, frozen=True):
    """An office of the Book in force."""

    office: str
    title: str
    body: str
    reports_to: tuple[str, ...]
    succession: tuple[str, ...]
    holders: tuple[Holder, ...]


class HeldOffice(msgspec.Struct, frozen=True):
    """An office that a person is in."""

    appointment: str
    office: str
    hold: str
    since: dt.datetime


class Person(msgspec.Struct, frozen=True):
    """Somebody enrolled. The name is empty once it was erased."""

    key: str
    name: str
    active: bool
    offices: tuple[HeldOffice, ...]


class People(msgspec.Struct, frozen=True):
    """A page of people."""

    people: tuple[Person, ...]
    next: str | None


class Request(msgspec.Struct, frozen=True):
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
    offices: tuple[str, ...]


class Edition(msgspec.Struct, frozen=True):
    """An edition of the Book that was deposited."""

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


class Deposited(msgspec.Struct, frozen=True):
    """A text that is kept. It decides nothing until it is promulgated."""

    digest: str
    title: str
    norms: int


class Provision(msgspec.Struct, frozen=True):
    """A provision: its text, and its norms, by id."""

    citation: str
    instrument: str
    title: str
    edition: str
    text: str
    norms: tuple[str, ...]


class Duties(msgspec.Struct, frozen=True):
    duties: tuple[Duty, ...]


class Requests(msgspec.Struct, frozen=True):
    requests: tuple[Request, ...]


class Offices(msgspec.Struct, frozen=True):
    offices: tuple[Office, ...]


class Editions(msgspec.Struct, frozen=True):
    editions: tuple[Edition, ...]


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A proposed edition, and how far it is. `waits_for`: answers, examination, certificate, promulgation; or empty."""

    edition: str
    title: str
    reason: str
    proposer: str
    proposed: dt.datetime
    root: str
    base: str
    provisions: int
    certified: dt.datetime | None
    promulgated: dt.datetime | None
    revised: dt.datetime | None
    withdrawn: dt.datetime | None
    consulted: int
    settled: int
    checks: int
    passed: int
    objections: int
    unresolved: int
    waits_for: str


class Difference(msgspec.Struct, frozen=True):
    """A provision that does not say the same, by its fingerprints."""

    provision: str
    old: str
    new: str


class Consultation(msgspec.Struct, frozen=True, kw_only=True):
    """An office that was asked of an edition, and what it answered last."""

    id: str
    edition: str
    office: str
    asked: dt.datetime
    asked_by: str
    due: dt.datetime
    question: str
    provisions: tuple[str, ...]
    position: str | None
    text: str
    answered: dt.datetime | None
    answered_by: str
    stands: bool
    fallen: tuple[str, ...]


class Examined(msgspec.Struct, frozen=True):
    """A check of the Book, and what was found on it last."""

    check: str
    passed: bool | None
    reason: str
    person: str
    at: dt.datetime | None
    stands: bool


class ProposalWhole(Proposal, frozen=True, kw_only=True):
    """A proposed edition with what was said of it."""

    differs: tuple[Difference, ...]
    consultations: tuple[Consultation, ...]
    examinations: tuple[Examined, ...]


class Comment(msgspec.Struct, frozen=True, kw_only=True):
    """A comment on a proposed edition; `stands` while what it is on says the same."""

    id: str
    edition: str
    provision: str
    text: str
    office: str
    person: str
    at: dt.datetime
    stands: bool
    resolution: str | None
    resolved: dt.datetime | None
    resolved_by: str
    answer: str


class Proposals(msgspec.Struct, frozen=True):
    proposals: tuple[Proposal, ...]


class Consultations(msgspec.Struct, frozen=True):
    consultations: tuple[Consultation, ...]


class Comments(msgspec.Struct, frozen=True):
    comments: tuple[Comment, ...]


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One thing of which one is told; `asks`: it still waits for one."""

    id: str
    kind: str
    said: str
    about: str
    by: str
    href: str
    office: str
    record: str
    at: dt.datetime
    due: dt.datetime | None
    asks: bool
    read: dt.datetime | None


class Notices(msgspec.Struct, frozen=True):
    notices: tuple[Notice, ...]


class Marked(msgspec.Struct, frozen=True):
    marked: int
