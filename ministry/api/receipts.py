"""What is given for an act done: where it is recorded, by what authority, and what must be done now."""

from __future__ import annotations

from typing import Any

import msgspec

from ministry.api.refusals import missing
from ministry.gate.do import Receipt
from ministry.gate.models import Duty
from writ.engine.answer import Outcome

_encode = msgspec.json.Encoder().encode


def body(done: list[Receipt]) -> bytes:
    """Receipts as JSON: that of the act asked for, and in it those of what was done together with it."""
    opened: dict[str, list[Duty]] = {}
    if any(one.decision.opens for one in done):
        for duty in Duty.everything.filter(record__in=[one.record for one in done]).order_by("id"):
            opened.setdefault(duty.record, []).append(duty)
    first, *others = (told(one, opened.get(one.record, [])) for one in done)
    return _encode(first | {"together": others})


def told(one: Receipt, opened: list[Duty]) -> dict[str, Any]:
    part = one.decision.outcome is Outcome.NEEDS
    return {
        "record": one.record,
        "number": one.number,
        "at": one.at,
        "act": one.act,
        "about": one.about,
        "edition": one.edition,
        "outcome": str(one.decision.outcome),
        "citations": one.decision.citations,
        "missing": missing(one.decision.missing) if part else [],
        "opens": [duty_told(duty) for duty in opened],
        "receipt": f"/api/records/{one.record}/receipt",
    }


def duty_told(duty: Duty) -> dict[str, Any]:
    """A duty, as everywhere in the API."""
    return {
        "id": duty.id,
        "act": duty.act,
        "citation": duty.citation,
        "bearer": duty.bearer,
        "to": duty.to,
        "about": duty.about,
        "opened": duty.opened,
        "due": duty.due,
        "due_day": duty.due_day,
        "record": duty.record,
    }
