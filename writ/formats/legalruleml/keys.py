"""Keys within a document: what XML lets be a name, one for each thing of the book, the same each time."""

from __future__ import annotations

import re

_OTHER = re.compile(r"[^A-Za-z0-9._-]+")


class Keys:
    """Names given once: `s-emergencies-act-17.1` for the statement of `emergencies-act/17(1)`."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def of(self, sort: str, name: str) -> str:
        """The key of a thing. `sort` begins it, so that it starts with a letter; things of two sorts differ."""
        found = self._given.get((sort, name))
        if found is None:
            stem = f"{sort}-{_OTHER.sub('.', name).strip('.')}"
            found, number = stem, 2
            while found in self._taken:
                found, number = f"{stem}_{number}", number + 1
            self._taken.add(found)
            self._given[sort, name] = found
        return found

    def to(self, sort: str, name: str) -> dict[str, str]:
        """The attribute of an edge that leads to it."""
        return {"keyref": f"#{self.of(sort, name)}"}
