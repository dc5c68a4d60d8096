"""Notices of a person, how they want them, and how far the log was told.

All of it is working state: it follows from the Journal and from what acts made of the tables, and decides nothing.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ministry.database.states import State
from ministry.labels.models import Labelled, Readable


class Mail(models.TextChoices):
    """How somebody is told of a kind of notice by mail. In the console it always stands."""

    NEVER = "never", "never"
    DAILY = "daily", "once a day"
    SOON = "soon", "at once"


class Notice(Labelled):
    """One thing of which one person is told: in an office that they are in, or as their own affair."""

    state = State.WORKING
    sort = "task"
    own = ("subject",)
    concerns = ("office",)

    id = models.CharField(max_length=40, primary_key=True, help_text="a digest of what it is")
    person = models.CharField(max_length=40, help_text="who is told")
    office = models.CharField(
        max_length=80, blank=True, help_text="in which office; empty: it is their own affair"
    )
    subject = models.CharField(
        max_length=40, blank=True, help_text="the person, where it is their own affair"
    )
    kind = models.CharField(max_length=40)
    said = models.CharField(max_length=40, blank=True, help_text="which words of its kind")
    thing = models.CharField(max_length=200, blank=True, help_text="by which it ends")
    record = models.CharField(max_length=40, blank=True, help_text="empty: time alone brought it")
    href = models.CharField(max_length=400, help_text="where the thing stands")
    about = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=200, blank=True, help_text="the office that did it, in words")
    due = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(help_text="when it happened")
    over = models.DateTimeField(null=True, blank=True, help_text="when it waited no longer")
    read = models.DateTimeField(null=True, blank=True)
    mail = models.CharField(
        max_length=8, blank=True, choices=Mail.choices, help_text="still to be mailed so"
    )

    objects = Readable["Notice"]()
    everything = models.Manager["Notice"]()

    class Meta:
        ordering: ClassVar = ["-at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["person", "office"], condition=Q(read=None), name="notice_unread"),
            models.Index(fields=["person", "-at"], name="notice_person"),
            models.Index(fields=["at"], name="notice_at"),
            models.Index(
                fields=["thing"], condition=Q(over=None) & ~Q(thing=""), name="notice_thing"
            ),
            models.Index(fields=["mail", "person"], condition=~Q(mail=""), name="notice_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.href}"


class Preference(models.Model):
    """How somebody wants one kind of notice by mail, where they said so."""

    state = State.WORKING

    person = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    mail = models.CharField(max_length=8, choices=Mail.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_preference_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.mail}"


class Mailed(models.Model):
    """When somebody was last sent a mail at once: further ones wait until it is a while ago."""

    state = State.WORKING

    person = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person} at {self.at:%Y-%m-%d %H:%M}"


class Reach(models.Model):
    """How far the notices have come: one row for the log, one for time, so that neither waits for the other."""

    state = State.WORKING

    of = models.CharField(max_length=4, primary_key=True, help_text="log or time")
    leaves = models.BigIntegerField(default=0, help_text="so many leaves of the log were told")
    until = models.DateTimeField(null=True, help_text="what time brought until then was told")

    def __str__(self) -> str:
        return f"{self.of}: {self.leaves} leaves, {self.until}"
