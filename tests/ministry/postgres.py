"""A PostgreSQL server for tests: its own folder, its own socket, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest

INSTALLED = Path("/usr/lib/postgresql")


def programs() -> Path | None:
    """Where the newest PostgreSQL of this machine keeps its programs."""
    found = sorted(INSTALLED.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


class Cluster:
    def __init__(self, folder: Path, durable: bool = False) -> None:
        self.folder = folder
        self.fsync = "on" if durable else "off"
        self.counter = count(1)

    def __enter__(self) -> Cluster:
        bin = programs()
        if bin is None:
            pytest.skip("no PostgreSQL on this machine (`make test` installs it)")
        self.bin = bin
        self.folder.mkdir(parents=True)
        self.sockets = self.folder / "s"
        self.sockets.mkdir()
        if os.getuid() == 0:  # PostgreSQL does not run as root
            for path in (self.folder, *self.folder.parents):
                if path.stat().st_mode & 0o005 != 0o005:
                    path.chmod(path.stat().st_mode | 0o055)
            shutil.chown(self.folder, "postgres")
            shutil.chown(self.sockets, "postgres")
        self.run(
            "initdb",
            "--auth=trust",
            "--username=writ",
            "--no-sync",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "-D",
            str(self.data),
        )
        self.run(
            "pg_ctl",
            "-w",
            "-s",
            "-D",
            str(self.data),
            "-l",
            str(self.folder / "log"),
            "-o",
            f"-c listen_addresses='' -k {self.sockets} -c fsync={self.fsync} -c max_connections=200",
            "start",
        )
        self.sql(
            "CREATE ROLE ministry LOGIN"
        )  # no superuser: the walls of the database hold for it
        return self

    def __exit__(self, *_: object) -> None:
        self.run("pg_ctl", "-m", "immediate", "-s", "-D", str(self.data), "stop")

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def run(self, program: str, *arguments: str) -> None:
        command = [str(self.bin / program), *arguments]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
        assert done.returncode == 0, done.stderr

    def sql(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.address("postgres", "writ"), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def address(self, name: str, role: str = "ministry") -> str:
        return f"postgresql://{role}@{quote(str(self.sockets), safe='')}/{name}"

    def create(self, name: str) -> None:
        self.sql(f'CREATE DATABASE "{name}" OWNER ministry')

    def copy(self, template: str) -> str:
        name = f"ministry_{next(self.counter)}"
        self.sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER ministry')
        return name

    def drop(self, name: str) -> None:
        self.sql(f'DROP DATABASE "{name}" WITH (FORCE)')
