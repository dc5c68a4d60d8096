"""What the acts of approvals are given."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import StringConstraints

from ministry.gate.deed import Data

Text = Annotated[str, StringConstraints(min_length=1, max_length=4_000)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,79}$")]


class Asking(Data):
    """An act that others are asked to do, with what it is given."""

    act: Name
    given: dict[str, Any]
    reason: Annotated[str, StringConstraints(max_length=4_000)] = ""
    refusal: Annotated[str, StringConstraints(max_length=40)] = ""
    about: str = ""
    offices: tuple[str, ...] = ()
    """Left out when asking: those who could do it."""


class Granting(Data):
    request: str


class Declining(Data):
    """A request that is declined, and why."""

    request: str
    answer: Text


class Withdrawing(Data):
    request: str


class Overriding(Data):
    """The act that is done at once, with what it is given, and why."""

    act: Name
    given: dict[str, Any]
    danger: bool = False
    reason: Annotated[str, StringConstraints(max_length=4_000)] = ""
    about: str = ""


class Deciding(Data):
    """An act done in danger, on which it is decided."""

    exceeding: str
    reason: Annotated[str, StringConstraints(max_length=4_000)] = ""
