"""What else matters to a request when it is known which of the grants left have nothing missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writ.engine.answer import Outcome
from writ.engine.entry import APPLIES, Entry
from writ.engine.precedence import opposes

if TYPE_CHECKING:
    from writ.engine.plan import Plan


class Use:
    """What a plan comes to for one choice of the grants with nothing missing."""

    def __init__(self, plan: Plan, mask: int) -> None:
        bucket, book = plan.bucket, plan.engine.book
        self.ready = [e for at, (e, _, _) in enumerate(plan.left) if mask >> at & 1]
        used = self.ready or [e for e, _, _ in plan.left]
        sure = [e for e in used if e.id in plan.certain]
        lifted = plan.engine.lifted
        self.limits = [
            (limit, code, limit.checks(bucket.above))
            for limit, code in plan.limits
            if not lifted(limit, sure, plan.view)
        ]
        self.befores = [duty for duty in plan.view.befores if not lifted(duty, sure, plan.view)]
        passed = [at for at in plan.passing.values() if not any(mask >> one & 1 for one in at)]
        bare = not mask and not plan.at_liberty
        self.wanted = [
            *(range(len(plan.left)) if bare else ()),
            *(one for at in passed for one in at),
        ]
        """The places among those left of which all is wanted."""
        self.open_bars = [
            (bar, item)
            for bar, item in plan.open_bars
            if (not used and bar.kind != "disability")
            or any(opposes(book, bar.norm, e.norm) for e in used)
        ]
        self.opening = plan.engine.timeline.opening(bucket.opens, (*used, *plan.sure_limits))
        ids = {e.id for e in self.ready}
        self.beaten = [
            e for e, _ in plan.truths if e.id in plan.defeated and plan.beaten_by(e) & ids
        ]
        sure_limits = [limit for limit, code, _ in self.limits if code == APPLIES]
        self.expected = len(sure_limits) if not self.befores else -1
        """How many norms are met if all limits are; -1 where duties due before have a say."""
        self.bare = bool(mask) and not (
            self.wanted or self.limits or self.befores or self.open_bars or plan.manners
        )
        """Whether nothing else has a say, but for the duties that the act opens."""
        self.permitted = plan.decision(Outcome.PERMITTED, [*self.ready, *sure_limits, *self.beaten])


def differ(one: Entry, other: Entry) -> bool:
    """Whether two manners require different values of one attribute."""
    first, second = one.values_required or (), other.values_required or ()
    return any(a == b and value != wanted for a, value in first for b, wanted in second)
