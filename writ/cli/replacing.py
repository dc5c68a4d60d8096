"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from writ.cli.entry import refuse


def replace(path: str, pieces: Iterable[bytes]) -> None:
    """Write the pieces to a draft in the same folder, then put it in the place of the file in one step.

    Whoever ends this in the middle leaves the file as it was; at worst a hidden draft stays beside it. A link is
    followed. What is no file (a pipe, a device) is written to as it is.
    """
    target = Path(path).resolve()
    try:
        mode = _mode(target)
        if mode is None:
            with target.open("wb") as out:
                out.writelines(pieces)
            return
        descriptor, draft = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with open(descriptor, "wb") as out:
                out.writelines(pieces)
                out.flush()
                os.fchmod(out.fileno(), mode)
                os.fsync(out.fileno())
            os.replace(draft, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(draft)
            raise
    except OSError as error:
        refuse(f"`{path}` cannot be written: {error.strerror or error}")


def _mode(target: Path) -> int | None:
    """The mode of the file, or that of a new one; None of what is no file."""
    try:
        found = target.stat().st_mode
    except FileNotFoundError:
        mask = os.umask(0o077)
        os.umask(mask)
        return 0o666 & ~mask
    return stat.S_IMODE(found) if stat.S_ISREG(found) else None
