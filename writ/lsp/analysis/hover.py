"""What is said of a name, a norm or a date where the pointer rests on it, in Markdown."""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from writ.book import dates
from writ.book.holidays import is_holiday, is_working
from writ.book.labels import beneath
from writ.book.model import ActorDef, Book, Calendar, Norm
from writ.book.wording import say
from writ.lsp.analysis.navigation import mention_at
from writ.lsp.analysis.plain import line, sentence
from writ.lsp.analysis.snapshot import Snapshot
from writ.lsp.analysis.symbols import Sort, Symbol
from writ.syntax.tree import HolidayRule

MOST = 12
"""Norms listed in one hover; the rest are counted."""


class Hover(msgspec.Struct, frozen=True):
    """Markdown about a range of the text."""

    start: int
    end: int
    markdown: str


def hover(snapshot: Snapshot, path: str, offset: int) -> Hover | None:
    """What is at an offset of a file: a name, the label of a norm, a date or a clause word."""
    found = mention_at(snapshot, path, offset)
    if found is not None:
        text = describe(snapshot, found.symbol)
        if text:
            return Hover(found.start, found.end, text)
    source = snapshot.source(path)
    if source is None:
        return None
    return _date(snapshot.book, path, source.text, offset) or _word(source.text, offset)


def describe(snapshot: Snapshot, symbol: Symbol) -> str:
    """What there is to say of a symbol."""
    book = snapshot.book
    match symbol.sort:
        case Sort.PROVISION:
            return provision(book, symbol.owner, symbol.word)
        case Sort.INSTRUMENT:
            return _instrument(book, symbol.key)
        case Sort.ATTRIBUTE:
            return _attribute(book, symbol.key)
        case Sort.VALUE:
            kind = book.vocabulary.kinds.get(symbol.owner)
            for value in kind.values if kind is not None else ():
                if value.name == symbol.word:
                    sort = "level" if kind is not None and kind.ordered else "value"
                    said = f": {value.description}" if value.description else ""
                    return f"**{value.name}**, {sort} of `{symbol.owner}`{said}"
        case Sort.NAME:
            return _name(book, symbol.key)
    return ""


def _name(book: Book, name: str) -> str:
    words = book.vocabulary
    if name in words.actors:
        return _actor(book, words.actors[name])
    if name in words.acts:
        return _act(book, name)
    if name in words.definitions:
        item = words.definitions[name]
        return f"**{name}**, definition: {item.type}\n\n{item.description}\n\nmeans `{say(item.meaning)}`"
    if name in words.kinds:
        kind = words.kinds[name]
        rows = "\n".join(
            f"- `{each.name}`" + (f" {each.description}" if each.description else "")
            for each in kind.values[:40]
        )
        head = "levels, lowest first" if kind.ordered else "kind"
        return f"**{name}**, {head}\n\n{kind.description}\n\n{rows}"
    if name in words.states:
        state = words.states[name]
        begins = [norm for norm in book.norms if any(e.state == name for e in norm.effects)]
        lapses = [norm for norm in book.norms if norm.kind == "lapse" and norm.state == name]
        parts = [f"**{name}**, state", state.description, _attributes(book, state.attributes)]
        parts += [_norms("What begins, continues or ends it", begins), _norms("Lapses", lapses)]
        return _joined(parts)
    other = words.things.get(name) or words.events.get(name)
    if other is not None:
        sort = "thing" if name in words.things else "event"
        return _joined(
            [f"**{name}**, {sort}", other.description, _attributes(book, other.attributes)]
        )
    calendar = words.calendars.get(name)
    if calendar is not None:
        return f"**{name}**, calendar in {calendar.zone}\n\n{calendar.description}"
    return ""


def _actor(book: Book, item: ActorDef) -> str:
    """An office: where it stands, who answers to whom, who acts when it is vacant, and what it may do."""
    parts = [f"**{item.name}**, {item.kind}", item.description]
    facts = []
    if item.parents:
        facts.append(f"is {', '.join(f'`{each}`' for each in item.parents)}")
    if item.body:
        facts.append(f"in `{item.body}`")
    chain = line_of_command(book, item.name)
    if len(chain) > 1:
        facts.append("line of command: " + " → ".join(f"`{each}`" for each in chain))
    if item.succession:
        facts.append("when vacant: " + ", then ".join(f"`{each}`" for each in item.succession))
    for vacancy in item.vacancies:
        until = f" until {vacancy.end}" if vacancy.end else ""
        facts.append(f"vacant from {vacancy.start}{until}")
    if item.members:
        quorum = f", quorum {item.quorum}" if item.quorum else ""
        facts.append(f"members `{item.members}`{quorum}")
    parts.append("\n".join(f"- {fact}" for fact in facts))
    up = book.vocabulary.actor_up.get(item.name, frozenset({item.name})) - {"anyone"}
    mine = [norm for norm in book.norms if any(a.name in up for a in norm.bearer.actors)]
    for title, kinds in (
        ("May", ("power", "permission", "right", "delegation")),
        ("Must", ("duty",)),
        ("May not, or only so", ("prohibition", "disability", "limit")),
    ):
        parts.append(_norms(title, [norm for norm in mine if norm.kind in kinds]))
    return _joined(parts)


def line_of_command(book: Book, name: str) -> list[str]:
    """The office and those above it, by the first to whom each reports."""
    chain = [name]
    while True:
        item = book.vocabulary.actors.get(chain[-1])
        if item is None or not item.reports_to or item.reports_to[0] in chain:
            return chain
        chain.append(item.reports_to[0])


def _act(book: Book, name: str) -> str:
    item = book.vocabulary.acts[name]
    facts = []
    if item.parents:
        facts.append(f"is {', '.join(f'`{each}`' for each in item.parents)}")
    if item.thing:
        facts.append(f"done to `{item.thing}`")
    if item.reserved:
        facts.append("reserved: nobody is free to do it without authority")
    if item.material:
        facts.append("material: done is done")
    up = book.vocabulary.act_up.get(name, frozenset({name}))
    slots = [slot for each in sorted(up) for slot in book.vocabulary.acts[each].attributes]
    norms = [norm for each in sorted(up) for norm in book.by_act.get(each, ())]
    parts = [f"**{name}**, act", item.description, "\n".join(f"- {fact}" for fact in facts)]
    parts += [_attributes(book, tuple(slots)), _norms("Norms", norms)]
    return _joined(parts)


def _attribute(book: Book, slot: str) -> str:
    item = book.vocabulary.attributes.get(slot)
    if item is None:
        return ""
    sort = "attribute" if item.owner else "fact"
    unstated = "unknown" if item.unknown else str(item.default) if item.default is not None else ""
    if item.default is True or item.default is False:
        unstated = "yes" if item.default else "no"
    said = f"\n\n{unstated} if not stated" if unstated else ""
    return f"**{slot}**, {sort}: `{item.type}`\n\n{item.description}{said}".rstrip()


def _attributes(book: Book, slots: tuple[str, ...]) -> str:
    found = [book.vocabulary.attributes[slot] for slot in slots]
    return "\n".join(f"- `{one.name}: {one.type}` {one.description}".rstrip() for one in found)


def _instrument(book: Book, id: str) -> str:
    item = book.instruments.get(id)
    if item is None:
        return ""
    rank = book.ranks[item.rank] if item.rank < len(book.ranks) else item.kind
    force = f"in force from {item.start}" if item.start else "waits for commencement"
    force += f" until {item.end - dt.timedelta(1)}" if item.end else ""
    chain, seen = [], {id}
    while item is not None and item.under and item.under[0] not in seen:
        seen.add(item.under[0])
        chain.append(f"`{item.under[0]} {item.under[1]}`")
        item = book.instruments.get(item.under[0])
    first = book.instruments[id]
    parts = [f"**{first.title}** ({first.citation}), {rank}, {force}"]
    if first.enacted_by:
        parts.append(
            f"made by `{first.enacted_by}`" + (f" under {' under '.join(chain)}" if chain else "")
        )
    if first.review:
        parts.append(f"to be reviewed by {first.review}")
    return _joined(parts)


def provision(book: Book, instrument: str, label: str) -> str:
    """The norms at a provision and beneath it, in plain words."""
    found = [
        norm
        for norm in book.norms
        if norm.instrument == instrument and norm.label and beneath(norm.label, label)
    ]
    item = book.instruments.get(instrument)
    if item is None:
        return ""
    parts = [f"**{item.cite(label)}** of {item.title}"]
    for norm in found[:MOST]:
        parts.append(
            f"*{norm.kind}*{f' “{norm.title}”' if norm.title else ''}: {sentence(book, norm)}"
        )
    if len(found) > MOST:
        parts.append(f"and {len(found) - MOST} more norms")
    for each in book.assurances:
        if each.instrument == instrument and each.label == label:
            parts.append(f"*assurance*{f' “{each.title}”' if each.title else ''}")
    return _joined(parts)


def _norms(title: str, norms: list[Norm]) -> str:
    if not norms:
        return ""
    rows = [f"- {norm.citation}: {line(norm)}" for norm in norms[:MOST]]
    if len(norms) > MOST:
        rows.append(f"- and {len(norms) - MOST} more")
    return "\n".join([f"{title}:", "", *rows])


def _joined(parts: list[str]) -> str:
    return "\n\n".join(part for part in parts if part)


# --- dates and words

_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?")


def _date(book: Book, path: str, text: str, offset: int) -> Hover | None:
    """What a day is in the calendar of its instrument."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    for match in _DATE.finditer(text, start, end if end >= 0 else len(text)):
        if match.start() <= offset <= match.end():
            try:
                day = dates.day_of(dates.parse(match[0]))
            except ValueError:
                return None
            return Hover(match.start(), match.end(), _day(book, path, day))
    return None


def _day(book: Book, path: str, day: dt.date) -> str:
    said = f"{day:%A}, {day.day} {day:%B %Y}"
    instrument = next((i.id for i in book.instruments.values() if i.place.file == path), "")
    calendar = book.calendar_of(instrument)
    if calendar is None:
        kind = "not a working day" if day.weekday() >= 5 else "a working day"
        return f"**{said}**\n\n{kind} (Monday to Friday: no calendar is declared)"
    off = not is_working(day, calendar)
    parts = [f"**{said}**", f"{'not ' if off else ''}a working day in `{calendar.name}`"]
    if is_holiday(day, calendar):
        named = [
            rule.title for rule in calendar.holidays if rule.title and falls_on(rule, calendar, day)
        ]
        parts.append(f"holiday: {', '.join(named)}" if named else "a holiday")
    sits = [body for body, days in calendar.sittings.items() if day in days]
    if sits:
        parts.append(f"sitting day of {', '.join(f'`{body}`' for body in sits)}")
    return "\n\n".join(parts)


def falls_on(rule: HolidayRule, calendar: Calendar, day: dt.date) -> bool:
    """Whether a day is a holiday by this rule alone."""
    return is_holiday(day, msgspec.structs.replace(calendar, holidays=(rule,)))


def _word(text: str, offset: int) -> Hover | None:
    """What a word of the language means where it begins a line or a statement."""
    from writ.lsp.analysis.keywords import meaning

    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line_text = text[start : end if end >= 0 else len(text)]
    if not line_text[:1].isalpha() and not line_text.startswith(" "):
        return None
    word, length = meaning(line_text)
    at = start + len(line_text) - len(line_text.lstrip())
    if not word or not at <= offset <= at + length:
        return None
    return Hover(at, at + length, word)
