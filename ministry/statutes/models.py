"""Proposed editions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ministry.database.states import State


class Proposal(models.Model):
    """An edition that somebody proposed; certified and promulgated or not."""

    state = State.INSTITUTIONAL

    edition = models.CharField(max_length=64, primary_key=True, help_text="its digest")
    proposer = models.CharField(max_length=40)
    proposed = models.DateTimeField()
    reason = models.TextField(blank=True)
    certified = models.DateTimeField(null=True, blank=True)
    promulgated = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-proposed"]

    def __str__(self) -> str:
        return f"proposal of {self.edition[:12]}"
