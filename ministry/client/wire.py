"""Requests over HTTP, and when they are tried again."""

from __future__ import annotations

import http.client
import random
import socket
import ssl
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from ministry.client.problems import Problem, Unavailable, problem

LOCAL = ("localhost", "127.0.0.1", "::1")
LATER = (429, 503)
MOST_WAIT = 30.0
"""Seconds between two tries, at the most."""
MOST_BYTES = 64 * 1024 * 1024


class Wire:
    """One kept connection to one server. Not for several threads at once."""

    def __init__(self, url: str, token: str, timeout: float, tries: int) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("https", "http") or not parts.hostname:
            raise ValueError("the address of a ministry begins with https://")
        if parts.scheme == "http" and parts.hostname not in LOCAL:
            raise ValueError("a token is sent over https alone, except to this machine")
        self.host, self.port = parts.hostname, parts.port
        self.secure, self.prefix = parts.scheme == "https", parts.path.rstrip("/")
        self.token, self.timeout, self.tries = token, timeout, tries
        self._kept: http.client.HTTPConnection | None = None

    def ask(
        self,
        method: str,
        path: str,
        given: object = None,
        headers: Mapping[str, str] | None = None,
        again: bool = True,
    ) -> bytes:
        """The body of an answer. `again`: it does no harm to ask twice, as nobody knows whether it arrived.

        Raises:
            Problem: it was answered with one, or was not answered.
        """
        body = None if given is None else msgspec.json.encode(given)
        sent = {
            "Authorization": f"Bearer {self.token}",
            "Accept": "application/json, application/problem+json",
            **({"Content-Type": "application/json"} if body is not None else {}),
            **(headers or {}),
        }
        if not again:
            self.close()  # what was kept the server may have closed meanwhile
        for trial in range(self.tries):
            wait = min(0.1 * 2**trial, MOST_WAIT) * random.uniform(0.5, 1)
            last = trial == self.tries - 1
            try:
                status, told, answer = self.once(method, path, body, sent)
            except (OSError, http.client.HTTPException) as error:
                self.close()
                refused = isinstance(error, ConnectionRefusedError | socket.gaierror)
                if last or not (again or refused) or isinstance(error, ssl.SSLError):
                    members = {"title": "no answer", "detail": str(error) or type(error).__name__}
                    raise Unavailable(0, members) from error
            else:
                if status < 400:
                    return answer
                found = problem(status, answer)
                if last or status not in LATER:
                    raise found
                wait = max(wait, min(later(told), MOST_WAIT))
            time.sleep(wait)
        raise Problem(0, {"title": "not tried"})

    def once(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, str, bytes]:
        """The status, what `Retry-After` says, and the body."""
        connection = self._kept or self.connected()
        connection.request(method, self.prefix + path, body, dict(headers))
        response = connection.getresponse()
        answer = response.read(MOST_BYTES)
        if response.will_close:
            self.close()
        return response.status, response.headers.get("Retry-After", ""), answer

    def connected(self) -> http.client.HTTPConnection:
        self.close()
        made: type[http.client.HTTPConnection] = http.client.HTTPConnection
        options: dict[str, Any] = {"timeout": self.timeout}
        if self.secure:
            made, options["context"] = http.client.HTTPSConnection, ssl.create_default_context()
        self._kept = made(self.host, self.port, **options)
        return self._kept

    def close(self) -> None:
        if self._kept is not None:
            self._kept.close()
        self._kept = None


def later(told: str) -> float:
    """Seconds that a server asks to wait."""
    return float(told) if told.isdecimal() and len(told) < 6 else 0.0
