"""Which database a query goes to: the ministry's, or the one that the register is being replayed into."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_current: ContextVar[str] = ContextVar("database", default="default")


def current() -> str:
    return _current.get()


@contextmanager
def directed(alias: str) -> Iterator[None]:
    """Send what is read and written meanwhile to another database."""
    token = _current.set(alias)
    try:
        yield
    finally:
        _current.reset(token)


class Router:
    def db_for_read(self, model: type, **hints: Any) -> str:
        return _current.get()

    def db_for_write(self, model: type, **hints: Any) -> str:
        return _current.get()

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return True
