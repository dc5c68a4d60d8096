"""What Cedar may be given to read: its parser recurses without a limit, and a hostile text would end the process."""

from __future__ import annotations

import re

from writ.formats.cedar.codes import Refused, finding

DEEPEST = 100
"""Brackets within one another."""
LONGEST = 4_000
"""Operators of one policy: each may be a level of its tree."""
MOST_DOTS = 40
"""Names in one path: what a path costs to read grows with the square of them, and more."""
BYTES = 16 * 1024 * 1024

_PART = re.compile(
    r"""(?P<skip>"(?:[^"\\]|\\.)*+"|//[^\n]*+)  # texts and comments
    | (?P<path>(?:\.\s*+[A-Za-z_]\w*+\s*+){2,}+)
    | (?P<open>[(\[{]) | (?P<shut>[)\]}]) | (?P<end>;)
    | (?P<operator>&&|\|\||[-+*.!<>=]|\b(?:if|has|like|in|is)\b)""",
    re.VERBOSE | re.DOTALL,
)


def bounded(text: str, file: str, what: str = "the policies", chains: bool = True) -> None:
    """Of what has no expressions, `chains` need not be looked at.

    Raises:
        Refused: the text is larger, or more deeply nested, than Cedar can safely be given.
    """
    if len(text) > BYTES:
        raise _too(f"{what} have more than {BYTES // 2**20} MiB", file)
    depth = operators = 0
    for part in _PART.finditer(text):
        match part.lastgroup:
            case "open":
                depth += 1
                operators += 1
            case "shut":
                depth = max(0, depth - 1)
            case "end" if depth == 0:
                operators = 0
            case "operator":
                operators += 1
            case "path":
                dots = part[0].count(".")
                operators += dots
                if chains and dots > MOST_DOTS:
                    raise _too(f"{what} have a path of more than {MOST_DOTS} names", file)
            case _:
                continue
        if depth > DEEPEST:
            raise _too(f"{what} are nested more than {DEEPEST} deep", file)
        if chains and operators > LONGEST:
            raise _too(f"{what} have more than {LONGEST:,} operators in one statement", file)


def _too(message: str, file: str) -> Refused:
    return Refused(finding("X102", message, file, "divide it"))
