"""What an act comes to: what it is about, the facts that it is decided on, and what it will change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import msgspec
from pydantic import BaseModel, ConfigDict

from writ.book.terms import Value
from writ.journal.entry import Entry


class Data(BaseModel):
    """What is given for an act: checked when it comes in, kept in its record, applied to its tables."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Sealed:
    """Marks a text of an act's data that tells of a person and may be erased later: `Annotated[str, Sealed()]`."""


class Deed(msgspec.Struct, frozen=True):
    """One act, ready to be decided. `data` is what its tables are changed by, where it is more than was given."""

    about: str = ""
    facts: dict[str, Value] = {}
    thing: str = ""
    to: str = ""
    to_person: str = ""
    against: str = ""
    until: dt.date | None = None
    revokes: tuple[str, ...] = ()
    tells: tuple[Entry, ...] = ()
    data: Data | None = None
    label: str = ""
    source: str = ""
    subject: str = ""
    """The person of whom the sealed fields of the data tell."""
    itself: bool = False
    """It is about what it makes, which is named by its record."""


class Change(msgspec.Struct, frozen=True):
    """A permitted act, as `apply` sees it: when it is done and when it is replayed it is the same."""

    record: str
    at: dt.datetime
    act: str
    actor: str
    person: str
    about: str
    data: Any
    entry: Entry


Prepare = Callable[..., Deed]
"""From who acts, the data and the moment: what the act comes to. It reads and writes nothing."""
Apply = Callable[[Change], None]
"""How the act changes its tables. It depends on the change alone, and on the rows that it changes."""


class NotPossible(Exception):
    """An act cannot be done as things stand, whatever the law says: what is wrong, in which field, and what to do."""

    def __init__(self, message: str, field: str = "", help: str = "") -> None:
        super().__init__(message)
        self.message, self.field, self.help = message, field, help
