"""Where a request comes from: its address, and what of it may stand in a log."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """Where a request comes from: what the nearest of our own proxies says, and nothing that the sender wrote."""
    if settings.PROXIES:
        said = request.headers.get("X-Forwarded-For", "").split(",")
        if len(said) >= settings.PROXIES:
            return said[-settings.PROXIES].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def source(request: HttpRequest) -> str:
    """The same for the same address on one day, and nothing to whoever has not the secret of the server.

    So lines of one sender can be put together, and no address is in the log.
    """
    said = f"source|{dt.datetime.now(dt.UTC).date()}|{address(request)}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()[:16]
