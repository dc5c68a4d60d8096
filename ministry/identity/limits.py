"""How often something may be tried. Counted in the database, so that several processes count together.

What is counted is kept under a keyed digest of who tries and what: no address is kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import logging
import secrets

from django.conf import settings
from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone

from ministry.database.transaction import Busy, together
from ministry.identity.models import Attempts
from ministry.logging.source import address

__all__ = ["address", "allowed"]

log = logging.getLogger("ministry.identity")


def allowed(action: str, who: str) -> bool:
    """Count one attempt, and say whether it is still within the limit of `settings.LIMITS`."""
    most, seconds = settings.LIMITS[action]
    now = timezone.now()
    window = int(now.timestamp() // seconds)
    key = hmac.new(
        settings.SECRET_KEY.encode(), f"{action}|{who}|{window}".encode(), hashlib.sha256
    ).hexdigest()
    until = now + dt.timedelta(seconds=seconds)

    def count() -> int:
        if not Attempts.objects.filter(key=key).update(count=F("count") + 1):
            Attempts.objects.create(key=key, until=until)
            if secrets.randbelow(50) == 0:
                Attempts.objects.filter(until__lt=now).delete()
        return Attempts.objects.values_list("count", flat=True).get(key=key)

    try:
        try:
            tried = together(count)
        except IntegrityError:  # somebody else was the first in this window
            tried = together(count)
    except Busy:
        return False
    if tried > most:
        log.warning("too many attempts", extra={"event": "limited", "action": action})
    return tried <= most
