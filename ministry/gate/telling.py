"""What was refused is told in the log as well as in the register: those who watch the log see it at once."""

from __future__ import annotations

import logging

from ministry.gate.refusal import Refusal

log = logging.getLogger("ministry.security")


def tell(refusal: Refusal) -> None:
    """Tell who was refused what; why, and on what grounds, stands in the record alone."""
    entry = refusal.entry
    log.warning(
        "act refused",
        extra={
            "event": "refused",
            "act": entry.name,
            "person": entry.person,
            "office": entry.actor,
            "outcome": str(refusal.decision.outcome),
            "record": refusal.record,
        },
    )
