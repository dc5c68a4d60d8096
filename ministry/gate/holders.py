"""Who holds which office and which power was given to whom, as the tables have it now.

Read again only when an appointment or a grant was changed: `people.Standing` counts the changes.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from ministry.database import router
from ministry.database.transaction import is_settled
from ministry.editions.queries import Law
from ministry.gate.acting import FOUNDER, ONESELF
from ministry.labels.rows import lifted
from ministry.people.models import Appointment, Gift, Hold, Standing
from ministry.register.models import Record
from ministry.register.record import opened
from writ.journal.grants import Grants
from writ.journal.offices import Offices


class Holders(msgspec.Struct, frozen=True):
    """The offices and the grants of one moment. Nothing here is changed."""

    changes: int
    offices: Offices
    grants: Grants

    def may_act(self, person: str, office: str) -> bool:
        """Whether a person holds an office, or acts in it, or acts for themselves."""
        if office == ONESELF or person == office == FOUNDER:
            return True
        return person in self.offices.holders.get(
            office, ()
        ) or person in self.offices.deputies.get(office, ())


_kept: dict[tuple[str, str], Holders] = {}


def holders(law: Law, changes: int | None = None) -> Holders:
    """Who holds what now. `changes` is how often that has changed, where it was read already."""
    if changes is None:
        changes = Standing.objects.values_list("changes", flat=True).filter(id=1).first() or 0
    key = (router.current(), law.digest)
    kept = _kept.get(key)
    settled = is_settled()
    if kept is None or kept.changes != changes or not settled:
        with lifted():
            kept = Holders(changes, offices(law), grants(law))
        if settled:
            _kept[key] = kept
    return kept


def offices(law: Law) -> Offices:
    found = Offices(law.book)
    rows = Appointment.everything.filter(until__isnull=True).order_by("since", "id")
    for office in Appointment.everything.values_list("office", flat=True).distinct().order_by():
        found.holders.setdefault(office, set())
    for person, office, hold in rows.values_list("person_id", "office", "hold"):
        if hold == Hold.HOLDS:
            found.holders[office].add(person)
        else:
            found.deputies.setdefault(office, {})[person] = None
    return found


def grants(law: Law) -> Grants:
    found = Grants(law.book)
    gifts = list(Gift.objects.values_list("id", "revoked"))
    bodies = dict(
        Record.everything.filter(id__in=[one for one, _ in gifts]).values_list("id", "body")
    )
    revoked: list[tuple[dt.datetime, str]] = []
    for name, over in gifts:
        envelope = opened(bytes(bodies[name]))
        found.take(
            msgspec.structs.replace(envelope.entry_of(), id=name),
            envelope.decision(),
            envelope.chain,
        )
        if over is not None:
            revoked.append((over, name))
    for over, name in sorted(revoked):
        found.revoke(name, over)
    return found


def people_in(held: Holders, office: str) -> list[str]:
    """The keys of those who hold an office, then of those who act in it."""
    return sorted(held.offices.holders.get(office, ())) + sorted(
        held.offices.deputies.get(office, ())
    )
