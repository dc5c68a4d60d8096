"""What was done, as a snapshot has it: read from disk when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from writ.engine.request import Event
from writ.journal.dossier import Digest

Read = Callable[[], Iterable[Event]]


class Sealed(Digest):
    """A digest whose events are on disk. What comes later is put behind them."""

    __slots__ = ("_later", "_read", "_uneven")

    def __init__(self, uneven: bool, read: Read) -> None:
        self._uneven = uneven
        self._read: Read | None = read
        self._later: list[Event] = []

    def add(self, event: Event) -> None:
        if self._read is None:
            super().add(event)
        else:
            self._later.append(event)

    def __getattr__(self, name: str) -> Any:
        """The fields of a digest are not there before its events are (`object.__getattribute__` has not found one)."""
        if name not in Digest.__slots__ or self._read is None:
            raise AttributeError(name)
        read, self._read = self._read, None
        super().__init__(self._uneven)
        for event in (*read(), *self._later):
            super().add(event)
        return getattr(self, name)
