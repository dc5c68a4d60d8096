"""One row for each label in use: what is kept names it, and a reader's labels are worked out once."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models import Q, QuerySet

from ministry.database.states import State
from ministry.labels.marking import Marking
from ministry.labels.reader import Reader

M = TypeVar("M", bound=models.Model)


class Label(models.Model):
    """A level, with compartments and with those outside to whom it may be released."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True, help_text="a digest of what it says")
    level = models.CharField(max_length=80, blank=True, help_text="empty: open to everyone")
    compartments = models.JSONField(default=list)
    releasable = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["level", "id"]

    def __str__(self) -> str:
        return str(self.marking) or "open"

    @property
    def marking(self) -> Marking:
        return Marking(self.level, tuple(self.compartments), tuple(self.releasable))


class NoReader(RuntimeError):
    """Rows that may be marked were asked for without saying who reads them."""


class Readable(models.Manager[M]):
    """Gives rows to a reader only: `Record.objects.seen_by(reader)`.

    What is asked of its rows (a count, a search, one of them by its name) is asked of what that reader may read.
    """

    def get_queryset(self) -> QuerySet[M]:
        raise NoReader(
            f"{self.model.__name__}: say who reads (`objects.seen_by(reader)`); "
            "what serves the gate reads `everything`"
        )

    def seen_by(self, reader: Reader, on_record: bool = True) -> QuerySet[M]:
        """The rows that somebody may read, by their labels and by what connects them with the reader.

        Without `on_record` only those that they may read without a record of it.
        """
        kind: Any = self.model
        sight = reader.sight(kind.sort)
        if not on_record:
            sight = sight.freely()
        wanted = Q(label__in=sorted(sight.others))
        for labels, columns, value in (
            (sight.own - sight.others, kind.own, reader.person),
            (sight.office - sight.others, kind.concerns, reader.office),
        ):
            for column in columns if labels else ():
                wanted |= Q(**{column: value}, label__in=sorted(labels))
        return super().get_queryset().filter(wanted)

    def put_to(self, reader: Reader) -> QuerySet[M]:
        """The rows that somebody may read of those put to their office: that they are put to it the caller sees to."""
        kind: Any = self.model
        sight = reader.sight(kind.sort)
        return super().get_queryset().filter(label__in=sorted(sight.office | sight.others))


class Labelled(models.Model):
    """Something that may be marked."""

    sort: ClassVar[str]
    """What the Book calls it (`material-kind`)."""
    own: ClassVar[tuple[str, ...]] = ()
    """Columns with the persons whose own it is."""
    concerns: ClassVar[tuple[str, ...]] = ()
    """Columns with the offices that it concerns."""

    by_name: ClassVar[str] = "pk"
    """The column by which the register calls it."""

    label = models.CharField(max_length=40, blank=True, default="", help_text="empty: open")

    class Meta:
        abstract = True

    @property
    def called(self) -> str:
        """What the register calls it."""
        return str(getattr(self, self.by_name))

    def connected(self, reader: Reader) -> tuple[bool, bool]:
        """Whether it is the reader's own, and whether it concerns the reader's office."""
        return (
            any(getattr(self, column) == reader.person for column in self.own),
            any(getattr(self, column) == reader.office for column in self.concerns),
        )


def kinds(sort: str) -> list[type[Labelled]]:
    """The models of that sort."""
    return [one for one in Labelled.__subclasses__() if one.sort == sort]
