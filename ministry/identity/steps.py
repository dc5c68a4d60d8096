"""What identity does by timer: every hour it forgets what is over."""

from __future__ import annotations

import datetime as dt

from allauth.mfa.models import Authenticator
from django.utils import timezone

from ministry.identity.models import Attempts, Passkey, Session
from ministry.timers.models import Timer
from ministry.timers.steps import Every, step


@step("tidy-identity", every=Every(dt.timedelta(hours=1), past=dt.timedelta(minutes=11)))
def tidied(timer: Timer, at: dt.datetime) -> dict[str, int]:
    """Forget sessions that are over, counts of attempts, and the keys of passkeys that sign nobody in any more."""
    return forget()


def forget() -> dict[str, int]:
    now = timezone.now()
    live = Passkey.objects.filter(until=None).exclude(person__name="", person__is_active=False)
    good = set(live.values_list("id", flat=True))
    kept = Authenticator.objects.values_list("pk", "data__passkey")
    dead = [pk for pk, passkey in kept if passkey not in good]
    return {
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
        "attempts": Attempts.objects.filter(until__lt=now).delete()[0],
        "keys": Authenticator.objects.filter(pk__in=dead).delete()[0],
    }
