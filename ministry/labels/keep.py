"""The labels in use: kept once each, and remembered by each process."""

from __future__ import annotations

from ministry.database import router
from ministry.database.transaction import is_settled
from ministry.labels.marking import Marking
from ministry.labels.models import Label

_known: dict[tuple[str, int], dict[str, Marking]] = {}


def keep(marking: Marking) -> bool:
    """See that there is a label for a marking; whether it is new. Nothing is kept for what is open."""
    if not marking or Label.objects.filter(id=marking.label).exists():
        return False
    Label.objects.create(
        id=marking.label,
        level=marking.level,
        compartments=list(marking.compartments),
        releasable=list(marking.releasable),
    )
    return True


def known(changes: int) -> dict[str, Marking]:
    """Every marking in use by its label. `changes` counts, as of `people.Standing`, when it has to be read again."""
    key = (router.current(), changes)
    found = _known.get(key)
    settled = is_settled()
    if found is None or not settled:
        found = {row.id: row.marking for row in Label.objects.all()}
        if settled:
            _known.clear()
            _known[key] = found
    return found
