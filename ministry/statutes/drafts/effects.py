"""What a draft changes so far, held against the edition that it amends."""

from __future__ import annotations

import threading
from collections import OrderedDict

import msgspec

from ministry.editions.queries import law_of
from ministry.statutes.drafts.looking import at_desk
from ministry.statutes.models.drafts import Draft
from writ.book.model import Book
from writ.diagnostics import Diagnostic, Severity
from writ.editions.change import Change, Touch
from writ.editions.compare import compare
from writ.editions.provisions import differing, provisions_of

KEPT = 16
MOST = 300
"""Of each sort that a page tells."""


class Altered(msgspec.Struct, frozen=True):
    """A provision that does not say the same: changed, new or gone."""

    key: str
    title: str
    file: str
    how: str


class Effects(msgspec.Struct, frozen=True):
    """What a draft changes; while it has errors nothing is known but those."""

    errors: tuple[Diagnostic, ...] = ()
    provisions: tuple[Altered, ...] = ()
    changes: tuple[Change, ...] = ()
    touched: tuple[Touch, ...] = ()
    in_all: tuple[int, int, int] = (0, 0, 0)
    """How many provisions, norms and actors it is in all; of errors, the first."""
    book: Book | None = None


_known: OrderedDict[tuple[str, str, int], Effects] = OrderedDict()
_keeping = threading.Lock()


def effects(draft: Draft) -> Effects:
    """What a draft, as it was saved, changes. It is worked out once for each version in each process.

    Raises:
        TooMany: others look at the draft for too long.
    """
    with at_desk(draft) as desk:
        snapshot = desk.look(draft)
        seen = desk.seen
    key = (draft.key, draft.base, seen)
    found = _known.get(key)
    if found is None:
        errors = [one for one in snapshot.diagnostics if one.severity is Severity.ERROR]
        if errors:
            found = Effects(tuple(errors[:MOST]), in_all=(len(errors), 0, 0))
        else:
            found = worked_out(draft, snapshot.book)
        with _keeping:
            _known[key] = found
            if len(_known) > KEPT:
                _known.popitem(last=False)
    return found


def worked_out(draft: Draft, new: Book) -> Effects:
    old = law_of(draft.base).book
    differs = differing(old, new)
    titles: dict[str, tuple[str, str]] = {}
    wanted = {key.split("/", 1)[0] for key in differs}
    for book in (old, new):
        for name, item in book.instruments.items():
            if name in wanted:
                path = item.place.file
                for one in provisions_of(path, book.sources[path].text, name):
                    titles[one.key] = (one.title or item.title, path)
    provisions = tuple(
        Altered(
            key, *titles.get(key, (key, "")), "new" if not was else "gone" if not now else "changed"
        )
        for key, (was, now) in differs.items()
    )
    said = compare(old, new)
    return Effects(
        (),
        provisions[:MOST],
        said.changes[:MOST],
        said.touched[:MOST],
        (len(provisions), len(said.changes), len(said.touched)),
        new,
    )
