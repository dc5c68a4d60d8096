"""Who stands before the gate."""

from __future__ import annotations

import msgspec


class Acting(msgspec.Struct, frozen=True):
    """A person in one office. `sure_since` is when they last proved who they are, in seconds of the epoch."""

    person: str
    office: str
    sure_since: float = 0.0


ONESELF = "enrolled-person"
"""What the Book calls somebody enrolled who acts in their own affairs, in no office."""
FOUNDER = "founder"
"""What the Book calls whoever sets up the register."""


def oneself(person: str, sure_since: float = 0.0) -> Acting:
    """A person in their own affairs."""
    return Acting(person, ONESELF, sure_since)
