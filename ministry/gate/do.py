"""Doing an act: decide, change, record, in one transaction."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any, Protocol

import msgspec
from django.db.transaction import atomic
from django.utils.translation import gettext

from ministry.database import router
from ministry.database.states import State
from ministry.database.wall import permit
from ministry.editions.queries import Law
from ministry.gate.acting import Acting
from ministry.gate.append import append, new_id
from ministry.gate.decide import entry_of, ruling
from ministry.gate.deed import Change, Data, Deed, NotPossible
from ministry.gate.duties import docket, follow
from ministry.gate.markings import marked
from ministry.gate.models import Duty
from ministry.gate.moment import moment
from ministry.gate.parts import (
    NOTHING,
    begun,
    content,
    going_on,
    in_parts,
    is_part,
    not_otherwise,
    not_twice,
    numbered,
    ruled_together,
)
from ministry.gate.refusal import Refusal, Refused
from ministry.gate.registry import Act
from ministry.gate.stretches import asks_docket
from ministry.gate.telling import tell
from ministry.gate.transaction import alone, by_itself
from ministry.gate.weight import weighs
from ministry.labels.keep import keep
from ministry.labels.marking import OPEN, Marking, marking
from ministry.people.apply import changed
from ministry.register.models import Kind
from ministry.register.record import Envelope, raw, sealed
from writ.engine.answer import Decision, Outcome
from writ.journal.acts import Ruling
from writ.journal.entry import Entry
from writ.journal.log.commitment import new_salt

STEP_UP = "prove again that it is you: this act asks for it"
NOT_IN_OFFICE = "{} neither holds {} nor acts in it"


class Receipt(msgspec.Struct, frozen=True):
    """What the gate gives for an act done: where it is recorded, and by what authority."""

    record: str
    number: int
    at: dt.datetime
    act: str
    about: str
    edition: str
    decision: Decision


class Once(Protocol):
    """What is kept beside an act, in its transaction, so that it is done once however often it is asked for."""

    def before(self) -> None:
        """Look, at the beginning of the transaction, whether it was done before; if so, raise what ends it."""

    def after(self, came: list[Receipt] | Refusal) -> None:
        """Keep, at its end, what came of it: the acts done, or the refusal."""


def do(act: Act, by: Acting, given: Data) -> Receipt:
    """Do an act, if the Book allows it.

    Raises:
        Refused: it does not; the refusal is on the record.
        NotPossible: it cannot be done as things stand.
        Busy: too many others changed the same things.
        NoEdition: no edition of the Book is in force.
    """
    return do_all(by, [(act, given)])[0]


def do_all(
    by: Acting,
    asked: Sequence[tuple[Act, Data]],
    override: bool = False,
    once: Once | None = None,
) -> list[Receipt]:
    """Do several acts, one after the other, all or none of them; errors as of `do`, and what `once` raises.

    With `override` the act before the last overrides the refusal of the last.
    """
    if asked[-1][0].together:
        raise NotPossible(
            gettext("{name} is done only together with another act").format(name=asked[-1][0].name)
        )
    records = [new_id() for _ in asked]

    def all_of() -> list[Receipt]:
        done: list[Receipt] = []
        for (act, given), record in zip(asked, records, strict=True):
            over = done[-1].record if override and record == records[-1] else ""
            done.append(one(act, by, given, record, over))
        return done

    def work() -> list[Receipt] | Refusal:
        if once is not None:
            once.before()
        came: list[Receipt] | Refusal
        try:
            # The first act is refused before it has written anything; what was done before another is undone.
            with atomic(using=router.current()) if len(asked) > 1 else nullcontext():
                came = all_of()
        except Refused as stopped:
            # Recorded in the transaction in which it was decided: nothing that would have let it be done comes between.
            refusal = stopped.refusal
            came = kept(refusal, asked[records.index(refusal.entry.id)][0])
        if once is not None:
            once.after(came)
        return came

    came = alone(work, " ".join(act.name for act, _ in asked))
    if isinstance(came, Refusal):
        tell(came)
        raise Refused(came)
    return came


def in_order(law: Law, act: Act, deed: Deed) -> None:
    """Let an act that others are decided by be done while no other is under way."""
    if act.weighs or deed.tells or deed.revokes or weighs(law, act.name):
        by_itself()


def one(act: Act, by: Acting, given: Data, record: str, override: str = "") -> Receipt:
    """One act, in the transaction under way."""
    when = moment()
    at, law = when.at, when.law()
    held = when.held(law)
    if not held.may_act(by.person, by.office):
        raise refused(law, bare(act, by, record, at), NOT_IN_OFFICE.format(by.person, by.office))
    if act.sure and time.time() - by.sure_since > act.sure:
        raise refused(law, bare(act, by, record, at), STEP_UP)
    deed: Deed = act.prepare(by, given, at)
    in_order(law, act, deed)
    deed = msgspec.structs.replace(deed, marking=marked(law, held, deed))
    entry = entry_of(act.name, record, by, deed, at)
    part, there, other = "", NOTHING, NOTHING
    shared = not override and not deed.itself and in_parts(law, act)
    if shared:
        there, other = going_on(begun(act.name, entry.about), content(given), by.office)
        entry = numbered(law, entry, there)
    found = ruling(law, entry, held)
    if shared:
        found, part = ruled_together(law, entry, found, there)
    if part:
        not_otherwise(other)
    if part and found.decision.outcome is Outcome.NEEDS:
        not_twice(there, found, entry)
        return perform(act, law, entry, found, as_part(deed), given, part=part)
    if found.decision.outcome is not Outcome.PERMITTED and not override:
        said = str(deed.marking)
        raise Refused(
            Refusal(entry, found.decision, law.digest, reason=found.refused, marking=said)
        )
    return perform(act, law, entry, found, deed, deed.data or given, override, part)


def as_part(deed: Deed) -> Deed:
    """What a part of an act comes to: it tells nothing yet of what the act will bring about."""
    return msgspec.structs.replace(deed, tells=())


def perform(
    act: Act,
    law: Law,
    entry: Entry,
    found: Ruling,
    deed: Deed,
    data: Data,
    override: str = "",
    part: str = "",
) -> Receipt:
    """Let an act change its tables, and record it."""
    envelope, seals = enveloped(act, law, entry, found, deed, data, override)
    if part:
        missing = tuple(f"{one.kind}: {one.what}" for one in found.decision.missing)
        envelope = msgspec.structs.replace(envelope, part=part, missing=missing)
    number = append(envelope, entry, seals, deed.subject)
    with permit(State.INSTITUTIONAL):
        change_tables(act, law, entry, found, data, deed.marking, is_part(envelope))
    if asks_docket(law, act.name):  # the docket was asked: nothing before this is left for it
        docket().looked_at(number, entry.id)
    return Receipt(
        entry.id,
        number,
        entry_moment(entry),
        act.name,
        entry.about,
        law.digest,
        found.decision,
    )


def change_tables(
    act: Act,
    law: Law,
    entry: Entry,
    found: Ruling,
    data: Data,
    marked_as: Marking = OPEN,
    is_part: bool = False,
) -> None:
    """Let an act change its tables: the same when it is done and when it is replayed.

    A part of one changes none but that of duties.
    """
    label_kept(marked_as)
    if act.apply is not None and not is_part:
        act.apply(change_of(act, entry, data, marked_as.label))
    if act.kind is Kind.ACT:
        follow(law, entry, found)
        if marked_as:
            Duty.everything.filter(record=entry.id).update(label=marked_as.label)


def label_kept(found: Marking) -> None:
    """See that there is a label for a marking, and that readers are worked out again if it is new."""
    if keep(found):
        changed()


def change_of(act: Act, entry: Entry, data: Data, label: str) -> Change:
    """The act as `apply` sees it."""
    return Change(
        entry.id,
        entry_moment(entry),
        act.name,
        entry.actor,
        entry.person,
        entry.about,
        data,
        entry,
        label,
    )


def enveloped(
    act: Act, law: Law, entry: Entry, found: Ruling, deed: Deed, data: Data, override: str
) -> tuple[Envelope, dict[str, tuple[bytes, str]]]:
    """The record of an act, and the seals of what may be erased from it."""
    plain: dict[str, Any] = data.model_dump(mode="json", exclude_defaults=True)
    seals: dict[str, tuple[bytes, str]] = {}
    for field in act.sealed & plain.keys():
        seals[field] = (new_salt(), plain.pop(field))
    decision = found.decision
    envelope = Envelope(
        entry.id,
        act.kind,
        law.digest,
        raw(entry),
        decision.outcome,
        found.actor if found.actor != entry.actor else "",
        decision.deciding,
        decision.citations,
        found.chain,
        tuple(raw(one) for one in deed.tells),
        plain,
        {field: sealed(value, salt) for field, (salt, value) in seals.items()},
        deed.subject if seals else "",
        str(deed.marking),
        override,
    )
    return envelope, seals


def kept(refusal: Refusal, act: Act) -> Refusal:
    """Put a refusal on the record; what the act was given is not kept, only what it was decided on."""
    decision = refusal.decision
    with permit(State.INSTITUTIONAL):
        label_kept(marking(refusal.marking))
    append(
        Envelope(
            refusal.entry.id,
            Kind.REFUSAL,
            refusal.edition,
            raw(refusal.entry),
            decision.outcome,
            deciding=decision.deciding,
            citations=decision.citations,
            missing=tuple(f"{one.kind}: {one.what}" for one in decision.missing),
            reason=refusal.reason,
            label=refusal.marking,
        ),
        refusal.entry,
    )
    return msgspec.structs.replace(refusal, record=refusal.entry.id)


def bare(act: Act, by: Acting, record: str, at: dt.datetime) -> Entry:
    return entry_of(act.name, record, by, Deed(), at)


def refused(law: Law, entry: Entry, reason: str) -> Refused:
    """What the gate itself refuses."""
    nothing = Decision(Outcome.NO_AUTHORITY, (), ())
    return Refused(Refusal(entry, nothing, law.digest, reason=reason))


def entry_moment(entry: Entry) -> dt.datetime:
    assert isinstance(entry.at, dt.datetime)
    return entry.at
