"""Systems with tokens, in this process, on SQLite; what depends on the database asks for `either`."""

import shutil

import pytest

from ministry.database import described
from tests.ministry.api.calling import system
from tests.ministry.conftest import database
from tests.ministry.conftest import ministry as either  # noqa: F401  # a fixture: both databases
from tests.ministry.people import Named


@pytest.fixture
def ministry(on_sqlite, tmp_path):
    """A founded ministry on SQLite."""
    shutil.copy(on_sqlite, tmp_path / "ministry.sqlite3")
    with database(described("", tmp_path)):
        yield Named()


@pytest.fixture
def ada(ministry):
    """A system of the Director of Personnel."""
    return system("ada")


@pytest.fixture
def fay(ministry):
    """A system of the Auditor, who may read the whole register."""
    return system("fay")


@pytest.fixture
def dee(ministry):
    """A system of the Duty Officer."""
    return system("dee")
