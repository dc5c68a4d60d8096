"""What approvals answers."""

from __future__ import annotations

from django.db.models import QuerySet

from ministry.approvals.models import Exceeding, Request
from ministry.database.transaction import now
from ministry.editions.queries import Law, law_at
from ministry.gate.owed import open_duties
from ministry.labels.reader import Reader


def waiting_for(reader: Reader) -> QuerySet[Request]:
    """The open requests that an office could grant, but for those that the person made."""
    return (
        Request.objects.put_to(reader)
        .filter(offices__office=reader.office, offices__open=True)
        .exclude(requester=reader.person)
        .order_by("asked", "id")
    )


def asked_by(reader: Reader) -> QuerySet[Request]:
    """What a person asked for, the latest first."""
    mine = Request.objects.seen_by(reader).filter(requester=reader.person)
    return mine.order_by("-asked", "id")


def request(reader: Reader, name: str) -> Request | None:
    """A request that somebody made, or that was put to their office; of another it is as if it were not there."""
    asked = Request.objects.seen_by(reader).filter(id=name)
    to_them = Request.objects.put_to(reader).filter(id=name, offices__office=reader.office)
    return asked.first() or to_them.first()


def undecided(reader: Reader, law: Law | None = None) -> QuerySet[Exceeding]:
    """The acts done in danger on which an office must decide, the oldest first."""
    duties = open_duties(law or law_at(now()), reader, act="decide-override")
    owed = [duty.about for duty in duties if reader.office in duty.offices]
    found = Exceeding.objects.put_to(reader).filter(id__in=owed, decided__isnull=True)
    return found.order_by("at", "id")
