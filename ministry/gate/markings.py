"""How an act is marked: by what it says of itself, and by whom it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

import msgspec
from django.utils.translation import gettext

from ministry.editions.queries import Law
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.holders import Holders
from ministry.labels.keep import known
from ministry.labels.marking import OPEN, Marking, NotAMarking, highest, marking
from ministry.people.models import Person
from writ.book.model import Book, KindDef

READ = "read-material"
"""The act of reading."""
LEVEL, COMPARTMENTS, RELEASABLE = "level", "compartments", "releasable"
THING = "material"
"""What the Book calls what is marked; its attributes say which levels, compartments and states there are."""

_levels: WeakKeyDictionary[Book, Mapping[str, int]] = WeakKeyDictionary()


def levels(law: Law) -> Mapping[str, int]:
    """The levels of the Book, lowest first, each with its place; none where it knows no markings."""
    found = _levels.get(law.book)
    if found is None:
        kind = kind_of(law, LEVEL)
        found = _levels[law.book] = kind.order if kind is not None and kind.ordered else {}
    return found


def kind_of(law: Law, attribute: str) -> KindDef | None:
    """The kind of an attribute of what is marked."""
    vocabulary = law.book.vocabulary
    found = vocabulary.attributes.get(f"{THING}.{attribute}")
    return vocabulary.kinds.get(found.type.of) if found is not None else None


def given(law: Law, text: str, field: str = "marking") -> Marking:
    """The marking that somebody gives, in the words of the Book.

    Raises:
        NotPossible: it is none, or speaks of what the Book does not know.
    """
    try:
        found = marking(text)
    except NotAMarking as error:
        raise NotPossible(
            str(error), field, gettext("write it as `secret/plans/norland`")
        ) from None
    order = levels(law)
    if found and not order:
        raise NotPossible(gettext("the Book in force knows no markings"), field)
    lowest = next(iter(order), "")
    if found.level in ("", lowest):
        found = msgspec.structs.replace(found, level=lowest if found.compartments else "")
    for attribute, names in (
        (LEVEL, (found.level,) if found.level else ()),
        (COMPARTMENTS, found.compartments),
        (RELEASABLE, found.releasable),
    ):
        kind = kind_of(law, attribute)
        values = kind.order if kind is not None else {}
        for name in names:
            if name not in values:
                raise NotPossible(
                    gettext("the Book knows no `{name}` among {attribute}").format(
                        name=name, attribute=attribute
                    ),
                    field,
                    gettext("it knows {values}").format(values=", ".join(values)) if values else "",
                )
    return found


def together(law: Law, markings: Iterable[Marking]) -> Marking:
    """The marking of several things taken together."""
    return highest(markings, levels(law))


def of_label(held: Holders, label: str) -> Marking:
    """The marking of a label."""
    return known(held.changes)[label] if label else OPEN


def marked(law: Law, held: Holders, deed: Deed) -> Marking:
    """The marking of an act: what it says, together with those of the people that it tells of."""
    labels = known(held.changes)
    if not labels:
        return deed.marking
    people = {
        name
        for name in (
            deed.about,
            deed.to_person,
            deed.subject,
            *(one.person for one in deed.tells),
            *(value for value in deed.facts.values() if isinstance(value, str)),
        )
        if name.startswith("p-")
    }
    rows = Person.everything.filter(key__in=people).exclude(label="") if people else ()
    return together(law, (deed.marking, *(labels[row.label] for row in rows)))


NEEDED = {
    "material.sort": "kind",
    "material.level": "levels",
    "material.compartments": "set",
    "material.releasable": "set",
    "actor.clearance": "levels",
    "actor.read-into": "set",
    "actor.serves": "kind",
    "read-material.own": "yes-no",
    "read-material.of-office": "yes-no",
    "read-material.on-record": "yes-no",
}
"""What the server tells a Book that has an act of reading, and of what type it must be there."""


def unfit(book: Book, sorts: Iterable[str]) -> list[str]:
    """Why the server could not ask a Book who may read what; nothing where it can, or where it has no such act."""
    if READ not in book.vocabulary.acts:
        return []
    attributes, kinds = book.vocabulary.attributes, book.vocabulary.kinds
    found = []
    for slot, base in NEEDED.items():
        there = attributes.get(slot)
        if there is None or there.type.base != base:
            found.append(f"`{slot}` must be there, and be of type {base}")
    if found:
        return found
    if attributes["material.level"].type != attributes["actor.clearance"].type:
        found.append("`material.level` and `actor.clearance` must be of the same levels")
    if attributes["material.compartments"].type != attributes["actor.read-into"].type:
        found.append("`material.compartments` and `actor.read-into` must be of the same kind")
    known = kinds[attributes["material.sort"].type.of].order
    found += [f"`material.sort` must know `{sort}`" for sort in sorts if sort not in known]
    return found
