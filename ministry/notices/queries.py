"""What notices answers a reader: never one of something that they may not read, not in a count either."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import F, QuerySet

from ministry.labels.reader import Reader
from ministry.notices.kinds import kinds
from ministry.notices.models import Notice, Preference
from ministry.notices.telling import chosen, default

COUNTED = 99
"""So many are counted; of more it is said that they are more."""


def addressed(reader: Reader) -> QuerySet[Notice]:
    """The notices of a person: those of the office that they act in, and those that are their own affair."""
    return Notice.objects.seen_by(reader).filter(
        person=reader.person, office__in=("", reader.office)
    )


def unread(reader: Reader) -> int:
    """How many are unread, `COUNTED` + 1 at the most. One query, over the unread ones alone."""
    return addressed(reader).filter(read=None)[: COUNTED + 1].count()


def listed(reader: Reader, kind: str = "", unread_only: bool = False) -> QuerySet[Notice]:
    """Unread ones first, then the latest first."""
    rows = addressed(reader)
    if kind:
        rows = rows.filter(kind=kind)
    if unread_only:
        rows = rows.filter(read=None)
    return rows.order_by(F("read").asc(nulls_first=True), "-at", "id")


def mark(
    reader: Reader, at: dt.datetime, names: Collection[str] | None = None, kind: str = ""
) -> int:
    """Mark as read: those of these names, or all of a kind, or all; how many were unread before."""
    rows = addressed(reader).filter(read=None)
    if names is not None:
        rows = rows.filter(id__in=list(names))
    if kind:
        rows = rows.filter(kind=kind)
    return rows.update(read=at, mail="")


def preferences(person: str) -> dict[str, str]:
    """How somebody is mailed each kind."""
    said = chosen({person})
    return {name: said.get((person, name)) or default(one.asks) for name, one in kinds().items()}


def prefer(person: str, wanted: dict[str, str]) -> None:
    """Keep how somebody wants kinds by mail."""
    for kind, mail in wanted.items():
        Preference.objects.update_or_create(person=person, kind=kind, defaults={"mail": mail})
