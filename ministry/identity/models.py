"""What people and systems prove who they are with.

What the register decided is institutional: which passkey was registered for whom, which link was issued, which token.
What a sign-in needs besides (the public key itself, in `mfa`; sessions; counts of attempts) is working state, and gives
nothing by itself: a passkey that no act registered signs nobody in.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

from ministry.database.states import State
from ministry.people.models import Person


class Passkey(models.Model):
    """A passkey is registered for a person, until it is removed."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True, help_text="of the record of the act")
    person = models.ForeignKey(Person, models.PROTECT, related_name="passkeys")
    digest = models.CharField(
        max_length=64, help_text="SHA-256 of the credential: its id and public key"
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["digest"], name="one_registration_of_a_passkey")
        ]

    def __str__(self) -> str:
        return f"passkey of {self.person_id}"


class EnrolmentLink(models.Model):
    """A link by which one passkey may be registered, once, for a while."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True, help_text="of the record of the act")
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolment_links")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of its secret")
    issued = models.DateTimeField()
    until = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)
    replaced = models.DateTimeField(null=True, blank=True, help_text="by a later link")

    class Meta:
        ordering: ClassVar = ["issued", "id"]

    def __str__(self) -> str:
        return f"enrolment link for {self.person_id}"


class RecoveryCode(models.Model):
    """A code with which a person signs in once, when their passkeys are out of reach."""

    state = State.INSTITUTIONAL

    digest = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 of the code")
    person = models.ForeignKey(Person, models.PROTECT, related_name="recovery_codes")
    made = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)
    replaced = models.DateTimeField(null=True, blank=True, help_text="by new codes")

    class Meta:
        ordering: ClassVar = ["made", "digest"]
        indexes: ClassVar = [
            models.Index(
                fields=["person"],
                condition=Q(used__isnull=True, replaced__isnull=True),
                name="codes_that_are_good",
            )
        ]

    def __str__(self) -> str:
        return f"recovery code of {self.person_id}"


class Token(models.Model):
    """What a system shows to act for an office, in the name of a person who is in it."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True, help_text="of the record of the act")
    person = models.ForeignKey(Person, models.PROTECT, related_name="tokens")
    office = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token")
    purpose = models.CharField(max_length=200)
    issued = models.DateTimeField()
    until = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-issued", "id"]

    def __str__(self) -> str:
        return f"token of {self.person_id} for {self.office}"


class TokenUse(models.Model):
    """When a token was last used, to the minute."""

    state = State.WORKING

    token = models.OneToOneField(
        Token, models.CASCADE, primary_key=True, related_name="use", db_constraint=False
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.token_id} at {self.at}"


class Session(AbstractBaseSession):
    """One sign-in: by whom, on what, in which office. `session_key` is the SHA-256 of what the browser has."""

    state = State.WORKING

    person = models.CharField(max_length=40, blank=True, db_index=True)
    office = models.CharField(max_length=80, blank=True)
    way = models.CharField(max_length=16, blank=True)
    device = models.CharField(max_length=80, blank=True)
    began = models.DateTimeField(null=True, blank=True)
    seen = models.DateTimeField(null=True, blank=True)

    @classmethod
    def get_session_store_class(cls) -> type:
        from ministry.identity.sessions import SessionStore

        return SessionStore


class Attempts(models.Model):
    """How often something was tried within one window of time. The key says nothing of who tried."""

    state = State.WORKING

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=1)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} until {self.until}"
