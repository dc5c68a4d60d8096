"""The passage of a provision in which the words were found, with the words in it marked."""

from __future__ import annotations

import re

import msgspec

from writ.drafting.passages import passages

OPEN, CLOSE = "\x02", "\x03"
"""Around what was found, in text that has no control characters of its own."""
LENGTH = 280
"""Characters of an excerpt."""
_LIT = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_SIGNS = re.compile(f"[{OPEN}{CLOSE}]")


class Excerpt(msgspec.Struct, frozen=True):
    """A text, and the ranges of characters in it that were found (from 0, the end exclusive)."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def marked(text: str) -> Excerpt:
    """The text without the signs, and where they stood."""
    found: list[tuple[int, int]] = []
    pieces: list[str] = []
    at = length = 0
    for match in _LIT.finditer(text):
        before = _SIGNS.sub("", text[at : match.start()])
        pieces += [before, match[1]]
        length += len(before)
        at = match.end()
        word = match[1]
        if (
            word.count("(") > word.count(")") and text[at : at + 1] == ")"
        ):  # `17(1)` ends with a sign
            word += ")"
            at += 1
        found.append((length, length + len(word)))
        pieces[-1] = word
        length += len(word)
    pieces.append(_SIGNS.sub("", text[at:]))
    return Excerpt("".join(pieces), tuple(found))


def excerpt(label: str, text: str, asked: str) -> tuple[str, Excerpt]:
    """The label and the words of the passage that has most of what was found; or of the one that was asked for."""
    if asked and asked != label:
        for each in passages(f"# {label} –\n\n{_SIGNS.sub('', text)}"):
            if each.label.casefold() == asked.casefold():
                return asked, Excerpt(_cut(each.text))
        return asked, Excerpt(_cut(" ".join(_SIGNS.sub("", text).split())))
    parts = [" ".join(each.split()) for each in re.split(r"\n\s*\n", text)]
    best = max(range(len(parts)), key=lambda at: (_found(parts[at]), -at))
    chosen = parts[best]
    place = label
    if label and best and chosen.lstrip(OPEN).startswith("("):
        bare = _SIGNS.sub("", chosen)
        for each in passages(f"# {label} –\n\n{_SIGNS.sub('', text)}"):
            if each.item and each.text and bare.endswith(each.text[-40:]):
                place = each.label or label
    return place, marked(_window(chosen))


def _found(text: str) -> int:
    return len({match[1].lower() for match in _LIT.finditer(text)})


def _window(text: str) -> str:
    """So much of a long passage as holds the most that was found, cut between words."""
    if len(text) <= LENGTH + 40:
        return text
    starts = [match.start() for match in _LIT.finditer(text)]
    first = 0
    if starts:
        first = max(
            starts,
            key=lambda at: (_found(text[max(at - 40, 0) : at - 40 + LENGTH]), -at),
        )
    begin = max(first - 60, 0)
    if begin:
        begin = text.find(" ", begin) + 1 or begin
    end = begin + LENGTH
    if end < len(text):
        end = max(text.rfind(" ", begin, end), begin + LENGTH // 2)
        if text.rfind(OPEN, 0, end) > text.rfind(CLOSE, 0, end):
            end = text.find(CLOSE, end) + 1
    before = text[:begin]
    if before.rfind(OPEN) > before.rfind(CLOSE):
        begin = before.rfind(OPEN)
    return ("… " if begin else "") + text[begin:end] + (" …" if end < len(text) else "")


def _cut(text: str) -> str:
    if len(text) <= LENGTH + 40:
        return text
    return text[: text.rfind(" ", 0, LENGTH)] + " …"
