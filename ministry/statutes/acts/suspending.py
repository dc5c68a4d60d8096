"""SuspendingProvisions provisions for a time, and ending that before its day.

What is suspended is not in force by the dates of the text itself: `suspend ... from DAY until DAY`. So it ends by
itself, in whatever edition comes meanwhile, and nothing has to be done at that moment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from ministry.editions.queries import Law, law_of
from ministry.gate.acting import Acting
from ministry.gate.deed import Deed, NotPossible
from ministry.gate.duties import first_moment
from ministry.gate.registry import act
from ministry.statutes import apply, publication
from ministry.statutes.acts.enacting import known
from ministry.statutes.carrying import Carried, brings, carried, in_force_from
from ministry.statutes.data import Lifting, SuspendingProvisions
from ministry.statutes.models import Suspension
from ministry.statutes.rewriting import Files, NotThere, Part, lifted, parts_of, suspended
from writ.book import dates
from writ.book.model import Norm
from writ.book.terms import Value

AHEAD = dt.timedelta(days=366)
"""So far ahead a suspension may begin, and last: what the law allows is less."""
YEAR = dt.timedelta(days=366)
PERSONAL = frozenset({"right", "immunity"})


@act("suspend-provision", SuspendingProvisions, apply.suspended, weighs=True)
def suspend(by: Acting, data: SuspendingProvisions, at: dt.datetime) -> Deed:
    """Suspend provisions or instruments until a day, at once or from a moment to come."""
    since = data.since or at
    if since < at:
        raise NotPossible("that moment is past", "since", "nothing is suspended in the past")
    if since > at + AHEAD:
        raise NotPossible("that is more than a year ahead", "since")
    law = law_of(in_force_from(since)[0][0])
    first = dates.day_of(since, zone(law))
    if data.until < first:
        raise NotPossible("that day is past before it begins", "until")
    if data.until > first + AHEAD:
        raise NotPossible("that is more than a year", "until")
    try:
        parts = parts_of(law.book, data.provisions)
    except NotThere as error:
        raise NotPossible(str(error), "provisions") from None
    office = title_of(law, by.office)

    def rewrite(files: Files, of: Law) -> dict[str, str]:
        return suspended(files, of.book, there(of, parts), first, data.until, office)

    rows = carried(since, rewrite, "provisions")
    norms = halted(rows[0])
    if not norms:
        raise NotPossible("nothing in it is in force on those days", "provisions")
    keys = tuple(one.key for one in parts)
    ends = first_moment(data.until + dt.timedelta(days=1), zone(law))
    assert ends is not None
    facts: dict[str, Value] = {
        "suspend-provision.lower": not any(
            publication.by_law(law.book, law.book.instruments[norm.instrument]) for norm in norms
        ),
        "suspend-provision.of-rights": any(norm.kind in PERSONAL for norm in norms),
        "suspend-provision.again": was_suspended(keys, since),
        "suspend-provision.days": (data.until - first).days + 1,
        "suspend-provision.reason": data.reason,
    }
    found = {"parts": keys, "first": first, "ends": ends, **brings(rows)}
    return Deed(itself=True, facts=known(at, facts), data=data.model_copy(update=found))


@act("lift-suspension", Lifting, apply.lifted, weighs=True)
def lift(by: Acting, data: Lifting, at: dt.datetime) -> Deed:
    """End a suspension before its day: what it suspended applies again at once."""
    found = Suspension.objects.filter(id=data.suspension).first()
    if found is None:
        raise NotPossible("there is no such suspension", "suspension")
    if found.is_over(at):
        raise NotPossible("it is over already", "suspension")
    parts = [Part(*key.split("/", 1)) for key in found.provisions]
    first, last = found.first, found.last

    def rewrite(files: Files, law: Law) -> dict[str, str]:
        day = dates.day_of(at, zone(law))
        return lifted(files, law.book, parts, first, last, day)

    rows = carried(at, rewrite, "suspension")
    return Deed(found.id, data=data.model_copy(update=brings(rows)))


def halted(one: Carried) -> list[Norm]:
    """The norms that an edition has suspended for longer than the one before."""
    before = law_of(one.old).book.by_id
    return [
        norm
        for norm in law_of(one.new).book.norms
        if norm.id in before and norm.gaps != before[norm.id].gaps
    ]


def there(law: Law, parts: Iterable[Part]) -> list[Part]:
    """Those that an edition has."""
    found = []
    for part in parts:
        try:
            found += parts_of(law.book, [part.key])
        except NotThere:
            continue
    return found


def was_suspended(keys: Iterable[str], since: dt.datetime) -> bool:
    """Whether one of them is suspended, or was within the year before."""
    wanted = set(keys)
    for one in Suspension.objects.filter(ends__gt=since - YEAR):
        over = min(one.ends, one.lifted or one.ends)
        if over > since - YEAR and wanted & set(one.provisions):
            return True
    return False


def zone(law: Law) -> str:
    calendar = law.book.vocabulary.calendars.get(law.book.default_calendar)
    return calendar.zone if calendar is not None else ""


def title_of(law: Law, office: str) -> str:
    """An office in the words of the Book."""
    actor = law.book.vocabulary.actors.get(office)
    said = actor.description if actor is not None and actor.description else office
    return f"the {said}"
