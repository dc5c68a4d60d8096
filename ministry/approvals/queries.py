"""What approvals answers."""

from __future__ import annotations

from django.db.models import QuerySet

from ministry.approvals.models import Exceeding, Request
from ministry.gate.acting import Acting


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


def undecided() -> QuerySet[Exceeding]:
    """The acts done in danger on which nobody has decided yet, the oldest first."""
    return Exceeding.objects.filter(decided__isnull=True).order_by("at", "id")
