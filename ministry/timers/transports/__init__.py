"""Ways in which a message leaves."""

from __future__ import annotations

from collections.abc import Callable

import msgspec


class Message(msgspec.Struct, frozen=True):
    """What is sent. `key` is the same at every try, so that whoever gets it twice can tell."""

    key: str
    address: str
    subject: str
    body: str


class NotNow(Exception):
    """It could not be delivered; later it may be."""


class Never(Exception):
    """It will not be delivered, however often it is tried."""


Send = Callable[[Message], None]

LONGEST = 20.0
"""Seconds after which a transport gives up one try. A lease on a message is longer."""

_transports: dict[str, Send] = {}


def transport(name: str) -> Callable[[Send], Send]:
    """Let a function deliver messages. It returns once the other side has taken the message over.

    It raises `NotNow` or `Never`; any other error counts as the former.
    """

    def registered(send: Send) -> Send:
        if name in _transports:
            raise ValueError(f"the transport {name} is registered twice")
        _transports[name] = send
        return send

    return registered


def transports() -> dict[str, Send]:
    return dict(_transports)
