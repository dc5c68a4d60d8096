"""One book on the server: its texts, and the thread that compiles and checks them while the editor goes on asking.

A change is linked at once; the checks follow, and begin anew when the next change comes. What is asked meanwhile is
answered from the last snapshot, which is never half of one state and half of another.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pygls.uris import from_fs_path

from writ.diagnostics import Diagnostic
from writ.lsp.analysis.findings import moved, of_text
from writ.lsp.analysis.snapshot import CASES, JOURNAL, Snapshot, Space

logger = logging.getLogger(__name__)
T = TypeVar("T")

LONG = 0.15
"""Seconds. Where the checks took longer than this, what the compiler says is published before them."""


@lru_cache(maxsize=4096)
def from_path(path: Path) -> str:
    """The URI of a file."""
    return from_fs_path(str(path)) or ""


class Desk:
    """A book under edit. All methods are for the thread of the event loop."""

    def __init__(self, folder: Path, publish: Callable[[Desk], None]) -> None:
        self.folder = folder
        self.snapshot: Snapshot | None = None
        self.others: dict[str, list[Diagnostic]] = {}
        """What is wrong in cases and journals."""
        self.published: dict[str, list[Diagnostic]] = {}
        self.versions: dict[str, int | None] = {}
        """The versions of the open texts that the snapshot holds."""
        self.uris: dict[str, str] = {}
        """Of the texts that are open, as the editor writes them."""
        self.checked = 0
        """How many states have been checked to the end."""
        self._publish = publish
        self._space: Space | None = None
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="writ")
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="writ-beside")
        """For cases and journals: a large file of cases takes longer to read than a book to recheck."""
        self._aside: asyncio.Task[None] | None = None
        self._pending: dict[str, tuple[str | None, int | None]] = {}
        self._reread: set[str] = set()
        self._asked = 1
        self._done = 0
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None
        self._slow = 0.0
        self._last: Snapshot | None = None
        """The last state that was checked to the end."""
        self._closed = False
        self._wake()

    def uri(self, path: str) -> str:
        """A file of the book as the editor names it."""
        return self.uris.get(path) or from_path(self.folder / path)

    # --- what changes

    def change(self, path: str, text: str, version: int | None) -> None:
        """The editor has another text of a file."""
        self._pending[path] = (text, version)
        self._asked += 1
        self._wake()

    def release(self, path: str) -> None:
        """The editor has let go of a file: it is what the disk says."""
        self._pending[path] = (None, None)
        self._asked += 1
        self._wake()

    def touch(self, paths: list[str]) -> None:
        """Files have changed on the disk."""
        self._reread.update(paths)
        self._asked += 1
        self._wake()

    def recheck(self) -> None:
        """Look again at everything, as on a new day."""
        self._asked += 1
        self._wake()

    async def settled(self) -> Snapshot:
        """The state of the book with every change made before the call."""
        target = self._asked
        if self._done < target:
            waits: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append((target, waits))
            await waits
        assert self.snapshot is not None
        return self.snapshot

    async def idle(self) -> None:
        """Until everything has been looked at."""
        while running := [t for t in (self._task, self._aside) if t is not None and not t.done()]:
            await asyncio.wait(running)

    def close(self) -> None:
        """Stop; what runs is not waited for."""
        self._closed = True
        self._asked += 1
        for task in (self._task, self._aside):
            if task is not None:
                task.cancel()
        for pool in (self._pool, self._beside):
            pool.shutdown(wait=False, cancel_futures=True)

    # --- the work

    def _wake(self) -> None:
        if not self._closed and (self._task is None or self._task.done()):
            self._task = asyncio.get_running_loop().create_task(self._work())

    async def _work(self) -> None:
        """Take over what is pending, check it, and see whether there is more."""
        while not self._closed and self._done < self._asked:
            target = self._asked
            changes, self._pending = self._pending, {}
            paths, self._reread = sorted(self._reread), set()
            try:
                self.snapshot = await self._in_thread(lambda: self._settle(changes, paths))  # noqa: B023
            except Exception:
                logger.exception("the book in %s could not be compiled", self.folder)
                self._space = None
            for path, (text, version) in changes.items():
                self.versions[path] = version
                if text is None:
                    self.versions.pop(path, None)
            self._settled(target)
            if self.snapshot is None or self._space is None:
                continue
            await self._check(target)

    async def _check(self, target: int) -> None:
        if self._slow > LONG and self._last is not None:
            self.snapshot = self._expected(self._last)
            self._publish(self)
        loop = asyncio.get_running_loop()
        begun = loop.time()
        space = self._space
        assert space is not None

        def stopped() -> bool:
            return self._asked != target

        try:
            found = await self._in_thread(lambda: space.check(stopped))
        except Exception:
            logger.exception("the checks of %s failed", self.folder)
            return
        if found is None:
            return
        self._slow = loop.time() - begun if self._last is not None else 0.0
        self.snapshot = self._last = found
        self.checked += 1
        self._publish(self)
        look = self._look_at_others(found, stopped, self._aside)
        self._aside = loop.create_task(look)

    def _expected(self, last: Snapshot) -> Snapshot:
        """The state with what the checks found last, as far as it can still be so: they have not looked again."""
        now = self.snapshot
        assert now is not None
        if now.findings is not None or not now.whole:
            return now
        by_file: dict[str, list[Diagnostic]] = {}
        for each in last.findings or ():
            by_file.setdefault(each.span.file, []).append(each)
        kept: list[Diagnostic] = []
        for path, found in by_file.items():
            old, new = last.source(path), now.source(path)
            if old is None or new is None:
                continue
            kept += found if old is new or old.text == new.text else moved(found, old, new)
        return now.checked(kept)

    async def _look_at_others(
        self, snapshot: Snapshot, stopped: Callable[[], bool], last: asyncio.Task[None] | None
    ) -> None:
        """Cases and journals, those that are open first; nothing waits for them."""
        if last is not None:
            await asyncio.wait([last])
        paths = sorted(snapshot.others, key=lambda path: (path not in self.versions, path))
        kept = {path: found for path, found in self.others.items() if path in snapshot.others}
        for path in paths:
            if stopped():
                return
            if not path.endswith((CASES, JOURNAL)):
                continue
            text = snapshot.others[path]
            try:
                kept[path] = await asyncio.get_running_loop().run_in_executor(
                    self._beside, of_text, snapshot, path, text
                )
            except Exception:
                logger.exception("%s could not be read", path)
        if kept != self.others and not stopped():
            self.others = kept
            self._publish(self)

    def _settle(
        self, changes: dict[str, tuple[str | None, int | None]], paths: list[str]
    ) -> Snapshot:
        """In the thread: open the book, or take over what changed."""
        space = self._space
        if space is None:
            space = Space(self.folder)
            self._space = space
            for path, text in self._open_texts().items():
                changes.setdefault(path, (text, None))
        if paths:
            space.reread(paths)
        return space.settle({path: text for path, (text, _) in changes.items()})

    def _open_texts(self) -> dict[str, str]:
        """The texts that a space which failed had from the editor."""
        last = self.snapshot
        if last is None:
            return {}
        return {
            path: source.text for path in self.versions if (source := last.source(path)) is not None
        }

    def _settled(self, target: int) -> None:
        self._done = target
        waiting, self._waiting = self._waiting, []
        for wanted, waits in waiting:
            if waits.done():
                continue
            if self.snapshot is None and self._space is None:
                waits.set_exception(RuntimeError(f"the book in {self.folder} could not be read"))
            elif wanted <= target:
                waits.set_result(None)
            else:
                self._waiting.append((wanted, waits))

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)
