"""What every worker does for the log: it puts the records into it, and asks the witnesses."""

from __future__ import annotations

from ministry.register import sequencer, witnessing
from ministry.timers.watch import going_round

BATCH = 0.2
"""Seconds between two batches: so long a record waits for its place in the log, at the most."""
ASKING = 5.0
"""Seconds between two rounds of the witnesses."""


@going_round
class Sequencing:
    """Puts what waits into the log."""

    def once(self) -> int:
        sequencer.sequence()
        return 0  # what comes meanwhile makes the next batch

    def pause(self) -> float:
        return BATCH


@going_round
class Witnessing:
    """Asks the witnesses to cosign."""

    def once(self) -> int:
        witnessing.ask_all()
        return 0

    def pause(self) -> float:
        return ASKING
