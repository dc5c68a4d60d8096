"""People and systems on sockets: each request on a connection of its own, which may break at any point."""

from __future__ import annotations

import json
import socket
from http.client import HTTPResponse
from urllib.parse import urlencode

from django.conf import settings

SECRET = "a" * 32
"""What a browser was given against forged forms: the cookie and the field have the same."""
PATIENCE = 60


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def data(self):
        return json.loads(self.body or b"{}")

    @property
    def leads_to(self):
        return self.headers.get("Location", "")


class Somebody:
    """One who sends requests: in a browser by a session, as a system by a token."""

    def __init__(self, served, session="", token=""):
        self.served = served
        self.headers = {"Host": f"localhost:{served.port}", "Connection": "close"}
        if session:
            cookies = (
                f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={SECRET}"
            )
            self.headers |= {"Cookie": cookies, "X-CSRFToken": SECRET}
        if token:
            self.headers["Authorization"] = f"Bearer {token}"

    def sees(self, path):
        return self.asks("GET", path)

    def sends(self, path, how="", **form):
        """Send a form."""
        return self.asks(
            "POST", path, urlencode(form, doseq=True), "application/x-www-form-urlencoded", how
        )

    def tells(self, path, given, how="", **headers):
        """Send JSON."""
        return self.asks("POST", path, json.dumps(given), "application/json", how, headers)

    def asks(self, method, path, body="", kind="", how="", headers=None):
        """The answer; None where the connection broke: `part`, when half was sent; `unheard`, before an answer came."""
        sent = body.encode()
        told = {**self.headers, **(headers or {})}
        if method == "POST":
            told |= {"Content-Type": kind, "Content-Length": str(len(sent))}
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in told.items())
        whole = head.encode() + b"\r\n" + sent
        with socket.create_connection(("127.0.0.1", self.served.port), PATIENCE) as wire:
            if how == "part":
                wire.sendall(whole[: len(whole) - len(sent) // 2 - 1])
                return None
            wire.sendall(whole)
            if how == "unheard":
                return None
            with HTTPResponse(wire, method=method) as response:
                response.begin()
                return Answer(response.status, response.headers, response.read())
