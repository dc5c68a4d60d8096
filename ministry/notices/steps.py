"""What workers do for notices: they follow the log and the time, send the mails, and forget what is old."""

from __future__ import annotations

import datetime as dt

from ministry.notices import mailing, telling
from ministry.notices.models import Notice
from ministry.timers.models import Timer
from ministry.timers.schedule import forget
from ministry.timers.steps import Every, step
from ministry.timers.watch import going_round

FOLLOWING = 1.0
"""Seconds after which a worker looks whether more came into the log."""
KEPT = dt.timedelta(days=180)


@going_round
class Telling:
    """Follows the log."""

    def once(self) -> int:
        return telling.tell()

    def pause(self) -> float:
        return FOLLOWING


@step("tell-time", every=Every(dt.timedelta(minutes=5)))
def told(timer: Timer, at: dt.datetime) -> dict[str, int]:
    """Tell what time brought."""
    return {"notices": telling.tell_time(at)}


@step("mail-notices", every=Every(dt.timedelta(minutes=1), past=dt.timedelta(seconds=20)))
def mailed(timer: Timer, at: dt.datetime) -> dict[str, int]:
    """Mail those who want to know at once."""
    return {"mails": mailing.send(at, mailing.SOON)}


@step("mail-notices-daily", every=Every(dt.timedelta(days=1), past=dt.timedelta(hours=5)))
def mailed_daily(timer: Timer, at: dt.datetime) -> dict[str, int]:
    """Mail those who want to know once a day."""
    return {"mails": mailing.send(at, mailing.EACH_DAY)}


@step("tidy-notices", every=Every(dt.timedelta(hours=1), past=dt.timedelta(minutes=23)))
def tidied(timer: Timer, at: dt.datetime) -> dict[str, int]:
    """Forget what is old, read or not: what happened stands in the Journal, and what waits on Today."""
    return {"notices": forget(Notice.everything.filter(at__lt=at - KEPT))}
