"""What approvals answers."""

from __future__ import annotations

from django.db.models import QuerySet

from ministry.approvals.models import Exceeding, Request
from ministry.gate.acting import Acting
from ministry.gate.models import Duty


def waiting_for(by: Acting) -> QuerySet[Request]:
    """The open requests that an office could grant, but for those that the person made."""
    return (
        Request.objects.filter(offices__office=by.office, offices__open=True)
        .exclude(requester=by.person)
        .order_by("asked", "id")
    )


def asked_by(by: Acting) -> QuerySet[Request]:
    """What a person asked for, the latest first."""
    return Request.objects.filter(requester=by.person).order_by("-asked", "id")


def undecided(by: Acting) -> list[Exceeding]:
    """The acts done in danger on which an office must decide, the oldest first."""
    owed = [
        duty.about
        for duty in Duty.objects.filter(act="decide-override", discharged__isnull=True)
        if by.office in duty.offices
    ]
    return list(Exceeding.objects.filter(id__in=owed, decided__isnull=True).order_by("at", "id"))
