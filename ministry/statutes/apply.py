"""How the acts of statutes change its tables."""

from __future__ import annotations

from ministry.editions import apply as editions
from ministry.gate.deed import Change
from ministry.statutes.models import (
    Comment,
    Consultation,
    Correction,
    Ending,
    Examination,
    Opinion,
    Proposal,
    Publication,
    Review,
    Suspension,
)


def proposed(change: Change) -> None:
    data = change.data
    Proposal.objects.create(
        edition=data.edition,
        title=data.title,
        proposer=change.person,
        proposed=change.at,
        reason=data.reason,
        root=data.edition,
        base=data.base,
        differs=data.differs,
    )


def revised(change: Change) -> None:
    data = change.data
    before = Proposal.objects.get(edition=data.edition)
    Proposal.objects.filter(edition=data.edition).update(revised=change.at)
    Proposal.objects.create(
        edition=data.by,
        title=before.title,
        proposer=change.person,
        proposed=change.at,
        reason=data.reason,
        root=data.root,
        base=data.base,
        differs=data.differs,
    )


def withdrawn(change: Change) -> None:
    Proposal.objects.filter(edition=change.data.edition).update(withdrawn=change.at)


def consulted(change: Change) -> None:
    data = change.data
    Consultation.objects.create(
        id=change.record,
        root=data.root,
        office=data.office,
        asked=change.at,
        asked_by=change.person,
        due=data.due,
        question=data.question,
        provisions=list(data.provisions),
    )


def answered(change: Change) -> None:
    data = change.data
    Opinion.objects.create(
        id=change.record,
        consultation_id=data.consultation,
        edition=data.edition,
        person=change.person,
        at=change.at,
        position=data.position,
        text=data.text,
        pins=data.pins,
    )


def commented(change: Change) -> None:
    data = change.data
    Comment.objects.create(
        id=change.record,
        root=data.root,
        edition=data.edition,
        provision=data.provision,
        fingerprint=data.fingerprint,
        text=data.text,
        person=change.person,
        office=change.actor,
        at=change.at,
    )


def resolved(change: Change) -> None:
    data = change.data
    Comment.objects.filter(id=data.comment).update(
        resolution=data.resolution,
        resolved=change.at,
        resolved_by=change.person,
        answer=data.text,
    )


def examined(change: Change) -> None:
    data = change.data
    for check, found in sorted(data.findings.items()):
        Examination.objects.create(
            id=f"{change.record} {check}",
            root=data.root,
            edition=data.edition,
            check_name=check,
            passed=found.passed,
            reason=found.reason,
            person=change.person,
            office=change.actor,
            at=change.at,
            pins=data.pins,
        )


def certified(change: Change) -> None:
    Proposal.objects.filter(edition=change.data.edition).update(certified=change.at)


def promulgated(change: Change) -> None:
    data = change.data
    editions.promulgate(change.record, data.edition, data.number, data.begins(change.at))
    Proposal.objects.filter(edition=data.edition).update(promulgated=change.at)


def review_begun(change: Change) -> None:
    data = change.data
    Review.objects.create(
        id=change.record,
        instrument=data.instrument,
        edition=data.edition,
        due=data.due,
        begun=change.at,
        begun_by=change.person,
        office=change.actor,
        note=data.note,
    )


def review_concluded(change: Change) -> None:
    data = change.data
    Review.objects.filter(id=data.review).update(
        concluded=change.at,
        concluded_by=change.person,
        outcome=data.outcome,
        reasons=data.reasons,
        next=data.next,
        evidence=data.evidence,
    )


def published(change: Change) -> None:
    Publication.objects.create(id=change.record, instrument=change.data.instrument, since=change.at)


def withheld(change: Change) -> None:
    Publication.objects.filter(id=change.data.publication).update(until=change.at)


def brought(change: Change) -> None:
    """Each edition that an act brings into force, in the order of their moments."""
    data = change.data
    for at, (edition, since) in enumerate(data.brings):
        name = change.record if not at else f"{change.record}.{at}"
        editions.promulgate(name, edition, data.number + at, since)


def suspended(change: Change) -> None:
    data = change.data
    brought(change)
    Suspension.objects.create(
        id=change.record,
        provisions=list(data.parts),
        since=data.since or change.at,
        first=data.first,
        last=data.until,
        ends=data.ends,
        reason=data.reason,
        office=change.actor,
        person=change.person,
        at=change.at,
        edition=data.brings[0][0],
    )


def lifted(change: Change) -> None:
    data = change.data
    brought(change)
    Suspension.objects.filter(id=data.suspension).update(
        lifted=change.at, lifted_by=change.person, lifted_why=data.reason
    )


def corrected(change: Change) -> None:
    data = change.data
    brought(change)
    Correction.objects.create(
        id=change.record,
        misprint=data.misprint,
        provision=data.provision,
        old=data.old,
        new=data.new,
        reason=data.reason,
        at=change.at,
        before=data.before,
        edition=data.brings[0][0],
    )


def ending_decided(change: Change) -> None:
    data = change.data
    Ending.objects.create(
        id=change.record,
        instrument=data.instrument,
        provision=data.provision,
        day=data.day,
        outcome=data.outcome,
        reasons=data.reasons,
        office=change.actor,
        person=change.person,
        at=change.at,
    )
