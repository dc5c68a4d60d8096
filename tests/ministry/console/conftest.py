"""Somebody of the ministry at the console: a browser without scripts, signed in."""

from __future__ import annotations

import re
import shutil
import time
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client

from ministry.database import described
from ministry.identity import sessions
from ministry.people.models import Person
from tests.ministry.conftest import database
from tests.ministry.people import Named


def session_of(name, office=""):
    """The key of a new session of one of the people."""
    person, now = Person.everything.get(sign_in=name), time.time()
    store = sessions.SessionStore()
    store.update(
        {
            "_auth_user_id": person.key,
            "_auth_user_backend": sessions.BACKEND,
            "_auth_user_hash": person.get_session_auth_hash(),
            sessions.BEGAN: now,
            sessions.SEEN: now,
            sessions.SURE: now,
            **({sessions.OFFICE: office} if office else {}),
        }
    )
    store.save()
    return store.session_key


class Words(HTMLParser):
    """The words of a page, as somebody reads them."""

    def __init__(self):
        super().__init__()
        self.found, self.links, self.off = [], [], 0

    def handle_starttag(self, tag, attrs):
        self.off += tag in ("style", "script", "datalist")
        if tag == "a":
            self.links.append(dict(attrs).get("href", ""))

    def handle_endtag(self, tag):
        self.off -= tag in ("style", "script", "datalist")

    def handle_data(self, data):
        if not self.off:
            self.found.append(data)


class Page:
    """An answer: its status, its words, its links."""

    def __init__(self, response):
        self.response, self.status = response, response.status_code
        self.html = response.content.decode() if not response.streaming else ""
        reader = Words()
        reader.feed(self.html)
        self.words = re.sub(r"\s+", " ", " ".join(reader.found)).replace("\u00a0", " ")
        self.links = reader.links

    def __contains__(self, text):
        return text in self.words


class Somebody:
    """One of the people at the console."""

    def __init__(self, name="", office=""):
        self.client = Client(SERVER_NAME="localhost")
        if name:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = session_of(name, office)

    def sees(self, path, **query):
        return Page(self.client.get(path, query))

    def does(self, path, **data):
        return Page(self.client.post(path, data))

    def does_then_sees(self, path, **data):
        return Page(self.client.post(path, data, follow=True))


@pytest.fixture
def house(on_sqlite, tmp_path):
    """A ministry on SQLite alone: what a page says does not depend on the database."""
    shutil.copy(on_sqlite, tmp_path / "ministry.sqlite3")
    with database(described("", tmp_path)):
        yield Named()
