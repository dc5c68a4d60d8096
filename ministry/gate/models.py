"""What the gate itself keeps: the duties that acts have opened."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ministry.database.states import State


class Duty(models.Model):
    """A duty that an act opened, until an act of its bearer discharges or waives it.

    Whether it is breached nobody writes down: it is once its time has passed.
    """

    state = State.INSTITUTIONAL

    id = models.CharField(
        max_length=160, primary_key=True, help_text="the record, the norm and the addressee"
    )
    record = models.CharField(max_length=40, help_text="of the act that opened it")
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
    discharged = models.DateTimeField(null=True, blank=True)
    discharged_by = models.CharField(max_length=40, blank=True, help_text="the record of the act")
    waived = models.BooleanField(default=False)

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

    def __str__(self) -> str:
        return f"{self.bearer} must {self.act} ({self.citation})"
