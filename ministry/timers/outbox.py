"""The outbox: messages are put in with the change that they tell of, and delivered afterwards, at least once.

A courier delivers one message at a time, outside of any transaction, and then notes it as sent. If it is killed in
between, that one message is sent again when its lease is over, with the same key: one for each transport that was busy.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time

from django.db.models import QuerySet

from ministry.database.transaction import now
from ministry.timers import leases
from ministry.timers.models import Outbox, Stage
from ministry.timers.transports import LONGEST, Message, Never, transports
from ministry.timers.watch import POLL

log = logging.getLogger("ministry.timers")

AT_ONCE = 10
MOST_TRIES = 20
"""With the pauses of `leases.backed_off` that is about half a day."""


def post(transport: str, address: str, subject: str, body: str, key: str) -> None:
    """Put a message into the outbox, in the transaction that is open. One with the same key is in it once.

    Raises:
        LookupError: there is no such transport.
    """
    if transport not in transports():
        raise LookupError(f"no transport is called {transport}")
    at = now()
    Outbox.objects.bulk_create(
        [
            Outbox(
                transport=transport,
                address=address,
                subject=subject,
                body=body,
                key=key,
                put=at,
                wake=at,
            )
        ],
        ignore_conflicts=True,
    )


def withdraw(key: str) -> bool:
    """Take a message back; whether it was in time. One that a courier has may be sent already."""
    waiting = Outbox.objects.filter(key=key, stage=Stage.WAITING)
    return bool(waiting.update(stage=Stage.CANCELLED, wake=None))


class Courier:
    """Delivers the messages of one transport."""

    def __init__(
        self, owner: str, transport: str, lease: dt.timedelta, stop: threading.Event
    ) -> None:
        self.owner, self.transport, self.lease, self.stop = owner, transport, lease, stop
        self.send = transports()[transport]

    def mine(self) -> QuerySet[Outbox]:
        return Outbox.objects.filter(transport=self.transport)

    def once(self) -> int:
        """Take messages and deliver them; how many there were."""
        with leases.unhurried():
            return self.round()

    def round(self) -> int:
        begun = time.monotonic()
        found = leases.claim(self.mine(), self.owner, self.lease, AT_ONCE)
        longest = min(LONGEST, self.lease.total_seconds() / 2)
        for one in found:
            left = self.lease.total_seconds() - (time.monotonic() - begun)
            if self.stop.is_set() or left < longest:
                leases.release(one)
            else:
                self.deliver(one)
        return len(found)

    def pause(self) -> float:
        return leases.pause(self.mine(), POLL)

    def deliver(self, one: Outbox) -> bool:
        """Deliver one message that was taken; whether it was."""
        try:
            if one.tries > MOST_TRIES:
                raise Never("too many workers were lost over it")
            self.send(Message(one.key, one.address, one.subject, one.body))
        except Never as never:
            log.error("message %s by %s is parked", one.pk, self.transport)
            leases.park(one, str(never))
        except Exception as error:
            log.warning("message %s by %s is not delivered", one.pk, self.transport, exc_info=error)
            give_up = one.tries + 1 >= MOST_TRIES
            (leases.park if give_up else leases.again)(one, leases.said(error))
        else:
            return leases.settle(
                one,
                stage=Stage.DONE,
                owner="",
                wake=None,
                sent=now(),
                tries=one.tries + 1,
                error="",
            )
        return False
