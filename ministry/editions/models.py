"""Editions of the Book and their promulgations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ministry.database.states import State


class Edition(models.Model):
    """The text of a Book, named by the SHA-256 of its canonical form (`editions.content`), which anybody can check.

    A text that was deposited decides nothing until it is promulgated: working state.
    """

    state = State.WORKING

    digest = models.CharField(max_length=64, primary_key=True)
    title = models.CharField(max_length=300)
    norms = models.PositiveIntegerField()
    content = models.BinaryField(help_text="its files, as one compressed text")

    def __str__(self) -> str:
        return f"{self.title} ({self.digest[:12]})"


class Promulgation(models.Model):
    """An edition is in force from a moment, until the next one is."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True, help_text="of the record of the act")
    edition = models.CharField(max_length=64, help_text="its digest")
    since = models.DateTimeField(db_index=True)
    number = models.PositiveIntegerField(unique=True)

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"edition {self.number}"
