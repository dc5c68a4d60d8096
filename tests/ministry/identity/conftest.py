"""Browsers without a browser: Django's client with a device beside it."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client

from ministry.database import described
from ministry.identity import acts, limits, tokens
from ministry.identity.data import Linking
from tests.ministry.conftest import database
from tests.ministry.identity.device import Device
from tests.ministry.people import Named, acting, key

Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


class Browser(Client):
    """A client that checks CSRF as the server does, and has a device."""

    def __init__(self, **device):
        super().__init__(enforce_csrf_checks=True, HTTP_HOST="localhost:8000")
        self.device = Device(**device)

    def send(self, path, page=None, **data):
        """Open a page, and send its form."""
        token = csrf(self.get(page or path))
        return self.post(path, {"csrfmiddlewaretoken": token, **data})

    def data(self, path):
        """What a page hands to its script."""
        text = self.get(path).content.decode()
        return json.loads(unescape(re.search(r'id="passkey-data"[^>]*>(.*?)</script>', text)[1]))

    def enrol(self, name, secret=None):
        """Open an enrolment link and register the device."""
        self.send("/account/enrol/", link=secret or link(name))
        return self.register("/account/enrol/passkey/")

    def register(self, path):
        page = self.get(path)
        if page.status_code != 200:
            return page
        options = self.data(path)["creation_options"]
        credential = self.device.register(options)
        return self.post(path, {"csrfmiddlewaretoken": csrf(page), "credential": credential})

    def sign_in(self, **changed):
        options = self.get("/sign-in/passkey/").json()["request_options"]
        credential = self.device.prove(options)
        return self.send("/sign-in/passkey/", "/sign-in/", credential=credential, **changed)

    def prove(self):
        page = self.get("/account/sure/")
        options = self.data("/account/sure/")["request_options"]
        credential = self.device.prove(options)
        token = csrf(page)
        return self.post("/account/sure/", {"csrfmiddlewaretoken": token, "credential": credential})

    @property
    def person(self):
        return self.session.get("_auth_user_id", "")

    def change_session(self, **values):
        session = self.session
        session.update(values)
        session.save()


def csrf(page):
    found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page.content)
    return found[1].decode() if found else ""


def link(name, by=None):
    """The secret of an enrolment link for one of the people."""
    secret = tokens.new_secret()
    issuer = by or acting("ada" if name != "ada" else "eve")
    acts.issue_enrolment_link(issuer, Linking(person=key(name), digest=tokens.digest(secret)))
    return secret


@pytest.fixture
def ministry(on_sqlite, tmp_path):
    """A ministry on SQLite; `tests/ministry/test_identity.py` goes the whole way on PostgreSQL too."""
    shutil.copy(on_sqlite, tmp_path / "ministry.sqlite3")
    with database(described("", tmp_path)):
        yield Named()


@pytest.fixture
def still(monkeypatch):
    """Attempts are counted in one window, however long the test takes."""
    noon = dt.datetime.now(dt.UTC).replace(hour=12, minute=0, second=1)
    monkeypatch.setattr(limits, "timezone", SimpleNamespace(now=lambda: noon))


@pytest.fixture
def browser(ministry):
    return Browser()


@pytest.fixture
def dee(browser):
    """The Duty Officer's browser, enrolled and signed in."""
    assert browser.enrol("dee").status_code == 302
    return browser
