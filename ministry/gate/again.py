"""Deciding a record again from the records before it: what the Book said of it, and what the gate refused by itself."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ministry.editions.queries import Law
from ministry.gate.decide import ruling
from ministry.gate.do import NOT_IN_OFFICE, STEP_UP
from ministry.gate.memory import Memory
from ministry.gate.parts import NOTHING, in_parts_named, is_part, numbered, ruled_together
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
    ruled, wrong = ruled_by(law, entry, memory), []
    if not envelope.override and entry.about != entry.id and in_parts_named(law, entry.name):
        ruled, wrong = in_its_place(law, envelope, entry, ruled, memory)
    elif envelope.part:
        wrong = ["it is said to be a part of an act that is not done in parts"]
    return Again(ruled, [*by_the_book(envelope, ruled), *wrong])


def in_its_place(
    law: Law, envelope: Envelope, entry: Entry, ruled: Ruling, memory: Memory
) -> tuple[Ruling, list[str]]:
    """The ruling on an act that several must do, after the parts before it; and what is wrong with it as one."""
    there, wrong = memory.begun(entry), []
    if envelope.part != there.record:
        if envelope.part not in ("", entry.id):
            wrong.append("it goes on with a doing that was not begun, or is over")
        elif envelope.part and there.record and entry.actor not in dict(there.parts):
            wrong.append("it begins anew what others had begun")
        there = NOTHING
    elif any(envelope.data.get(name) != value for name, value in there.data.items()):
        wrong.append("it was given other data than what it goes on with was begun with")
    if envelope.part and entry.number != numbered(law, entry, there).number:
        wrong.append("another number did it together")
    ruled, part = ruled_together(law, entry, ruled, there)
    missing = tuple(f"{one.kind}: {one.what}" for one in ruled.decision.missing)
    if envelope.kind == Kind.ACT and part != envelope.part:
        wrong.append("it is no part of the doing that it names")
    elif is_part(envelope) and missing != envelope.missing:
        wrong.append(
            f"{'; '.join(envelope.missing)} is said to be missing, and it is {'; '.join(missing)}"
        )
    return ruled, wrong


def ruled_by(law: Law, entry: Entry, memory: Memory) -> Ruling:
    """What the Book says of an entry after the records before it."""
    past, states = memory.past(law, entry), memory.states(law, entry)
    return ruling(law, entry, memory.holders(), past, states)


def permitted(law: Law, entry: Entry, memory: Memory) -> bool:
    """Whether the Book permits an act as things stand."""
    return ruled_by(law, entry, memory).decision.outcome is Outcome.PERMITTED


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
