"""Tree heads: what a log says of itself, as the text that is signed (C2SP tlog-checkpoint, *Note text*)."""

from __future__ import annotations

import msgspec

from writ.journal.log.codes import Refused
from writ.journal.log.fields import MOST, decoded, encoded, number
from writ.journal.log.merkle import EMPTY_ROOT, HASH_SIZE


class TreeHead(msgspec.Struct, frozen=True):
    """The origin of a log, the size of its tree, and the root at that size."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()
    """Further lines. Nobody audits them, and ML-DSA-44 signatures do not cover them: better there are none."""

    def __post_init__(self) -> None:
        if not self.origin or any(
            "\n" in line or not line for line in (self.origin, *self.extensions)
        ):
            raise ValueError("the origin and the extensions are one line each")
        if not 0 <= self.size <= MOST:
            raise ValueError("a size is not negative, and below 2**63")
        if len(self.root) != HASH_SIZE:
            raise ValueError(f"a root has {HASH_SIZE} bytes")

    @property
    def text(self) -> str:
        """The text of a note, with its last line end."""
        lines = (self.origin, str(self.size), encoded(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def parse_head(text: str) -> TreeHead:
    """The tree head that the text of a note says.

    Raises:
        Refused: it says none (L103).
    """
    lines = text.split("\n")
    if lines.pop():
        raise Refused("L103", "the last line of a checkpoint has no end")
    if len(lines) < 3:
        raise Refused("L103", "a checkpoint has an origin, a size and a root hash, a line each")
    for at, line in enumerate(lines):
        if not line:
            raise Refused("L103", "a checkpoint has no empty line", at + 1)
    size = number(lines[1])
    if size is None:
        raise Refused("L103", f"`{lines[1][:60]}` is not the size of a tree", 2)
    root = decoded(lines[2], HASH_SIZE)
    if root is None:
        raise Refused("L103", f"`{lines[2][:60]}` is not a root hash in base64", 3)
    return TreeHead(lines[0], size, root, tuple(lines[3:]))


def empty(head: TreeHead) -> bool:
    """Whether it is a rightful head of a tree without leaves (RFC 6962, section 2.1)."""
    return head.size == 0 and head.root == EMPTY_ROOT
