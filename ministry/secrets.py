"""Secrets in files of the home folder: made once, and readable by their owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

FOLDER = "keys"
OTHERS, WRITING = 0o077, 0o022
"""What of a mode lets anybody but the owner in; and what lets them put something in its place."""


def kept(home: Path, name: str) -> str:
    """A secret that is made at the first start and never replaced."""
    path = home / FOLDER / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = path.with_name(f"{name}.{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(48), "utf-8")
        try:
            os.link(made, path)  # whoever is first wins; a secret is never replaced
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path.read_text("utf-8")


def see_closed(home: Path) -> None:
    """See, before anything is signed, that nobody else on the machine can read a secret or put another in its place.

    Raises:
        ValueError: somebody can; which files, and what to do.
    """
    folder = home / FOLDER
    for one in (
        home,
        folder,
    ):  # a parent that is made on the way would get the modes of any other folder
        one.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = sorted(one for one in (folder, *folder.rglob("*")) if open_to_others(one))
    if found:
        names = ", ".join(map(str, found[:5]))
        raise ValueError(f"others on this machine can read {names}: run `chmod -R go= {folder}`")


def open_to_others(path: Path) -> bool:
    mode = path.stat().st_mode
    return bool(mode & (WRITING if path.is_dir() else OTHERS))
