"""Who gains or loses what: the changes by actor, act and kind of norm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from writ.book.model import Book, Instrument, Norm
from writ.editions.bearing import KINDS, acts, parted, remaining, who
from writ.editions.change import (
    CHANGED,
    GAINED,
    LOST,
    MOVED,
    NARROWED,
    WIDENED,
    Change,
    Detail,
    Touch,
)
from writ.editions.hierarchy import reached
from writ.syntax.tree import Bearer

Key = tuple[str, str, str, str]
"""Actor, change, kind, act."""

_DAYS = frozenset({"repealed", "commenced"})
_NOTHING = frozenset({"label", "citation", "holder"})
"""Respects by which nobody gains or loses anything."""
_VERBS = {"narrower": NARROWED, "wider": WIDENED}
_ORDER = {
    name: at
    for at, name in enumerate(
        (GAINED, "commenced", WIDENED, CHANGED, NARROWED, "suspended", "repealed", LOST)
    )
}


class Touched:
    """Collects rows in the order of their actors."""

    def __init__(self, old: Book, new: Book) -> None:
        self.old = old
        self.new = new
        self.rows: dict[Key, dict[str, str]] = {}
        """The citations of each, with the day where there is one."""

    def add(
        self,
        actor: str,
        change: str,
        norm: Norm,
        day: str = "",
        only: tuple[str, ...] = (),
        kind: str = "",
    ) -> None:
        """A row for each act that the norm is about, or for `only` those."""
        kind = kind or ("exemption" if norm.omission else norm.kind)
        for act in only or acts(norm):
            cited = self.rows.setdefault((actor, change, kind, act), {})
            cited.setdefault(norm.citation, day)

    def norm(self, change: Change, old: Norm | None, new: Norm | None) -> None:
        """Rows for one change of a norm."""
        norm = new or old
        if norm is None or norm.kind == "lapse" or change.change == MOVED:
            return
        if old is None or new is None:
            for name in who(norm.bearer):
                self.add(name, change.change, norm)
            self.recipients(norm.recipients, change.change, norm)
            return
        found = {each.what: each for each in change.details if each.what not in _NOTHING}
        bearer = found.pop("bearer", None)
        if bearer is not None:
            gone, come = parted(old.bearer, new.bearer)
            for name in come if bearer.how != "narrower" else ():
                self.add(name, GAINED, new)
            for name in gone if bearer.how != "wider" else ():
                self.add(name, LOST, old)
            if not found and (gone or come):
                return
        elif not found:
            return
        for name in remaining(old, new, change.details):
            self.stayed(name, change, old, new, found)
        to = found.get("recipients")
        if to is not None and old.recipients and new.recipients:
            gone, come = parted(old.recipients, new.recipients)
            for names, norm, word in ((gone, old, LOST), (come, new, GAINED)):
                if to.how != {LOST: "wider", GAINED: "narrower"}[word]:
                    for name in names:
                        self.add(name, word, norm, kind="recipient")

    def recipients(self, to: Bearer | None, change: str, norm: Norm) -> None:
        """Rows for those to whom a delegation that came or went may give authority."""
        for name in who(to) if to is not None else ():
            self.add(name, change, norm, kind="recipient")

    def stayed(
        self, name: str, change: Change, old: Norm, new: Norm, found: Mapping[str, Detail]
    ) -> None:
        """Rows for an actor of whom the norm speaks in both editions: by act, where the acts are others."""
        before, after = acts(old), acts(new)
        come = tuple(act for act in after if act not in before)
        gone = tuple(act for act in before if act not in after)
        both = tuple(act for act in after if act in before)
        act = found.get("act")
        if act is not None and both == () and act.how in ("wider", "narrower"):
            # The narrower of the two acts is in both; what is beyond it came or went.
            both, come, gone = (before, after, ()) if act.how == "wider" else (after, (), before)
        for some, norm, word in ((come, new, GAINED), (gone, old, LOST)):
            if some:
                self.add(name, word, norm, only=some)
        if both and (not (come or gone) or len(found) > 1):
            how, day = _manner(change, new)
            self.add(name, how, new, day, both)

    def instrument(self, change: Change, before: Instrument, after: Instrument) -> None:
        """Rows for the norms whose days in force follow those of an instrument."""
        found = next((each for each in change.details if each.what == "in force"), None)
        if found is None:
            return
        word = found.how if found.how in _DAYS else _VERBS.get(found.how, CHANGED)
        for norm in self.new.norms:
            if norm.instrument != after.id or norm.kind == "lapse":
                continue
            follows = (before.start != after.start and norm.start == after.start) or (
                before.end != after.end and norm.end == after.end
            )
            day = norm.end if word == "repealed" else norm.start
            for name in who(norm.bearer) if follows else ():
                self.add(name, word, norm, str(day) if word in _DAYS else "")

    def act(self, change: Change) -> None:
        """Rows for private persons who are no longer free to do an act, or are again."""
        for names, word in ((change.freer, GAINED), (change.bound, LOST)):
            for name in names:
                self.rows.setdefault((name, word, "liberty", change.name), {})

    def done(self) -> tuple[Touch, ...]:
        """The rows, by actor, then act."""
        found = [
            Touch(*key, tuple(cited), tuple(dict.fromkeys(filter(None, cited.values()))))
            for key, cited in self.rows.items()
        ]
        return tuple(
            sorted(found, key=lambda row: (row.actor, row.act, _ORDER.get(row.change, 9), row.kind))
        )


def _manner(change: Change, norm: Norm) -> tuple[str, str]:
    """How a change that concerns those already bound is named, with the day that the text gives."""
    respects = [each for each in change.details if each.what not in _NOTHING]
    if len(respects) == 1 and respects[0].what == "in force" and respects[0].how in _DAYS:
        how = respects[0].how
        return how, str(norm.end if how == "repealed" else norm.start)
    return (CHANGED if change.change == MOVED else change.change), ""


def touched(
    old: Book, new: Book, changes: Iterable[Change], pairs: Mapping[str, tuple[Norm, Norm]]
) -> tuple[Touch, ...]:
    """Who gains or loses what by these changes. `pairs` are the norms of both editions that differ, by the new id."""
    rows = Touched(old, new)
    for change in changes:
        if change.subject == "instrument":
            if change.name in new.instruments and change.change != GAINED:
                was = next((one.old[0] for one in change.details if one.what == "id"), change.name)
                rows.instrument(change, old.instruments[was], new.instruments[change.name])
        elif change.subject == "act":
            rows.act(change)
        elif change.subject in KINDS:
            if change.change == LOST:
                rows.norm(change, old.by_id.get(change.name), None)
            elif change.change == GAINED:
                rows.norm(change, None, new.by_id.get(change.name))
            elif change.name in pairs:
                rows.norm(change, *pairs[change.name])
    for actor, how, norm in reached(old, new):
        rows.add(actor, how, norm)
    return rows.done()
