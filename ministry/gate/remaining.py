"""What remains of acts that several must do, and for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from ministry.editions.queries import Law
from ministry.gate.parts import AGAIN, OTHERS, begun, in_parts_named, is_a, joint_acts
from ministry.labels.reader import Reader
from ministry.labels.rows import lifted
from ministry.register.models import Kind, Record
from writ.engine.answer import Outcome

OFFERED = dt.timedelta(days=90)
"""So long a doing that has begun is put before the others. It counts for longer."""
MOST = 200
"""So many parts of late are looked at."""


class Remains(msgspec.Struct, frozen=True):
    """What remains of one doing: in whose place others must do the same, or how many more persons (`words`)."""

    record: str
    act: str
    about: str
    data: Mapping[str, Any]
    offices: tuple[str, ...]
    words: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    since: dt.datetime | None = None

    def waits_for(self, law: Law, office: str, person: str) -> bool:
        """Whether somebody in an office could do a part that remains."""
        wanted = any(is_a(law, office, one) for one in self.offices)
        return wanted and (office, person) not in self.parts


def remains(act: str, about: str, since: dt.datetime | None = None) -> Remains | None:
    """What remains of the doing of an act about a thing that has begun last; None where none has, or it is over."""
    with lifted():
        there = begun(act, about)
    if not there.record:
        return None
    offices, words = [], []
    for one in there.missing:
        kind, _, what = one.partition(": ")
        by = " by " if kind in (OTHERS, AGAIN) else " more of "
        offices.append(what.rpartition(by)[2])
        words.append(what)
    return Remains(
        there.record, act, about, there.data, tuple(offices), tuple(words), there.parts, since
    )


def waiting(law: Law, reader: Reader, at: dt.datetime) -> Iterator[Remains]:
    """The doings that wait for a reader, of those of which they may read without a record of it."""
    acts = [name for name in sorted(joint_acts(law.book)) if in_parts_named(law, name)]
    if not acts:
        return
    sight = reader.sight("task").freely()
    labels = sorted(sight.office | sight.others)
    rows = Record.everything.filter(act__in=acts, outcome=Outcome.NEEDS, kind=Kind.ACT)
    rows = rows.filter(at__gt=at - OFFERED, label__in=labels).order_by("-number")
    with lifted():
        found = list(rows.values_list("act", "about", "at")[:MOST])
    first = {(act, about): since for act, about, since in found}
    for (act, about), since in first.items():
        one = remains(act, about, since)
        if one is not None and one.waits_for(law, reader.office, reader.person):
            yield one
