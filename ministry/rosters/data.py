"""What the acts of rosters are given."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator, Field, StringConstraints

from ministry.gate.deed import Data, Marked

PostKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,79}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Person = Annotated[str, StringConstraints(pattern=r"^p-[a-z0-9-]{1,37}$")]
Record = Annotated[str, StringConstraints(max_length=60)]
Text = Annotated[str, StringConstraints(max_length=8_000)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=8_000)]
WORKED_OUT = "left out: worked out"


def split(given: Any) -> Any:
    """Names in one text are parted by commas or blanks, as a form has them."""
    return tuple(given.replace(",", " ").split()) if isinstance(given, str) else given


Names = Annotated[tuple[Name, ...], BeforeValidator(split), Field(max_length=40)]


class Establishing(Data):
    """A duty post: whose duty it is, the pattern of its shifts, how many are on duty, what they must be able to do."""

    post: PostKey
    name: Words
    office: Name = Field(description="the office whose duty it is")
    keeper: Name = Field(description="the office that keeps its roster")
    zone: Name = Field(default="", description="left out: that of the Book's calendar")
    pattern: Annotated[str, StringConstraints(min_length=1, max_length=4_000)]
    always: bool = Field(default=False, description="somebody is on duty at every moment")
    needs: Annotated[int, Field(ge=1, le=50)] = 1
    overlap: Annotated[int, Field(ge=0, le=180)] = Field(
        default=0, description="minutes of handover"
    )
    offices: Names = Field(default=(), description="one of which whoever is on duty is in")
    acts: Names = Field(default=(), description="which whoever is on duty can do")


class OnPost(Data):
    post: PostKey


class Assigning(OnPost):
    """A person for a post, and the place in the order in which they are called."""

    person: Person
    order: Annotated[int, Field(ge=1, le=1_000)] = 1


class Releasing(OnPost):
    person: Person
    member: Record = Field(default="", description=WORKED_OUT)


class Absent(Data):
    """From when until when somebody is absent."""

    person: Person
    start: AwareDatetime
    end: AwareDatetime


class EndingAbsence(Data):
    absence: Record


class Put(Data):
    """Somebody for the shift that begins at a moment."""

    start: AwareDatetime
    person: Person
    end: AwareDatetime | None = Field(default=None, description=WORKED_OUT)
    name: Annotated[str, StringConstraints(max_length=80)] = Field(
        default="", description=WORKED_OUT
    )


class PublishingRoster(OnPost):
    """A roster: who is on duty from one day to another. What the pattern has and nobody is put to is a gap."""

    first: dt.date
    last: dt.date
    shifts: Annotated[tuple[Put, ...], Field(max_length=5_000)] = ()


class Changing(OnPost):
    """One shift of a published roster: who has it, and who is to; nobody where it is left open."""

    start: AwareDatetime
    old: Person | None = None
    new: Person | None = None
    reason: Said
    end: AwareDatetime | None = Field(default=None, description=WORKED_OUT)
    name: str = Field(default="", description=WORKED_OUT)
    shift: Record = Field(default="", description=WORKED_OUT)


class Filling(OnPost):
    """Somebody for a shift of a published roster that has too few."""

    start: AwareDatetime
    person: Person
    end: AwareDatetime | None = Field(default=None, description=WORKED_OUT)
    name: str = Field(default="", description=WORKED_OUT)


class Reporting(OnPost):
    """A gap that cannot be filled, by the moment at which it begins, and why."""

    start: AwareDatetime
    reason: Said


class Allowed(Data):
    """A breach of a rule of rest: whose, at which shift, of which rule, how much it is."""

    person: Person
    start: AwareDatetime
    rule: Annotated[str, StringConstraints(pattern="^(rest|longest|week|nights)$")]
    found: Annotated[int, Field(ge=0, le=1_000)]


def breaches_of(given: Any) -> Any:
    """As a form has them: `p-7f3a 2026-01-12T07:00+00:00 rest 9`, one below the other."""
    if not isinstance(given, str):
        return given
    rows = [(*line.split(), "", "", "", "")[:4] for line in given.splitlines() if line.strip()]
    return tuple(dict(zip(("person", "start", "rule", "found"), row, strict=True)) for row in rows)


class Excepting(OnPost):
    """Breaches of rules of rest that are allowed, and why."""

    breaches: Annotated[
        tuple[Allowed, ...], BeforeValidator(breaches_of), Field(min_length=1, max_length=200)
    ]
    reason: Said


class Swapping(Data):
    """A shift of one's own, who is asked to take it, and the shift of theirs that one takes; none: for nothing."""

    shift: Record
    taker: Person
    back: Record = ""
    reason: Text = ""
    post: str = Field(default="", description=WORKED_OUT)


class OnSwap(Data):
    swap: Record


class Approving(OnSwap):
    """What is exchanged, when it is approved."""

    moves: tuple[tuple[str, str], ...] = Field(default=(), description=WORKED_OUT)


class HandingOver(OnPost):
    """How things stand and what is open, at the end of a shift of one's own."""

    standing: Said
    open: Text = ""
    marking: Marked = ""
    shift: Record = Field(default="", description=WORKED_OUT)
    office: str = Field(default="", description=WORKED_OUT)


class TakingOver(OnPost):
    """The note with which a shift begins; none where none was left."""

    note: Record = ""
