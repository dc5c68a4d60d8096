"""A ministry whose law is read by nobody in particular."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from ministry.database import described
from ministry.reading import answers, parts
from ministry.statutes import acts
from ministry.statutes.data import Promulgating, Proposing
from tests.ministry.conftest import database
from tests.ministry.enacting import certify
from tests.ministry.people import Named
from tests.ministry.statutes.drafts import edited


@pytest.fixture
def house(on_sqlite, tmp_path):
    shutil.copy(on_sqlite, tmp_path / "ministry.sqlite3")
    limits = dict.fromkeys(settings.LIMITS, (10**9, 60))
    with database(described("", tmp_path)), override_settings(LIMITS=limits):
        yield Named()


@pytest.fixture
def reader():
    return Client(SERVER_NAME="localhost")


def forget():
    """What this process has read and made."""
    for one in (parts._part, parts._texts, parts._sections):
        one.cache_clear()
    parts._books.clear()
    answers.kept.__init__()


def amended(house, *changes, files=None):
    """An amendment that has come into force; the digest of the edition."""
    edition = edited(*changes, files=files)
    acts.propose(house.bo, Proposing(edition=edition))
    certify(house.cy, edition)
    acts.promulgate(house.bo, Promulgating(edition=edition))
    return edition


SCHEMA = (
    Path(__file__).resolve().parents[4] / "shared" / "data" / "law" / "akn" / "akomantoso30.xsd"
)


@pytest.fixture(scope="session")
def akn_schema():
    """The schema of Akoma Ntoso 3.0."""
    if not SCHEMA.exists():
        pytest.skip("the schema is not here")
    from lxml import etree

    return etree.XMLSchema(etree.parse(str(SCHEMA)))
