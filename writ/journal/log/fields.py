"""The fields that the lines of every format consist of: decimal numbers and base64 (RFC 4648, section 4)."""

from __future__ import annotations

import base64
import binascii

MOST = 2**63 - 1
"""The largest size of a tree, and the largest timestamp (tlog-cosignature, *Format*)."""


def number(text: str) -> int | None:
    """The number that decimal figures without leading zeroes write, up to `MOST`; None if they are not that."""
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or (text[0] == "0" != text):
        return None
    value = int(text)
    return value if value <= MOST else None


def encoded(data: bytes) -> str:
    """The bytes in base64."""
    return base64.b64encode(data).decode("ascii")


def decoded(text: str, size: int | None = None) -> bytes | None:
    """The bytes that `text` is the base64 of, in the one way `encoded` writes them; None if it is not that.

    With `size`, only so many bytes.
    """
    data = decoded_loosely(text)
    if data is None or (size is not None and len(data) != size) or encoded(data) != text:
        return None
    return data


def decoded_loosely(text: str) -> bytes | None:
    """As `decoded`, but the bits behind the last byte may be any (RFC 4648, section 3.5), as in signature lines."""
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
