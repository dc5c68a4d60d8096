"""What a book declares and LegalRuleML has no element for: attributes, values, calendars. It stands in comments."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import Book, Calendar
from writ.diagnostics import LENGTH_BITS, LENGTH_MASK
from writ.formats.legalruleml.markup import Node, note


def declared(book: Book) -> Iterator[Node]:
    """Every attribute and value, in the order of the book."""
    words = book.vocabulary
    for kind in words.kinds.values():
        for value in kind.values:
            ordered = {
                "of": kind.name,
                "name": value.name,
                "ordered": "yes" if kind.ordered else "",
            }
            yield note("value", ordered, value.description)
    for act in words.acts.values():
        yield note("act", {"name": act.name}, act.description)
    for thing in words.things.values():
        yield note("thing", {"name": thing.name}, thing.description)
    for event in words.events.values():
        yield note("event", {"name": event.name}, event.description)
    for state in words.states.values():
        yield note("state", {"name": state.name, "of": state.thing}, state.description)
    for slot in words.attributes.values():
        silence = (
            "unknown" if slot.unknown else str(slot.default) if slot.default is not None else ""
        )
        fields = {"name": slot.slot, "type": str(slot.type), "not-stated": silence}
        yield note("attribute", fields, slot.description)


def calendars(book: Book) -> Iterator[Node]:
    """Each calendar as it is written: LegalRuleML has no holidays and no sitting days."""
    for each in book.vocabulary.calendars.values():
        yield note("calendar", {"name": each.name, "zone": each.zone}, written(book, each))


def written(book: Book, item: Calendar) -> str:
    return statement(book, item.place.file, item.place.span)


def statement(book: Book, file: str, span: int) -> str:
    """The statement that begins where a span does, as it is written; empty where its text is not at hand."""
    source = book.sources.get(file)
    if source is None:
        return ""
    start, length = span >> LENGTH_BITS, span & LENGTH_MASK
    if source.text[start : start + length].count("\n"):
        return source.text[start : start + length].rstrip()
    begin = source.text.rfind("\n", 0, start) + 1
    lines = source.text[begin:].split("\n")
    kept = [lines[0]]
    for line in lines[1:]:
        if not line.startswith((" ", "\t")):
            break
        kept.append(line)
    return "\n".join(kept).rstrip()
