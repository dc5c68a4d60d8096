"""What the acts of statutes are given."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from ministry.gate.deed import Data

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Proposing(Data):
    """An edition and why it is proposed."""

    edition: Digest
    reason: Annotated[str, StringConstraints(max_length=4000)] = ""


class Certifying(Data):
    edition: Digest


class Promulgating(Data):
    edition: Digest
    number: int = Field(0, description="left out: the next one")
