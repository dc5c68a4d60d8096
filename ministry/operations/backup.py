"""One file with everything that is needed to go on elsewhere; the private keys only if they are asked for."""

from __future__ import annotations

import datetime as dt
import os
import tarfile
import tempfile
from pathlib import Path

import msgspec
from django.conf import settings
from django.db import connection

import writ
from ministry.operations import dump
from ministry.operations.dump import NotDone
from ministry.operations.manifest import FORMAT, NAME, Manifest, decode, digest
from ministry.people.models import Person
from ministry.register import held, tree
from ministry.register.models import Record
from writ.journal.log.merkle import root_of

KEYS = "keys.tar"


def backup(target: Path, keys: bool = False) -> Manifest:
    """Write a backup while the ministry runs. The file is there whole, or not at all.

    Raises:
        NotDone: it is there already, or something failed.
    """
    if target.exists():
        raise NotDone(f"{target} is there already: a backup is never overwritten")
    with tempfile.TemporaryDirectory(prefix=".ministry-backup-", dir=target.parent) as folder:
        place = Path(folder)
        names = [dump.name()]
        stood = standing()
        dump.dump(place / names[0])
        if keys:
            names.append(KEYS)
            with tarfile.open(place / KEYS, "w") as archive:
                archive.add(Path(settings.HOME) / "keys", arcname="keys")
        manifest = described(place, names, *stood)
        (place / NAME).write_bytes(manifest.encode())
        draft = place / "whole"
        with tarfile.open(draft, "w:gz", compresslevel=3) as archive:
            for name in (NAME, *names):
                archive.add(place / name, arcname=name)
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.chmod(0o600)
        os.link(draft, target)
    return manifest


def standing() -> tuple[int, bytes, int]:
    """Size and root of the log, and the number of records: the copy, made after this, has at least those."""
    size = tree.size()
    return size, root_of(tree.reader(size), size), Record.everything.count()


def described(place: Path, names: list[str], size: int, root: bytes, records: int) -> Manifest:
    return Manifest(
        FORMAT,
        writ.__version__,
        connection.vendor,
        dt.datetime.now(dt.UTC),
        size,
        root.hex(),
        records,
        {name: digest(place / name) for name in names},
    )


def restore(source: Path) -> Manifest:
    """Put a backup into a database and a home that are empty; what the log says afterwards is checked.

    The log does not grow until each of its witnesses has said that it saw no more of it (`register.held`).

    Raises:
        NotDone: it is no backup, it is damaged, something is there already, or the log does not agree.
    """
    if is_founded():
        raise NotDone("a ministry is there already: restore into an empty database and home")
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".ministry-restore-", dir=home) as folder:
        place = Path(folder)
        manifest = unpacked(source, place)
        if manifest.vendor != connection.vendor:
            raise NotDone(
                f"it is a backup of {manifest.vendor}, and the database here is {connection.vendor}"
            )
        dump.load(place / dump.name())
        if KEYS in manifest.files:
            with tarfile.open(place / KEYS) as archive:
                archive.extractall(home, filter="data")
    agree(manifest)
    held.ask_again()
    return manifest


def unpacked(source: Path, place: Path) -> Manifest:
    """The files of a backup, each as its manifest says."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(place, filter="data")
        manifest = decode((place / NAME).read_bytes())
    except (OSError, tarfile.TarError, EOFError, msgspec.MsgspecError) as error:
        raise NotDone(f"{source} is no backup of a ministry: {error}") from None
    if manifest.format != FORMAT:
        raise NotDone(f"{source} is of another release ({manifest.release})")
    for name, expected in manifest.files.items():
        if not (place / name).is_file() or digest(place / name) != expected:
            raise NotDone(f"{source} is damaged: {name} is not what its manifest says")
    return manifest


def is_founded() -> bool:
    """Whether the database holds a ministry."""
    tables = connection.introspection.table_names()
    return Person._meta.db_table in tables and Person.everything.exists()


def agree(manifest: Manifest) -> None:
    """That the log has at least what it had, and the same."""
    size = tree.size()
    if size < manifest.size:
        raise NotDone(f"the log has {size:,} records, and had {manifest.size:,}")
    if root_of(tree.reader(size), manifest.size).hex() != manifest.root:
        raise NotDone("the log is not the one that was backed up")
