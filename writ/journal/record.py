"""What a replay concludes: acts with their warrant, states with their ends, duties with their lives."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

from writ.diagnostics import Diagnostic
from writ.engine.answer import Missing, Outcome


class ActStatus(StrEnum):
    """`docs/semantics.md`, "The journal"."""

    AUTHORISED = "authorised"
    NO_AUTHORITY = "no authority"
    NO_EFFECT = "no effect"


class StateStatus(StrEnum):
    NOT_BEGUN = "not begun"
    IN_EFFECT = "in effect"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    ENDED = "ended"


class DutyStatus(StrEnum):
    NOT_OPENED = "not opened"
    OPEN = "open"
    MET = "met"
    LATE = "late"
    BREACHED = "breached"
    WAIVED = "waived"
    LAPSED = "lapsed"


MOVES: dict[DutyStatus, frozenset[DutyStatus]] = {
    DutyStatus.NOT_OPENED: frozenset({DutyStatus.OPEN}),
    DutyStatus.OPEN: frozenset(
        {
            DutyStatus.MET,
            DutyStatus.LATE,
            DutyStatus.BREACHED,
            DutyStatus.WAIVED,
            DutyStatus.LAPSED,
            DutyStatus.NOT_OPENED,
        }
    ),
    DutyStatus.BREACHED: frozenset({DutyStatus.LATE, DutyStatus.WAIVED}),
    DutyStatus.MET: frozenset(),
    DutyStatus.LATE: frozenset(),
    DutyStatus.WAIVED: frozenset(),
    DutyStatus.LAPSED: frozenset(),
}
"""The edges along which the status of one duty may move as time goes on and the record grows at its end.

`open` goes back to `not opened` where the duty had not fallen due and what it depended on is over.
"""


class ActRecord(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """An act done, with what the book says of it as the law stood at its moment."""

    entry: str
    """The id of its entry."""
    at: dt.date
    actor: str
    act: str
    status: ActStatus
    outcome: Outcome
    """The decision, lateness apart."""
    person: str = ""
    number: int = 0
    about: str = ""
    to: str = ""
    to_person: str = ""
    citations: tuple[str, ...] = ()
    """The warrant, or the norms that refused it."""
    deciding: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    reasons: tuple[str, ...] = ()
    """Sentences for people: why there was no authority or no effect, in whose place the actor stood."""
    chain: tuple[str, ...] = ()
    """Of delegations: the entries of the grants relied on, first grant first."""
    known: dt.date | None = None
    late: bool = False
    """It discharged a duty after its due day."""
    material: bool = False
    """It has its effects although nobody allowed it."""


class Turn(msgspec.Struct, frozen=True, gc=False):
    """A status that a conclusion had from a moment on, and the entry or norm that turned it."""

    at: dt.date | None
    status: str
    by: str = ""
    """The id of the entry, where one did; else empty."""
    citations: tuple[str, ...] = ()


class StateRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """One stretch of a state."""

    state: str
    status: StateStatus
    since: dt.date | None
    entry: str = ""
    """The entry that began it."""
    about: str = ""
    until: dt.date | None = None
    """Its last day, or the moment at which it ended or will end, as far as is known."""
    citations: tuple[str, ...] = ()
    """The norms that began it, bound it and ended it."""
    turns: tuple[Turn, ...] = ()
    doubtful: bool = False
    """It may have lapsed, for all that is known."""
    ended_by: str = ""
    """The entry that ended it."""


class DutyRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """One duty that the record opened (or that the law alone did)."""

    norm: str
    citation: str
    act: str
    bearer: str
    status: DutyStatus
    title: str = ""
    opened: dt.date | None = None
    opened_by: str = ""
    """The entry that triggered it."""
    due: dt.date | None = None
    about: str = ""
    to: str = ""
    discharged: dt.date | None = None
    discharged_by: str = ""
    """The entry that did it."""
    occurrence: int = 0
    """Of a recurring duty, which one: 1 is the first."""
    citations: tuple[str, ...] = ()
    """Where it stands, what moved its day, and by what it is not owed (in `turns` that alone)."""
    turns: tuple[Turn, ...] = ()
    follows: tuple[str, ...] = ()
    """What its breach brings, in words."""
    unsure: str = ""
    """A fact that it depends on and that is not known."""
    standing: bool = False
    """It has neither trigger nor day: it is owed at all times."""


class PowerInUse(msgspec.Struct, frozen=True):
    """A power that was used: by whom, and by which entries."""

    norm: str
    citation: str
    act: str
    by: tuple[str, ...]
    entries: tuple[str, ...]
    running: tuple[str, ...] = ()
    """The states that it began and that are in effect (`declaration`, `order-in-force (SOR/2022-21)`)."""


class Audit(msgspec.Struct, frozen=True):
    """The report of a replay as of one moment, as known at another."""

    book: str
    title: str
    journal: str
    as_of: dt.date
    known_at: dt.date | None
    premises: tuple[str, ...]
    entries: int
    """How many were replayed; the others happened after `as_of` or were not known at `known_at`."""
    unseen: int
    acts: tuple[ActRecord, ...]
    states: tuple[StateRecord, ...]
    duties: tuple[DutyRecord, ...]
    powers: tuple[PowerInUse, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    """What is odd in the journal: see `writ.journal.check`."""
