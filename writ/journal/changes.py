"""What one more entry, or a later knowledge, changed in what a replay concludes."""

from __future__ import annotations

import datetime as dt

import msgspec

from writ.book.model import Book
from writ.journal.life import Life, Stretch
from writ.journal.record import ActRecord
from writ.journal.replay import Replay
from writ.journal.replay_memory import Sink

Key = tuple[str, ...]


class Change(msgspec.Struct, frozen=True):
    """One conclusion that is another now. `before` or `after` is empty where there was none."""

    subject: str
    """act, state or duty."""
    what: str
    """The act done, the state, or the duty with its provision."""
    about: str
    before: str
    after: str
    entry: str = ""
    """The entry that did the act, began the state or opened the duty."""


class Conclusions:
    """A sink that remembers conclusions by what they are of, and hands them on."""

    def __init__(self, book: Book, zone: str, next_: Sink | None = None) -> None:
        self.book = book
        self.zone = zone
        self.next = next_
        self.found: dict[Key, str] = {}
        self._stretches: list[Stretch] = []

    def act(self, record: ActRecord) -> None:
        late = ", late" if record.late else ""
        self.found["act", record.act, record.about, record.entry] = f"{record.status}{late}"
        if self.next is not None:
            self.next.act(record)

    def duty(self, life: Life) -> None:
        self._duty(life)
        if self.next is not None:
            self.next.duty(life)

    def state(self, stretch: Stretch) -> None:
        self._stretches.append(stretch)
        if self.next is not None:
            self.next.state(stretch)

    def _duty(self, life: Life) -> None:
        norm = self.book.by_id[life.norm]
        what = f"{norm.citation}: {norm.act}" + (f" to {life.to}" if life.to else "")
        # Of the same duty the earlier opened is counted first: what an entry adds before it moves the count.
        count = 1
        while ("duty", what, life.about, life.opened_by, str(count)) in self.found:
            count += 1
        due = f", due {life.due}" if life.due else ""
        self.found["duty", what, life.about, life.opened_by, str(count)] = f"{life.status}{due}"

    def of(self, replay: Replay, at: dt.date) -> dict[Key, str]:
        """All that was concluded, with what is still open at the end."""
        core = replay.core
        for there in core.owed.values():
            for about, numbers in there.items():
                for number in numbers:
                    life = core.life(about, number)
                    if life is not None:
                        self._duty(life)
        running = [
            core.stretch(about, number)
            for state in core.running.values()
            for number, about in state.items()
        ]
        for stretch in (*self._stretches, *running):
            if stretch is not None:
                view = stretch.view
                end = view.end(self.zone)
                until = f", until {end}" if end is not None else ""
                key = ("state", view.state, view.about, stretch.entry)
                self.found[key] = f"{view.status(at, self.zone)}{until}"
        return self.found


def changes(old: dict[Key, str], new: dict[Key, str]) -> tuple[Change, ...]:
    """The conclusions that differ, in the order in which they were reached."""
    found = []
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key, ""), new.get(key, "")
        if before != after:
            found.append(Change(key[0], key[1], key[2], before, after, key[3]))
    return tuple(found)
