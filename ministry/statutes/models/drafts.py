"""Drafts: texts that somebody writes before anything is proposed. Working state: they decide nothing, and nobody sees
them but whoever opened them and those whom that person lets write."""

from __future__ import annotations

import secrets
import zlib
from typing import ClassVar

from django.db import models
from django.db.models import Q

from ministry.database.states import State

KEY_BYTES = 12
PRESENT = 30
"""Seconds for which somebody is there after their browser last said so."""


def new_key() -> str:
    return f"d-{secrets.token_hex(KEY_BYTES)}"


class Draft(models.Model):
    """A text in the making: an edition, and what was written over its files since."""

    state = State.WORKING

    key = models.CharField(max_length=40, primary_key=True, default=new_key)
    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    base = models.CharField(max_length=64, help_text="the digest of the edition that it amends")
    revises = models.CharField(
        max_length=64, blank=True, help_text="the proposed edition whose place it is to take"
    )
    owner = models.CharField(max_length=40, db_index=True)
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True, blank=True)
    became = models.CharField(max_length=64, blank=True, help_text="the edition it was proposed as")

    class Meta:
        ordering: ClassVar = ["-opened"]

    def __str__(self) -> str:
        return self.title


class Drafter(models.Model):
    """Somebody who may write in a draft of somebody else."""

    state = State.WORKING

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="drafters")
    person = models.CharField(max_length=40, db_index=True)
    since = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "person"], name="drafter_once")
        ]

    def __str__(self) -> str:
        return self.person


class Kind(models.TextChoices):
    START = "start", "as it was when it was taken up"
    SAVE = "save", "saved"
    RESTORE = "restore", "an older version restored"
    REBASE = "rebase", "taken over from a newer edition"


class Version(models.Model):
    """The text of one file of a draft as it was saved. Versions are added, never changed and never taken away.

    Where somebody else had saved meanwhile `text` is both together, and `typed` what came from the browser.
    """

    state = State.WORKING

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(help_text="counts in the draft, from 1")
    file = models.CharField(max_length=300)
    content = models.BinaryField(help_text="the text, compressed")
    as_typed = models.BinaryField(blank=True, default=b"", help_text="compressed; empty: the same")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.SAVE)
    person = models.CharField(max_length=40)
    at = models.DateTimeField()
    based_on = models.PositiveIntegerField(
        default=0, help_text="the version that was seen when it was typed; 0: the edition"
    )
    save_id = models.CharField(max_length=64, help_text="by which the browser knows the save")
    found = models.JSONField(
        default=dict, help_text="what was merged: conflicts, and words of both in one line"
    )

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "number"], name="version_number"),
            models.UniqueConstraint(fields=["draft", "save_id"], name="version_save"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["draft", "file", "-number"], name="version_of_file")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.file}"

    @property
    def text(self) -> str:
        return unpacked(self.content)

    @property
    def typed(self) -> str:
        return unpacked(self.as_typed) if self.as_typed else self.text


class Presence(models.Model):
    """Who has a file of a draft open, and at which provision, until when that is believed."""

    state = State.WORKING

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="present")
    tab = models.CharField(max_length=40, help_text="a window of their browser")
    person = models.CharField(max_length=40)
    file = models.CharField(max_length=300)
    provision = models.CharField(max_length=300, blank=True)
    writing = models.BooleanField(default=False, help_text="the provision is held softly")
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "tab"], name="presence_tab")
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.provision or self.file}"


def packed(text: str) -> bytes:
    return zlib.compress(text.encode(), 6)


def unpacked(data: bytes | memoryview) -> str:
    return zlib.decompress(bytes(data)).decode()


def open_to(person: str) -> Q:
    """The condition by which drafts are those that somebody may see and write."""
    return Q(owner=person) | Q(drafters__person=person)
