"""What one more entry changed in what a replay concludes."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterable

import msgspec

from writ.book.model import Book
from writ.journal.dossier import Dossier
from writ.journal.life import Life, Stretch
from writ.journal.record import ActRecord
from writ.journal.replay_memory import Sink

Key = tuple[str, str, str, str, int]
Said = tuple[tuple[str, str, str, str], int, str]
"""Of what something is concluded (as in `Change`), its number in the replay, and the conclusion."""
EVER = dt.date.max


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
    """A sink that says in short what is concluded, and hands it on."""

    def __init__(self, book: Book, zone: str, next_: Sink | None = None) -> None:
        self.book = book
        self.zone = zone
        self.next = next_
        self.said: list[Said] = []

    def act(self, record: ActRecord) -> None:
        late = ", late" if record.late else ""
        key = ("act", record.act, record.about, record.entry)
        self.said.append((key, 0, f"{record.status.value}{late}"))
        if self.next is not None:
            self.next.act(record)

    def duty(self, life: Life) -> None:
        self.said.append(self.of_duty(life))
        if self.next is not None:
            self.next.duty(life)

    def state(self, stretch: Stretch) -> None:
        self.said.append(self.of_state(stretch, EVER))  # it is over: of all time to come the same
        if self.next is not None:
            self.next.state(stretch)

    def of_duty(self, life: Life) -> Said:
        norm = self.book.by_id[life.norm]
        what = f"{norm.citation}: {norm.act}" + (f" to {life.to}" if life.to else "")
        due = f", due {life.due}" if life.due else ""
        key = ("duty", what, life.about, life.opened_by)
        return key, life.number, f"{life.status.value}{due}"

    def of_state(self, stretch: Stretch, at: dt.date) -> Said:
        view = stretch.view
        end = view.end(self.zone)
        until = f", until {end}" if end is not None else ""
        key = ("state", view.state, view.about, stretch.entry)
        return key, stretch.number, f"{view.status(at, self.zone)}{until}"

    def of_open(self, dossier: Dossier | None, at: dt.date) -> list[Said]:
        """What is concluded at a moment of what is open about a thing."""
        if dossier is None:
            return []
        return [
            *map(self.of_duty, dossier.lives.values()),
            *(self.of_state(stretch, at) for stretch in dossier.stretches.values()),
        ]

    def taken(self) -> bytes:
        """What was said since the last time, to be kept."""
        said, self.said = self.said, []
        return pickle.dumps(said, pickle.HIGHEST_PROTOCOL)


def again(kept: Iterable[bytes]) -> list[Said]:
    """What `Conclusions.taken` gave."""
    return [one for part in kept for one in pickle.loads(part)]


def told(said: Iterable[Said]) -> dict[Key, str]:
    """The conclusions by what they are of: of several of the same kind, the one that began first is the first."""
    count: dict[tuple[str, str, str, str], int] = {}
    found: dict[Key, str] = {}
    for key, _, text in sorted(said, key=lambda one: one[1]):
        count[key] = count.get(key, 0) + 1
        found[*key, count[key]] = text
    return found


def changes(old: dict[Key, str], new: dict[Key, str]) -> tuple[Change, ...]:
    """The conclusions that differ: acts in their order, then what began, in the order in which it did."""
    found = []
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key, ""), new.get(key, "")
        if before != after:
            found.append(Change(key[0], key[1], key[2], before, after, key[3]))
    return tuple(found)
