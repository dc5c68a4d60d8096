"""What somebody in an office may read, by the Book.

The Book has an act for it, `read-material`. For every label in use it is asked about what others did, what is the
reader's own, and what is of the reader's office, each time on the record and without; with the answers the tables are
asked. A Book that does not have the act knows no markings: whoever may inspect the register then reads what others did,
and nobody reads what is marked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext

from ministry.database import router
from ministry.database.transaction import is_settled
from ministry.editions.queries import Law, law_at
from ministry.gate.acting import Acting
from ministry.gate.decide import entry_of, ruling
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.holders import Holders, holders
from ministry.gate.markings import READ, levels
from ministry.gate.stretches import asks_docket
from ministry.labels.keep import known
from ministry.labels.marking import OPEN, Marking
from ministry.labels.reader import Reader, Sight
from ministry.people.clearances import Cleared, cleared
from ministry.people.models import Person
from writ.book.terms import Value
from writ.engine.answer import Outcome

INSPECT = "inspect-register"
SORTS = ("record", "person-entry", "appointment", "task")
"""What there is to read. Each is a value of the kind of `material.sort`."""
EVERYBODYS = ("person-entry", "appointment")
"""What whoever is in office reads, under a Book without the act."""
WAYS: dict[str, dict[str, Value]] = {
    "others": {},
    "own": {f"{READ}.own": True},
    "office": {f"{READ}.of-office": True},
}
KEPT = 4_000
"""So many readers a process remembers."""

_readers: dict[tuple[object, ...], Reader] = {}


def reader_of(
    by: Acting, at: dt.datetime, law: Law | None = None, held: Holders | None = None
) -> Reader:
    """Somebody in an office as a reader at a moment.

    Raises:
        NoEdition: no edition is in force.
    """
    law = law or law_at(at)
    held = held or holders(law)
    file = cleared(by.person, at, held.changes)
    key = (router.current(), law.digest, held.changes, by.person, by.office, file)
    found = _readers.get(key)
    # What time alone does to a state nobody tells the readers of.
    settled = is_settled() and not asks_docket(law, READ)
    if found is None or not settled:
        look = _Look(law, held, by, file, at)
        found = Reader(by.person, by.office, look.sight)
        if len(_readers) >= KEPT:
            _readers.clear()
        if settled:
            _readers[key] = found
    return found


def told(law: Law, sort: str, marking: Marking, file: Cleared) -> dict[str, Value] | None:
    """What the Book is told; None where it does not know the level, which is then above every clearance."""
    order = levels(law)
    lowest = next(iter(order), "")
    level = marking.level or lowest
    if level not in order:
        return None
    facts: dict[str, Value] = {
        "material.sort": sort,
        "material.level": level,
        "material.compartments": frozenset(marking.compartments),
        "material.releasable": frozenset(marking.releasable),
        "actor.clearance": file.level if file.level in order else lowest,
        "actor.read-into": frozenset(file.compartments),
    }
    if file.serves:
        facts["actor.serves"] = file.serves
    return facts


def facts_of(
    law: Law, sort: str, marking: Marking, by: Acting, at: dt.datetime
) -> dict[str, Value] | None:
    """What the Book is told when somebody reads something."""
    return told(law, sort, marking, cleared(by.person, at, holders(law).changes))


def person_of(by: Acting, key: str, at: dt.datetime) -> Person:
    """A person of whom whoever acts may know; of another it is as if nobody were there, by the same queries.

    Raises:
        NotPossible: there is none.
    """
    person = Person.objects.seen_by(reader_of(by, at)).filter(key=key).first()
    if person is None:
        raise NotPossible(
            gettext("nobody is enrolled as {key}").format(key=key),
            "person",
            gettext("enrol them first"),
        )
    return person


def hidden(reader: Reader, keys: Iterable[str], changes: int) -> set[str]:
    """Those of these people of whom somebody may not know."""
    wanted = set(keys)
    if not wanted or not known(changes):
        return set()
    seen = Person.objects.seen_by(reader).filter(key__in=wanted).values_list("key", flat=True)
    return wanted - set(seen)


class _Look:
    """Asks the Book what one reader may read."""

    def __init__(self, law: Law, held: Holders, by: Acting, file: Cleared, at: dt.datetime) -> None:
        self.law, self.held, self.by, self.file, self.at = law, held, by, file, at
        self.markings = {"": OPEN, **known(held.changes)}

    def sight(self, sort: str) -> Sight:
        if READ not in self.law.book.vocabulary.acts:
            return self.without_the_act(sort)
        open_to: dict[str, set[str]] = {way: set() for way in WAYS}
        grave = set()
        for label, marking in self.markings.items():
            facts = told(self.law, sort, marking, self.file)
            if facts is None:
                continue
            for way, more in WAYS.items():
                if self.may({**facts, **more, f"{READ}.on-record": True}):
                    open_to[way].add(label)
                    if not self.may({**facts, **more}):
                        grave.add((way, label))
        return Sight(
            frozenset(open_to["others"]),
            frozenset(open_to["own"]),
            frozenset(open_to["office"]),
            frozenset(grave),
        )

    def may(self, facts: dict[str, Value]) -> bool:
        entry = entry_of(READ, "asked", self.by, Deed(facts=facts), self.at)
        return ruling(self.law, entry, self.held).decision.outcome is Outcome.PERMITTED

    def without_the_act(self, sort: str) -> Sight:
        """What may be read under a Book that has no act of reading."""
        unmarked = frozenset({""})
        others = sort in EVERYBODYS
        if sort == "record" and INSPECT in self.law.book.vocabulary.acts:
            entry = entry_of(INSPECT, "asked", self.by, Deed(), self.at)
            others = ruling(self.law, entry, self.held).decision.outcome is Outcome.PERMITTED
            if others:
                grave = frozenset({("others", "")})
                return Sight(unmarked, unmarked, unmarked, grave)
        return Sight(unmarked if others else frozenset(), unmarked, unmarked)
