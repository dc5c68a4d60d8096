"""What the console does itself: read the register on behalf of those who may read the records of others."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import StringConstraints

from ministry.console.explorer import Own
from ministry.console.here import Here
from ministry.gate.acting import Acting
from ministry.gate.decide import entry_of, ruling
from ministry.gate.deed import Data, Deed
from ministry.gate.registry import act
from ministry.register.models import Kind
from writ.engine.answer import Outcome

INSPECT = "inspect-register"


class Inspecting(Data):
    """What is looked at: a search in words, or the whole register."""

    search: Annotated[str, StringConstraints(max_length=1000)] = ""


@act(INSPECT, Inspecting, kind=Kind.READ)
def inspect(by: Acting, data: Inspecting, at: dt.datetime) -> Deed:
    """Read the records of others. The first in a session is recorded, and every search."""
    return Deed()


def may_inspect(here: Here) -> bool:
    """Whether the office acted in may read the records of others; asked without a record."""
    if here.acting is None or INSPECT not in here.law.book.vocabulary.acts:
        return False
    entry = entry_of(INSPECT, "asked", here.acting, Deed(), here.at)
    return ruling(here.law, entry, here.held).decision.outcome is Outcome.PERMITTED


def own_of(here: Here) -> Own | None:
    """Whose records alone are open; None for an office that may read all of them."""
    if may_inspect(here):
        return None
    assert here.acting is not None
    return Own(here.acting.person, here.acting.office)
