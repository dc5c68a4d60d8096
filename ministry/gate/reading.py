"""Reading what the Book lets be read only on the record: it is put there before it is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Any, TypeVar

from django.utils.translation import gettext
from pydantic import Field, StringConstraints

from ministry.editions.queries import law_at
from ministry.gate.acting import Acting
from ministry.gate.deed import Data, Deed, NotPossible
from ministry.gate.holders import holders
from ministry.gate.markings import READ, of_label
from ministry.gate.readers import WAYS, facts_of, reader_of
from ministry.gate.registry import act
from ministry.labels.models import Labelled, kinds
from ministry.labels.reader import Reader
from ministry.register.models import Kind, Record
from ministry.register.record import opened

L = TypeVar("L", bound=Labelled)

AGAIN = dt.timedelta(hours=1)
"""So long one reading of something by a person in an office stands on the record."""
LOOKED_AT = 50
"""So many of their latest readings are looked at."""


class Reading(Data):
    """What is read: things of one sort and one label, connected with the reader in the same way."""

    sort: Annotated[str, StringConstraints(max_length=40)]
    label: Annotated[str, StringConstraints(max_length=40)]
    things: Annotated[tuple[str, ...], Field(min_length=1, max_length=1_000)]


@act(READ, Reading, kind=Kind.READ)
def read(by: Acting, data: Reading, at: dt.datetime) -> Deed:
    """Read what is marked so gravely that it is read only on the record."""
    law = law_at(at)
    reader = reader_of(by, at, law)
    rows: list[Labelled] = []
    for kind in kinds(data.sort):
        readable: Any = kind.objects  # type: ignore[attr-defined]
        of_office = {row.pk: row for row in readable.put_to(reader).filter(**named(kind, data))}
        seen = {row.pk: row for row in readable.seen_by(reader).filter(**named(kind, data))}
        rows += (of_office | seen).values()
    ways = {row.connected(reader) for row in rows}
    if {row.called for row in rows} != set(data.things) or len(ways) != 1:
        raise NotPossible(gettext("there is nothing of that label and name to read"), "things")
    (own, of_office_too) = ways.pop()
    marking = of_label(holders(law), data.label)
    facts = facts_of(law, data.sort, marking, by, at) or {}
    facts |= WAYS["own"] if own else {}
    facts |= WAYS["office"] if of_office_too else {}
    return Deed(facts={**facts, f"{READ}.on-record": True}, marking=marking)


def named(kind: type[Labelled], data: Reading) -> dict[str, Any]:
    return {"label": data.label, f"{kind.by_name}__in": list(data.things)}


def shown(by: Acting, reader: Reader, rows: Iterable[L], at: dt.datetime) -> list[L]:
    """The rows, once the reading of those among them that are read only on the record is there.

    Raises:
        Refused: they were open a moment ago, and are not now.
    """
    found = list(rows)
    grave: dict[tuple[str, str, bool, bool], list[str]] = {}
    for row in found:
        if row.label and not own_reading(row, reader):
            own, office = row.connected(reader)
            if reader.sight(row.sort).is_grave(row.label, own, office):
                grave.setdefault((row.sort, row.label, own, office), []).append(row.called)
    if grave:
        lately = read_lately(by, at)
        for (sort, label, _, _), names in sorted(grave.items()):
            things = tuple(name for name in names if (sort, name) not in lately)
            if things:
                read(by, Reading(sort=sort, label=label, things=things))
    return found


def own_reading(row: Labelled, reader: Reader) -> bool:
    """Whether it is the record of a reading by the reader: to see it tells them nothing that they did not read."""
    return isinstance(row, Record) and row.kind == Kind.READ and row.person == reader.person


def read_lately(by: Acting, at: dt.datetime) -> set[tuple[str, str]]:
    """The things that a person in an office has on the record as read within the hour."""
    rows = Record.everything.filter(
        person=by.person, actor=by.office, kind=Kind.READ, act=READ, at__gt=at - AGAIN
    )
    bodies = rows.order_by("-number").values_list("body", flat=True)[:LOOKED_AT]
    told = [opened(bytes(body)).data for body in bodies]
    return {(one["sort"], name) for one in told for name in one["things"]}
