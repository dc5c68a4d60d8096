"""What the console does itself: read the register on behalf of those who may read the records of others."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import StringConstraints

from ministry.gate.acting import Acting
from ministry.gate.deed import Data, Deed
from ministry.gate.registry import act
from ministry.register.models import Kind

INSPECT = "inspect-register"


class Inspecting(Data):
    """What is looked at: a search in words, or the whole register."""

    search: Annotated[str, StringConstraints(max_length=1000)] = ""


@act(INSPECT, Inspecting, kind=Kind.READ)
def inspect(by: Acting, data: Inspecting, at: dt.datetime) -> Deed:
    """Read the records of others. The first in a session is recorded, and every search."""
    return Deed()
