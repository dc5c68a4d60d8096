"""A framework as what can be mapped: its groups and controls with their texts, whatever it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

import msgspec

from writ.formats.oscal.selection import Data


class Entry(msgspec.Struct, frozen=True):
    """A control, or a group of them. `more` is guidance and examples, `above` the id of the group it stands in."""

    id: str
    title: str = ""
    text: str = ""
    more: str = ""
    above: str = ""
    control: bool = True
    """Whether it asks for something itself; a group only holds what does."""

    @property
    def shown(self) -> str:
        """Its title, or the beginning of its text."""
        return self.title or self.text


class Framework:
    """The entries of a framework in their order.

    Args:
        name: by which a mapping refers to it.
    """

    def __init__(self, name: str, title: str, entries: Iterable[Entry]) -> None:
        self.name = name
        self.title = title
        self.entries = list(entries)
        self.by_id = {one.id: one for one in self.entries}

    @cached_property
    def heights(self) -> dict[str, int]:
        """How far each entry stands above the last level beneath it: 0 of a control that holds nothing."""
        found = {one.id: 0 for one in self.entries}
        for one in reversed(self.entries):
            if one.above in found:
                found[one.above] = max(found[one.above], found[one.id] + 1)
        return found

    @cached_property
    def folded(self) -> dict[str, str]:
        """The ids by themselves without capitals: mappings write them either way."""
        return {one.casefold(): one for one in self.by_id}

    def over(self, entry: Entry) -> Iterator[Entry]:
        """The groups in which it stands, the nearest first."""
        seen = {entry.id}
        while (above := self.by_id.get(entry.above)) is not None and above.id not in seen:
            seen.add(above.id)
            yield above
            entry = above


def of_catalog(data: Data, name: str = "") -> Framework:
    """The framework of an OSCAL catalogue: its groups and controls, however deep."""
    entries: list[Entry] = []
    _collect(data, "", entries)
    title = str(data["metadata"]["title"])
    return Framework(name or title, title, entries)


def _collect(held: Data, above: str, entries: list[Entry]) -> None:
    for group in held.get("groups", ()):
        id = str(group.get("id") or f"{above}/{group.get('title', '')}".lstrip("/"))
        text, more = _texts(group)
        entries.append(Entry(id, str(group.get("title", "")), text, more, above, False))
        _collect(group, id, entries)
    for control in held.get("controls", ()):
        text, more = _texts(control)
        if not text:  # what it asks for stands in the controls within it
            text = "\n".join(_texts(inner)[0] for inner in control.get("controls", ()))
        entries.append(Entry(control["id"], control["title"], text, more, above))
        _collect(control, control["id"], entries)


def _texts(held: Data) -> tuple[str, str]:
    """The statement, and all other parts but those that say how it is assessed."""
    said: list[str] = []
    more: list[str] = []

    def collect(part: Data, into: list[str]) -> None:
        if "prose" in part:
            into.append(part["prose"])
        for inner in part.get("parts", ()):
            collect(inner, into)

    for part in held.get("parts", ()):
        if not part["name"].startswith("assessment"):
            collect(part, said if part["name"] in ("statement", "overview") else more)
    return "\n".join(said), "\n".join(more)


def of_library(data: dict[str, Any]) -> Framework:
    """The framework of a library file as CISO Assistant has them: `objects.framework.requirement_nodes`.

    Raises:
        KeyError: it has no framework.
    """
    held = data["objects"]["framework"]
    ids = {
        one["urn"]: str(one.get("ref_id") or one["urn"].rpartition(":")[2])
        for one in held["requirement_nodes"]
    }
    entries = [
        Entry(
            ids[one["urn"]],
            str(one.get("name") or ""),
            str(one.get("description") or ""),
            str(one.get("annotation") or ""),
            ids.get(one.get("parent_urn", ""), ""),
            bool(one.get("assessable", True)),
        )
        for one in held["requirement_nodes"]
    ]
    return Framework(str(held["urn"]), str(held.get("name") or held["ref_id"]), entries)
