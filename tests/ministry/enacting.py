"""An edition examined and certified, as it must be before it is promulgated."""

from __future__ import annotations

from ministry.gate.acting import Acting
from ministry.gate.do import Receipt
from ministry.statutes import acts
from ministry.statutes.data import Certifying, Examining

CHECKS = ("lawfulness", "rights", "necessity", "proportionality", "treaties", "clarity")
FINDINGS = {check: {"passed": True, "reason": "nothing stands against it"} for check in CHECKS}


def examine(by: Acting, edition: str, **wanting: str) -> Receipt:
    """Examine an edition; `rights="..."` is found wanting, and why."""
    found = FINDINGS | {
        check: {"passed": False, "reason": reason} for check, reason in wanting.items()
    }
    return acts.examine(by, Examining(edition=edition, findings=found))


def certify(by: Acting, edition: str) -> Receipt:
    """Examine an edition, find nothing wanting, and certify it."""
    examine(by, edition)
    return acts.certify(by, Certifying(edition=edition))
