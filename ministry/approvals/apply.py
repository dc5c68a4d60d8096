"""How the acts of approvals change their tables."""

from __future__ import annotations

from ministry.approvals.models import Asked, Exceeding, Outcome, Request
from ministry.gate.deed import Change


def asked(change: Change) -> None:
    data = change.data
    request = Request.everything.create(
        id=change.record,
        act=data.act,
        data=data.given,
        about=data.about,
        requester=change.person,
        office=change.actor,
        refusal=data.refusal,
        reason=data.reason,
        asked=change.at,
        label=change.label,
    )
    for office in data.offices:
        Asked.objects.create(id=f"{request.id}:{office}", request=request, office=office)


def granted(change: Change) -> None:
    answered(change, Outcome.GRANTED)


def declined(change: Change) -> None:
    answered(change, Outcome.DECLINED, change.data.answer)


def withdrawn(change: Change) -> None:
    answered(change, Outcome.WITHDRAWN)


def answered(change: Change, outcome: Outcome, answer: str = "") -> None:
    Request.everything.filter(id=change.data.request).update(
        outcome=outcome, answered=change.at, answered_by=change.person, answer=answer
    )
    Asked.objects.filter(request=change.data.request).update(open=False)


def overridden(change: Change) -> None:
    data = change.data
    Exceeding.everything.create(
        id=change.record,
        act=data.act,
        about=data.about,
        person=change.person,
        office=change.actor,
        reason=data.reason,
        at=change.at,
        label=change.label,
    )


def ratified(change: Change) -> None:
    decided(change, True)


def condemned(change: Change) -> None:
    decided(change, False)


def decided(change: Change, stands: bool) -> None:
    Exceeding.everything.filter(id=change.data.exceeding).update(
        decided=change.at, decided_by=change.person, stands=stands
    )
