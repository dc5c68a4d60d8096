"""What was proved of a proposed edition, and how far that has come."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from ministry.database.states import State


class Reach(models.TextChoices):
    """How far a proof is."""

    ASKED = "asked", "it waits for a worker"
    RUNNING = "running", "it is under way"
    DONE = "done", "it is done"
    FAILED = "failed", "it could not be done"


class Impact(models.Model):
    """What an edition changes of another, by proof: for each act, and for each assurance of either.

    It follows from the two texts alone, and decides nothing: working state, which a worker fills.
    """

    state = State.WORKING

    id = models.BigAutoField(primary_key=True)
    base = models.CharField(max_length=64)
    edition = models.CharField(max_length=64, db_index=True)
    reach = models.CharField(max_length=10, choices=Reach.choices, default=Reach.ASKED)
    asked = models.DateTimeField()
    begun = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    of = models.PositiveIntegerField(null=True, help_text="acts and assurances to look at")
    done = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=300, blank=True, help_text="why it could not be done")
    found = models.JSONField(
        default=dict, help_text="acts and assurances, with what becomes of each"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["base", "edition"], name="one_impact_of_two_editions")
        ]

    def __str__(self) -> str:
        return f"{self.edition[:12]} beside {self.base[:12]}: {self.reach}"

    @property
    def under_way(self) -> bool:
        return self.reach in (Reach.ASKED, Reach.RUNNING)

    @property
    def acts(self) -> list[dict[str, Any]]:
        return list(self.found.get("acts", []))

    @property
    def assurances(self) -> list[dict[str, Any]]:
        return list(self.found.get("assurances", []))
