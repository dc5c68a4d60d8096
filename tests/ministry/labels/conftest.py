"""A guarded ministry for each test, made once on each database and copied."""

import shutil

import pytest

from ministry.database import described
from tests.ministry.conftest import HOME, database
from tests.ministry.labels.guarding import guard
from tests.ministry.people import Named


@pytest.fixture(scope="session")
def on_guarded(on_sqlite):
    folder = HOME / "guarded"
    folder.mkdir()
    shutil.copy(on_sqlite, folder / "ministry.sqlite3")
    with database(described("", folder)):
        guard()
    return folder / "ministry.sqlite3"


@pytest.fixture
def guarded(on_guarded, tmp_path):
    """A ministry in which there is something to hide, on SQLite: what may be read does not depend on the database."""
    shutil.copy(on_guarded, tmp_path / "ministry.sqlite3")
    with database(described("", tmp_path)):
        yield Named()


@pytest.fixture
def guarded_on_both(ministry):
    """The same on both databases."""
    guard()
    return ministry
