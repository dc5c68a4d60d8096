"""Proposed editions, and what others say of them.

What is proposed is open to everybody in office, and so is all that is said of it: the law is made in the open.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ministry.database.states import State


class Proposal(models.Model):
    """An edition that somebody proposed; certified and promulgated or not.

    A revision is a proposal of its own, and all that revise one another have the same `root`: the first of them, which
    is what the acts on any of them are about. The last, the one that is not `revised`, is what may be promulgated.
    """

    state = State.INSTITUTIONAL

    edition = models.CharField(max_length=64, primary_key=True, help_text="its digest")
    title = models.CharField(max_length=200, blank=True)
    proposer = models.CharField(max_length=40)
    proposed = models.DateTimeField()
    reason = models.TextField(blank=True)
    root = models.CharField(
        max_length=64, blank=True, db_index=True, help_text="the edition first proposed"
    )
    base = models.CharField(max_length=64, blank=True, help_text="the edition that it amends")
    revised = models.DateTimeField(null=True, blank=True, help_text="when another took its place")
    differs = models.JSONField(
        default=dict,
        help_text="the provisions that do not say what the base says: old and new fingerprint",
    )
    certified = models.DateTimeField(null=True, blank=True)
    promulgated = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-proposed"]
        indexes: ClassVar = [
            models.Index(
                fields=["proposed"],
                condition=Q(revised=None, promulgated=None, withdrawn=None),
                name="open_proposal",
            )
        ]

    def __str__(self) -> str:
        return self.title or f"proposal of {self.edition[:12]}"

    @property
    def is_open(self) -> bool:
        """Whether it may still be revised, spoken of and promulgated."""
        return self.revised is None and self.promulgated is None and self.withdrawn is None


class Consultation(models.Model):
    """An office that was asked for its opinion."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True, help_text="the record of the asking")
    root = models.CharField(max_length=64, db_index=True)
    office = models.CharField(max_length=80)
    asked = models.DateTimeField()
    asked_by = models.CharField(max_length=40)
    due = models.DateTimeField()
    question = models.TextField(blank=True)
    provisions = models.JSONField(
        default=list, help_text="the keys of those asked about; none: all"
    )

    class Meta:
        ordering: ClassVar = ["asked", "id"]
        indexes: ClassVar = [models.Index(fields=["office", "due"], name="consultation_office")]

    def __str__(self) -> str:
        return f"{self.office} asked about {self.root[:12]}"


class Position(models.TextChoices):
    AGREES = "agrees", "agrees"
    OBJECTS = "objects", "objects"
    NOTHING = "nothing-to-say", "has nothing to say"


class Opinion(models.Model):
    """What an office answered, and of what: `pins` has the fingerprint of each provision as it read then."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True, help_text="the record of the answer")
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="opinions")
    edition = models.CharField(max_length=64, help_text="the proposed edition that was read")
    person = models.CharField(max_length=40)
    at = models.DateTimeField()
    position = models.CharField(max_length=20, choices=Position.choices)
    text = models.TextField(blank=True)
    pins = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.consultation.office} {self.position}"


class Examination(models.Model):
    """What an edition was examined for, and what was found: one check, for all that it changed then."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=130, primary_key=True, help_text="its record and the check")
    root = models.CharField(max_length=64, db_index=True)
    edition = models.CharField(max_length=64)
    check_name = models.CharField(max_length=80, help_text="a value of `legal-check` of the Book")
    passed = models.BooleanField()
    reason = models.TextField()
    person = models.CharField(max_length=40)
    office = models.CharField(max_length=80)
    at = models.DateTimeField()
    pins = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.check_name}: {'passed' if self.passed else 'found wanting'}"


class Resolution(models.TextChoices):
    ACCEPTED = "accepted", "accepted"
    REJECTED = "rejected", "rejected"
    ANSWERED = "answered", "answered"


class Comment(models.Model):
    """What somebody says of a provision, until it is resolved; `fingerprint` tells how the provision read then."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True, help_text="the record of the comment")
    root = models.CharField(max_length=64, db_index=True)
    edition = models.CharField(max_length=64)
    provision = models.CharField(max_length=300, help_text="its key; empty: the whole")
    fingerprint = models.CharField(max_length=64, blank=True)
    text = models.TextField()
    person = models.CharField(max_length=40)
    office = models.CharField(max_length=80)
    at = models.DateTimeField()
    resolution = models.CharField(max_length=10, choices=Resolution.choices, blank=True)
    resolved = models.DateTimeField(null=True, blank=True)
    resolved_by = models.CharField(max_length=40, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.office} on {self.provision or 'the whole'}"
