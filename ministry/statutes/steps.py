"""What statutes does by timer: it proves what proposed editions change."""

from __future__ import annotations

import datetime as dt
import logging
import time
from typing import Any

from ministry.database.transaction import now
from ministry.statutes import impact
from ministry.statutes.models import Impact, Proposal, Reach
from ministry.timers.models import Timer
from ministry.timers.steps import Every, step

log = logging.getLogger("ministry.statutes")

ASK = "ask-impacts"
LATEST = 20
TELLS = 0.5
"""Seconds between two notes of how far a proof is."""


@step(ASK, every=Every(dt.timedelta(minutes=1)))
def asked(timer: Timer, at: dt.datetime) -> None:
    """Have it proved what the editions change that are proposed now, and that nobody asked about."""
    rows = Proposal.objects.filter(revised=None, withdrawn=None, promulgated=None)
    for one in rows.exclude(base="").only("edition", "base")[:LATEST]:
        impact.ask(one.base, one.edition)


def proving(timer: Timer) -> dict[str, Any]:
    """Prove. It takes long, so it runs before the transaction of the step, and tells how far it is."""
    base, edition = timer.data["base"], timer.data["edition"]
    rows = Impact.objects.filter(base=base, edition=edition)
    rows.update(reach=Reach.RUNNING, begun=now(), done=0, of=None, found={})
    last = 0.0

    def tell(of: int | None, found: dict[str, Any]) -> None:
        nonlocal last
        if time.monotonic() - last >= TELLS:
            last = time.monotonic()
            done = len(found["acts"]) + found.get("looked", 0)
            rows.update(of=of, done=done, found={"acts": found["acts"]})

    try:
        return impact.proved(base, edition, tell)
    except Exception as error:
        log.exception("the impact of edition %s could not be proved", edition[:12])
        rows.update(reach=Reach.FAILED, ended=now(), why=f"{type(error).__name__}: {error}"[:300])
        return {}


@step(impact.PROVE, first=proving)
def proved(timer: Timer, at: dt.datetime) -> dict[str, int]:
    """Keep what was proved."""
    found = timer.brought
    if not found:
        return {"acts": 0, "assurances": 0}
    many = len(found["acts"]) + len(found["assurances"])
    Impact.objects.filter(base=timer.data["base"], edition=timer.data["edition"]).update(
        reach=Reach.DONE, ended=at, done=many, of=many, found=found, why=""
    )
    return {"acts": len(found["acts"]), "assurances": len(found["assurances"])}
