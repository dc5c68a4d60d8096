"""What every worker does for the log: it puts the records into it, and asks the witnesses."""

from __future__ import annotations

import logging

from ministry.register import sequencer, witnessing
from ministry.register.held import held
from ministry.timers.watch import going_round

log = logging.getLogger("ministry.register")

BATCH = 0.2
"""Seconds between two batches: so long a record waits for its place in the log, at the most."""
ASKING = 5.0
"""Seconds between two rounds of the witnesses."""


@going_round
class Sequencing:
    """Puts what waits into the log; before the first batch the witnesses say whether they have seen more of it."""

    asked = False

    def once(self) -> int:
        if not self.asked:
            witnessing.ask_all(again=True)
            self.asked = True
        sequencer.sequence()
        return 0  # what comes meanwhile makes the next batch

    def pause(self) -> float:
        return BATCH


@going_round
class Witnessing:
    """Asks the witnesses to cosign."""

    held = ""

    def once(self) -> int:
        witnessing.ask_all()
        before, self.held = self.held, held()
        if self.held and not before:
            log.error(
                "the log is held: it grows no more until `ministry check` finds the witnesses in order"
            )
        return 0

    def pause(self) -> float:
        return ASKING
