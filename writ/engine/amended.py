"""Why a question is answered otherwise on another day, or as known then: the amendment that did it, or time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec

from writ.book import dates
from writ.book.model import Book, Norm
from writ.book.overrides import Override
from writ.engine.answer import Decision
from writ.engine.engine import Engine, engine_of
from writ.engine.request import Request

MOST_TURNS = 100
"""So many turns by time alone are looked for between two changes of the text."""


class Amendment(msgspec.Struct, frozen=True):
    """A provision that changed on a day.

    `how`: in force, no longer in force, replaced, suspended, in force again, known.
    """

    citation: str
    how: str
    at: dt.date


class Turned(msgspec.Struct, frozen=True):
    """One day on which the answer turned."""

    at: dt.date
    before: Decision
    after: Decision
    amended: tuple[Amendment, ...] = ()
    """What changed in the text that day. Empty where time alone did it: a deadline, a lapse."""
    known: bool = False
    """Whether it is the day on which a text came to be known, instead of one on which it took effect."""


def turns(
    book: Book, request: Request, at: dt.date, known_at: dt.date | None = None
) -> tuple[Turned, ...]:
    """The days on which the answer turns on the way to the same question asked `at` another time, as known at another.

    First what was known is changed, then the day. Each may go forward or back; what is told is told in the order of the
    days. An answer counts as turned when it has another outcome or other deciding norms.

    Args:
        request: the question, with its own day and the day as known on.
        at: the other day or moment.
        known_at: as known then; None is all that is known.
    """
    engine = engine_of(book)
    texts = concerning(engine, request)
    found: list[Turned] = []
    if known_at != request.known_at:
        found += _learned(engine, texts, request, known_at)
    return (
        *found,
        *_passed(engine, texts, msgspec.structs.replace(request, known_at=known_at), at),
    )


def _passed(
    engine: Engine, texts: list[Norm | Override], request: Request, at: dt.date
) -> Iterator[Turned]:
    """The turns between the day of a request and another one."""
    low, high = (request.at, at) if dates.compare(request.at, at) <= 0 else (at, request.at)
    first, final = dates.day_of(low), dates.day_of(high)
    looks: dict[dt.date, dt.date] = {}
    """By day what is asked on it; of a day on which a text changes, the day before as well."""
    for change in changes(engine.book, texts, first, final):
        looks[change.at - dates.ONE_DAY] = change.at - dates.ONE_DAY
        looks[change.at] = change.at
    for day in stated(engine.book, request):
        looks[day] = day
    inside = sorted(day for day in looks if first < day < final)
    last, answer = low, _asked(engine, request, low)
    for day in [*inside, *([high] if high != low else [])]:
        now = _asked(engine, request, day)
        for _ in range(MOST_TURNS):
            if same(answer, now):
                break
            turn, then = _first(engine, request, last, answer, day, now)
            amended = named(engine, texts, dates.day_of(turn), answer, then)
            yield Turned(turn, answer, then, amended)
            last, answer = turn, then
        last, answer = day, now


def _first(
    engine: Engine, request: Request, low: dt.date, old: Decision, high: dt.date, new: Decision
) -> tuple[dt.date, Decision]:
    """A day between two on which the answer is no longer the old one, and was the day before; with the answer."""
    start, end = dates.day_of(low), dates.day_of(high)
    found, answer = high, new
    while (end - start).days > 1:
        middle = start + (end - start) // 2
        now = _asked(engine, request, middle)
        if same(old, now):
            start = middle
        else:
            end = found = middle
            answer = now
    return found, answer


def _asked(engine: Engine, request: Request, at: dt.date) -> Decision:
    return engine.decide(msgspec.structs.replace(request, at=at))


def _learned(
    engine: Engine, texts: list[Norm | Override], request: Request, known_at: dt.date | None
) -> Iterator[Turned]:
    """The days on which a text came to be known that turned the answer."""
    low, high = request.known_at, known_at
    if low is None or (high is not None and high < low):
        low, high = high, low
    assert low is not None
    last = engine.decide(msgspec.structs.replace(request, known_at=low))
    for day in sorted({text.known for text in texts if text.known is not None}):
        if day <= dates.day_of(low) or (high is not None and day > dates.day_of(high)):
            continue
        now = engine.decide(msgspec.structs.replace(request, known_at=day))
        if not same(last, now):
            new = [text for text in texts if text.known == day]
            cited = [Amendment(citation(engine.book, text), "known", day) for text in new]
            yield Turned(day, last, now, tuple(dict.fromkeys(cited)), True)
        last = now


def same(one: Decision, other: Decision) -> bool:
    return one.outcome is other.outcome and one.deciding == other.deciding


def concerning(engine: Engine, request: Request) -> list[Norm | Override]:
    """The norms on the act and on the acts of the grants relied on, what is due before it, every lapse; and the
    overrides that rank these norms on some days only.
    """
    index = engine.index
    places = set(index.lapses)
    for act in (request.act, *(grant.act for grant in request.delegations)):
        on_act = index.on_act(act)
        places.update(on_act.norms, on_act.befores, on_act.spares, on_act.shut)
    for event in request.done:
        places.update(index.effective.get(event.name, ()))
    norms = [engine.book.norms[at] for at in sorted(places)]
    ids = {norm.id for norm in norms}
    timed = [one for found in engine.book.ranking.at_times.values() for one in found]
    return [*norms, *(one for one in timed if one.winner in ids and one.loser in ids)]


def stated(book: Book, request: Request) -> set[dt.date]:
    """The days of what the request tells of the past, and those on which an office falls vacant or is filled."""
    found = [event.at for event in request.done]
    found += [day for state in request.states for day in (state.since, _after(state.until))]
    for grant in request.delegations:
        found += [grant.at, _after(grant.until), grant.revoked]
    for office in book.offices_once_vacant:
        found += [day for gap in office.vacancies for day in (gap.start, _after(gap.end))]
    return {dates.day_of(day) for day in found if day is not None}


def named(
    engine: Engine, texts: list[Norm | Override], day: dt.date, before: Decision, after: Decision
) -> tuple[Amendment, ...]:
    """Of what changed in the text on a day, that which either answer looked at; all of it where they looked at none."""
    looked = {
        one.norm for answer in (before, after) for one in (*answer.considered, *answer.nearest)
    }
    looked.update(before.deciding, after.deciding)
    mine = [text for text in texts if not looked.isdisjoint(ids_of(text))]
    eve = day - dates.ONE_DAY
    found = changes(engine.book, mine, eve, day) or changes(engine.book, texts, eve, day)
    return tuple(found)


def ids_of(text: Norm | Override) -> tuple[str, ...]:
    return (text.id,) if isinstance(text, Norm) else (text.winner, text.loser)


def changes(
    book: Book, texts: Iterable[Norm | Override], low: dt.date, high: dt.date
) -> list[Amendment]:
    """What comes into force or goes out of it behind the first day and up to the last, in the order of the days."""
    found: dict[Amendment, None] = {}
    for text in texts:
        days = [(text.start, "in force"), (text.end, "no longer in force")]
        for gap in text.gaps:
            days += [(gap.start, "suspended"), (_after(gap.end), "in force again")]
        for day, how in days:
            if day is not None and low < day <= high:
                found[Amendment(citation(book, text), how, day)] = None
    for one in list(found):
        ended = Amendment(one.citation, "no longer in force", one.at)
        if one.how == "in force" and ended in found:
            # What replaces a norm takes its citation, too.
            del found[one], found[ended]
            found[Amendment(one.citation, "replaced", one.at)] = None
    return sorted(found, key=lambda one: one.at)


def citation(book: Book, text: Norm | Override) -> str:
    """How a text is cited; an override by the provision that says it."""
    if isinstance(text, Norm):
        return text.citation
    said = book.by_id.get(text.by)
    if said is not None:
        return said.citation
    instrument, _, label = text.by.partition("/")
    return book.instruments[instrument].cite(label.partition(" ")[0])


def _after(last: dt.date | None) -> dt.date | None:
    """The day after a last day; None where there is none."""
    if last is None or dates.day_of(last) == dt.date.max:
        return None
    return dates.day_of(last) + dates.ONE_DAY
