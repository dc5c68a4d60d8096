"""Reviews of instruments, and which instruments are published though no law publishes them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ministry.database.states import State


class Outcome(models.TextChoices):
    """What becomes of an instrument that was reviewed."""

    KEEP = "keep", "kept as it is"
    AMEND = "amend", "to be amended"
    REPEAL = "repeal", "to be repealed"


class Review(models.Model):
    """The review of an instrument: begun, and concluded with reasons and with what was found."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True, help_text="the record of its beginning")
    instrument = models.CharField(max_length=120)
    edition = models.CharField(max_length=64, help_text="the edition in force when it was begun")
    due = models.DateField(null=True, blank=True, help_text="by when it was due")
    begun = models.DateTimeField()
    begun_by = models.CharField(max_length=40)
    office = models.CharField(max_length=80, help_text="the office that began it")
    note = models.TextField(blank=True)
    concluded = models.DateTimeField(null=True, blank=True)
    concluded_by = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reasons = models.TextField(blank=True)
    next = models.DateField(null=True, blank=True, help_text="by when it is reviewed again")
    evidence = models.JSONField(default=dict, help_text="what was found; see `statutes.evidence`")

    class Meta:
        ordering: ClassVar = ["begun", "id"]
        indexes: ClassVar = [models.Index(fields=["instrument", "begun"], name="review_instrument")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(concluded=None), name="one_review_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"review of {self.instrument}: {self.outcome or 'under way'}"


class Publication(models.Model):
    """An instrument that an office published, until it is withheld again."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True, help_text="the record of the act")
    instrument = models.CharField(max_length=120)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(until=None), name="published_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.instrument} published"
