"""The duties that are open now, for those who list them.

The table is as of the last act that was followed; what time alone has done since (a state that ran out, and with it a
duty; a breach, and the duty that it brings) is looked up in the docket and laid over it. Nothing is written: the next
act that is followed writes it down, so that each row is made by a record and replays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from weakref import WeakKeyDictionary

from django.db.models import Q

from ministry.database.transaction import now
from ministry.editions.models import Promulgation
from ministry.editions.queries import Law
from ministry.gate.docket import Moved
from ministry.gate.duties import ANYONE, duties, row_of
from ministry.gate.models import Duty
from ministry.gate.stretches import standing_docket
from ministry.labels.reader import Reader
from ministry.labels.rows import lifted
from writ.book.model import Book, Norm
from writ.journal.record import DutyStatus
from writ.journal.rules import Rules

_by_time: WeakKeyDictionary[Book, bool] = WeakKeyDictionary()


def open_duties(
    law: Law,
    reader: Reader,
    most: int | None = None,
    norms: Collection[str] | None = None,
    act: str = "",
    office: str = "",
) -> list[Duty]:
    """The duties that are open, of those that somebody may read if put to them: what is due first, at most so many.

    They are by certain norms of the edition in force, or to do a certain act. Of what anyone owes, an `office` has what
    it was asked for.
    """
    wanted = Duty.objects.put_to(reader).filter(discharged=None)
    if norms is not None:
        wanted = wanted.filter(norm__in=norms)
    if act:
        wanted = wanted.filter(act=act)
    if office:
        wanted = wanted.exclude(of_others(law, office))
    moved = since_the_table(law)
    first = None if most is None else most + len(moved)
    rows = {row.id: row for row in wanted.order_by("due", "id")[:first]}
    sight = reader.sight(Duty.sort)
    unmarked = "" in sight.office | sight.others
    for one, is_new in moved:
        fields = row_of(one)
        row = rows.get(fields["id"])
        if row is not None:
            for name, value in fields.items():
                setattr(row, name, value)
        elif is_new and unmarked and (norms is None or one.norm in norms) and act in ("", one.act):
            rows[fields["id"]] = Duty(**fields)
    found = [row for row in rows.values() if row.discharged is None]
    if office:
        found = [row for row in found if row.bearer in ("", office) or not is_asked(law, row)]
    if not moves_by_time(law):
        found = let_time_pass(law, found, now())
    return sorted(found, key=lambda row: (row.due is None, row.due, row.id))[:most]


def of_others(law: Law, office: str) -> Q:
    """What anyone owes by a norm, and another office was asked for."""
    norms = [norm.id for norm in duties(law.book) if names_anyone(norm)]
    return Q(norm__in=norms) & ~Q(bearer__in=(ANYONE, office))


def is_asked(law: Law, row: Duty) -> bool:
    """Whether one office was asked for what anyone owes by the norm."""
    norm = law.book.by_id.get(row.norm)
    return norm is not None and names_anyone(norm) and row.bearer != ANYONE


def names_anyone(norm: Norm) -> bool:
    return tuple(actor.name for actor in norm.bearer.actors) == (ANYONE,)


def let_time_pass(law: Law, rows: list[Duty], at: dt.datetime) -> list[Duty]:
    """What time does where it does no more: it breaches a duty whose day is over, and ends what came to be repealed."""
    there = law.book.by_id
    since = at
    if any(row.norm not in there and row.status == DutyStatus.OPEN for row in rows):
        came = Promulgation.objects.filter(edition=law.digest).order_by("-number").first()
        since = came.since if came is not None else at
    found = []
    for row in rows:
        if row.status == DutyStatus.OPEN:
            ends = at if row.norm in there else since
            if row.due is not None and row.due < ends:
                row.status, row.breached = DutyStatus.BREACHED.value, row.due
            elif row.norm not in there:
                continue
        found.append(row)
    return found


def since_the_table(law: Law) -> list[Moved]:
    """The duties that time alone has opened or moved since the table was last written."""
    if not moves_by_time(law):
        return []
    taken = standing_docket()
    with lifted(), taken.lock:
        taken.up_to()
        return taken.moved_since(now())


def moves_by_time(law: Law) -> bool:
    """Whether time alone opens a duty of a book, or does more to one than to let its day pass."""
    found = _by_time.get(law.book)
    if found is None:
        found = _by_time[law.book] = _find(law.rules)
    return found


def _find(rules: Rules) -> bool:
    if rules.dated or rules.periodic:
        return True
    for duty in rules.duties.values():
        trigger = duty.norm.trigger
        if (
            (duty.tracked and (duty.until.now or duty.until.states))
            or duty.norm.breach
            or (trigger is not None and trigger.kind in ("start", "end"))
        ):
            return True
    return False
