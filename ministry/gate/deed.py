"""What an act comes to: what it is about, the facts that it is decided on, and what it will change."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, ConfigDict, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from ministry.labels.marking import OPEN, Marking
from writ.book.terms import Value
from writ.journal.entry import Entry

_HALF = re.compile("[\ud800-\udfff]")


class Data(BaseModel):
    """What is given for an act: checked when it comes in, kept in its record, applied to its tables."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def _kept(cls, given: Any) -> Any:
        """What no database keeps is not taken in: a NUL, half a character."""
        if not can_be_kept(given):
            raise PydanticCustomError(
                "string_pattern_mismatch",
                "a text has a character that cannot be kept (NUL, or half of one)",
            )
        return given


def can_be_kept(given: Any) -> bool:
    """Whether every text in it can be written down."""
    left = [given]
    while left:
        one = left.pop()
        if isinstance(one, str):
            if "\0" in one or _HALF.search(one):
                return False
        elif isinstance(one, dict):
            left += [*one.keys(), *one.values()]
        elif isinstance(one, list | tuple | set | frozenset):
            left += one
    return True


Marked = Annotated[str, StringConstraints(max_length=4_000)]
"""A marking that somebody gives, in its text: `secret/plans,sources/norland`."""


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
    marking: Marking = OPEN
    """How grave it would be if the act became known; the gate adds the markings of the people that it tells of."""
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
    label: str = ""
    """The label of the act: what it makes carries it."""


Prepare = Callable[..., Deed]
"""From who acts, the data and the moment: what the act comes to. It reads and writes nothing."""
Apply = Callable[[Change], None]
"""How the act changes its tables. It depends on the change alone, and on the rows that it changes."""


class NotPossible(Exception):
    """An act cannot be done as things stand, whatever the law says: what is wrong, in which field, and what to do."""

    def __init__(self, message: str, field: str = "", help: str = "") -> None:
        super().__init__(message)
        self.message, self.field, self.help = message, field, help
