"""A file of pieces, as they are or each compressed by itself, so that any one of them is read without the others."""

from __future__ import annotations

import sys
import tempfile
import zlib
from collections.abc import Sequence

Place = tuple[int, int]
"""Where a piece begins, and how long it is, in bytes."""

WINDOW = 13
"""Of the compression: 2^13 bytes are looked back at."""
LEVEL = 3
SAMPLED = 512
"""Of so many pieces at the beginning every `APART`th is kept: what is in them is likely to be in the others."""
APART = 32


class Pieces:
    """Pieces in a file that nobody else sees, gone with the process."""

    def __init__(self, name: str) -> None:
        self._file = tempfile.TemporaryFile(prefix=f"writ-{name}-", buffering=0)  # noqa: SIM115 (closed by `close`)
        self.end = 0
        """The bytes that are in use."""

    def put_all(self, pieces: Sequence[bytes]) -> list[Place]:
        """Write some more behind the others."""
        found, end = [], self.end
        for piece in pieces:
            found.append((end, len(piece)))
            end += len(piece)
        self._file.seek(self.end)
        rest = memoryview(b"".join(pieces))
        while rest:
            rest = rest[self._file.write(rest) :]
        self.end = end
        return found

    def get(self, place: Place) -> bytes:
        """One of them."""
        at, length = place
        self._file.seek(at)
        return self._file.read(length)

    def cut(self, end: int) -> None:
        """Forget the pieces that begin there or later."""
        self.end = min(self.end, end)

    def close(self) -> None:
        self._file.close()


class Packed(Pieces):
    """The same, each compressed.

    Small pieces that are much `alike` are compressed by what the first of them said (RFC 1950, a preset dictionary).
    """

    def __init__(self, name: str, alike: bool = False) -> None:
        super().__init__(name)
        self._samples: list[bytes] | None = [] if alike else None
        self._count = 0
        self._common = b""
        self._since = sys.maxsize
        """From there on pieces are compressed by what is `_common`."""
        self._plain = zlib.compressobj(LEVEL, zlib.DEFLATED, -WINDOW)
        self._primed = self._plain

    def put(self, data: bytes) -> Place:
        """Write one more piece behind the others."""
        packer = (self._primed if self.end >= self._since else self._plain).copy()
        (place,) = super().put_all((packer.compress(data) + packer.flush(),))
        if self._samples is not None:
            self._sample(self._samples, data)
        return place

    def put_all(self, pieces: Sequence[bytes]) -> list[Place]:
        return [self.put(piece) for piece in pieces]

    def get(self, place: Place) -> bytes:
        packed = super().get(place)
        if place[0] >= self._since:
            return zlib.decompressobj(-WINDOW, self._common).decompress(packed)
        return zlib.decompress(packed, -WINDOW)

    def _sample(self, samples: list[bytes], data: bytes) -> None:
        if self._count % APART == 0:
            samples.append(data)
        self._count += 1
        if self._count == SAMPLED:
            self._common = b"".join(samples)[-(1 << WINDOW) :]
            self._primed = zlib.compressobj(LEVEL, zlib.DEFLATED, -WINDOW, zdict=self._common)
            self._since, self._samples = self.end, None
