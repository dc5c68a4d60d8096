"""Acts that several must do (`each of A, B`, `at least n of A`): each does a part, and the last part completes the act.

A part is an act on the record that changes no table: the Book's answer to it is `needs`, and nothing is missing but the
acts of others. It counts for the same act about the same thing with the same data alone, and until the act is complete
or somebody who did a part begins it anew. The Book's own answer looks back at all that was ever done, and by it a
second doing would need nobody: here each doing needs everybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from django.utils.translation import gettext

from ministry.editions.queries import Law
from ministry.gate.deed import Data, NotPossible
from ministry.gate.registry import Act, act_named
from ministry.register.models import Kind, Record
from ministry.register.record import Envelope, opened
from writ.book.model import GRANTS, Book, Norm
from writ.engine.answer import Decision, Missing, Outcome
from writ.journal.acts import Ruling
from writ.journal.entry import Entry

OTHERS, NUMBER, AGAIN = "others", "number", "again"
"""What is missing: the act of others; more persons; the act of others who did it before, for another doing."""
MOST = 64
"""So many parts of one doing are looked at."""


class Begun(msgspec.Struct):
    """A doing that has begun: the record of its first part, with what, and who did a part in whose place."""

    record: str = ""
    data: Mapping[str, Any] = {}
    parts: tuple[tuple[str, str], ...] = ()
    """Of each part its place and its person."""
    missing: tuple[str, ...] = ()
    """What the last of them says is missing."""


NOTHING = Begun()

_joint: WeakKeyDictionary[Book, frozenset[str]] = WeakKeyDictionary()


def joint_acts(book: Book) -> frozenset[str]:
    """The acts that several must do, by some norm."""
    found = _joint.get(book)
    if found is None:
        down = book.vocabulary.act_down
        found = _joint[book] = frozenset(
            name for norm in book.norms if is_joint(norm) for name in down.get(norm.act, ())
        )
    return found


def is_joint(norm: Norm) -> bool:
    """Whether whoever exercises a norm, or is bound by a limit on it, must be several."""
    if norm.kind not in GRANTS and norm.kind != "limit":
        return False
    return norm.bearer.mode == "each" or any(actor.number for actor in norm.bearer.actors)


def in_parts(law: Law, act: Act) -> bool:
    """Whether an act is done in parts. One is not that makes a new thing, or is given what may be erased."""
    return (
        act.kind is Kind.ACT
        and not act.together
        and not act.sealed
        and act.name in joint_acts(law.book)
    )


def in_parts_named(law: Law, name: str) -> bool:
    """The same for an act by its name; False where the server has none."""
    if name not in joint_acts(law.book):
        return False
    try:
        return in_parts(law, act_named(name))
    except KeyError:
        return False


def content(data: Data) -> dict[str, Any]:
    """What an act was given, as its record has it."""
    found: dict[str, Any] = data.model_dump(mode="json", exclude_defaults=True)
    return found


def is_part(envelope: Envelope) -> bool:
    """Whether the record is of a part done that did not complete the act."""
    return bool(envelope.part) and envelope.outcome == Outcome.NEEDS


def counts(envelope: Envelope) -> bool:
    """Whether the journal knows of a part: by the Book it is no act without authority, but one without effect yet."""
    missing = envelope.decision().missing
    return is_part(envelope) and all(one.kind == OTHERS for one in missing)


def begun(act: str, about: str) -> Begun:
    """The doing of an act about a thing that has begun last and is not complete."""
    rows = (
        Record.everything.filter(act=act, about=about, kind=Kind.ACT)
        .filter(outcome__in=(Outcome.NEEDS, Outcome.PERMITTED))
        .order_by("-number")
        .values_list("place", "person", "body")
    )
    found, parts = NOTHING, []
    for place, person, body in rows[:MOST]:
        envelope = opened(bytes(body))
        if not envelope.part and envelope.outcome == Outcome.NEEDS:
            continue  # it was done in danger
        if found is NOTHING:
            if not is_part(envelope):
                return NOTHING  # complete, or done by somebody alone
            found = Begun(envelope.part, envelope.data, (), envelope.missing)
        elif envelope.part != found.record:
            break
        parts.append((place, person))
    found.parts = tuple(reversed(parts))
    return found if parts else NOTHING


def numbered(law: Law, entry: Entry, there: Begun) -> Entry:
    """An entry with how many do the act together, whoever did a part so far included."""
    vocabulary, counted = law.book.vocabulary, []
    above = vocabulary.act_up.get(entry.name, frozenset())
    mine = vocabulary.actor_up.get(entry.actor, frozenset())
    for norm in law.book.norms:
        if norm.act in above and is_joint(norm):
            for actor in norm.bearer.actors:
                if actor.number and actor.name in mine:
                    others = {who for place, who in there.parts if is_a(law, place, actor.name)}
                    counted.append(len(others | {entry.person}))
    return msgspec.structs.replace(entry, number=min(counted)) if counted else entry


def is_a(law: Law, actor: str, other: str) -> bool:
    return other in law.book.vocabulary.actor_up.get(actor, (actor,))


def ruled_together(law: Law, entry: Entry, found: Ruling, there: Begun) -> tuple[Ruling, str]:
    """The ruling on an act that several must do, and the record of the first part of its doing; empty if one suffices.

    `there` is the doing that it goes on with.
    """
    decision = found.decision
    first = there.record or entry.id
    if found.refused:
        return found, ""
    if decision.outcome is Outcome.NEEDS:
        kinds = {one.kind for one in decision.missing}
        return (found, first) if kinds and kinds <= {OTHERS, NUMBER} else (found, "")
    if decision.outcome is not Outcome.PERMITTED:
        return found, ""
    used = [law.book.by_id[name] for name in decision.deciding]
    grants = [norm for norm in used if norm.kind in GRANTS]
    asked = [norm for norm in used if norm.kind == "limit" and is_joint(norm)]
    if grants and all(is_joint(norm) for norm in grants):
        # One power with all who must exercise it is enough.
        asked.append(min(grants, key=lambda norm: len(lacking(law, norm, found.actor, there))))
    if not asked:
        return found, ""
    missing = tuple(one for norm in asked for one in lacking(law, norm, found.actor, there))
    if not missing:
        return found, there.record
    norms = [norm for norm in asked if lacking(law, norm, found.actor, there)]
    needs = Decision(
        Outcome.NEEDS,
        tuple(norm.id for norm in norms),
        tuple(dict.fromkeys(norm.citation for norm in norms)),
        decision.considered,
        missing,
    )
    return Ruling(needs, found.actor, found.chain), first


def lacking(law: Law, norm: Norm, mine: str, there: Begun) -> list[Missing]:
    """The others who must do an act as well and have done no part of this doing."""
    if norm.bearer.mode != "each":
        return []
    places = [mine, *(place for place, _ in there.parts)]
    return [
        Missing(AGAIN, f"{norm.act} by {actor.name}", norm.id, norm.citation)
        for actor in norm.bearer.actors
        if not any(is_a(law, place, actor.name) for place in places)
    ]


def going_on(there: Begun, given: Mapping[str, Any], by: str) -> tuple[Begun, Begun]:
    """The doing that an act goes on with, if what has begun is the same; and what others have begun otherwise."""
    if not there.record or there.data == given:
        return there, NOTHING
    if any(place == by for place, _ in there.parts):
        return NOTHING, NOTHING  # begun anew
    return NOTHING, there


def not_otherwise(other: Begun) -> None:
    """See that nobody who must do an act with others does another than they have begun.

    Raises:
        NotPossible: they have begun the same act about the same thing with other data.
    """
    if other.record:
        offices = ", ".join(place for place, _ in other.parts)
        raise NotPossible(
            gettext("it was begun with other data by {offices} ({record})").format(
                offices=offices, record=other.record
            ),
            help=gettext(
                "do the same, or let them begin anew: a part counts only for what was begun"
            ),
        )


def not_twice(there: Begun, ruled: Ruling, entry: Entry) -> None:
    """See that nobody does the same part again.

    Raises:
        NotPossible: it was done already, and does not complete the act.
    """
    if (ruled.actor, entry.person) in there.parts:
        waits = ", ".join(one.what for one in ruled.decision.missing)
        raise NotPossible(
            gettext("your part is done already; it waits for {waits}").format(waits=waits)
        )
