"""Legislation as one tree, whatever format it came in.

A document is provisions within provisions. A provision has a head (number, heading, marginal note) and a body of
blocks and further provisions, in the order of the source. A block is text with marks: stretches that mean something
(a defined term, a reference), or that are set apart (a cell of a table). Each of them keeps the name and the attributes
that it had in its source, so that nothing is lost on the way and the way back is open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

Attributes = tuple[tuple[str, str], ...]
"""Of an element of the source, by its name there; `lims:fid` with the prefix that its namespace usually has."""


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """A stretch of text that means something, or is set apart; without text, a sign that stands at a place."""

    kind: str
    """What it means: `term`, `reference`, `emphasis`, `quotation`, `row`, `cell` … ; see `docs/legislation.md`."""
    runs: tuple[str | Mark, ...] = ()
    name: str = ""
    """The element of the source."""
    target: str = ""
    """What a reference leads to, as the source says it."""
    attributes: Attributes = ()


Runs = tuple[str | Mark, ...]


class Block(msgspec.Struct, frozen=True, omit_defaults=True, tag="block", tag_field="is"):
    """A paragraph, a table, a note or the like: what stands on lines of its own."""

    kind: str
    """`text`, `table`, `history`, `footnote` … ; in a head `number`, `heading`, `marginal`, `reference`."""
    runs: Runs = ()
    name: str = ""
    attributes: Attributes = ()


class Provision(msgspec.Struct, frozen=True, omit_defaults=True, tag="provision", tag_field="is"):
    """A part of the law that can be cited, or that holds such parts together."""

    id: str
    """Unique in the document; the same in every version in which the provision has its number: `sec_17__subsec_1`."""
    kind: str
    """`section`, `subsection`, `paragraph`, `part`, `schedule`, `definition` … ; see `docs/legislation.md`."""
    head: tuple[Block, ...] = ()
    body: tuple[Block | Provision, ...] = ()
    name: str = ""
    in_force: dt.date | None = None
    """The first day of the text as it stands."""
    enacted: dt.date | None = None
    amended: dt.date | None = None
    """The last day on which it was changed."""
    attributes: Attributes = ()

    def provisions(self) -> Iterator[Provision]:
        """The provisions directly in it."""
        return (each for each in self.body if isinstance(each, Provision))

    def walk(self) -> Iterator[Provision]:
        """It and every provision in it, in order."""
        yield self
        for each in self.body:
            if isinstance(each, Provision):
                yield from each.walk()

    def blocks(self) -> Iterator[Block]:
        """The blocks of its head and its body, without those of provisions in it."""
        yield from self.head
        for each in self.body:
            if isinstance(each, Block):
                yield each


class Link(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where one provision points to another, or to another instrument."""

    kind: str
    """`enabling` (the source of its authority) or `reference`."""
    provision: str
    """The id of the provision that it stands in; empty for the document itself."""
    target: str
    """The instrument as the source names it, `act:N-5`; empty within the same document."""
    label: str = ""
    """The provision there, `17(1)`, where the text gives one."""
    text: str = ""
    """The words of the link."""


class Unusual(msgspec.Struct, frozen=True, omit_defaults=True):
    """Elements that the importer has no meaning for: kept as they are, and listed."""

    name: str
    count: int
    line: int
    """Where the first of them stands."""


class Document(msgspec.Struct, frozen=True, omit_defaults=True):
    """One expression of one work: its text in one language as it stands on one day."""

    format: str
    """`justice-canada`, `akn`, `uslm` or `bwb`."""
    key: str
    """How other documents of the format refer to the work: `act:N-5`, `regulation:SOR-2008-247`, a URI."""
    kind: str
    """`act`, `regulation`, `bill` or another name of the format."""
    title: str
    language: str = ""
    """As in the source: `en`, `fr`, `eng`."""
    short_title: str = ""
    citation: str = ""
    enacted_by: str = ""
    """The body as the source names it; whether the Book has it, nobody knows."""
    enacted: dt.date | None = None
    in_force: dt.date | None = None
    amended: dt.date | None = None
    version: dt.date | None = None
    """The day as of which the text is given."""
    repealed: dt.date | None = None
    body: tuple[Block | Provision, ...] = ()
    attributes: Attributes = ()
    links: tuple[Link, ...] = ()
    unusual: tuple[Unusual, ...] = ()
    pending: bool = False
    """Whether the source says that it is not in force, and not when it will be."""

    def walk(self) -> Iterator[Provision]:
        """Every provision, in order."""
        for each in self.body:
            if isinstance(each, Provision):
                yield from each.walk()
