"""Systems that call the API in this process, through the whole of the WSGI application."""

from __future__ import annotations

import json

from werkzeug.test import Client

from ministry.identity import acts, tokens
from ministry.identity.acting import Acting
from ministry.identity.data import IssuingToken
from ministry.wsgi import application
from tests.ministry.people import acting


def token_of(name, office="", days=30):
    """A token of one of the people, for their office."""
    by = acting(name, office)
    made = tokens.new_token()
    given = IssuingToken(office=by.office, digest=tokens.digest(made), purpose="tests", days=days)
    acts.issue_token(Acting(by.person, "enrolled-person", 4e9), given)
    return made


class System:
    """A system with a token."""

    def __init__(self, token):
        self.token = token
        self.client = Client(application)

    def get(self, path, **headers):
        return self.call("GET", path, **headers)

    def call(self, method, path, data=None, **headers):
        given = {"Authorization": f"Bearer {self.token}", "Host": "localhost", **headers}
        body = None
        if data is not None:
            body = data if isinstance(data, bytes) else json.dumps(data).encode()
            given.setdefault("Content-Type", "application/json")
        given = {name: value for name, value in given.items() if value is not None}
        return self.client.open(path, method=method, data=body, headers=given)

    def post(self, path, data, **headers):
        return self.call("POST", path, data, **headers)

    def act(self, name, data, key=None):
        return self.post(f"/api/acts/{name}", data, **({"Idempotency-Key": key} if key else {}))

    def decide(self, data, **headers):
        return self.post("/api/decide", data, **headers)


def system(name, office=""):
    return System(token_of(name, office))
