"""What was done before, as much of it as a decision on one act can depend on.

The names of acts that matter come from the norms on the act: what their conditions look back at, and what begins, ends
or changes the states that they ask for, and so on from there. Of what was done about other things it takes, for each
act, by whom and to whom, the first and the last: no condition tells more apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from weakref import WeakKeyDictionary

import msgspec
from django.db.models import Max, Min, Q, QuerySet

from ministry.editions.queries import Law
from ministry.gate.parts import counts, joint_acts
from ministry.labels.rows import lifted
from ministry.register.models import Kind, Record
from ministry.register.record import Envelope, opened
from writ.book.model import Book
from writ.engine.answer import Outcome
from writ.engine.request import Event
from writ.engine.situation import thing_of
from writ.journal.acts import event_of, is_material
from writ.journal.looks import Looks, looks_of_effects
from writ.journal.rules import Rules


class Wanted(msgspec.Struct, frozen=True):
    """The acts to look for: those of the same thing alone, and those about whatever it was."""

    near: frozenset[str]
    far: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.near or self.far)


_wanted: WeakKeyDictionary[Book, dict[tuple[str, str], Wanted]] = WeakKeyDictionary()


def wanted(law: Law, act: str, thing: str) -> Wanted:
    """The acts that a decision on one may look back at."""
    known = _wanted.setdefault(law.book, {})
    found = known.get((act, thing))
    if found is None:
        found = known[act, thing] = _find(law, act, thing)
    return found


def _find(law: Law, act: str, thing: str) -> Wanted:
    book, rules = law.book, law.rules
    names = reach(rules, rules.act(act).looks)
    family = thing or thing_of(book.vocabulary, act)
    near: set[str] = set()
    far: set[str] = set()
    for name in names:
        apart = name not in rules.uneven and rules.related(family, thing_of(book.vocabulary, name))
        (near if apart else far).update(book.vocabulary.act_down.get(name, {name}))
    return Wanted(frozenset(near - far), frozenset(far))


def reach(rules: Rules, looks: Looks) -> set[str]:
    """The names looked at, and those of acts that affect the states looked at, and so on."""
    names, states = set(looks.names), set(looks.states)
    seen: set[str] = set()
    while states - seen:
        state = (states - seen).pop()
        seen.add(state)
        more = rules.states[state].looks
        for norm in rules.book.norms:
            if norm.act and any(effect.state == state for effect in norm.effects):
                names.add(norm.act)
                more |= looks_of_effects(norm.effects)
        names |= more.names
        states |= more.states
    return names


def past(law: Law, act: str, thing: str, about: str) -> tuple[Event, ...]:
    """The acts done before that a decision may look at, in the order in which they were done."""
    want = wanted(law, act, thing)
    if not want:
        return ()
    with lifted():  # a decision depends on what was done, whoever may read of it
        return _past(law, want, about)


def _past(law: Law, want: Wanted, about: str) -> tuple[Event, ...]:
    done = counting(law, want)
    if not about:
        want = Wanted(frozenset(), want.near | want.far)
    numbers: set[int] = set()
    if want.far:
        ends = (
            done.filter(act__in=want.far)
            .values("act", "place", "person", "to", "outcome")
            .annotate(first=Min("number"), last=Max("number"))
            .order_by()
        )
        for row in ends:
            numbers |= {row["first"], row["last"]}
        joint = want.far & joint_acts(law.book)
        if joint:  # of parts done and of what was done in danger not the first and the last alone: some do not count
            parts = done.filter(act__in=joint, outcome=Outcome.NEEDS)
            numbers |= set(parts.values_list("number", flat=True))
    wheres = Q(number__in=numbers)
    if want.near:
        wheres |= Q(act__in=want.near, about__in=("", about))
    return events(law, done.filter(wheres).values_list("body", "place", "outcome"))


def counting(law: Law, want: Wanted) -> QuerySet[Record]:
    """The acts that count as done: one that a refusal was overridden for counts if the Book calls it material.

    Of acts that several must do also what was not permitted for want of others: some of it are parts that count.
    """
    names = want.near | want.far
    deeds = [act for act in sorted(names) if is_material(law.book, act)]
    joint = sorted(names & joint_acts(law.book))
    lawful = Q(outcome=Outcome.PERMITTED)
    if deeds:
        lawful |= Q(act__in=deeds)
    if joint:
        lawful |= Q(act__in=joint, outcome=Outcome.NEEDS)
    return Record.everything.filter(lawful, kind=Kind.ACT)


Row = tuple[bytes | memoryview, str, str]
"""A body, the place and the outcome."""


def events(law: Law, rows: Iterable[Row]) -> tuple[Event, ...]:
    found = []
    for body, place, outcome in rows:
        envelope = opened(bytes(body))
        if outcome == Outcome.NEEDS and not is_done(law, envelope):
            continue
        found.append(event_of(envelope.entry_of(), place))
    return tuple(found)


def is_done(law: Law, envelope: Envelope) -> bool:
    """Whether what was done counts as done, or a part of it as a part."""
    if envelope.outcome == Outcome.PERMITTED:
        return True
    if envelope.part:
        return counts(envelope)
    return is_material(law.book, envelope.entry_of().name)
