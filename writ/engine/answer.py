"""What is answered: the outcome with its citations, what was considered, what is missing, what would follow."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec


class Outcome(StrEnum):
    """The five words; `docs/semantics.md` defines them."""

    PERMITTED = "permitted"
    PROHIBITED = "prohibited"
    NEEDS = "needs"
    NO_AUTHORITY = "no authority"
    CONFLICT = "conflict"


NEAREST = 100
"""So many norms are named as nearest; on a crowded act more would tell a reader nothing."""


class Considered(msgspec.Struct, frozen=True, gc=False):
    """A norm that was looked at. `status`: applies, open, defeated, does not apply.

    For a defeated norm `by` is the norm that beat it and `maxim` how (override, lex superior, lex specialis,
    lex posterior); otherwise `because` names the first condition that was not true.
    """

    norm: str
    citation: str
    status: str
    by: str = ""
    maxim: str = ""
    because: str = ""


class Missing(msgspec.Struct, frozen=True, gc=False):
    """Something that can still be brought about. `kind`: step, condition, statement, record, number, others, fact."""

    kind: str
    what: str
    norm: str
    citation: str


class Opened(msgspec.Struct, frozen=True, gc=False):
    """A duty that the act would open; `due` None where it has no fixed day or the day cannot be computed."""

    norm: str
    citation: str
    act: str
    bearer: str
    due: dt.date | None = None
    to: str = ""


class Decision(msgspec.Struct, frozen=True, gc=False):
    """The answer. `deciding` are norm ids in the order of the book; `citations` start with theirs."""

    outcome: Outcome
    deciding: tuple[str, ...]
    citations: tuple[str, ...]
    considered: tuple[Considered, ...] = ()
    missing: tuple[Missing, ...] = ()
    opens: tuple[Opened, ...] = ()
    nearest: tuple[Considered, ...] = ()
    chain: tuple[str, ...] = ()
    """Citations of the delegation norms of the chain relied on."""
    notes: tuple[str, ...] = ()
    """Sentences for people: a date that was computed, a chain that failed and why."""
