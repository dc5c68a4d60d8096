"""A crosswalk: typed, sourced, many-to-many rows between the entries of two frameworks."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec


class Relationship(StrEnum):
    """How the sources of a row stand to its targets, as sets of requirements (NIST IR 8477)."""

    EQUAL = "equal-to"
    """In the same words."""
    EQUIVALENT = "equivalent-to"
    """In other words, the same."""
    SUBSET = "subset-of"
    SUPERSET = "superset-of"
    INTERSECTS = "intersects-with"
    NONE = "no-relationship"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """That these sources, together, stand in the relationship to these targets, together.

    `kind` of an end is what OSCAL calls its type (`control`, `statement`), by id where it is not `control`. `kept` is
    what else the file had of the row, in the form of that file.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    relationship: Relationship
    rationale: str = ""
    """`syntactic`, `semantic` or `functional`."""
    confidence: float | str | None = None
    """From 0 to 1, or a word (`high`)."""
    source: str = ""
    """Who says so."""
    status: str = ""
    """`complete`, `draft`, `deprecated` … of the row or of the mapping that it stands in."""
    remarks: str = ""
    id: str = ""
    kinds: dict[str, str] = msgspec.field(default_factory=dict)
    kept: dict[str, Any] = msgspec.field(default_factory=dict)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(one, other) for one in self.sources for other in self.targets]


class Crosswalk(msgspec.Struct, kw_only=True):
    """The rows between two frameworks. `kept` is what else the file had of the mapping."""

    old: str
    """Where the source framework is found: a path, or an identifier."""
    new: str
    rows: list[Row]
    gaps: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    """Entries of the old and of the new framework of which the mapping says that nothing corresponds."""
    kept: dict[str, Any] = msgspec.field(default_factory=dict)


class Collection(msgspec.Struct, kw_only=True):
    """The crosswalks of one file. `form` is `oscal` or `library`; `kept` is what else the file had."""

    title: str
    form: str
    crosswalks: list[Crosswalk]
    file: str = ""
    kept: dict[str, Any] = msgspec.field(default_factory=dict)
