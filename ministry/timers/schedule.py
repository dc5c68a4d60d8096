"""What comes again and again, and the watch's own part in that."""

from __future__ import annotations

import datetime as dt

from django.db.models import Model, QuerySet

from ministry.database.transaction import now, together
from ministry.timers.auditor import audit
from ministry.timers.models import Audit, Heartbeat, Outbox, Received, Stage, Step, Timer
from ministry.timers.set import RECURRING, set_timers, timer
from ministry.timers.steps import Every, recurring, step

DAY = dt.timedelta(days=1)
KEPT = 90 * DAY
AT_ONCE = 5_000


def schedule() -> None:
    """Set the timers of all steps that recur. It may be done at every start, by every worker."""

    def work() -> None:
        at = now()
        next_of = {one.kind: one.every.after(at) for one in recurring() if one.every is not None}
        set_timers(timer(kind, RECURRING, due) for kind, due in next_of.items())
        for kind, due in next_of.items():  # one that this release wants sooner
            Timer.objects.filter(
                kind=kind, key=RECURRING, stage=Stage.WAITING, tries=0, due__gt=due
            ).update(due=due, wake=due)

    together(work)


@step("audit-watch", every=Every(dt.timedelta(minutes=1)))
def audited(timer: Timer, at: dt.datetime) -> None:
    """Audit the watch. `auditor.Auditor` does it where this does not come."""
    audit("timer")


@step("tidy-watch", every=Every(dt.timedelta(hours=1), past=dt.timedelta(minutes=7)))
def tidied(timer: Timer, at: dt.datetime) -> dict[str, int]:
    """Forget what was done long ago. What is parked is never forgotten."""
    over = (Stage.DONE, Stage.CANCELLED)
    rows: list[QuerySet[Model]] = [
        Step.objects.filter(at__lt=at - KEPT),
        Timer.objects.filter(stage__in=over, due__lt=at - KEPT, steps=None),
        Outbox.objects.filter(sent__lt=at - KEPT),
        Received.objects.filter(at__lt=at - KEPT),
        Heartbeat.objects.filter(beat__lt=at - DAY),
        Audit.objects.filter(at__lt=at - KEPT),
        Audit.objects.filter(at__lt=at - DAY, alive=True, parked=0),
    ]
    return {str(one.model._meta.verbose_name_plural): forget(one) for one in rows[:-1]} | {
        "audits without a finding": forget(rows[-1])
    }


def forget(rows: QuerySet[Model]) -> int:
    """Delete the rows, though not too many in one transaction; how many."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    count, _ = rows.model._default_manager.filter(pk__in=keys).delete()
    return count
