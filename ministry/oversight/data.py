"""What the acts of oversight are given."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ministry.gate.deed import Data

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,79}$")]


class Admitting(Data):
    """A witness: its name here, its verifier key for cosignatures, and where it is asked."""

    name: Name
    key: Annotated[str, StringConstraints(max_length=4_000)]
    url: Annotated[str, StringConstraints(max_length=500)] = ""


class Retiring(Data):
    name: Name


class Counting(Data):
    """How many of the witnesses must have cosigned a checkpoint."""

    needed: Annotated[int, Field(ge=0, le=100)]


class Rotating(Data):
    """A key of the log that is replaced; the old one signs for so many records more."""

    old: str
    overlap: Annotated[int, Field(ge=0, le=10_000_000)] = 1_000
    new: str = ""
    size: int = 0


class Beginning(Data):
    """A new log in place of one that was taken back: its name, and the last that anybody has of the old one.

    `last` is a checkpoint of the old log, in full. What the gate adds: the new keys, how many records the new log has
    taken over, and how many of the old one others have seen: those between the two are lost, or stand elsewhere.
    """

    name: Annotated[str, StringConstraints(pattern=r"^[^\s+]{1,200}$")]
    reason: Annotated[str, StringConstraints(max_length=4_000)] = ""
    last: Annotated[str, StringConstraints(max_length=100_000)] = ""
    log_keys: tuple[str, ...] = ()
    size: int = 0
    seen: int = 0


class Erasing(Data):
    """A person whose name and address are erased, and why."""

    person: str
    ground: Literal["no-longer-needed", "by-judgment"] | None = None
