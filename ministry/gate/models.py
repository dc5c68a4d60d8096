"""What the gate itself keeps: the duties that acts have opened."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ministry.database.states import State
from ministry.labels.models import Labelled, Readable
from ministry.labels.reader import Reader


class Duty(Labelled):
    """A duty, with what became of it, as of the last act on which a duty or a state may depend (`gate.docket`).

    One that is open and whose time has passed is breached; the next such act writes it down.
    """

    state = State.INSTITUTIONAL
    sort = "task"

    id = models.CharField(max_length=160, primary_key=True, help_text="a digest of what it is")
    record = models.CharField(
        max_length=40, blank=True, help_text="of the act that opened it; empty: the law alone did"
    )
    norm = models.CharField(max_length=200)
    citation = models.CharField(max_length=200)
    act = models.CharField(max_length=80, help_text="what is to be done")
    bearer = models.CharField(max_length=400, help_text="who is to do it, in words")
    offices = models.JSONField(default=list, help_text="the offices and bodies named")
    to = models.CharField(max_length=80, blank=True)
    about = models.CharField(max_length=200, blank=True)
    opened = models.DateTimeField()
    due = models.DateTimeField(
        null=True, blank=True, help_text="the last moment at which it is met"
    )
    due_day = models.CharField(
        max_length=40, blank=True, help_text="the day or moment as the law reckons it"
    )
    occurrence = models.PositiveIntegerField(default=1)
    status = models.CharField(
        max_length=12,
        default="open",
        help_text="open, met, late, breached, waived, lapsed, not opened",
    )
    breached = models.DateTimeField(null=True, blank=True, help_text="when its time had passed")
    discharged = models.DateTimeField(
        null=True, blank=True, help_text="when it was done or waived, or fell away"
    )
    discharged_by = models.CharField(max_length=40, blank=True, help_text="the record of the act")
    waived = models.BooleanField(default=False)
    turns = models.JSONField(
        default=list, help_text="each status with its moment, its record, its provisions"
    )
    follows = models.JSONField(default=list, help_text="what its breach brings, in words")
    unsure = models.TextField(
        blank=True, help_text="a fact that it depends on and that is not known"
    )

    objects = Readable["Duty"]()
    everything = models.Manager["Duty"]()

    class Meta:
        ordering: ClassVar = ["due", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["act", "about"], condition=Q(discharged__isnull=True), name="open_duty_act"
            ),
            models.Index(
                fields=["due"], condition=Q(discharged__isnull=True), name="open_duty_due"
            ),
        ]

    def connected(self, reader: Reader) -> tuple[bool, bool]:
        # It is only ever shown to those on whose office the edition puts it, by whatever name it calls them.
        return False, True

    def __str__(self) -> str:
        return f"{self.bearer} must {self.act} ({self.citation})"
