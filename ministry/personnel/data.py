"""What the acts of personnel are given."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field, StringConstraints

from ministry.gate.deed import Data, Marked

Key = Annotated[str, StringConstraints(pattern=r"^p-[a-z0-9-]{1,37}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,79}$")]


class Clearing(Data):
    """A person to be cleared: to a level and into compartments, written as a marking, up to a day."""

    person: Key
    clearance: Marked = Field(description="a level and compartments: `secret/plans`")
    until: dt.date = Field(description="the last day")
    serves: Name | None = Field(None, description="the allied state that the person serves")


class EndingClearance(Data):
    """A person whose clearance ends."""

    person: Key


class MarkingPerson(Data):
    """A person whose entry is marked, and how; nothing: it is open from now on."""

    person: Key
    marking: Marked = ""
