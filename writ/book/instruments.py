"""Front matter to the manifest of the book and to its instruments."""

from __future__ import annotations

import msgspec

from writ.book.front import Front
from writ.book.lexicon import Lexicon
from writ.book.model import DEFAULT_RANKS, Instrument, Place
from writ.book.names import ACTORS, CALENDARS
from writ.book.report import Report
from writ.syntax.tree import File

BOOK_FILE = "book.md"
BOOK_KEYS = ("book", "title", "ranks", "calendar")
INSTRUMENT_KEYS = (
    "id",
    "title",
    "kind",
    "rank",
    "citation",
    "cite-as",
    "enacted-by",
    "under",
    "top",
    "enacted",
    "in-force",
    "repealed",
    "review",
    "owner",
    "calendar",
)
ON_COMMENCEMENT = "on commencement"


class Manifest(msgspec.Struct, frozen=True):
    """What `book.md` says. `calendar_span` is 0 where it names none."""

    name: str = ""
    title: str = ""
    ranks: tuple[str, ...] = DEFAULT_RANKS
    calendar: str = ""
    calendar_span: int = 0


def read_manifest(report: Report, file: File) -> Manifest:
    """The manifest; what is wrong in it takes its default."""
    if file.front is None:
        report.add(
            "V244",
            file.headings[0].span if file.headings else 0,
            "`book.md` has no front matter",
            "begin it with `book:` and `title:` between two lines of `---`",
        )
        return Manifest()
    front = Front(report, file.front)
    front.check_keys(BOOK_KEYS)
    if "book" not in file.front.values:
        front.missing("book", "give the book a name: `book: emergencies-act`")
    ranks = front.texts("ranks") or DEFAULT_RANKS
    if len(set(ranks)) < len(ranks):
        front.bad("ranks", "a rank is listed twice", "list each once, the highest first")
    return Manifest(
        front.name("book"),
        front.text("title"),
        tuple(dict.fromkeys(ranks)),
        front.name("calendar"),
        front.span("calendar") if "calendar" in file.front.values else 0,
    )


def check_calendar(report: Report, manifest: Manifest, lexicon: Lexicon) -> None:
    """The calendar of the book must be declared somewhere in it."""
    if manifest.calendar:
        lexicon.names.expect(report, manifest.calendar, manifest.calendar_span, CALENDARS)


def read_instrument(
    report: Report, file: File, manifest: Manifest, lexicon: Lexicon
) -> tuple[Instrument | None, str, int]:
    """The instrument of a file, the text of its `under`, and where its id stands.

    Without an id, a rank or a beginning its norms would have none either, and there is no instrument.
    """
    assert file.front is not None
    front = Front(report, file.front)
    front.check_keys(INSTRUMENT_KEYS)
    id, kind = front.name("id"), front.text("kind")
    rank = _rank(front, manifest, kind)
    title = front.text("title")
    for key, value, help in (
        ("id", id, "the name by which the rest of the book refers to it"),
        ("title", title, "the name by which people call it"),
        ("kind", kind, f"one of {', '.join(manifest.ranks)}"),
    ):
        if not value and key not in file.front.values:
            front.missing(key, help)
        elif not value and not file.front.values[key]:
            front.bad(key, f"`{key}` is empty", help)
    waits = front.text("in-force") == ON_COMMENCEMENT
    start = None if waits else front.day("in-force")
    if "in-force" not in file.front.values:
        front.missing("in-force", f"a day such as `2022-02-14`, or `{ON_COMMENCEMENT}`")
    enacted = front.day("enacted") or start
    end = front.day("repealed")
    if start is not None and end is not None and end <= start:
        front.bad(
            "repealed", "it is repealed before it comes into force", "correct one of the dates"
        )
        end = None
    names = {key: _known(front, lexicon, key) for key in ("enacted-by", "owner", "calendar")}
    under = front.text("under")
    top = front.truth("top")
    if top and under:
        front.bad("top", "the highest source is made under nothing", "remove `top` or `under`")
    review = front.day("review")
    cite_as = front.text("cite-as") or "{}"
    citation = front.text("citation")
    if not id or rank is None or (start is None and not waits):
        return None, "", front.span("id")
    return (
        Instrument(
            id,
            title or id,
            kind,
            rank,
            citation or title or id,
            cite_as,
            Place(file.path, front.span("id")),
            top,
            names["enacted-by"],
            None,
            enacted,
            start,
            end,
            review,
            names["owner"],
            names["calendar"],
        ),
        under,
        front.span("under"),
    )


def _rank(front: Front, manifest: Manifest, kind: str) -> int | None:
    """The rank by its own key or by the kind. A kind apart from the ranks needs a rank."""
    key = "rank" if "rank" in front.front.values else "kind"
    name = front.text(key)
    if name in manifest.ranks:
        return manifest.ranks.index(name)
    if name:
        front.report.add(
            "V245",
            front.span(key),
            f"`{name}` is not a rank of this book",
            f"the ranks are {', '.join(manifest.ranks)}"
            + ("" if key == "rank" else "; or give `rank:` apart"),
            like=(name, manifest.ranks),
        )
    return None


def _known(front: Front, lexicon: Lexicon, key: str) -> str:
    text = front.name(key)
    sorts = CALENDARS if key == "calendar" else ACTORS
    if text and lexicon.names.expect(front.report, text, front.span(key), sorts):
        return text
    return ""
