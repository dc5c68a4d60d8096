"""The difference between two texts of a law, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

import msgspec

from writ.formats.legislation.model import Document
from writ.formats.legislation.text import text_of
from writ.formats.legislation_history.changes import is_repealed
from writ.formats.legislation_history.pairing import Version, pairs
from writ.formats.legislation_history.places import Places

Stretch = tuple[Literal["same", "removed", "inserted"], str]
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*|[^\w\s]|\s+")
_MOST = 4_000_000
"""Pairs of words that are compared; texts beyond it are shown one after the other."""


class Row(msgspec.Struct, frozen=True):
    """A provision that is otherwise on the second day."""

    what: str
    """`inserted`, `removed`, `replaced` or `repealed`."""
    place: str
    id: str
    label: str
    whole: str
    """Where the section is that it stands in."""
    title: str
    """Of that section."""
    words: tuple[Stretch, ...]


def difference(old: Document, new: Document, only: frozenset[str] | None = None) -> list[Row]:
    """The provisions whose normalised text is otherwise, in the order of the new text.

    What the publisher has put beside the law is not compared. `only` are keys, of either text, that are looked at.
    """
    before, after = Version(old), Version(new)
    was = pairs(before, after)
    places = Places(before), Places(after)
    gone: dict[str, list[str]] = {}
    now = {old_key: key for key, old_key in was.items()}
    last = ""
    for key in before.nodes:
        if key in now:
            last = now[key]
        else:
            gone.setdefault(last, []).append(key)
    rows: list[Row] = []

    def add(what: str, at: int, key: str, said: str, says: str) -> None:
        node = (before, after)[at].nodes[key]
        if node.appended or not (said or says) or (only is not None and key not in only):
            return
        where = places[at]
        whole = where.whole(key)
        rows.append(
            Row(
                *(what, where.place(key), node.provision.id, where.label(key)),
                *(where.place(whole), where.title(whole), tuple(words(said, says))),
            )
        )

    for key in ("", *after.nodes):
        if key:
            provision = after.nodes[key].provision
            says = text_of(provision)
            if key not in was:
                add("inserted", 1, key, "", says)
            else:
                earlier = before.nodes[was[key]].provision
                said = text_of(earlier)
                if said != says:
                    fresh = is_repealed(provision) and not is_repealed(earlier)
                    add("repealed" if fresh else "replaced", 1, key, said, says)
        for each in gone.get(key, ()):
            add("removed", 0, each, text_of(before.nodes[each].provision), "")
    return rows


def words(old: str, new: str) -> Iterator[Stretch]:
    """What is alike and what is not, in stretches of whole words."""
    if not old or not new:
        if old:
            yield "removed", old
        if new:
            yield "inserted", new
        return
    a, b = _WORD.findall(old), _WORD.findall(new)
    if len(a) * len(b) > _MOST:
        yield "removed", old
        yield "inserted", new
        return
    left: list[str] = []
    put: list[str] = []
    for what, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if what == "equal" and not ((left or put) and j < len(a) and _slight(a[i:j])):
            yield from _change(left, put)
            left, put = [], []
            yield "same", "".join(a[i:j])
        else:  # a blank or a comma alone does not part two changes
            left += a[i:j]
            put += b[k:m]
    yield from _change(left, put)


def _slight(tokens: list[str]) -> bool:
    return not any(each[0].isalnum() for each in tokens)


def _change(left: list[str], put: list[str]) -> Iterator[Stretch]:
    if left:
        yield "removed", "".join(left)
    if put:
        yield "inserted", "".join(put)
