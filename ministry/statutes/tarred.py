"""Tar archives, gzipped or not: their plain files, read one after the other; nothing is unpacked to a disk.

No more of a gzip file is inflated than an archive of an edition can have. A link, a device, a sparse file or a name
that leads elsewhere ends the reading, whatever else the archive holds.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext

GZIP = b"\x1f\x8b"
MAGIC = b"ustar"
PLACE = 257


class Damaged(ValueError):
    """No tar archive, a damaged one, or one with what no edition has; the message says which."""


def is_tar(data: bytes) -> bool:
    """Whether these bytes begin as a tar archive, or as anything gzipped, does."""
    return data.startswith(GZIP) or data[PLACE : PLACE + len(MAGIC)] == MAGIC


def packed(files: Mapping[str, str]) -> bytes:
    """The files as a gzipped tar archive, the same bytes for the same files."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as out:
        for name, text in sorted(files.items()):
            data = text.encode()
            head = tarfile.TarInfo(name)
            head.size, head.mode = len(data), 0o644
            out.addfile(head, io.BytesIO(data))
    return gzip.compress(made.getvalue(), 9, mtime=0)


def members(
    data: bytes, named: Callable[[str], str], most_files: int, most_bytes: int
) -> Iterator[tuple[str, bytes]]:
    """The names and bytes of the files of an archive; `named` refuses what is no name of a text.

    Raises:
        Damaged: there is something else in it, too much, or it cannot be read.
    """
    if data.startswith(GZIP):
        data = _inflated(data, most_bytes + 4 * tarfile.BLOCKSIZE * most_files)
    left, seen = most_bytes, 0
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as given:
            while (one := given.next()) is not None:
                seen += 1
                if seen > 2 * most_files:
                    raise Damaged(gettext("the archive has too many members"))
                if one.isdir():
                    continue
                if one.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or one.issparse():
                    raise Damaged(gettext("`{name}` is no plain file").format(name=one.name[:80]))
                name = named(one.name)
                left -= one.size
                if left < 0:
                    raise Damaged(gettext("the texts of the archive are too long"))
                text = given.extractfile(one)
                found = text.read(one.size) if text is not None else b""
                if len(found) != one.size:
                    raise Damaged(gettext("the archive is cut off"))
                yield name, found
    except (tarfile.TarError, OSError, EOFError, OverflowError) as error:
        raise Damaged(
            gettext("this is no tar archive that can be read: {error}").format(
                error=str(error)[:120]
            )
        ) from None


def _inflated(data: bytes, most: int) -> bytes:
    try:
        reader = zlib.decompressobj(wbits=31)
        plain = reader.decompress(data, most)
    except zlib.error as error:
        raise Damaged(
            gettext("the archive is damaged: {error}").format(error=str(error)[:120])
        ) from None
    if reader.unconsumed_tail:
        raise Damaged(gettext("the texts of the archive are too long"))
    if not reader.eof or reader.unused_data:
        raise Damaged(gettext("the archive is cut off, or something stands behind it"))
    return plain
