"""Two editions written as Markdown, and in lines what the comparison says.

Each heading of the second level with fences beneath it is a test. Fences of `writ` above the first heading are declared
in both editions; ```` ```writ old ```` and ```` ```writ new ```` stand in one. `front old` and `front new` give
further lines of front matter. A `text` fence lists what is said; an empty one, that nothing is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt

from writ.book.load import load_texts
from writ.book.model import Book
from writ.diagnostics import failed
from writ.editions.change import Change, Comparison, Detail, Touch

FRONT = {
    "id": "act",
    "title": "Act",
    "kind": "statute",
    "citation": "Act",
    "cite-as": "s. {}",
    "top": "true",
    "in-force": "2000-01-01",
}


class Edition(NamedTuple):
    front: dict[str, str]
    blocks: list[str]

    def book(self) -> Book:
        front = "".join(f"{key}: {value}\n" for key, value in self.front.items() if value)
        text = f"---\n{front}---\n# Act\n\n" + "".join(f"```writ\n{b}```\n\n" for b in self.blocks)
        return book({"act.md": text})


class Case(NamedTuple):
    name: str
    old: Edition
    new: Edition
    expected: list[str]


def book(texts: dict[str, str]) -> Book:
    """The book of these texts, which must compile."""
    made, found = load_texts(texts)
    assert not failed(found), [f"{one.span}: {one.message}" for one in found]
    return made


def cases(path: Path) -> Iterator[Case]:
    shared: list[str] = []
    name = ""
    tokens = MarkdownIt("commonmark").parse(path.read_text("utf-8"))
    old = new = Edition({}, [])
    expected: list[str] | None = None
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            if name and expected is not None:
                yield Case(name, old, new, expected)
            name = tokens[at + 1].content
            old, new = (Edition(dict(FRONT), list(shared)) for _ in range(2))
            expected = None
        if token.type != "fence":
            continue
        sort, _, side = token.info.partition(" ")
        sides = {"old": [old], "new": [new], "": [old, new]}.get(side, [])
        if sort == "writ" and not name:
            shared.append(token.content)
        elif sort == "writ":
            for each in sides:
                each.blocks.append(token.content)
        elif sort == "front":
            for each in sides:
                lines = [line.partition(": ") for line in token.content.splitlines()]
                each.front.update({key: value for key, _, value in lines})
        elif sort == "text":
            expected = token.content.splitlines()
    assert expected is not None
    yield Case(name, old, new, expected)


def said(found: Comparison) -> list[str]:
    """The comparison in lines, as a test expects them."""
    lines = [line for change in found.changes for line in of_change(change)]
    return [*lines, *map(of_touch, found.touched)]


def of_change(change: Change) -> Iterator[str]:
    was = f" (was {change.was})" if change.was else ""
    yield f"{change.change} {change.subject} {change.citation or change.name}{was}"
    yield from (f"  {of_detail(detail)}" for detail in change.details)
    if change.freer:
        yield f"  freer: {', '.join(change.freer)}"
    if change.bound:
        yield f"  more bound: {', '.join(change.bound)}"


def of_detail(detail: Detail) -> str:
    was, now = "; ".join(detail.old), "; ".join(detail.new)
    arrow = " -> " if was or now else ""
    return f"{detail.what} {detail.how}: {was}{arrow}{now}".rstrip(": ")


def of_touch(touch: Touch) -> str:
    day = f" from {', '.join(touch.dates)}" if touch.dates else ""
    cited = f" ({', '.join(touch.citations)})" if touch.citations else ""
    return f"{touch.actor}: {touch.change} {touch.kind} {touch.act}{day}{cited}"
