"""The vocabulary of a book as pages for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from writ.book.dates import WEEKDAYS
from writ.book.model import Book, Calendar
from writ.book.wording import say
from writ.cli import norm_text
from writ.cli.attribute_words import kinds_of, not_stated, written
from writ.cli.conventions import CONVENTIONS, FIELD_WORDS, OUTCOMES, REQUEST
from writ.cli.example import example
from writ.cli.printing import table, wrapped
from writ.cli.relevance import Relevance, changers, opened_by, relevance
from writ.cli.request_text import request_text
from writ.formats.paint import Paint


def overview(book: Book, path: str, paint: Paint) -> str:
    """How to ask, and every name with its description."""
    words = book.vocabulary
    parts = [
        paint.strong(book.title or book.name),
        wrapped(
            f"To ask a question, choose an act and an actor; `writ vocabulary {path} ACT` then lists every fact that "
            "the answer can turn on, with an example."
        ),
        _titled("A request", table(REQUEST.items()), paint),
        _titled("The answer", table(OUTCOMES.items()), paint),
        _titled("Reading it", "\n".join(wrapped(one, 4, "  - ") for one in CONVENTIONS), paint),
        _titled("Actors", table(_described(words.actors, actor_kinds(book))), paint),
        _titled("Acts", table(_tree(book)), paint),
        _titled("Things", table(_described(words.things)), paint),
        _titled("States", table(_described(words.states)), paint),
        _titled("Events", table(_described(words.events)), paint),
        _titled("Kinds and levels", table(_described(words.kinds)), paint),
    ]
    return "\n\n".join(part for part in parts if part)


def _titled(title: str, body: str, paint: Paint) -> str:
    return f"{paint.strong(title)}\n{body}" if body else ""


def actor_kinds(book: Book) -> dict[str, str]:
    """What is said after the description of each actor."""
    return {
        name: ", ".join([item.kind, *(f"is {parent}" for parent in item.parents)])
        for name, item in book.vocabulary.actors.items()
    }


def _described(
    home: Mapping[str, object], after: Mapping[str, str] | None = None
) -> Iterable[tuple[str, str]]:
    for name, item in home.items():
        description = str(getattr(item, "description", "")) or "-"
        parents = getattr(item, "parents", ())
        more = after[name] if after else ", ".join(f"is {parent}" for parent in parents)
        yield name, f"{description} [{more}]" if more else description


def _tree(book: Book) -> list[tuple[str, str]]:
    """The acts, the narrower ones beneath the broader."""
    acts = book.vocabulary.acts
    beneath: dict[str, list[str]] = {}
    for name, act in acts.items():
        beneath.setdefault(act.parents[0] if act.parents else "", []).append(name)
    rows: list[tuple[str, str]] = []
    todo = [(name, 0) for name in reversed(beneath.get("", []))]
    while todo:
        name, depth = todo.pop()
        on = f" [on {acts[name].thing}]" if acts[name].thing else ""
        rows.append(("  " * depth + name, (acts[name].description or "-") + on))
        todo += [(child, depth + 1) for child in reversed(beneath.get(name, []))]
    return rows


def titled(name: str, description: str, paint: Paint) -> str:
    """A name and what it is, as a paragraph."""
    text = wrapped(description, 2, f"{name}  ") if description else name
    return text.replace(name, paint.strong(name), 1)


def act_head(book: Book, name: str, paint: Paint) -> str:
    """What the act is: its place among the others, and the thing that it is done to."""
    act = book.vocabulary.acts[name]
    head = [titled(name, act.description, paint)]
    if act.parents:
        head.append(f"  is {', '.join(act.parents)}")
    narrower = [n for n, other in book.vocabulary.acts.items() if name in other.parents]
    if narrower:
        head.append(wrapped(", ".join(narrower), 4, "  narrower: "))
    if act.thing:
        head.append(f"  done to: {act.thing}")
    above = book.vocabulary.act_up[name]
    if any(book.vocabulary.acts[one].reserved for one in above if one in book.vocabulary.acts):
        head.append("  reserved: nobody is free to do it without authority")
    return "\n".join(head)


def act_page(book: Book, name: str, paint: Paint) -> str:
    """One act: who can have authority, everything that the answer can turn on, and an example request."""
    found = relevance(book, name)
    grants = dict.fromkeys((say(n.bearer), f"{n.kind}, {n.citation}") for n in found.grants)
    opens = dict.fromkeys((n.citation, norm_text.line(n)) for n in opened_by(book, name))
    fields = [(field, _why(FIELD_WORDS[field], why)) for field, why in found.fields.items()]
    parts = [
        act_head(book, name, paint),
        _titled("Who can have authority", table(grants) or "  nobody", paint),
        _titled("Facts that the answer can turn on (facts:)", _facts(book, found), paint),
        _titled("States (states:)", _states(book, found), paint),
        _titled("Earlier acts (done:)", table(_named(book.vocabulary.acts, found.done)), paint),
        _titled("Events (done:)", table(_named(book.vocabulary.events, found.events)), paint),
        _titled("Authority can be delegated (delegations:)", _delegations(book, found), paint),
        _titled("Also", table(fields), paint),
        _titled("Values", kinds(book, kinds_of(book, found.slots)), paint),
        _titled("Duties that it would open", table(opens), paint),
        _titled("A request in the right form", request_text(example(book, found), 2), paint),
    ]
    return "\n\n".join(part for part in parts if part)


def _facts(book: Book, found: Relevance) -> str:
    rows = []
    for slot, why in found.facts.items():
        rows.append((slot, _why(attribute(book, slot), why)))
    return table(rows)


def attribute(book: Book, slot: str) -> str:
    """`yes or no; not stated: no -- what it means`."""
    item = book.vocabulary.attributes.get(slot)
    if item is None:
        return ""
    description = f"{item.description} -- " if item.description else ""
    return f"{description}{written(book, item.type)}; not stated: {not_stated(item)}"


def _why(text: str, citations: list[str]) -> str:
    shown = ", ".join(citations[:4]) + (", …" if len(citations) > 4 else "")
    return f"{text} [{shown}]"


def _named(home: Mapping[str, object], found: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    return [
        (name, _why(str(getattr(home.get(name), "description", "")) or "-", why))
        for name, why in found.items()
    ]


def _states(book: Book, found: Relevance) -> str:
    rows: list[tuple[str, str]] = []
    for name, why in found.states.items():
        item = book.vocabulary.states[name]
        rows.append((name, _why(item.description or "-", why)))
        by = [f"{norm.act} {norm_text.effect(term)}" for norm, term in changers(book, name)]
        if by:
            rows.append(("  changed", "; ".join(dict.fromkeys(by))))
        rows += [
            (f"  {attr}", attribute(book, f"{name}.{attr}"))
            for attr in found.state_facts.get(name, ())
        ]
    return table(rows)


def _delegations(book: Book, found: Relevance) -> str:
    rows = []
    for norm in found.delegations:
        facts = relevance(book, norm.act).facts
        turns = f"; the grant turns on {', '.join(facts)}" if facts else ""
        rows.append((norm.citation, norm_text.line(norm) + turns))
    return table(rows)


def kinds(book: Book, names: Iterable[str]) -> str:
    """The values of each kind or levels."""
    parts = []
    for name in names:
        item = book.vocabulary.kinds[name]
        lowest = " (lowest first)" if item.ordered else ""
        parts.append(wrapped(item.description or "-", 4, f"  {name}{lowest}: "))
        parts.append(table(((one.name, one.description or "-") for one in item.values), 4))
    return "\n".join(parts)


def word_page(book: Book, name: str, paint: Paint) -> str:
    """A word that is not an act."""
    words = book.vocabulary
    if name in words.kinds:
        return kinds(book, [name])
    if name in words.attributes:
        return f"{paint.strong(name)}\n{wrapped(attribute(book, name), 2)}"
    if name in words.definitions:
        meant = words.definitions[name]
        said = table([("is", str(meant.type)), ("means", say(meant.meaning))])
        return f"{paint.strong(name)}  {meant.description}\n{said}"
    item: object = next(
        home[name]
        for home in (words.actors, words.things, words.states, words.events, words.calendars)
        if name in home
    )
    lines = [paint.strong(name), wrapped(str(getattr(item, "description", "")), 2)]
    if name in words.calendars:
        lines.append(table(_calendar(words.calendars[name])))
    parents = getattr(item, "parents", ())
    if parents:
        lines.append(f"  is {', '.join(parents)}")
    slots: tuple[str, ...] = getattr(item, "attributes", ())
    lines.append(table((slot, attribute(book, slot)) for slot in slots))
    return "\n".join(line for line in lines if line.strip())


def _calendar(item: Calendar) -> list[tuple[str, str]]:
    rows = [("zone", item.zone)]
    if item.weekend:
        rows.append(("weekend", ", ".join(WEEKDAYS[day] for day in sorted(item.weekend))))
    titled = [rule.title or rule.date or rule.weekday for rule in item.holidays]
    if titled:
        rows.append(("holidays", ", ".join(titled)))
    for body, days in item.sittings.items():
        rows.append(("sittings", f"{body}: {len(days)} days"))
    for body, recesses in item.recesses.items():
        rows.append(("adjourned", f"{body}: {len(recesses)} times"))
    if item.rolls_forward:
        rolls = f"to sitting days of {item.rolls_to}" if item.rolls_to else "off holidays"
        rows.append(("rolls forward", rolls))
    if item.counts_first_day:
        rows.append(("counts the first day", "yes"))
    return rows
