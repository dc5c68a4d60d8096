"""Webhooks of others: whether one is of whom it says, of now, and not accepted before."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging

from django.http import HttpRequest

from ministry.database.transaction import now
from ministry.timers.models import Received
from ministry.timers.signature import Sender, valid

log = logging.getLogger("ministry.security")
WINDOW = 300
"""Seconds by which the time of a webhook may differ from ours."""
LONGEST_KEY = 200


class NotVerified(Exception):
    """It is not accepted. The reason is for the log; whoever sent it is told nothing but that."""


class Replayed(NotVerified):
    """It was accepted before, with the same body: nothing must be done again, and its sender may be told that."""


def verified(request: HttpRequest, sender: Sender) -> str:
    """Accept a webhook, once; its idempotency key.

    It is to be called in the transaction that does what the message asks for: if that is undone, the message counts as
    not accepted, and its sender's next try is.

    Raises:
        NotVerified: it is not signed by the sender, or too old, or its key came with another body.
        Replayed: it was accepted before.
    """
    try:
        return checked(request, sender)
    except NotVerified as error:
        extra = {"event": "webhook", "way": sender.name, "ok": False, "why": str(error)}
        log.warning("webhook refused", extra=extra)
        raise


def checked(request: HttpRequest, sender: Sender) -> str:
    key = request.headers.get("webhook-id", "")
    timestamp = request.headers.get("webhook-timestamp", "")
    if not key or len(key) > LONGEST_KEY or not key.isprintable():
        raise NotVerified("no key, or none that is one")
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 12):
        raise NotVerified("no time, or none that is one")
    at = now()
    if abs(at.timestamp() - int(timestamp)) > WINDOW:
        raise NotVerified("not of now")
    body = request.body
    if not valid(sender, request.headers.get("webhook-signature", ""), key, int(timestamp), body):
        raise NotVerified("not signed by the sender")
    accept(sender.name, key, hashlib.sha256(body).hexdigest(), at)
    return key


def accept(sender: str, key: str, digest: str, at: dt.datetime) -> None:
    """Note a message as accepted.

    Raises:
        NotVerified, Replayed: one with that key was.
    """
    row, made = Received.objects.get_or_create(
        sender=sender, key=key, defaults={"digest": digest, "at": at}
    )
    if not made:
        raise (Replayed if row.digest == digest else NotVerified)("its key came before")
