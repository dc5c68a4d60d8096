"""An act that a journal records, decided as the law stood at its moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from writ.book.model import Book
from writ.book.terms import Value
from writ.engine.answer import Decision, Outcome
from writ.engine.request import Event, Request
from writ.journal.entry import Entry
from writ.journal.grants import MOST_CHAINS, Grants
from writ.journal.offices import Offices
from writ.journal.record import ActRecord, ActStatus

AUTHORISED = ActStatus.AUTHORISED
Decide = Callable[[Request, dict[int, Decision] | None], Decision]


class Ruling(msgspec.Struct, frozen=True, gc=False):
    """What the book says of an act done."""

    decision: Decision
    actor: str
    """In whose place it was done: the actor's own, an office acted in, or the first grantor's."""
    chain: tuple[str, ...] = ()
    """Entries of the grants relied on."""
    refused: str = ""
    """Why the actor could not act in that office at all."""


def request_of(
    entry: Entry, facts: dict[str, Value], done: tuple[Event, ...], known_at: dt.date | None
) -> Request:
    """The question that an act done puts to the book."""
    return Request(
        entry.actor,
        entry.name,
        entry.at,
        facts,
        entry.thing,
        entry.about,
        entry.against,
        entry.person,
        entry.number,
        done=done,
        known_at=known_at,
        recorded=True,
    )


def event_of(entry: Entry, actor: str) -> Event:
    """An act or event of the journal as an entry of the history that later questions are asked with."""
    return Event(entry.name, entry.at, actor, entry.person, entry.about, entry.to, entry.stated)


def rule(
    book: Book,
    entry: Entry,
    request: Request,
    offices: Offices,
    grants: Grants,
    decide: Decide,
    own: Decision | None = None,
) -> Ruling:
    """Decide an act: in the actor's own office, in one acted in, or through the grants made to them.

    `own` is the decision in the actor's own office, where it is known already.
    """
    refused = offices.refusal(entry.actor, entry.person)
    if own is None:
        own = decide(request, None)
    if refused:
        denied = msgspec.structs.replace(own, outcome=Outcome.NO_AUTHORITY, deciding=())
        return Ruling(denied, entry.actor, refused=refused)
    if own.outcome is Outcome.PERMITTED:
        return Ruling(own, entry.actor)
    for office in offices.acting(entry.actor, entry.person):
        answer = decide(msgspec.structs.replace(request, actor=office), None)
        if answer.outcome is Outcome.PERMITTED:
            return Ruling(answer, office)
    best = Ruling(own, entry.actor)
    for chain in grants.chains(entry.actor, entry.person, entry.name)[:MOST_CHAINS]:
        if best.chain and grants.is_over(chain, entry.at):
            continue
        relying = msgspec.structs.replace(request, delegations=grants.links(chain))
        answer = decide(relying, grants.decisions(chain))
        if answer.outcome is Outcome.PERMITTED:
            return Ruling(answer, grants.all[chain[0]].by, chain)
        if not best.chain:
            best = Ruling(answer, entry.actor, chain)
    return best


def incomplete(decision: Decision) -> bool:
    """Whether nothing is missing but the acts of others, with whom alone it has its effect."""
    return (
        decision.outcome is Outcome.NEEDS
        and bool(decision.missing)
        and all(item.kind == "others" for item in decision.missing)
    )


def is_material(book: Book, act: str) -> bool:
    """Whether what the act brings about comes about although nobody allowed it."""
    acts = book.vocabulary.acts
    return any(acts[name].material for name in book.vocabulary.act_up.get(act, ()) if name in acts)


def recorded(
    entry: Entry,
    ruling: Ruling,
    status: ActStatus,
    reasons: tuple[str, ...],
    material: bool,
    late: bool,
) -> ActRecord:
    decision = ruling.decision
    stood_in = ruling.actor != entry.actor and not ruling.chain
    if stood_in or reasons or ruling.refused or decision.notes:
        notes = [ruling.refused] if ruling.refused else []
        if stood_in:
            notes.append(f"{entry.actor} acted in the place of {ruling.actor}")
        reasons = tuple(dict.fromkeys((*notes, *decision.notes, *reasons)))
    return ActRecord(
        entry.id,
        entry.at,
        entry.actor,
        entry.name,
        status,
        decision.outcome,
        entry.person,
        entry.number,
        entry.about,
        entry.to,
        entry.to_person,
        decision.citations,
        decision.deciding,
        decision.missing,
        reasons,
        ruling.chain,
        entry.known,
        late,
        material and status is not AUTHORISED,
    )
