"""From the log and from time to notices.

The log has every record once, in an order without gaps: so one number says how far it was told, an act pays nothing for
its notices, and a process that is killed goes on where the last transaction ended.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator

from django.db.models import Value
from django.db.models.functions import Coalesce

from ministry.database.transaction import by_locks, now, together
from ministry.editions.queries import Law, NoEdition, law_at
from ministry.gate.acting import ONESELF
from ministry.gate.holders import Holders, holders, people_in
from ministry.labels.rows import lifted
from ministry.notices.kinds import Happened, News, Over, Span, Told, kinds, told_in, told_of
from ministry.notices.models import Mail, Notice, Preference, Reach
from ministry.register.models import Kind, Leaf, Record
from ministry.register.record import opened

LOG, TIME = "log", "time"
AT_ONCE = 200
"""So many records are told in one transaction."""
LONGEST = dt.timedelta(days=7)
"""Of more time that was missed than this nobody is told: what still waits stands on Today."""


def tell() -> int:
    """Tell what came into the log since, at most so much at once; how many records that was."""
    reach = Reach.objects.filter(of=LOG).values_list("leaves", flat=True).first() or 0
    if not Leaf.objects.filter(index__gte=reach).exists():
        return 0
    with lifted():
        return together(_tell)


def _tell() -> int:
    by_locks()
    reach = _reach(LOG)
    leaves = Leaf.objects.filter(index__gte=reach.leaves).order_by("index")
    numbers = list(leaves.values_list("number", flat=True)[:AT_ONCE])
    if not numbers:
        return 0
    at = now()
    try:
        law = law_at(at)
    except NoEdition:
        return 0
    some = list(happened(law, numbers))
    keep(told_of(some), law, at)
    Reach.objects.filter(of=LOG).update(leaves=reach.leaves + len(numbers))
    return len(numbers)


def _reach(of: str) -> Reach:
    """How far it was told: locked, so that one process tells at a time."""
    Reach.objects.bulk_create([Reach(of=of)], ignore_conflicts=True)
    return Reach.objects.select_for_update().get(of=of)


def happened(law: Law, numbers: list[int]) -> Iterator[Happened]:
    """The acts among these records, in their order. What was refused or read is told nobody."""
    rows = Record.everything.filter(number__in=numbers, kind=Kind.ACT).order_by("number")
    for row in rows.defer("salt"):
        envelope = opened(bytes(row.body))
        yield Happened(
            row.id,
            row.number,
            row.at,
            row.act,
            row.outcome,
            row.actor,
            row.person,
            row.about,
            row.label,
            envelope.data,
            envelope.missing,
            law,
        )


def tell_time(at: dt.datetime) -> int:
    """Tell what time brought since it was told last, in the transaction that is open; how many notices that is."""
    reach = _reach(TIME)
    try:
        law = law_at(at)
    except NoEdition:
        return 0
    many = 0
    if reach.until is not None:
        span = Span(max(reach.until, at - LONGEST), at, law)
        many = keep(((news, None) for news in told_in(span)), law, at)
    Reach.objects.filter(of=TIME).update(until=at)
    return many


def keep(found: Iterable[tuple[News, Happened | None]], law: Law, at: dt.datetime) -> int:
    """Make notices of what is told, and end those of what is over, in their order; how many were told."""
    rows: dict[str, Notice] = {}
    for news, one in found:
        if isinstance(news, Over):
            end(news, rows, law, at)
        else:
            rows |= {row.id: row for row in rows_of(news, one, law, at)}
    put(rows.values())
    return len(rows)


def end(over: Over, rows: dict[str, Notice], law: Law, at: dt.datetime) -> None:
    """Let what waits no longer count as read; what was to be told of it in this round is not told."""
    ended = Notice.everything.filter(thing=over.thing, kind__in=over.kinds, over=None)
    kept: set[str] = set()
    if over.keep:
        for row in ended.only("id", "kind", "person", "office"):
            if any(row.id == name_of(kind, key, row.person, row.office) for kind, key in over.keep):
                kept.add(row.id)
    ended.exclude(id__in=kept).update(over=at, mail="", read=Coalesce("read", Value(at)))
    for name in [
        row.id for row in rows.values() if row.thing == over.thing and row.kind in over.kinds
    ]:
        if not any(
            name == name_of(kind, key, rows[name].person, rows[name].office)
            for kind, key in over.keep
        ):
            del rows[name]


def rows_of(told: Told, one: Happened | None, law: Law, at: dt.datetime) -> Iterator[Notice]:
    """A notice for everybody whom something is told."""
    if told.kind not in kinds():
        raise LookupError(f"no kind of notices is called {told.kind}")
    held: Holders = holders(law)
    reached = [
        (person, office)
        for office in dict.fromkeys(told.offices)
        if office != ONESELF
        for person in people_in(held, office)
    ]
    reached += [(person, "") for person in dict.fromkeys(told.people)]
    record = told.record or (one.record if one is not None else "")
    label = told.label if told.label is not None else one.label if one is not None else ""
    for person, office in dict.fromkeys(reached):
        if person and person != told.but:
            yield Notice(
                id=name_of(told.kind, told.key, person, office),
                person=person,
                office=office,
                subject="" if office else person,
                kind=told.kind,
                said=told.said,
                thing=told.thing,
                record=record,
                href=told.href[:400],
                about=told.about[:300],
                by=told.by[:200],
                due=told.due,
                at=told.at or (one.at if one is not None else at),
                label=label,
            )


def name_of(kind: str, key: str, person: str, office: str) -> str:
    """The name of a notice: the same for the same thing told to the same person."""
    said = "\0".join((kind, key, person, office)).encode()
    return f"n-{hashlib.sha256(said).hexdigest()[:32]}"


def put(rows: Iterable[Notice]) -> None:
    """Put notices in, each once, with how its reader wants it by mail."""
    some = {row.id: row for row in rows}
    if not some:
        return
    wanted = chosen({row.person for row in some.values()})
    every = kinds()
    for row in some.values():
        mail = wanted.get((row.person, row.kind)) or default(every[row.kind].asks)
        # A mail leaves the house: of what is marked it says nothing, not even that it is there.
        row.mail = "" if mail == Mail.NEVER or row.label else mail
    Notice.everything.bulk_create(some.values(), ignore_conflicts=True, batch_size=60)


def default(asks: bool) -> str:
    """How a kind is mailed to somebody who said nothing: what asks something of them once a day."""
    return Mail.DAILY if asks else Mail.NEVER


def chosen(people: set[str]) -> dict[tuple[str, str], str]:
    """What these people said of how they want which kind, by person and kind."""
    names = sorted(people)
    found: dict[tuple[str, str], str] = {}
    for first in range(0, len(names), 500):
        rows = Preference.objects.filter(person__in=names[first : first + 500])
        found |= {(one.person, one.kind): one.mail for one in rows}
    return found
