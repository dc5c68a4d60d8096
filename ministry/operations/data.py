"""What the acts of operations are given."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field, StringConstraints

from ministry.gate.deed import Data
from ministry.identity.data import Digest, Key


class Recovering(Data):
    """A person, the digest of the secret of their link, and why no officer can issue it."""

    person: Key
    digest: Digest = Field(description="SHA-256 of the secret, in hexadecimal figures")
    reason: Annotated[str, StringConstraints(max_length=4_000)] = ""
    until: dt.datetime | None = Field(default=None, description="left out: 72 hours from now")
