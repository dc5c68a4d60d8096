"""Timers, the outbox, and the traces of those who work on them.

All of it is working state: leases, tries and marks of workers, which decide nothing. What the ministry decided changes
only through an act at the gate, and a step that has to change it does such an act.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from ministry.database.states import State


class Stage(models.TextChoices):
    """How far something is that workers take up."""

    WAITING = "waiting", "waiting"
    LEASED = "leased", "a worker has it"
    DONE = "done", "done"
    PARKED = "parked", "given up until somebody looks at it"
    CANCELLED = "cancelled", "cancelled"


OPEN = (Stage.WAITING, Stage.LEASED)


class Leased(models.Model):
    """What a worker takes for a while. Whoever has the fence may say what became of it, and nobody else."""

    state = State.WORKING

    id = models.BigAutoField(primary_key=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WAITING)
    # Null rather than left as it was: SQLite finds the open ones by an index only if it need not compare their stage.
    wake = models.DateTimeField(
        null=True,
        help_text="when a worker may take it: its time, its next try, or the end of its lease; null: never",
    )
    fence = models.PositiveBigIntegerField(default=0, help_text="one more at each taking")
    owner = models.CharField(max_length=80, blank=True, help_text="the worker that has the lease")
    tries = models.PositiveIntegerField(default=0, help_text="that came to nothing")
    error = models.CharField(max_length=500, blank=True, help_text="the last one")

    turn: dt.datetime | None = None
    """Its place in the queue when this worker took it."""

    class Meta:
        abstract = True


class Timer(Leased):
    """Something that must happen at a moment. There is one of a key for each kind, ever."""

    kind = models.CharField(max_length=80, help_text="the step that it runs")
    key = models.CharField(max_length=200)
    due = models.DateTimeField()
    data = models.JSONField(default=dict)

    brought: Any = None
    """What the part of the step gave that ran before its transaction (`steps.step`)."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_timer_of_a_key")
        ]
        indexes: ClassVar = [
            models.Index(fields=["wake"], name="timer_wake", condition=Q(wake__isnull=False)),
            models.Index(
                fields=["kind", "wake"], name="timer_kind", condition=Q(wake__isnull=False)
            ),
            models.Index(fields=["wake"], name="timer_leased", condition=Q(stage=Stage.LEASED)),
            models.Index(fields=["id"], name="timer_parked", condition=Q(stage=Stage.PARKED)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} at {self.due:%Y-%m-%d %H:%M:%S}: {self.stage}"


class Step(models.Model):
    """A step that was run, written in the transaction of its effect: there is one exactly if there is the other."""

    state = State.WORKING

    id = models.BigAutoField(primary_key=True)
    timer = models.ForeignKey(Timer, models.CASCADE, related_name="steps", db_index=False)
    fence = models.PositiveBigIntegerField(help_text="of the timer, when it was run")
    due = models.DateTimeField()
    at = models.DateTimeField()
    owner = models.CharField(max_length=80)
    result = models.JSONField(null=True, help_text="what the step says came of it")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["timer", "fence"], name="one_step_of_a_fence")
        ]
        indexes: ClassVar = [models.Index(fields=["at"], name="step_at")]

    @property
    def late(self) -> dt.timedelta:
        """How long after its time it was done."""
        return self.at - self.due

    def __str__(self) -> str:
        return f"{self.timer_id}/{self.fence}"


class Outbox(Leased):
    """A message to somebody outside. It is sent at least once, with the same key at every try."""

    transport = models.CharField(max_length=40)
    address = models.CharField(max_length=500)
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    key = models.CharField(max_length=200, unique=True, help_text="idempotency key")
    put = models.DateTimeField()
    sent = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "outbox"
        indexes: ClassVar = [
            models.Index(
                fields=["transport", "wake"], name="outbox_wake", condition=Q(wake__isnull=False)
            ),
            models.Index(
                fields=["transport", "wake"], name="outbox_leased", condition=Q(stage=Stage.LEASED)
            ),
            models.Index(fields=["id"], name="outbox_parked", condition=Q(stage=Stage.PARKED)),
            models.Index(fields=["sent"], name="outbox_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.transport} {self.key}: {self.stage}"


class Received(models.Model):
    """A message from outside that was accepted: the same one is not accepted again."""

    state = State.WORKING

    id = models.BigAutoField(primary_key=True)
    sender = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 of its body")
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sender", "key"], name="received_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.sender}"


class Heartbeat(models.Model):
    """A worker says that it is there."""

    state = State.WORKING

    owner = models.CharField(max_length=80, primary_key=True)
    since = models.DateTimeField()
    beat = models.DateTimeField()
    stopped = models.DateTimeField(null=True, help_text="it ended in good order")

    def __str__(self) -> str:
        return self.owner


class Audit(models.Model):
    """What the auditor found at a moment (`auditor.Finding` says what each number is)."""

    state = State.WORKING

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=20, help_text="the timer, or the loop beside it")
    alive = models.BooleanField()
    workers = models.PositiveIntegerField()
    overdue = models.PositiveIntegerField()
    stuck = models.PositiveIntegerField()
    failing = models.PositiveIntegerField()
    parked = models.PositiveIntegerField()
    unsent = models.PositiveIntegerField()
    dead = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}: {'alive' if self.alive else 'not alive'}"
