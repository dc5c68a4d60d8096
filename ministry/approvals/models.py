"""What somebody asked others to do, and what was done in danger."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ministry.database.states import State
from ministry.gate.models import Duty
from ministry.labels.models import Labelled, Readable
from ministry.labels.reader import Reader


class Outcome(models.TextChoices):
    OPEN = "open", "open"
    GRANTED = "granted", "granted"
    DECLINED = "declined", "declined"
    WITHDRAWN = "withdrawn", "withdrawn"


class Request(Labelled):
    """An act that somebody asks those who have the power to do."""

    state = State.INSTITUTIONAL
    sort = "task"
    own = ("requester",)
    concerns = ("office",)

    id = models.CharField(max_length=40, primary_key=True, help_text="the record of the asking")
    act = models.CharField(max_length=80)
    data = models.JSONField(help_text="what the act would be given")
    about = models.CharField(max_length=200, blank=True)
    requester = models.CharField(max_length=40)
    office = models.CharField(max_length=80, help_text="the office that asks")
    refusal = models.CharField(max_length=40, blank=True, help_text="the record of the refusal")
    reason = models.TextField(blank=True)
    asked = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)
    answer = models.TextField(blank=True)

    objects = Readable["Request"]()
    everything = models.Manager["Request"]()

    class Meta:
        ordering: ClassVar = ["-asked", "id"]
        indexes: ClassVar = [
            models.Index(fields=["asked"], condition=Q(outcome="open"), name="open_request_asked"),
            models.Index(fields=["requester", "asked"], name="request_requester"),
        ]

    def connected(self, reader: Reader) -> tuple[bool, bool]:
        own, of_office = super().connected(reader)
        put_to = self.offices.filter(office=reader.office).exists
        return own, of_office or put_to()

    def __str__(self) -> str:
        return f"{self.act} asked by {self.office}: {self.outcome}"


class Asked(models.Model):
    """An office that could do what is asked for."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=130, primary_key=True)
    request = models.ForeignKey(Request, models.PROTECT, related_name="offices", db_index=False)
    office = models.CharField(max_length=80)
    open = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["request", "office"]
        indexes: ClassVar = [
            models.Index(fields=["office"], condition=Q(open=True), name="open_asked_office"),
            models.Index(fields=["request"], name="asked_request"),
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.request_id}"


class Exceeding(Labelled):
    """An act done in danger although it was refused, until it is decided whether it stands."""

    state = State.INSTITUTIONAL
    sort = "task"
    own = ("person",)
    concerns = ("office",)

    id = models.CharField(max_length=40, primary_key=True, help_text="the record of the override")
    act = models.CharField(max_length=80)
    about = models.CharField(max_length=200, blank=True)
    person = models.CharField(max_length=40)
    office = models.CharField(max_length=80)
    reason = models.TextField()
    at = models.DateTimeField()
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    stands = models.BooleanField(null=True, blank=True)

    objects = Readable["Exceeding"]()
    everything = models.Manager["Exceeding"]()

    class Meta:
        ordering: ClassVar = ["-at", "id"]

    def connected(self, reader: Reader) -> tuple[bool, bool]:
        own, of_office = super().connected(reader)
        duties = Duty.everything.filter(act="decide-override", about=self.id)
        return own, of_office or any(reader.office in duty.offices for duty in duties)

    def __str__(self) -> str:
        return f"{self.act} by {self.office} in danger"
