"""The amendments of a law, as lawyers list them: a day, the amending laws, the provisions touched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from writ.formats.legislation.text import text_of
from writ.formats.legislation_history.changes import Change, Step
from writ.formats.legislation_history.pairing import Version
from writ.formats.legislation_history.places import GROUPS, Places, chapter
from writ.formats.legislation_history.records import recent
from writ.formats.legislation_history.timeline import Timeline

UNTOLD = frozenset({"noted", "markup"})
"""Changes that say nothing by themselves: what they are about is listed, or is no text."""


class Touched(msgspec.Struct, frozen=True):
    """A provision that was changed."""

    what: str
    """`inserted`, `replaced`, `renumbered`, `repealed`, `removed` or `restated`; see `changes.Change`."""
    place: str
    """Where it is, as people say it; of one that is gone, where it was."""
    was: str
    """Where it was before, if it has another number now."""
    id: str
    label: str
    """Its label, or that of the nearest provision with one that it stands in."""
    title: str
    old: str
    """Its words before; with those of the provisions in it, if they all went."""
    new: str
    law: str
    """The amending provision, as the source cites it; empty where it cites none."""
    doubt: dt.date | None = None
    """An earlier day on which it was amended too: what it said from then on, no version tells."""


class Amendment(msgspec.Struct, frozen=True):
    """What came into force on one day."""

    day: dt.date | None
    """None where the source records none: then it lies after `after`, and not after `until`."""
    after: dt.date
    """The day to which the last version without it is current."""
    until: dt.date
    laws: tuple[str, ...]
    """The amending laws: `2024, c. 16`."""
    touched: tuple[Touched, ...]


class Publication(msgspec.Struct, frozen=True):
    """What the publisher changed in a version, and no law did."""

    as_of: dt.date
    corrections: tuple[Touched, ...]
    """Words that are otherwise, though the source records no amendment of them."""
    markup: int
    """Provisions of which only the markup, the days or the notes are otherwise."""
    appendix: tuple[str, ...]
    """Amendments that are not in force, and related provisions, that came: `2024, c. 16, s. 53`."""
    appendix_gone: tuple[str, ...]


class Record(msgspec.Struct, frozen=True):
    """All that changed in a law."""

    amendments: tuple[Amendment, ...]
    """By day."""
    publications: tuple[Publication, ...]
    """One for each version but the first."""


def record(timeline: Timeline) -> Record:
    """All that changed in a law."""
    places = [Places(each) for each in timeline.versions]
    amendments: list[Amendment] = []
    publications: list[Publication] = []
    for at, step in enumerate(timeline.steps):
        told = _Told(step, places[at], places[at + 1])
        amendments += told.amendments()
        publications.append(told.publication())
    amendments.sort(key=lambda one: (one.day or one.until, one.until))
    return Record(tuple(amendments), tuple(publications))


class _Told:
    """The changes of one step in words."""

    def __init__(self, step: Step, old: Places, new: Places) -> None:
        self.step, self.old, self.new = step, old, new

    def amendments(self) -> Iterator[Amendment]:
        by_day: dict[dt.date | None, list[Change]] = {}
        for change in self._in_order():
            if (
                change.sort == "amendment"
                and change.what not in UNTOLD
                and not self._within(change)
            ):
                by_day.setdefault(change.day, []).append(change)
        listed: dict[dt.date, list[str]] = {}
        for day, law in recent(self.step.new.document):
            listed.setdefault(day, []).append(law)
        for when, changes in by_day.items():
            touched = tuple(self.touched(change) for change in changes)
            cited = [chapter(one) for each in touched for one in each.law.split("; ") if one]
            laws = tuple(dict.fromkeys([*cited, *(listed.get(when, ()) if when else ())]))
            yield Amendment(when, self.step.after, self.step.until, laws, touched)

    def publication(self) -> Publication:
        corrections = [
            self.touched(change)
            for change in self._in_order()
            if change.sort == "correction"
            and change.what not in UNTOLD
            and not self._within(change)
        ]
        markup = sum(
            change.sort == "correction" and change.what in UNTOLD for change in self.step.all()
        )
        came, gone = _appended(self.step.new), _appended(self.step.old)
        return Publication(
            self.step.until,
            tuple(corrections),
            markup,
            tuple(each for each in came if each not in gone),
            tuple(each for each in gone if each not in came),
        )

    def _in_order(self) -> Iterator[Change]:
        """In the order of the new version, with what was removed after what stood before it."""
        step = self.step
        after: dict[str, list[Change]] = {}
        last = ""
        for key in step.old.nodes:
            if key in step.removed:
                after.setdefault(last, []).append(step.removed[key])
            elif key in step.now:
                last = step.now[key]
        yield from after.get("", ())
        for key in step.new.nodes:
            if key in step.changes:
                yield step.changes[key]
            yield from after.get(key, ())

    def _within(self, change: Change) -> bool:
        """Whether it goes with a change of what it stands in."""
        step = self.step
        version, same = (step.new, change.new) if change.new else (step.old, change.old)
        key = version.nodes[same].above
        if key and version.nodes[key].provision.kind in GROUPS:
            return False
        if change.new:
            return change.what == "inserted" and _goes_with(change, step.changes.get(key))
        return _goes_with(change, step.removed.get(key)) or _repealed_with(
            change, step.changes.get(step.now.get(key, ""))
        )

    def touched(self, change: Change) -> Touched:
        """A change with its words."""
        key = change.new or change.old
        places = self.new if change.new else self.old
        whole = change.what in ("inserted", "removed", "repealed")
        whole = whole and places.version.nodes[key].provision.kind not in GROUPS
        was = ""
        if change.what == "renumbered":
            was = self.old.place(change.old)
        return Touched(
            change.what,
            places.place(key),
            was,
            places.version.nodes[key].provision.id,
            places.near(key),
            places.title(key),
            _words(self.step.old, change.old, whole),
            _words(self.step.new, change.new, whole),
            change.law,
            change.doubt,
        )


def _goes_with(change: Change, above: Change | None) -> bool:
    return (
        above is not None
        and above.what == change.what
        and (above.day, above.sort) == (change.day, change.sort)
    )


def _repealed_with(change: Change, above: Change | None) -> bool:
    return above is not None and above.what == "repealed" and above.day == change.day


def _words(version: Version, key: str, whole: bool) -> str:
    if not key:
        return ""
    provision = version.nodes[key].provision
    return " ".join(filter(None, map(text_of, provision.walk()))) if whole else text_of(provision)


def _appended(version: Version) -> list[str]:
    """The amending provisions that the publisher has put beside the law."""
    found = []
    for node in version.nodes.values():
        if node.provision.kind == "related":
            first = next(node.provision.walk())
            head = next((each for each in first.provisions()), first)
            found.append(text_of(head).lstrip("— ") or node.provision.id)
    return found
