"""How the acts of statutes change its tables."""

from __future__ import annotations

from ministry.editions import apply as editions
from ministry.gate.deed import Change
from ministry.statutes.models import Proposal


def proposed(change: Change) -> None:
    Proposal.objects.create(
        edition=change.data.edition,
        proposer=change.person,
        proposed=change.at,
        reason=change.data.reason,
    )


def certified(change: Change) -> None:
    Proposal.objects.filter(edition=change.data.edition).update(certified=change.at)


def promulgated(change: Change) -> None:
    data = change.data
    editions.promulgate(change.record, data.edition, data.number, change.at)
    Proposal.objects.filter(edition=data.edition).update(promulgated=change.at)
