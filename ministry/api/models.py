"""What the API remembers: the answers that it gave under an idempotency key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ministry.database.states import State


class Answered(models.Model):
    """The answer to an act asked for under a key, kept in the transaction of the act or of its refusal."""

    state = State.WORKING

    id = models.CharField(
        max_length=64, primary_key=True, help_text="a digest of the token, the act and the key"
    )
    asked = models.CharField(max_length=64, help_text="SHA-256 of what the act was given")
    status = models.PositiveSmallIntegerField()
    body = models.BinaryField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.status} at {self.at}"
