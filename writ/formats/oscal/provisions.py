"""Controls and groups as provisions of Markdown: headings with labels, and their texts for people."""

from __future__ import annotations

from writ.formats.oscal.prose import Words, prop, said
from writ.formats.oscal.selection import Data
from writ.syntax.provisions import label_of

_RELATIONS = {
    "related": "Related",
    "required": "Requires",
    "incorporated-into": "Incorporated into",
    "moved-to": "Moved to",
    "reference": "Reference",
    "assessment-for": "Assesses",
}


def provisions(catalog: Data, words: Words, level: int = 2) -> list[str]:
    """The paragraphs of all groups and controls of a catalogue, in its order."""
    parts: list[str] = []
    for control in catalog.get("controls", ()):
        parts += _control(control, words, level)
    for group in catalog.get("groups", ()):
        parts += _group(group, words, level)
    return parts


def _group(group: Data, words: Words, level: int) -> list[str]:
    title = said(group.get("title") or group.get("id") or "Controls")
    parts = [f"{'#' * min(level, 6)} {_unlabelled(title)}"]
    parts += _texts(group, words)
    for control in group.get("controls", ()):
        parts += _control(control, words, level + 1)
    for inner in group.get("groups", ()):
        parts += _group(inner, words, level + 1)
    return parts


def _control(control: Data, words: Words, level: int) -> list[str]:
    label = words.labels[control["id"]]
    parts = [f"{'#' * min(level, 6)} {label} {said(control['title'])}"]
    if prop(control, "status").lower() == "withdrawn":
        parts.append("Withdrawn.")
    parts += _texts(control, words)
    for param in control.get("params", ()):
        parts.append(f"Parameter `{param['id']}`: {said(words.param(param['id']))}")
    related: dict[str, list[str]] = {}
    for link in control.get("links", ()):
        if target := words.target(link["href"]):
            name = _RELATIONS.get(link.get("rel", ""), link.get("rel") or "See")
            related.setdefault(name, []).append(said(target))
    parts += [f"{name[:1].upper()}{name[1:]}: {'; '.join(to)}." for name, to in related.items()]
    for inner in control.get("controls", ()):
        parts += _control(inner, words, level + 1)
    return parts


def _texts(held: Data, words: Words, above: str = "") -> list[str]:
    """The parts of a control or group, in order: the name of each that is no statement, and the labels of items."""
    found = []
    for part in held.get("parts", ()):
        label = above + prop(part, "label")
        head = f"**{said(label)}** " if prop(part, "label") else ""
        if part["name"] not in ("statement", "item", "overview"):
            head = f"*{part['name'].replace('-', ' ')}:* {head}"
        if "title" in part:
            head += f"**{said(part['title'])}** "
        prose = words.said(part["prose"]) if part.get("prose") else ""
        if head or prose:
            found.append((head + prose).strip())
        found += _texts(part, words, f"{label} " if label else "")
    return found


def _unlabelled(title: str) -> str:
    """A heading of a group is no provision: a control may have the same name."""
    return f"Group: {title}" if label_of(title) else title
