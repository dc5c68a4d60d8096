"""Whether data have the shape of a catalogue or profile; what OSCAL does not know is listed, and no mistake."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from writ.diagnostics import Diagnostic
from writ.formats.oscal.codes import finding
from writ.formats.oscal.compiled import sound
from writ.formats.oscal.shapes import PLAIN, SHAPES

MAX_FINDINGS = 100
MAX_DEPTH = 128
"""Of lists and objects within one another."""
Path = tuple[str | int, ...]
At: TypeAlias = "tuple[At | None, str | int]"
"""A place as the place of what holds it, and the last step: a path is made of it only when something is wrong."""


def checked(
    kind: str, data: dict[str, Any], file: str, place: Callable[[Path], tuple[int, int]]
) -> list[Diagnostic]:
    """What is wrong with the data of a document, and what they hold that is unknown.

    Args:
        place: line and column of the value at a path.
    """
    checker = _Checker(file, place)
    if sound(kind, data):
        if kind == "catalog":
            checker.unique(data)
        return checker.wrong
    checker.shape(kind, data, (None, kind))
    if kind == "catalog" and not checker.wrong:
        checker.unique(data)
    unknown = [
        finding(
            "X404",
            f"`{name}` is no member of a {shape} of OSCAL ({count} times)"
            if count > 1
            else f"`{name}` is no member of a {shape} of OSCAL",
            file,
        )
        for (shape, name), count in checker.unknown.items()
    ]
    return [*checker.wrong, *unknown]


def too_deep(data: Any) -> bool:
    """Whether lists and objects stand in one another more often than those who read them on can bear."""
    level = [data]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for one in level
            for inner in (one.values() if type(one) is dict else one)
            if type(inner) is dict or type(inner) is list
        ]
        if not level:
            return False
    return True


class _Checker:
    def __init__(self, file: str, place: Callable[[Path], tuple[int, int]]) -> None:
        self.file = file
        self.place = place
        self.wrong: list[Diagnostic] = []
        self.unknown: dict[tuple[str, str], int] = {}

    def add(self, at: At, message: str, help: str = "") -> None:
        if len(self.wrong) >= MAX_FINDINGS:
            return
        path = _path(at)
        line, column = self.place(path) if len(self.wrong) < 3 else (1, 1)
        said = f"{message}, at `{'/'.join(map(str, path))}`"
        self.wrong.append(finding("X403", said, self.file, help, line, column))

    def shape(self, name: str, data: Any, at: At) -> None:
        if type(data) is not dict:
            self.add(at, f"a {name} is an object")
            return
        known = _HOW[name]
        for key, value in data.items():
            how = known.get(key)
            if how is None:
                self.unknown[name, key] = self.unknown.get((name, key), 0) + 1
                continue
            many, type_ = how
            if not many:
                if type_ == "text":
                    if type(value) is not str:
                        self.add((at, key), f"`{key}` is a text")
                else:
                    self.value(type_, value, (at, key))
            elif type(value) is not list:
                self.add((at, key), f"`{key}` is a list")
            elif type_ == "text":
                for one in value:
                    if type(one) is not str:
                        self.add((at, key), f"`{key}` is a list of texts")
            else:
                here = (at, key)
                for number, one in enumerate(value):
                    self.value(type_, one, (here, number))
        for member in _MUST[name]:
            if not data.get(member) and not (member == "value" and member in data):
                self.add(at, f"a {name} has `{member}`", "it must be there")

    def value(self, type_: str, value: Any, at: At) -> None:
        if type_ not in PLAIN:
            self.shape(type_, value, at)
        elif type_ == "truth":
            if type(value) is not bool:
                self.add(at, f"`{at[1]}` is true or false")
        elif type(value) is not dict and value is not True:
            self.add(at, f"`{at[1]}` is an empty object")

    def unique(self, data: dict[str, Any]) -> None:
        """Two controls of one id could not be told apart."""
        seen: set[str] = set()
        held: list[tuple[dict[str, Any], At]] = [(data, (None, "catalog"))]
        while held:
            one, at = held.pop()
            for key in ("groups", "controls"):
                for number, each in enumerate(one.get(key, ())):
                    if key == "controls":
                        if each["id"] in seen:
                            said = f"a second control with the id `{each['id']}`"
                            self.add(((at, key), number), said)
                        seen.add(each["id"])
                    held.append((each, ((at, key), number)))


def _path(at: At | None) -> Path:
    found: list[str | int] = []
    while at is not None:
        at, step = at
        found.append(step)
    return tuple(reversed(found))


_TEXTS = ("text", "line", "prose")
_HOW = {
    name: {one.json: (one.many, "text" if one.type in _TEXTS else one.type) for one in members}
    for name, members in SHAPES.items()
}
"""Of each member whether it is a list, and of what."""
_MUST = {name: tuple(one.json for one in members if one.must) for name, members in SHAPES.items()}
