"""The text of a control for people: parameters as their labels or values, links as labels of provisions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from writ.formats.oscal.selection import Data, controls_of
from writ.syntax.lexer import LABEL

_INSERT = re.compile(r"\{\{\s*insert:\s*param,\s*([^\s}]+)\s*\}\}")
_NUMBERED = re.compile(r"(\d+)([.)](?:\s|$).*|[.)]$)", re.DOTALL)
_BEGINNING = re.compile(
    r"[-+*](?:\s|$)|([-*_=])(?:\s*\1){2,}\s*$|=+\s*$|-+\s*$|```|~~~|[>|#]|\[[^\]]*\]:"
)
"""What, at the start of a line, begins a list, a rule, a heading, code, a quotation or a definition."""
_HEADING = re.compile(r"^#{1,6} +(.*)$")
MAX_INSERTS = 8
"""Parameters within the choices of parameters."""


class Words:
    """What the ids of a catalogue stand for, in words."""

    def __init__(self, catalog: Data, missing: Callable[[str], object]) -> None:
        self.missing = missing
        self.labels = labels(control["id"] for control, _ in controls_of(catalog))
        self.params: dict[str, Data] = {}
        self.parts: dict[str, str] = {}
        self.groups: dict[str, str] = {}
        for holder, id in _holders(catalog):
            if id and id not in self.labels:
                self.groups[id] = str(holder.get("title", id))
            for param in holder.get("params", ()):
                self.params[param["id"]] = param
            for part in _parts(holder):
                if "id" in part:
                    self.parts[part["id"]] = id
        resources = catalog.get("back-matter", {}).get("resources", ())
        self.resources: dict[str, Data] = {one["uuid"]: one for one in resources}

    def said(self, text: str) -> str:
        """A text with its parameters in words, as paragraphs that nothing takes for headings, lists or code."""
        return plain(_INSERT.sub(lambda match: self.param(match[1]), text))

    def param(self, id: str, depth: int = 0) -> str:
        """A value, or what has to be put in its place, as the printed catalogues say it."""
        param = self.params.get(id)
        if param is None:
            self.missing(f"the parameter `{id}` that a text inserts")
            return f"[{id}]"
        if param.get("values"):
            return ", ".join(param["values"])
        if "select" in param and depth < MAX_INSERTS:
            many = param["select"].get("how-many") == "one-or-more"
            choices = [
                _INSERT.sub(lambda match: self.param(match[1], depth + 1), one).strip()
                for one in param["select"].get("choice", ())
            ]
            return f"[Selection{' (one or more)' if many else ''}: {'; '.join(choices)}]"
        return f"[Assignment: {param.get('label', id)}]"

    def target(self, href: str) -> str:
        """What a link leads to, in words; empty where it leads nowhere."""
        if not href.startswith("#"):
            return href
        id = href[1:]
        if id in self.labels:
            return self.labels[id]
        if id in self.parts:
            return f"{self.labels.get(self.parts[id], self.parts[id])} ({id})"
        if id in self.groups:
            return self.groups[id]
        if id in self.resources:
            resource = self.resources[id]
            text = resource.get("citation", {}).get("text") or resource.get("description", "")
            return resource.get("title") or text or id
        self.missing(f"`{id}`, to which a link leads")
        return ""


def labels(ids: Iterable[str]) -> dict[str, str]:
    """The provision of each control: its id in capitals, in the letters that labels may have; no two are the same."""
    made: dict[str, str] = {}
    used = {"0"}  # where profiles are adopted
    for id in ids:
        label = re.sub(r"[^A-Z0-9().-]+", "-", id.upper()).strip("-.")
        label = re.sub(r"([.-])[.-]+", r"\1", label)
        if not LABEL.fullmatch(label):
            label = f"C{len(made) + 1}"
        candidate, number = label, 1
        while candidate in used:
            number += 1
            candidate = f"{label}-{number}"
        used.add(candidate)
        made[id] = candidate
    return made


def plain(text: str) -> str:
    """Markdown in which no line begins a heading, a list, a quotation, code or HTML: the headings of a text are bold,
    and what else has a meaning at the start of a line loses it."""
    return "\n".join(
        map(_inert, text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    ).strip()


def said(text: Any) -> str:
    """A text as one line."""
    return plain(" ".join(str(text).split()))


def _inert(line: str) -> str:
    line = re.sub(r"\\*<", r"\\<", line.strip())
    if heading := _HEADING.match(line):
        return f"**{heading[1].strip()}**"
    if numbered := _NUMBERED.match(line):
        return f"{numbered[1]}\\{numbered[2]}"
    return f"\\{line}" if _BEGINNING.match(line) else line


def _holders(catalog: Data) -> Iterator[tuple[Data, str]]:
    yield catalog, ""
    held = [catalog]
    while held:
        one = held.pop()
        for group in one.get("groups", ()):
            held.append(group)
            yield group, group.get("id", "")
    for control, _ in controls_of(catalog):
        yield control, control["id"]


def _parts(held: Data) -> Iterator[Data]:
    for part in held.get("parts", ()):
        yield part
        yield from _parts(part)


def prop(item: Data, name: str) -> str:
    """The value of a property, the first where there are several."""
    found: Iterator[Any] = (one["value"] for one in item.get("props", ()) if one["name"] == name)
    return str(next(found, ""))
