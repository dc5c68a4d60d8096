"""The files of cases of an edition, read."""

from __future__ import annotations

from pathlib import Path

from writ.cli.commands.test import MAX_BYTES, PATTERN
from writ.cli.entry import refuse


def texts(folder: Path) -> dict[str, str]:
    """The text of each file of cases in the folder by its path there."""
    found: dict[str, str] = {}
    for file in sorted(folder.rglob(PATTERN)):
        try:
            raw = file.read_bytes()
        except OSError as error:
            refuse(f"`{file}` cannot be read: {error.strerror}")
        if len(raw) > MAX_BYTES:
            refuse(f"`{file}` has more than {MAX_BYTES // 1_000_000} MB", "split it")
        try:
            found[file.relative_to(folder).as_posix()] = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            refuse(f"`{file}` is not UTF-8 at byte {error.start}")
    return found
