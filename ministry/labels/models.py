"""One row for each label in use: objects point at it, and a reader's labels are worked out once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ministry.database.states import State


class Label(models.Model):
    """A level, with compartments and with those outside to whom it may be released."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True, help_text="a digest of what it says")
    level = models.CharField(max_length=80, blank=True, help_text="empty: open to everyone")
    compartments = models.JSONField(default=list)
    releasable = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["level", "id"]

    def __str__(self) -> str:
        said = [self.level or "open", *self.compartments]
        return " / ".join(said)
