"""What is to be known of an instrument before its text: its days, its maker, and the authority that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from writ.book.model import Book, Instrument
from writ.formats.reader.cards import time
from writ.formats.reader.content import Law
from writ.formats.reader.edition import edition
from writ.formats.reader.markup import text
from writ.formats.reader.plain import human


def chain(book: Book, item: Instrument) -> list[tuple[Instrument | None, str, str]]:
    """The provisions that an instrument is made under, one above the other: the instrument there, its name, the label.

    It ends at an instrument that is the highest, is not there, or was passed already.
    """
    found: list[tuple[Instrument | None, str, str]] = []
    seen = {item.id}
    while item.under is not None and item.under[0] not in seen:
        name, label = item.under
        above = book.instruments.get(name)
        found.append((above, name, label))
        if above is None:
            break
        seen.add(name)
        item = above
    return found


def about(book: Book, item: Instrument, law: Law, places: Mapping[str, str]) -> str:
    rows = "".join(
        f"<div><dt>{name}</dt><dd>{said}</dd></div>" for name, said in _rows(book, item, law)
    )
    return (
        f'<dl class="about">{rows}</dl>{_authority(book, item, places)}{_leads(law, places, book)}'
    )


def _rows(book: Book, item: Instrument, law: Law) -> Iterator[tuple[str, str]]:
    if law.long_title and law.long_title != law.title:
        yield "Long title", text(law.long_title)
    if item.citation:
        yield "Citation", text(item.citation)
    yield "Kind", text(human(item.kind))
    if item.enacted_by:
        actor = book.vocabulary.actors.get(item.enacted_by)
        said = actor.description if actor and actor.description else human(item.enacted_by)
        yield "Enacted by", text(said)
    for name, day in (("Enacted", item.enacted), ("In force from", item.start)):
        if day is not None:
            yield name, time(day)
    if item.start is None:
        yield "In force from", "not yet: it waits to be commenced"
    if item.end is not None:
        yield "Repealed", time(item.end)
    if item.review is not None:
        yield "To be reviewed by", time(item.review)
    if item.owner:
        yield "Answers for it", text(human(item.owner))
    digest = edition(book)
    yield "Edition", f'<code title="{digest}">{digest[:16]}</code>'


def _authority(book: Book, item: Instrument, places: Mapping[str, str]) -> str:
    links = []
    for above, name, label in chain(book, item):
        cited = f"{above.cite(label)} " if above and label else f"{label} " if label else ""
        title = above.title if above else human(name)
        where = places.get(name, "")
        shown = f"{text(cited)}<cite>{text(title)}</cite>"
        links.append(f'<a href="{text(where)}">{shown}</a>' if where else shown)
    if not links:
        return ""
    rows = "".join(f"<li>{each}</li>" for each in links)
    return f'<div class="chain"><p>Made under</p><ol>{rows}</ol></div>'


def _leads(law: Law, places: Mapping[str, str], book: Book) -> str:
    """The other instruments that its text refers to, each once."""
    seen: dict[str, None] = {}
    for kind, _, instrument, _ in law.links:
        if kind == "reference" and instrument and instrument != law.id:
            seen.setdefault(instrument)
    rows = []
    for name in seen:
        other = book.instruments.get(name)
        if other is None:
            continue
        where, shown = places.get(name, ""), text(other.title)
        rows.append(f'<a href="{text(where)}">{shown}</a>' if where else shown)
    return f'<p class="leads">Refers to {", ".join(rows)}</p>' if rows else ""
