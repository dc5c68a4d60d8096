"""Deciding a record again from the records before it: what the Book said of it, and what the gate refused by itself."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ministry.editions.queries import Law
from ministry.gate.decide import ruling
from ministry.gate.do import NOT_IN_OFFICE, STEP_UP
from ministry.gate.memory import Memory
from ministry.gate.registry import act_named
from ministry.register.models import Kind
from ministry.register.record import Envelope
from writ.engine.answer import Outcome
from writ.journal.acts import Ruling
from writ.journal.entry import Entry

NO_PROOF = "the register does not keep when somebody last proved who they are"


class Again(msgspec.Struct):
    """A record decided again. `ruled` is None where the gate refused it before the Book was asked."""

    ruled: Ruling | None
    wrong: list[str]
    undecided: str = ""
    """Why it cannot be decided again, where the record does not hold what it was decided on."""


def again(law: Law, envelope: Envelope, entry: Entry, memory: Memory) -> Again:
    """Decide a record again."""
    if envelope.kind == Kind.REFUSAL and envelope.reason in (STEP_UP, not_in_office(entry)):
        unproved = envelope.reason == STEP_UP
        wrong = [*by_the_gate(envelope, entry, memory, unproved)]
        return Again(None, wrong, NO_PROOF if unproved else "")
    ruled = ruling(law, entry, memory.holders(), memory.past(law, entry))
    return Again(ruled, [*by_the_book(envelope, ruled)])


def permitted(law: Law, entry: Entry, memory: Memory) -> bool:
    """Whether the Book permits an act as things stand."""
    ruled = ruling(law, entry, memory.holders(), memory.past(law, entry))
    return ruled.decision.outcome is Outcome.PERMITTED


def not_in_office(entry: Entry) -> str:
    return NOT_IN_OFFICE.format(entry.person, entry.actor)


def by_the_gate(envelope: Envelope, entry: Entry, memory: Memory, unproved: bool) -> Iterator[str]:
    """What is wrong with a refusal that the gate made by itself. Whether somebody is in office it asks first."""
    if memory.holders().may_act(entry.person, entry.actor) is not unproved:
        was = "not in office" if unproved else "in office"
        yield f"it was refused ({envelope.reason}), but by the records before {entry.person} was {was}"
    if unproved and not asks_for_proof(entry.name):
        yield f"it was refused ({envelope.reason}), but {entry.name} asks for no such proof"
    if envelope.outcome != Outcome.NO_AUTHORITY or envelope.deciding or envelope.citations:
        yield "the gate refused it by itself, but norms are said to have decided"


def asks_for_proof(act: str) -> bool:
    try:
        return bool(act_named(act).sure)
    except KeyError:
        return False


def by_the_book(envelope: Envelope, ruled: Ruling) -> Iterator[str]:
    """What is otherwise, decided again."""
    now = (str(ruled.decision.outcome), ruled.decision.deciding, ruled.decision.citations)
    then = (envelope.outcome, envelope.deciding, envelope.citations)
    if now != then:
        yield (
            f"recorded as {then[0]} by {', '.join(then[2]) or 'nothing'}; "
            f"decided again: {now[0]} by {', '.join(now[2]) or 'nothing'}"
        )
    if ruled.refused != envelope.reason:
        yield f"recorded as {envelope.reason or 'decided by norms'}; decided again: {ruled.refused or 'by norms'}"
