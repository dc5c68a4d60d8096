"""A step that changes a table, puts a message into the outbox and sets the next timer; and what sends the message."""

import os
import time

from django.conf import settings

from ministry.timers.outbox import post
from ministry.timers.set import set_timer
from ministry.timers.steps import step
from ministry.timers.transports import transport
from tests.ministry.timers.drill.models import Effect

TAKES = 0.003
"""Seconds that each of them takes in the middle of what it does, so that a kill comes there often enough."""


@step("drill")
def drilled(timer, at):
    Effect.objects.create(key=timer.key)
    time.sleep(TAKES)
    post("probe", "", "", "", timer.key)
    for number in range(timer.data.get("more", 0)):
        set_timer("drill", f"{timer.key}.{number}", at)


@transport("probe")
def send(message):
    """Append a line: a write of a process that is killed afterwards stays."""
    file = os.open(settings.HOME / "sent", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        os.write(file, f"{message.key}\n".encode())
    finally:
        os.close(file)
    time.sleep(TAKES)
