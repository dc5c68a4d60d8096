"""Colour, where the terminal has it and nobody has said no to it."""

from __future__ import annotations

import os
from typing import TextIO


class Paint:
    """Dresses text for a terminal by what it means; off, it gives the text as it is."""

    def __init__(self, on: bool = False) -> None:
        self.on = on

    def _dress(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.on and text else text

    def strong(self, text: str) -> str:
        return self._dress("1", text)

    def faint(self, text: str) -> str:
        return self._dress("2", text)

    def good(self, text: str) -> str:
        return self._dress("1;32", text)

    def bad(self, text: str) -> str:
        return self._dress("1;31", text)

    def wary(self, text: str) -> str:
        return self._dress("1;33", text)

    def cited(self, text: str) -> str:
        return self._dress("36", text)


PLAIN = Paint()


def paint_for(stream: TextIO) -> Paint:
    """Colour on a terminal, unless `NO_COLOR` is set (no-color.org) or the terminal is a dumb one."""
    try:
        terminal = stream.isatty()
    except ValueError:  # closed
        terminal = False
    return Paint(terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")


def visible(text: str) -> str:
    """The text with its control characters made visible: a file must not command the terminal."""
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() or letter in "\n\t" else _picture(letter) for letter in text
    )


def _picture(letter: str) -> str:
    code = ord(letter)
    return chr(0x2400 + code) if code < 0x20 else "\N{REPLACEMENT CHARACTER}"
