"""What the acts of command are given."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field, StringConstraints

from ministry.gate.deed import Data, Marked, Sealed

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,79}$")]
Key = Annotated[str, StringConstraints(pattern=r"^p-[a-z0-9-]{1,37}$")]


class Enrolment(Data):
    """A person to be entered."""

    person: Key | None = Field(None, description="left out: a new key is made")
    sign_in: Annotated[str, Sealed(), StringConstraints(pattern=r"^[a-z][a-z0-9._-]{1,79}$")]
    name: Annotated[str, Sealed(), StringConstraints(min_length=1, max_length=200)]
    email: Annotated[str, Sealed(), StringConstraints(max_length=254)] = ""
    marking: Marked = Field(default="", description="of a person whose work must not be known")


class Appointing(Data):
    """A person and an office."""

    person: Key
    office: Name


class Ending(Data):
    """An appointment to be ended."""

    appointment: str


class Suspending(Data):
    """A person to be kept from signing in."""

    person: Key


class Giving(Data):
    """A power to be given."""

    to: Name
    to_person: Key | None = None
    until: dt.date | None = None


class TakingBack(Data):
    """A power to be taken back, by the record of the act that gave it."""

    gift: str
