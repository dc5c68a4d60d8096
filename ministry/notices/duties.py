"""What the gate itself tells: duties that opened, are due soon or were breached, and parts of acts that remain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ministry.editions.queries import Law
from ministry.gate.duties import row_of
from ministry.gate.holders import holders
from ministry.gate.models import Duty
from ministry.gate.owed import since_the_table
from ministry.gate.parts import in_parts_named, is_a
from ministry.gate.remaining import remains
from ministry.notices.kinds import (
    Happened,
    News,
    Over,
    Span,
    Told,
    duty_is_told,
    in_time,
    kind,
    tells_of_all,
)
from writ.engine.answer import Outcome
from writ.engine.who import reach

SOON = dt.timedelta(days=3)
"""So long before its day a duty is due soon; a quarter of its time, where that is shorter."""
DUTIES = ("duty-opened", "duty-soon", "duty-breached")

kind("duty-opened", _("Duties opened"), _("A duty of your office opened"), asks=True)
kind("duty-soon", _("Duties due soon"), _("A duty of your office is due soon"), asks=True)
kind("duty-breached", _("Duties breached"), _("A duty of your office is overdue"), asks=True)
kind(
    "part-asked",
    _("Acts begun that need your office"),
    _("Others began an act that your office must do, too"),
    asks=True,
)


@tells_of_all
def duties(some: list[Happened]) -> Iterator[tuple[News, Happened | None]]:
    """Duties that acts opened or discharged. One query for all of them."""
    acts = {one.record: one for one in some}
    rows = Duty.everything.filter(Q(record__in=acts) | Q(discharged_by__in=acts))
    for row in rows.order_by("opened", "id"):
        if row.discharged is not None:
            yield Over(DUTIES, row.id), acts.get(row.discharged_by)
        elif row.record in acts:
            one = acts[row.record]
            if not duty_is_told(one.act):
                yield told_of(one.law, "duty-opened", row, row.opened), one


@tells_of_all
def parts(some: list[Happened]) -> Iterator[tuple[News, Happened | None]]:
    """Acts of which a part was done, told to those whose part remains; over once they are complete."""
    joint = {one.about: one for one in some if one.outcome == Outcome.NEEDS and one.missing}
    for one in joint.values():
        held = holders(one.law).offices
        left = remains(one.act, one.about, one.at)
        thing = f"part {one.act} {one.about}"
        yield Over(("part-asked",), thing), one
        if left is None:
            continue
        there = {*held.holders, *held.deputies}
        offices = [
            office
            for office in sorted(there)
            if any(is_a(one.law, office, name) for name in left.offices)
        ]
        told = Told(
            "part-asked",
            one.record,
            "/#waiting",
            thing=thing,
            offices=tuple(offices),
            about=words(one.law, one.act),
            by=office_words(one.law, one.office),
            but=one.person,
        )
        yield told, one
    for one in some:
        if one.outcome == Outcome.PERMITTED and in_parts_named(one.law, one.act):
            yield Over(("part-asked",), f"part {one.act} {one.about}"), one


@in_time
def falling_due(span: Span) -> Iterator[News]:
    """Duties that the law alone opened, that are due soon, that were breached."""
    window = (span.since, span.until)
    there = Duty.everything.filter(discharged=None)
    soon = there.filter(due__gt=span.since, due__lte=span.until + SOON)
    opened = there.filter(record="", opened__gt=span.since, opened__lte=span.until)
    rows = {row.id: row for row in (*soon, *opened)}
    for moved, _new in since_the_table(span.law):
        fields = row_of(moved)
        rows[fields["id"]] = Duty(**fields)
    for row in rows.values():
        if row.discharged is not None:
            yield Over(DUTIES, row.id)
            continue
        if not row.record and within(row.opened, window):
            yield told_of(span.law, "duty-opened", row, row.opened)
        if row.due is None:
            continue
        if within(soon_at(row), window):
            yield told_of(span.law, "duty-soon", row, soon_at(row))
        if within(row.due, window):
            yield Over(("duty-opened", "duty-soon"), row.id)
            yield told_of(span.law, "duty-breached", row, row.due)


def within(at: dt.datetime, window: tuple[dt.datetime, dt.datetime]) -> bool:
    return window[0] < at <= window[1]


def soon_at(row: Duty) -> dt.datetime:
    """From when a duty is due soon."""
    assert row.due is not None
    return max(row.due - min(SOON, (row.due - row.opened) / 4), row.opened)


def told_of(law: Law, name: str, row: Duty, at: dt.datetime) -> Told:
    return Told(
        name,
        f"{row.id} {row.due_day}",
        "/approvals/#danger" if row.act == "decide-override" else "/#duties",
        thing=row.id,
        offices=bearers(law, row.norm) or asked(law, row),
        about=words(law, row.act),
        by=row.citation,
        due=row.due,
        at=at,
        label=row.label,
        record=row.record,
    )


def bearers(law: Law, norm: str) -> tuple[str, ...]:
    """The offices in which somebody is on whom a norm puts its duty: what is owed by everybody is told nobody."""
    found = law.book.by_id.get(norm)
    if found is None:
        return ()
    held = holders(law).offices
    return tuple(sorted(reach(law.engine, found) & {*held.holders, *held.deputies}))


def asked(law: Law, row: Duty) -> tuple[str, ...]:
    """The office that was asked for what anyone owes, where somebody is in it."""
    held = holders(law).offices
    return (row.bearer,) if row.bearer in {*held.holders, *held.deputies} else ()


def words(law: Law, act: str) -> str:
    """An act in words."""
    found = law.book.vocabulary.acts.get(act)
    said = (found.description if found is not None else "") or act
    return said[:1].upper() + said[1:]


def office_words(law: Law, office: str) -> str:
    """An office in words."""
    found = law.book.vocabulary.actors.get(office)
    return (found.description if found is not None else "") or office
