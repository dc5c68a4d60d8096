"""What the acts of statutes are given."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BeforeValidator, Field, StringConstraints

from ministry.gate.deed import Data

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Title = Annotated[str, StringConstraints(max_length=200)]
Text = Annotated[str, StringConstraints(max_length=8_000)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=8_000)]
Key = Annotated[str, StringConstraints(max_length=300)]
Record = Annotated[str, StringConstraints(max_length=40)]
Pins = dict[str, str]
Differences = dict[str, tuple[str, str]]
WORKED_OUT = "left out: worked out"


class OnEdition(Data):
    """What is given for an act on a proposed edition. All of one root are called by it."""

    edition: Digest
    root: str = Field("", description=WORKED_OUT)


class Proposing(Data):
    """An edition and why it is proposed."""

    edition: Digest
    title: Title = ""
    reason: Annotated[str, StringConstraints(max_length=4000)] = ""
    base: str = Field("", description="the edition that it amends; left out: the one in force")
    differs: Differences = Field(default={}, description=WORKED_OUT)


class Revising(OnEdition):
    """The edition that takes the place of one that was proposed."""

    by: Digest
    reason: Annotated[str, StringConstraints(max_length=4000)] = ""
    base: str = Field("", description="the edition that it amends; left out: the same as before")
    differs: Differences = Field(default={}, description=WORKED_OUT)


class WithdrawingEdition(OnEdition):
    reason: Annotated[str, StringConstraints(max_length=4000)] = ""


class Consulting(OnEdition):
    """The office that is asked, until when, and about which provisions; none: about all that is changed."""

    office: Name
    due: AwareDatetime
    question: Text = ""
    provisions: Annotated[tuple[Key, ...], Field(max_length=200)] = ()


class Answering(OnEdition):
    """What an office says of the edition that it read."""

    consultation: Record
    position: Literal["agrees", "objects", "nothing-to-say"]
    text: Text = ""
    pins: Pins = Field(default={}, description=WORKED_OUT)


class Commenting(OnEdition):
    provision: Key = ""
    text: Said
    fingerprint: str = Field("", description=WORKED_OUT)


class Resolving(OnEdition):
    comment: Record
    resolution: Literal["accepted", "rejected", "answered"]
    text: Text = ""


class Finding(Data):
    """What was found on one check, and why."""

    passed: bool
    reason: Said


class Examining(OnEdition):
    """What was found, by check: a value of the Book's `legal-check`."""

    findings: Annotated[dict[Name, Finding], Field(min_length=1, max_length=40)]
    pins: Pins = Field(default={}, description=WORKED_OUT)


class Certifying(OnEdition):
    pass


class Promulgating(OnEdition):
    since: AwareDatetime | None = Field(None, description="from when; left out: at once")
    number: int = Field(0, description="left out: the next one")

    def begins(self, at: dt.datetime) -> dt.datetime:
        """From when it is in force, where it is promulgated at a moment."""
        return self.since or at


Instrument = Annotated[str, StringConstraints(min_length=1, max_length=120)]


class BeginningReview(Data):
    """An instrument that is to be reviewed."""

    instrument: Instrument
    note: Text = ""
    due: dt.date | None = Field(None, description=WORKED_OUT)
    edition: str = Field("", description=WORKED_OUT)


class ConcludingReview(Data):
    """What becomes of an instrument, why, and by when it is reviewed next."""

    instrument: Instrument
    outcome: Literal["keep", "amend", "repeal"]
    reasons: Said
    next: dt.date
    review: str = Field("", description=WORKED_OUT)
    evidence: dict[str, Any] = Field(default={}, description=WORKED_OUT)


def split(given: Any) -> Any:
    """Keys in one text are parted by commas or spaces, as a form has them."""
    return tuple(given.replace(",", " ").split()) if isinstance(given, str) else given


Keys = Annotated[tuple[Key, ...], BeforeValidator(split), Field(min_length=1, max_length=200)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Brings = tuple[tuple[Digest, AwareDatetime], ...]
"""Editions, each with the moment from which it is in force: the one in force, and those that are to come."""


class Brought(Data):
    """What an act that changes the text in force, and that of the editions to come, brings into force."""

    brings: Brings = Field(default=(), description=WORKED_OUT)
    number: int = Field(0, description=WORKED_OUT)


class SuspendingProvisions(Brought):
    """Provisions (`INSTRUMENT/LABEL`) or whole instruments that are suspended until a day, which is the last."""

    provisions: Keys
    until: dt.date
    reason: Said
    since: AwareDatetime | None = Field(None, description="from when; left out: at once")
    parts: tuple[Key, ...] = Field(default=(), description=WORKED_OUT)
    first: dt.date | None = Field(None, description=WORKED_OUT)
    ends: AwareDatetime | None = Field(None, description=WORKED_OUT)


class Lifting(Brought):
    """A suspension that ends before its day, and why."""

    suspension: Record
    reason: Text = ""


class RepealingProvision(Data):
    """Provisions that are to be repealed from a day; `edition` where the same text mends what refers to them."""

    provisions: Keys
    day: dt.date = Field(description="the first day on which they are no longer in force")
    edition: str = Field(
        "", description="a deposited text; left out: the one in force with the repeal"
    )
    title: Title = ""
    reason: Annotated[str, StringConstraints(max_length=4000)] = ""
    base: str = Field("", description=WORKED_OUT)
    differs: Differences = Field(default={}, description=WORKED_OUT)


class RepealingInstrument(Data):
    """An instrument that is to be repealed from a day; `edition` where the same text mends what refers to it."""

    instrument: Instrument
    day: dt.date = Field(description="the first day on which it is no longer in force")
    edition: str = Field(
        "", description="a deposited text; left out: the one in force with the repeal"
    )
    title: Title = ""
    reason: Annotated[str, StringConstraints(max_length=4000)] = ""
    base: str = Field("", description=WORKED_OUT)
    differs: Differences = Field(default={}, description=WORKED_OUT)


class Correcting(Brought):
    """Words of a provision (`INSTRUMENT/LABEL`) that stand there once by an error of writing, and the right ones."""

    provision: Key
    old: Words
    new: Words
    reason: Text = ""
    misprint: str = Field("", description=WORKED_OUT)
    before: str = Field("", description=WORKED_OUT)


class DecidingEnding(Data):
    """What becomes of an instrument, or of a provision of it, that ends by itself; and why."""

    instrument: Instrument
    provision: Key = Field("", description="its key; left out: the whole instrument")
    outcome: Literal["renew", "lapse"]
    reasons: Said
    day: dt.date | None = Field(None, description=WORKED_OUT)


class Publishing(Data):
    """An instrument that is published, or no longer."""

    instrument: Instrument
    reason: Text = ""
    publication: str = Field("", description=WORKED_OUT)
