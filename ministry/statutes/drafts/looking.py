"""What the compiler says of a draft while it is written: a book kept ready in this process for each draft looked at."""

from __future__ import annotations

import gc
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from ministry.statutes.drafts import store
from ministry.statutes.models.drafts import Draft
from writ.diagnostics import Source
from writ.lsp.analysis.snapshot import Snapshot, Space

KEPT = 6
"""So many drafts a process keeps ready: those looked at last."""
PATIENCE = 10
"""Seconds for which one waits while another looks at the same draft."""


class TooMany(Exception):
    """Others are looking at the same draft, and it takes long: ask again."""


class Desk:
    """A draft as this process has it. One looks at a time; a snapshot that was given stays as it is."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.space: Space | None = None
        self.start = ""
        self.seen = 0
        self.texts: dict[str, str] = {}
        """As they were saved."""
        self.unsaved = ""
        """The file of which the space has a text that nobody has saved."""

    def follow(self, draft: Draft) -> Space:
        """The space with all that was saved. One query, and one for the edition the first time."""
        start = store.start_of(draft)
        if self.space is None or self.start != start:
            self.texts = store.files_of(draft)
            self.seen = max((one.number for one in store.heads(draft).values()), default=0)
            self.space, self.start, self.unsaved = Space(None, dict(self.texts)), start, ""
            return self.space
        changes = {}
        for path, one in store.heads(draft, self.seen).items():
            self.seen = max(self.seen, one.number)
            self.texts[path] = one.text
            changes[path] = one.text
        if changes:
            self.space.settle(changes)
        return self.space

    def look(self, draft: Draft, file: str = "", text: str | None = None) -> Snapshot:
        """The draft as it was saved, with this text in place of one file."""
        space = self.follow(draft)
        changes: dict[str, str] = {}
        if self.unsaved and self.unsaved != file:
            changes[self.unsaved] = self.texts.get(self.unsaved, "")
        if file:
            wanted = text if text is not None else self.texts.get(file, "")
            there = space.snapshot.source(file)
            if there is None or there.text != wanted:
                changes[file] = wanted
        if changes:
            space.settle(changes)
        self.unsaved = file if file and text is not None else ""
        return space.snapshot

    def check(self, draft: Draft, file: str = "", text: str | None = None) -> Snapshot:
        """The same, and what the checks find in it."""
        self.look(draft, file, text)
        assert self.space is not None
        if self.space.snapshot.findings is None:
            self.space.check()
        return self.space.snapshot


_desks: OrderedDict[str, Desk] = OrderedDict()
_keeping = threading.Lock()


def desk_of(draft: Draft) -> Desk:
    with _keeping:
        found = _desks.get(draft.key)
        if found is None:
            found = _desks[draft.key] = Desk()
        _desks.move_to_end(draft.key)
        if len(_desks) > KEPT:
            _desks.popitem(last=False)
            gc.unfreeze()  # what a workspace kept out of the collector's way may now go
        return found


@contextmanager
def at_desk(draft: Draft) -> Iterator[Desk]:
    """The draft as this process has it, for one thread at a time.

    Raises:
        TooMany: others look for so long.
    """
    found = desk_of(draft)
    if not found.lock.acquire(timeout=PATIENCE):
        raise TooMany
    try:
        yield found
    except BaseException:
        found.space = None  # begun anew, whatever went wrong half way
        raise
    finally:
        found.lock.release()


def text_of(snapshot: Snapshot, file: str) -> Source:
    return snapshot.source(file) or Source.of(file, "")


def forget() -> None:
    """Keep nothing ready: for tests, in which a key may come again."""
    with _keeping:
        _desks.clear()
