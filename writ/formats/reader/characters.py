"""Letters that a file for others may hold: law is typeset, and none of its blanks, dashes or marks is lost."""

from __future__ import annotations

import re

_BARRED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def clean(text: str) -> str:
    """The text with what XML and PDF have no letter for shown as a replacement character."""
    return _BARRED.sub("\N{REPLACEMENT CHARACTER}", text)
