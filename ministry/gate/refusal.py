"""A refusal: what was asked, what the Book says, and who could authorise it."""

from __future__ import annotations

import msgspec

from writ.engine.answer import Decision
from writ.journal.entry import Entry


class Refusal(msgspec.Struct, frozen=True):
    """Why something was not done. `record` is where the register keeps the refusal."""

    entry: Entry
    decision: Decision
    edition: str
    record: str = ""
    reason: str = ""
    """Of a refusal by the gate itself, and not by a norm."""
    marking: str = ""
    """The marking of what was asked."""


class Refused(Exception):
    """The gate refused an act. What was refused is on the record already."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason or f"{refusal.entry.name}: {refusal.decision.outcome}")
        self.refusal = refusal
