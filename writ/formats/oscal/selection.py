"""Which controls of a catalogue a profile selects, and the catalogue that is left of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fnmatch import translate
from typing import Any

Data = dict[str, Any]


def controls_of(held: Data) -> Iterator[tuple[Data, Data | None]]:
    """Every control in a catalogue or group, with the control that it stands in; in the order of the document."""
    for control in held.get("controls", ()):
        yield from _with_inner(control, None)
    for group in held.get("groups", ()):
        yield from controls_of(group)


def _with_inner(control: Data, outer: Data | None) -> Iterator[tuple[Data, Data | None]]:
    yield control, outer
    for inner in control.get("controls", ()):
        yield from _with_inner(inner, control)


class Controls:
    """The controls of a catalogue by id."""

    def __init__(self, catalog: Data) -> None:
        self.catalog = catalog
        self.by_id: dict[str, Data] = {}
        self.count = 0
        """How many there are; more than ids, where two have one id."""
        held = [catalog]
        while held:
            one = held.pop()
            held += reversed(one.get("groups", ()))
            for control in one.get("controls", ()):
                self.by_id.setdefault(control["id"], control)
                self.count += 1
                if "controls" in control:
                    held.append(control)

    def selected(self, directive: Data) -> tuple[set[str], list[str]]:
        """The ids that an import or insertion asks for, and those it names that are not there.

        Without `include-controls` all are included. What is excluded is not included, whatever else is said.
        """
        missing: list[str] = []
        asked = directive.get("include-controls")
        included = set(self.by_id) if asked is None else self._matched(asked, missing)
        return included - self._matched(directive.get("exclude-controls", ()), missing), missing

    def _matched(self, selections: Iterable[Data], missing: list[str]) -> set[str]:
        found: set[str] = set()
        for selection in selections:
            ids: set[str] = set()
            for id in selection.get("with-ids", ()):
                if id in self.by_id:
                    ids.add(id)
                else:
                    missing.append(id)
            for pattern in selection.get("matching", ()):
                matches = re.compile(translate(pattern["pattern"])).match
                ids |= {id for id in self.by_id if matches(id)}
            if selection.get("with-child-controls") == "yes":
                ids |= {inner for id in list(ids) for inner in self.within(id)}
            found |= ids
        return found

    def within(self, id: str) -> Iterator[str]:
        """The ids of a control and of all in it."""
        return (inner["id"] for inner, _ in _with_inner(self.by_id[id], None))

    def pruned(self, ids: set[str]) -> Data:
        """The catalogue with these controls alone, each where it stood. A control whose own is left out stands in its
        place; a group without controls is left out. The catalogue itself is not changed."""
        return _pruned(self.catalog, ids)


def _pruned(held: Data, ids: set[str]) -> Data:
    made = {key: value for key, value in held.items() if key not in ("groups", "controls")}
    groups = [
        group
        for each in held.get("groups", ())
        if "controls" in (group := _pruned(each, ids)) or "groups" in group
    ]
    controls = _kept(held.get("controls", ()), ids)
    return (
        made | ({"groups": groups} if groups else {}) | ({"controls": controls} if controls else {})
    )


def _kept(controls: Iterable[Data], ids: set[str]) -> list[Data]:
    found: list[Data] = []
    for control in controls:
        inner = _kept(control.get("controls", ()), ids) if "controls" in control else []
        if control["id"] not in ids:
            found += inner
        else:
            made = {key: value for key, value in control.items() if key != "controls"}
            found.append(made | ({"controls": inner} if inner else {}))
    return found
