"""A ministry for each test, on SQLite and on PostgreSQL, founded once and copied."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="ministry-tests-"))
os.environ["MINISTRY_HOME"] = str(HOME)
os.environ.pop("MINISTRY_DATABASE", None)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ministry.settings")

import django  # noqa: E402

django.setup()

import pytest  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.db.utils import ConnectionHandler  # noqa: E402

from ministry.database import described  # noqa: E402
from ministry.gate import holders, readers  # noqa: E402
from ministry.labels import keep  # noqa: E402
from ministry.people import clearances  # noqa: E402
from tests.ministry.people import Named, founded  # noqa: E402
from tests.ministry.postgres import Cluster  # noqa: E402


def pytest_sessionfinish():
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def cluster():
    """A PostgreSQL of this session's own."""
    with Cluster(HOME / "postgres") as cluster:
        yield cluster


@contextmanager
def database(described):
    """Let Django use another database meanwhile."""
    made = ConnectionHandler({"default": described})["default"]
    kept, settings = connections["default"], connections.databases["default"]
    connections["default"], connections.databases["default"] = made, made.settings_dict
    for forget in (
        holders._kept.clear,
        readers._readers.clear,
        keep._known.clear,
        clearances._files.clear,
    ):
        forget()  # what this process remembers is of the other one
    try:
        yield
    finally:
        made.close()
        connections["default"], connections.databases["default"] = kept, settings


@pytest.fixture(scope="session")
def on_sqlite():
    """The file of a founded ministry."""
    with database(described("", HOME / "template")):
        call_command("migrate", verbosity=0)
        founded()
    return HOME / "template" / "ministry.sqlite3"


@pytest.fixture(scope="session")
def on_postgres(cluster):
    """The name of the database of a founded ministry."""
    cluster.create("template_ministry")
    with database(described(cluster.address("template_ministry"), HOME)):
        call_command("migrate", verbosity=0)
        founded()
    return "template_ministry"


@pytest.fixture(params=["sqlite", "postgresql"])
def ministry(request, tmp_path):
    """A ministry with a few people in office (`people.Named`)."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("on_sqlite"), tmp_path / "ministry.sqlite3")
        with database(described("", tmp_path)):
            yield Named()
        return
    template = request.getfixturevalue("on_postgres")
    cluster = request.getfixturevalue("cluster")
    name = cluster.copy(template)
    with database(described(cluster.address(name), HOME)):
        yield Named()
    cluster.drop(name)
