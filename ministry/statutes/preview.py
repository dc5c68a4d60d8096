"""What the gate would say of an act if it were done now: the same question, put to the Book without doing anything."""

from __future__ import annotations

import datetime as dt

import msgspec

from ministry.console.here import Here
from ministry.console.said import Line, said
from ministry.gate.acting import Acting
from ministry.gate.decide import could, entry_of, ruling
from ministry.gate.deed import Data, NotPossible
from ministry.gate.registry import act_named
from writ.engine.answer import Outcome


class Preview(msgspec.Struct, frozen=True):
    """What would come of an act. `why` is why it is not possible as things stand, whatever the Book says."""

    outcome: str = ""
    why: str = ""
    help: str = ""
    missing: tuple[Line, ...] = ()
    under: tuple[Line, ...] = ()
    offices: tuple[str, ...] = ()
    """Those that could do it now."""

    @property
    def may(self) -> bool:
        return self.outcome == Outcome.PERMITTED


def preview(found: Here, name: str, data: Data, by: Acting) -> Preview:
    """What would come of an act by one office, and which could do it. It reads, and writes nothing."""
    at: dt.datetime = found.at
    try:
        deed = act_named(name).prepare(by, data, at)
    except NotPossible as error:
        return Preview(why=error.message, help=error.help)
    entry = entry_of(name, f"r-{0:032}", by, deed, at)
    decision = ruling(found.law, entry, found.held).decision
    others = could(found.law, entry)
    offices = tuple(office for office, one in others if one.outcome is Outcome.PERMITTED)
    mine = any(office == by.office for office, _ in others)
    if decision.outcome in (Outcome.NO_AUTHORITY, Outcome.PROHIBITED) and others and not mine:
        # It is for another office: what that one still lacks is what it waits for.
        decision = others[0][1]
        if decision.outcome is Outcome.PERMITTED:
            return Preview("no authority", offices=offices)
    told = said(found.law, decision)
    missing = tuple(in_words(found, one) for one in told.missing)
    return Preview(str(decision.outcome), "", "", missing, tuple(told.under), offices)


def in_words(found: Here, line: Line) -> Line:
    """What is missing, as the Book describes it where it is a fact that it describes."""
    fact = found.law.book.vocabulary.attributes.get(line.text)
    if fact is None or not fact.description:
        return line
    return msgspec.structs.replace(line, text=fact.description)
