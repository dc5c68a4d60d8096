"""What the acts of identity are given."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field, StringConstraints

from ministry.gate.deed import Data, Sealed

Key = Annotated[str, StringConstraints(pattern=r"^p-[a-z0-9-]{1,37}$")]
Office = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,79}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Record = Annotated[str, StringConstraints(pattern=r"^r-[0-9a-f]{32}$")]

MOST_DAYS = 90
"""So long a token is good, at the most (Identity Reg. s. 4(1))."""


class OfPerson(Data):
    """A person."""

    person: Key


class Linking(OfPerson):
    """A person and the digest of the secret of their link; whoever issues it makes the secret."""

    digest: Digest = Field(description="SHA-256 of the secret, in hexadecimal figures")
    until: dt.datetime | None = Field(default=None, description="left out: 72 hours from now")


class Registering(OfPerson):
    """A passkey: what identifies it, and the credential itself, which may be erased."""

    digest: Digest
    credential: Annotated[str, Sealed(), StringConstraints(max_length=20_000)]
    link: str = Field(default="", description="the enrolment link it is registered by")


class Removing(Data):
    """A passkey, by the record of its registration."""

    passkey: Record


class Renewing(OfPerson):
    """New recovery codes, by their digests."""

    digests: Annotated[tuple[Digest, ...], Field(min_length=1, max_length=20)]


class Using(OfPerson):
    """A recovery code."""

    digest: Digest


class IssuingToken(Data):
    """A token for an office that the person is in; whoever asks for it makes the secret."""

    office: Office
    digest: Digest = Field(description="SHA-256 of the token, in hexadecimal figures")
    purpose: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = 30
    until: dt.datetime | None = Field(default=None, description="left out: so many days from now")


class RevokingToken(Data):
    """A token, by the record of its making."""

    token: Record
