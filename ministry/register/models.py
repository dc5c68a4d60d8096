"""The rows of the register. They are appended to and never changed; what may be erased stands apart."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ministry.database.states import State
from ministry.labels.models import Labelled, Readable


class Kind(models.TextChoices):
    """What became of what was asked of the gate."""

    ACT = "act", "act"
    REFUSAL = "refusal", "refusal"
    READ = "read", "read"


class Record(Labelled):
    """One act, refusal or sensitive read. `body` is what counts; the columns beside it serve to find it."""

    state = State.REGISTER
    sort = "record"
    own = ("person",)
    concerns = ("actor",)
    by_name = "id"

    number = models.BigAutoField(primary_key=True)
    id = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    at = models.DateTimeField()
    act = models.CharField(max_length=80)
    actor = models.CharField(max_length=80, help_text="the office acted in")
    person = models.CharField(max_length=40)
    place = models.CharField(max_length=80, help_text="the office in whose place it was done")
    about = models.CharField(max_length=200, blank=True)
    to = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=16)
    edition = models.CharField(max_length=64)
    body = models.BinaryField(help_text="canonical bytes (`register.record`)")
    salt = models.BinaryField(
        help_text="32 random bytes: the leaf of the log is a commitment to it and to the body"
    )

    objects = Readable["Record"]()
    everything = models.Manager["Record"]()

    class Meta:
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [
            models.Index(fields=["act", "about", "number"], name="record_act_about"),
            models.Index(fields=["about", "number"], name="record_about"),
            models.Index(fields=["person", "number"], name="record_person"),
            models.Index(fields=["actor", "number"], name="record_actor"),
            models.Index(fields=["at"], name="record_at"),
            # The explorer has three more (migration 0002).
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.act} by {self.actor}: {self.outcome}"


class Sealed(models.Model):
    """A field of a record that may be erased: the body holds only a commitment to it."""

    state = State.REGISTER

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(
        Record, models.PROTECT, to_field="id", related_name="sealed", db_index=False
    )
    field = models.CharField(max_length=80)
    subject = models.CharField(max_length=40, blank=True, help_text="the person of whom it tells")
    salt = models.BinaryField()
    value = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "field"], name="one_seal_for_a_field")
        ]
        indexes: ClassVar = [models.Index(fields=["subject"], name="sealed_subject")]

    def __str__(self) -> str:
        return f"{self.field} of {self.record_id}"


class Pending(models.Model):
    """A record that is not in the log yet."""

    state = State.REGISTER

    number = models.BigIntegerField(primary_key=True, help_text="of the record")

    def __str__(self) -> str:
        return str(self.number)


class Leaf(models.Model):
    """The place of a record in the log."""

    state = State.LOG

    index = models.BigIntegerField(primary_key=True)
    number = models.BigIntegerField(unique=True, help_text="of the record")
    commitment = models.BinaryField(help_text="the data of the leaf")

    def __str__(self) -> str:
        return f"leaf {self.index}"


class Tile(models.Model):
    """Up to 256 hashes of one level (C2SP tlog-tiles); only the last one of a level still grows."""

    state = State.LOG

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()

    def __str__(self) -> str:
        return f"tile {self.level}/{self.index}"


class Checkpoint(models.Model):
    """The tree at one size. It is committed first and signed then: what is signed is never rolled back."""

    state = State.LOG

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    at = models.DateTimeField()
    note = models.BinaryField(null=True, help_text="signed, with the cosignatures so far")
    quorum = models.BooleanField(default=False, help_text="cosigned as the policy asks")

    class Meta:
        ordering: ClassVar = ["size"]

    def __str__(self) -> str:
        return f"checkpoint at {self.size}"


class LogKey(models.Model):
    """A key that the log signs with, from one size of the tree and below another."""

    state = State.INSTITUTIONAL

    key = models.TextField(primary_key=True, help_text="the verifier key (C2SP signed-note)")
    since = models.BigIntegerField()
    until = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["since", "key"]

    def __str__(self) -> str:
        return self.key[:60]


class Witness(models.Model):
    """Somebody outside who cosigns the log."""

    state = State.INSTITUTIONAL

    name = models.CharField(max_length=80, primary_key=True)
    key = models.TextField(unique=True, help_text="its verifier key for cosignatures")
    url = models.CharField(
        max_length=500, blank=True, help_text="where it is asked; empty: it asks"
    )
    admitted = models.DateTimeField()
    retired = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["admitted", "name"]

    def __str__(self) -> str:
        return self.name


class Quorum(models.Model):
    """How many of the witnesses must have cosigned a checkpoint."""

    state = State.INSTITUTIONAL

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    needed = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.needed} witnesses"


class Cosigning(models.Model):
    """How far a witness has followed, and what became of asking it last."""

    state = State.LOG

    witness = models.CharField(max_length=80, primary_key=True)
    size = models.BigIntegerField(default=0)
    asked = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.witness} at {self.size}"
