"""What takes provisions out of force or changes their words without an amendment, and what becomes of what ends."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models

from ministry.database.states import State


class Suspension(models.Model):
    """Provisions that do not apply until a day, and then do again."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True, help_text="the record of the act")
    provisions = models.JSONField(default=list, help_text="their keys")
    since = models.DateTimeField(help_text="from when they do not apply")
    first = models.DateField(help_text="the first day, by the calendar of the Book")
    last = models.DateField(help_text="the last day on which they do not apply")
    ends = models.DateTimeField(db_index=True, help_text="the moment from which they apply again")
    reason = models.TextField()
    office = models.CharField(max_length=80)
    person = models.CharField(max_length=40)
    at = models.DateTimeField()
    edition = models.CharField(max_length=64, help_text="the first edition that says so")
    lifted = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=40, blank=True)
    lifted_why = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{', '.join(self.provisions[:3])} suspended until {self.last}"

    def is_over(self, at: dt.datetime) -> bool:
        return self.lifted is not None or self.ends <= at


class Correction(models.Model):
    """An error of writing that was corrected: what it said, and what it says."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True, help_text="the record of the act")
    misprint = models.CharField(max_length=64, db_index=True, help_text="what the act was about")
    provision = models.CharField(max_length=300)
    old = models.TextField()
    new = models.TextField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    before = models.CharField(max_length=64, help_text="the edition that had the error")
    edition = models.CharField(max_length=64, db_index=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.provision}: an error of writing"


class Ending(models.Model):
    """What was decided on something that ends by itself on a day."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True, help_text="the record of the act")
    instrument = models.CharField(max_length=120, db_index=True)
    provision = models.CharField(max_length=300, blank=True, help_text="its key; empty: all of it")
    day = models.DateField(help_text="the first day on which it is no longer in force")
    outcome = models.CharField(
        max_length=10, choices=[("renew", "to be renewed"), ("lapse", "left to end")]
    )
    reasons = models.TextField()
    office = models.CharField(max_length=80)
    person = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.provision or self.instrument} ends on {self.day}: {self.outcome}"
