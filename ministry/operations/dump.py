"""The content of the database as one file, as it was at one moment, while others go on writing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection

from ministry.labels.rows import READING


class NotDone(Exception):
    """A backup or a restore that failed; what is wrong, and what to do."""


def name() -> str:
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.dump"


def dump(path: Path) -> None:
    """Write the database into a file.

    Raises:
        NotDone: the tool of the database failed, or is not there.
    """
    if connection.vendor == "sqlite":
        dump_sqlite(path)
    else:
        # The rows of every label: a connection that is confined to no reader's sees them all (`labels.rows`).
        run(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            "--enable-row-security",
            f"--file={path}",
        )


def dump_sqlite(path: Path) -> None:
    source = f"file:{connection.settings_dict['NAME']}?mode=ro"
    with (
        closing(sqlite3.connect(source, uri=True, timeout=60)) as database,
        closing(sqlite3.connect(path)) as copy,
    ):
        # Begun as one reader, it is a snapshot: what is written meanwhile is not in it, and is not held up.
        database.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise NotDone(f"the copy is damaged: {found}")


def load(path: Path) -> None:
    """Put the content of a file into the empty database.

    Raises:
        NotDone: the tool of the database failed, or is not there.
    """
    connection.close()
    if connection.vendor == "sqlite":
        target = Path(str(connection.settings_dict["NAME"]))
        draft = target.with_name(f".{target.name}.restored")
        shutil.copyfile(path, draft)
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        for leftover in ("-wal", "-shm"):
            target.with_name(target.name + leftover).unlink(missing_ok=True)
        draft.replace(target)
        return
    database = str(connection.settings_dict["NAME"])
    run(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
        f"--dbname={database}",
        str(path),
    )


def run(program: str, *arguments: str) -> None:
    """Run a tool of PostgreSQL on the database of the settings."""
    settings = connection.settings_dict
    found = shutil.which(program)
    if found is None:
        raise NotDone(f"{program} is not on this machine: install the client of PostgreSQL")
    given = {
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
        "PGOPTIONS": f"-c {READING}=",
    }
    environment = {**os.environ, **{key: str(value) for key, value in given.items() if value}}
    done = subprocess.run(
        [found, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotDone(f"{program}: {done.stderr.strip()[:2000]}")
