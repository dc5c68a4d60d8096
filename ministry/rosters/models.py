"""What rosters hold: posts, who is assigned, absences, rosters with their shifts, swaps, handovers, drafts, feeds."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from ministry.database.states import State
from ministry.labels.models import Labelled, Readable
from ministry.rosters.pattern import Line, Slot, lines_of


class Post(models.Model):
    """A place at which somebody is on duty, by a pattern of shifts."""

    state = State.INSTITUTIONAL

    key = models.CharField(max_length=80, primary_key=True)
    name = models.CharField(max_length=200)
    office = models.CharField(max_length=80, help_text="the office whose duty it is")
    keeper = models.CharField(max_length=80, help_text="the office that keeps its roster")
    zone = models.CharField(max_length=60)
    pattern = models.TextField(help_text="see `pattern.lines_of`")
    always = models.BooleanField(default=False, help_text="somebody is on duty at every moment")
    needs = models.PositiveSmallIntegerField(default=1, help_text="how many are on duty")
    overlap = models.PositiveSmallIntegerField(default=0, help_text="minutes of handover")
    offices = models.JSONField(default=list, help_text="one of which whoever is on duty is in")
    acts = models.JSONField(default=list, help_text="which whoever is on duty can do")
    record = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "key"]

    def __str__(self) -> str:
        return self.name

    @property
    def lines(self) -> tuple[Line, ...]:
        return lines_of(self.pattern)

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def day_of(self, at: dt.datetime) -> dt.date:
        """The day by the clock of the post."""
        return at.astimezone(self.tz).date()


class Member(models.Model):
    """A person assigned to a post, in the order in which they are called."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="members")
    person = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField(default=1)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["post", "order", "since", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["post", "person"], condition=Q(until=None), name="assigned_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["person"], name="assigned_person")]

    def __str__(self) -> str:
        return f"{self.person} at {self.post_id}"


class Absence(models.Model):
    """A time at which a person is not on duty. Why is not kept: it is nobody's business here."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True)
    person = models.CharField(max_length=40)
    start = models.DateTimeField()
    end = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["start", "id"]
        indexes: ClassVar = [models.Index(fields=["person", "end"], name="absent_person")]

    def __str__(self) -> str:
        return f"{self.person} from {self.start}"


class Roster(models.Model):
    """A published roster: of one post, from one day to another, both included, by the clock of the post."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="rosters")
    first = models.DateField()
    last = models.DateField()
    at = models.DateTimeField()
    person = models.CharField(max_length=40, help_text="who published it")

    class Meta:
        ordering: ClassVar = ["post", "first", "id"]

    def __str__(self) -> str:
        return f"{self.post_id} from {self.first}"


class Shift(models.Model):
    """Somebody is on duty at a post from a moment until another, handover included; `void` since it changed."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=60, primary_key=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="shifts", db_index=False)
    person = models.CharField(max_length=40)
    start = models.DateTimeField()
    end = models.DateTimeField()
    name = models.CharField(max_length=80, blank=True)
    made = models.DateTimeField()
    void = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["start", "post", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["post", "start", "person"], condition=Q(void=None), name="shift_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["post", "start"], condition=Q(void=None), name="on_duty_at"),
            models.Index(fields=["person", "start"], condition=Q(void=None), name="shifts_of"),
            models.Index(fields=["start"], condition=Q(void=None), name="shifts_from"),
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.post_id} from {self.start}"

    @property
    def slot(self) -> Slot:
        return Slot(self.start, self.end, self.name)


class Exempt(models.Model):
    """A breach of a rule of rest that was allowed: for whom, at which shift, and how far."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=60, primary_key=True)
    record = models.CharField(max_length=40)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    person = models.CharField(max_length=40)
    start = models.DateTimeField()
    rule = models.CharField(max_length=10)
    found = models.IntegerField()
    reason = models.TextField()
    by = models.CharField(max_length=40)
    office = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["start", "id"]
        indexes: ClassVar = [models.Index(fields=["person", "start"], name="exempt_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.rule} at {self.start}"


class Swap(models.Model):
    """A shift that somebody asks another to take, for one of theirs or for none."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="swaps")
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="+")
    back = models.ForeignKey(Shift, models.PROTECT, related_name="+", null=True, blank=True)
    giver = models.CharField(max_length=40)
    taker = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    asked = models.DateTimeField()
    accepted = models.DateTimeField(null=True, blank=True)
    approved = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True, help_text="declined or withdrawn")

    class Meta:
        ordering: ClassVar = ["asked", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["shift"],
                condition=Q(approved=None, ended=None),
                name="one_swap_of_a_shift_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.giver} to {self.taker}"

    @property
    def is_open(self) -> bool:
        return self.approved is None and self.ended is None


class GapReport(models.Model):
    """What was said of a gap that cannot be filled."""

    state = State.INSTITUTIONAL

    id = models.CharField(max_length=40, primary_key=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    start = models.DateTimeField()
    reason = models.TextField()
    at = models.DateTimeField()
    person = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["start", "id"]
        indexes: ClassVar = [models.Index(fields=["post", "start"], name="gap_reported")]

    def __str__(self) -> str:
        return f"{self.post_id} from {self.start}"


class Handover(Labelled):
    """What one shift leaves to the next: how things stand, what is open. Signed by whoever leaves and whoever comes."""

    state = State.INSTITUTIONAL
    sort = "task"
    own = ("leaving", "coming")
    concerns = ("office",)

    id = models.CharField(max_length=40, primary_key=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="handovers")
    office = models.CharField(max_length=80, help_text="whose duty it is")
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="+")
    leaving = models.CharField(max_length=40)
    at = models.DateTimeField()
    standing = models.TextField(help_text="how things stand")
    open = models.TextField(blank=True, help_text="open matters")
    coming = models.CharField(max_length=40, blank=True)
    taken = models.DateTimeField(null=True, blank=True)

    objects = Readable["Handover"]()
    everything = models.Manager["Handover"]()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["post", "at"], name="handover_of"),
            models.Index(fields=["shift"], name="handover_shift"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} at {self.at}"


class Left(models.Model):
    """That a shift left a note, whatever it says: so that a missing one is seen by whoever may not read it."""

    state = State.INSTITUTIONAL

    shift = models.OneToOneField(Shift, models.PROTECT, primary_key=True, related_name="left")

    def __str__(self) -> str:
        return self.shift_id


class Draft(models.Model):
    """A plan that is not published: whoever makes it has it alone."""

    state = State.WORKING

    person = models.CharField(max_length=40)
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    first = models.DateField()
    last = models.DateField()
    given = models.JSONField(default=dict, help_text="by the beginning of a shift, the people")
    changed = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "post", "first"], name="one_draft_of_a_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_id} from {self.first}"


class Feed(models.Model):
    """The address of a calendar, kept as a digest of its secret: of the shifts of its owner, or of a post."""

    state = State.WORKING

    digest = models.CharField(max_length=64, unique=True)
    person = models.CharField(max_length=40)
    office = models.CharField(max_length=80, help_text="in which its owner reads")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+", null=True, blank=True)
    made = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["made", "id"]
        indexes: ClassVar = [models.Index(fields=["person"], name="feeds_of")]

    def __str__(self) -> str:
        return f"{self.person} {self.post_id or 'own'}"
