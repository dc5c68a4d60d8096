"""The rows of the register. They are appended to and never changed; what may be erased stands apart."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ministry.database.states import State


class Kind(models.TextChoices):
    """What became of what was asked of the gate."""

    ACT = "act", "act"
    REFUSAL = "refusal", "refusal"
    READ = "read", "read"


class Record(models.Model):
    """One act, refusal or sensitive read. `body` is what counts; the columns beside it serve to find it."""

    state = State.REGISTER

    number = models.BigAutoField(primary_key=True)
    id = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    at = models.DateTimeField()
    act = models.CharField(max_length=80)
    actor = models.CharField(max_length=80, help_text="the office acted in")
    person = models.CharField(max_length=40)
    place = models.CharField(max_length=80, help_text="the office in whose place it was done")
    about = models.CharField(max_length=200, blank=True)
    to = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=16)
    edition = models.CharField(max_length=64)
    label = models.CharField(max_length=40, blank=True)
    body = models.BinaryField(help_text="canonical bytes (`register.record`)")
    salt = models.BinaryField(
        help_text="32 random bytes: the leaf of the log is a commitment to it and to the body"
    )
    transaction = models.BigIntegerField(
        null=True, help_text="of PostgreSQL: what is ordered only once no earlier one is under way"
    )

    class Meta:
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [
            models.Index(fields=["act", "about", "number"], name="record_act_about"),
            models.Index(fields=["about", "number"], name="record_about"),
            models.Index(fields=["person", "number"], name="record_person"),
            models.Index(fields=["actor", "number"], name="record_actor"),
            models.Index(fields=["at"], name="record_at"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.act} by {self.actor}: {self.outcome}"


class Sealed(models.Model):
    """A field of a record that may be erased: the body holds only a commitment to it."""

    state = State.REGISTER

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(
        Record, models.PROTECT, to_field="id", related_name="sealed", db_index=False
    )
    field = models.CharField(max_length=80)
    salt = models.BinaryField()
    value = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "field"], name="one_seal_for_a_field")
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.record_id}"
