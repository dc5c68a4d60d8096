"""Idempotency keys: the same key, by the same token, for the same act, does it once and is answered alike.

The answer is kept in the transaction of what it tells of, so that neither is ever there without the other.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from contextlib import suppress
from typing import NamedTuple

from django.db import DatabaseError

from ministry.api import receipts, refusals
from ministry.api.models import Answered
from ministry.api.problems import Problem
from ministry.database.transaction import now
from ministry.gate.do import Receipt
from ministry.gate.refusal import Refusal

KEPT = dt.timedelta(days=7)


class Answer(NamedTuple):
    """A status and a body."""

    status: int
    body: bytes


class Done(Exception):
    """It was done before, under the same key; `answer` is what was said then."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("done before")
        self.answer = answer


class Keyed:
    """One act asked for under a key."""

    def __init__(self, token: str, act: str, key: str, given: bytes) -> None:
        parts = "\0".join((token, act, key)).encode()
        self.id = hashlib.sha256(parts).hexdigest()
        self.asked = hashlib.sha256(given).hexdigest()
        self.answer: Answer | None = None

    def before(self) -> None:
        """See that it was not done before.

        Raises:
            Done: it was.
            Problem: the key was used for something else.
        """
        found = Answered.objects.filter(id=self.id).first()
        if found is None:
            return
        if found.asked != self.asked:
            raise Problem("key-used")
        raise Done(Answer(found.status, bytes(found.body)))

    def after(self, came: list[Receipt] | Refusal) -> None:
        self.answer = answer(came)
        Answered.objects.create(
            id=self.id,
            asked=self.asked,
            status=self.answer.status,
            body=self.answer.body,
            at=now(),
        )


def answer(came: list[Receipt] | Refusal) -> Answer:
    """What is answered to an act."""
    if isinstance(came, Refusal):
        return Answer(403, refusals.body(came))
    return Answer(201, receipts.body(came))


def forget(chance: float = 0.01) -> None:
    """Now and then: forget the answers of a week ago."""
    if random.random() < chance:
        with suppress(DatabaseError):
            Answered.objects.filter(at__lt=now() - KEPT).delete()
