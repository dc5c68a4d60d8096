"""What a save comes to: what somebody typed over a version, put together with what others saved meanwhile."""

from __future__ import annotations

import re

import msgspec

from ministry.statutes.drafting.merge import Merged, Names, merge

MOST = 1_000_000
"""Characters of one file of a draft."""
FILE = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,80}/){0,6}[A-Za-z0-9_][A-Za-z0-9_.-]{0,80}\.md")
"""How a file of a draft may be called: no hidden file, none outside its folder."""
SAVE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


class Held(msgspec.Struct, frozen=True):
    """A file as it stands in a draft: its text, and the version that it is; 0: as in the edition."""

    number: int
    text: str


class Outcome(msgspec.Struct, frozen=True):
    """What is kept of a save; `new` is false where nothing was typed that is not there already."""

    merged: Merged
    new: bool


def settled(seen: Held, head: Held, typed: str, path: str) -> Outcome:
    """What a save comes to.

    Args:
        seen: the version over which it was typed.
        head: the version that stands now.
    """
    if typed == head.text:
        return Outcome(Merged(typed), False)
    if seen.number == head.number or seen.text == head.text:
        return Outcome(Merged(typed), True)
    if typed == seen.text:
        return Outcome(Merged(head.text), False)
    names = Names(f"version {head.number}", f"what was typed over version {seen.number}")
    return Outcome(merge(seen.text, head.text, typed, path, names), True)


def plain(text: str) -> str:
    """A text with the line ends of a file: a form sends others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
