"""Searches that somebody keeps for themselves. Working state: nobody else sees them, and nothing depends on them."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models

from ministry.database.states import State

MOST = 50
"""So many searches one person keeps."""
LONGEST = 2_000
"""Characters of a query."""


class SavedSearch(models.Model):
    """A query under a name, of one person."""

    state = State.WORKING

    person = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    query = models.CharField(max_length=LONGEST)
    saved = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "name"], name="search_name")
        ]

    def __str__(self) -> str:
        return self.name


def saved_by(person: str) -> list[SavedSearch]:
    """The searches of one person, by name."""
    return list(SavedSearch.objects.filter(person=person)[:MOST])


def save(person: str, name: str, query: str, at: dt.datetime) -> bool:
    """Keep a search, in the place of one of that name; False where somebody keeps too many already."""
    own = SavedSearch.objects.filter(person=person)
    if own.exclude(name=name).count() >= MOST:
        return False
    SavedSearch.objects.update_or_create(
        person=person, name=name, defaults={"query": query, "saved": at}
    )
    return True


def forget(person: str, key: int) -> None:
    """Keep it no longer; a search of somebody else stays."""
    SavedSearch.objects.filter(person=person, pk=key).delete()
