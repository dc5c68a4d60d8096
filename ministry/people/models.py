"""People, their appointments, and the powers given to them.

In the register a person is a key (`p-7f3a…`), which says nothing of them. Their name stands here alone, and may be
erased.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from ministry.database.states import State
from ministry.labels.models import Labelled, Readable


class People(BaseUserManager["Person"]):
    """Everybody, for those who have to find a person before it is known who reads: signing in, and the gate."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(sign_in=username)


class Entries(Readable["Person"]):
    """The people whom a reader may know of; and one by the key alone, as whoever signs in is found by the library."""

    def get(self, *_: Any, **lookups: Any) -> Person:
        return Person.everything.get(**self.by_key(lookups))

    def filter(self, *_: Any, **lookups: Any) -> models.QuerySet[Person]:
        return Person.everything.filter(**self.by_key(lookups))

    def by_key(self, lookups: dict[str, Any]) -> dict[str, Any]:
        if lookups.keys() != {"pk"}:
            self.get_queryset()  # which refuses
        return lookups


class Person(AbstractBaseUser, Labelled):
    """Somebody who signs in, or is only known of. Nobody registers themselves."""

    state = State.INSTITUTIONAL
    sort = "person-entry"
    own = ("key",)

    key = models.CharField(max_length=40, primary_key=True)
    sign_in = models.CharField(max_length=80, unique=True, help_text="the name used to sign in")
    name = models.CharField(max_length=200, blank=True, help_text="empty once it was erased")
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    enrolled = models.DateTimeField()

    password = None  # type: ignore[assignment]  # people sign in with passkeys
    last_login = None  # told by the session

    objects = Entries()
    everything: ClassVar[People] = People()

    USERNAME_FIELD = "sign_in"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.key

    def has_usable_password(self) -> bool:
        return False

    def check_password(self, raw_password: str | None) -> bool:
        return False

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class Hold(models.TextChoices):
    HOLDS = "holds", "holds"
    ACTS = "acts", "acts in"


class Appointment(Labelled):
    """A person holds an office, or acts in it, from one moment until another. It is marked as the person is."""

    state = State.INSTITUTIONAL
    sort = "appointment"
    own = ("person_id",)
    concerns = ("office",)

    id = models.CharField(max_length=40, primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    office = models.CharField(max_length=80)
    hold = models.CharField(max_length=8, choices=Hold.choices, default=Hold.HOLDS)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = Readable["Appointment"]()
    everything = models.Manager["Appointment"]()

    class Meta:
        ordering: ClassVar = ["office", "since", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "office"],
                condition=Q(until__isnull=True),
                name="one_current_appointment_to_an_office",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person"], condition=Q(until__isnull=True), name="current_by_person"
            ),
            models.Index(
                fields=["office"], condition=Q(until__isnull=True), name="current_by_office"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.hold} {self.office}"


class Clearance(models.Model):
    """The levels and compartments to which a person is cleared, from one moment until another."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True, help_text="of the record of the act")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    level = models.CharField(max_length=80)
    compartments = models.JSONField(default=list)
    serves = models.CharField(max_length=80, blank=True, help_text="an allied state; empty: ours")
    since = models.DateTimeField()
    until = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True, help_text="withdrawn or replaced")

    class Meta:
        ordering: ClassVar = ["person", "-since"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended__isnull=True), name="one_current_clearance"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.level}"


class Gift(models.Model):
    """A power given by an act of delegation; its terms are those of the entry of that act."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True, help_text="of the record of the act")
    by = models.CharField(max_length=80)
    by_person = models.CharField(max_length=40)
    to = models.CharField(max_length=80)
    to_person = models.CharField(max_length=40, blank=True)
    act = models.CharField(max_length=80, help_text="the act of delegation")
    at = models.DateTimeField()
    until = models.DateField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.by} to {self.to} by {self.act}"


class Standing(models.Model):
    """How often the offices and the powers given have changed: what was read of them before is still so, or not."""

    state = State.INSTITUTIONAL

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    changes = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.changes} changes"
