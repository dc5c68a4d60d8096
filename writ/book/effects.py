"""Steps, triggers and effects: acts and states as the clauses of a norm speak of them."""

from __future__ import annotations

import msgspec

from writ.book.terms import Expr, Period
from writ.syntax.tree import Bearer


class StepTerm(msgspec.Struct, frozen=True, gc=False):
    """One act that must have been done before."""

    act: str
    by: Bearer | None = None
    within: Period | None = None


class TriggerTerm(msgspec.Struct, frozen=True, gc=False):
    """`kind`: act, event, start, end."""

    kind: str
    name: str
    by: Bearer | None = None


class EffectTerm(msgspec.Struct, frozen=True, gc=False):
    """`verb`: begins, continues, amends, suspends, resumes, ends; or escalates (`state` is an office)."""

    verb: str
    state: str
    duration: Period | None = None
    until: Expr | None = None
    start: Expr | None = None
    """When a state begins, where that is not the time of the act."""
