"""The text of a law on one day, provision by provision, for those who show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import msgspec

from writ.formats.legislation.labels import WHOLE, labels_of
from writ.formats.legislation.model import Block, Document, Provision
from writ.formats.legislation.text import SILENT, history_of, joined, number_of
from writ.formats.legislation_history.pairing import Version
from writ.formats.legislation_history.places import GROUPS

_HEADS = ("marginal", "heading", "subheading", "reference")


class Line(msgspec.Struct, frozen=True):
    """A provision, or what is left of one after the provisions in it."""

    id: str
    label: str
    kind: str
    depth: int
    """How many provisions that are cited it stands in: 0 for a section and for a heading."""
    number: str
    title: str
    """Its heading or marginal note."""
    text: str
    """Its own words without number and title, to where the first provision in it stands."""
    law: tuple[str, ...] = ()
    """Its historical notes."""
    in_force: dt.date | None = None
    """The first day of the text as it stands."""
    amended: dt.date | None = None
    group: bool = False
    """Whether it is a heading over sections, and no provision that is cited."""


def lines(
    document: Document, only: str = "", labels: Mapping[str, str] | None = None
) -> list[Line]:
    """The provisions in their order, without what the publisher has put beside the law; `only` is the key of one, with
    all that is in it."""
    version = Version(document)
    labels = labels_of(document) if labels is None else labels
    writer = _Writer(version, labels)
    if only:
        node = version.nodes[only]
        return list(writer.provision(node.key, 0))
    found: list[Line] = []
    for node in version.nodes.values():
        if not node.above:
            found += writer.provision(node.key, 0)
    return found


class _Writer:
    def __init__(self, version: Version, labels: Mapping[str, str]) -> None:
        self.version = version
        self.labels = labels
        self.beneath: dict[str, list[str]] = {}
        for key, node in version.nodes.items():
            self.beneath.setdefault(node.above, []).append(key)

    def provision(self, key: str, depth: int) -> Iterator[Line]:
        node = self.version.nodes[key]
        if node.appended or node.provision.kind == "identification":
            return  # its titles stand over the whole
        each = node.provision
        group = each.kind in GROUPS or each.kind in ("schedule", "form")
        inside = iter(self.beneath.get(key, ()))
        waiting: list[Block] = []
        first = True
        for part in each.body:
            if isinstance(part, Block):
                if part.kind not in SILENT:
                    waiting.append(part)
                continue
            if first or waiting:
                yield from self._line(key, each, depth, group, waiting, first)
            waiting, first = [], False
            yield from self.provision(next(inside), depth + (not group))
        if first or waiting:
            yield from self._line(key, each, depth, group, waiting, first)

    def _line(
        self, key: str, each: Provision, depth: int, group: bool, blocks: list[Block], first: bool
    ) -> Iterator[Line]:
        text = joined(blocks)
        number, title = "", ""
        if first:
            number = number_of(each)
            title = " — ".join(
                words
                for kind in _HEADS
                if (words := joined(block for block in each.head if block.kind == kind))
            )
        if not (text or number or title):
            return
        notes = (
            history_of(each) if first and (each.kind in WHOLE or each.kind == "schedule") else ()
        )
        yield Line(
            *(key, self.labels.get(each.id, "") if first else "", each.kind, depth, number, title),
            *(
                text,
                notes,
                each.in_force if first else None,
                each.amended if first else None,
                group,
            ),
        )
