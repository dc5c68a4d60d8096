"""Who stands before the gate."""

from __future__ import annotations

import msgspec


class Acting(msgspec.Struct, frozen=True):
    """A person in one office. `sure_since` is when they last proved who they are, in seconds of the epoch."""

    person: str
    office: str
    sure_since: float = 0.0
