"""The expectations of a journal, held against its replay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from writ.book.model import Book, Norm
from writ.engine.situation import bearer_admits
from writ.journal.core import Clock
from writ.journal.entry import Expectation, Journal
from writ.journal.moments import audits
from writ.journal.record import Audit, DutyRecord, StateRecord
from writ.journal.sequence import settled, zone_of_book


class Verdict(msgspec.Struct, frozen=True):
    """Whether one expectation holds, and what was found instead."""

    expectation: Expectation
    line: int
    ok: bool
    found: str
    """The status found, with the day where one is expected; or why nothing was."""
    citations: tuple[str, ...] = ()


def verify(book: Book, journal: Journal) -> tuple[Verdict, ...]:
    """Hold every expectation of a journal, in the order in which they are written."""
    found = {id(one.expectation): one for one in verdicts(book, journal)}
    return tuple(found[id(expectation)] for expectation in journal.expectations)


def verdicts(book: Book, journal: Journal) -> Iterator[Verdict]:
    """Hold every expectation, those of one replay together, each when its moment comes.

    One replay serves all that ask as known at one moment under the same premises.
    """
    book, journal = settled(book, journal)
    lines = journal.expected_lines or (0,) * len(journal.expectations)
    replays: dict[Replayed, dict[dt.date, list[tuple[Expectation, int]]]] = {}
    for expectation, line in zip(journal.expectations, lines, strict=True):
        asked = replays.setdefault((expectation.known_at, expectation.under), {})
        asked.setdefault(expectation.as_of, []).append((expectation, line))
    for (known_at, premises), asked in replays.items():
        for as_of, report in audits(book, journal, asked, known_at, premises):
            for expectation, line in asked[as_of]:
                yield held(book, report, expectation, line)


Replayed = tuple[dt.date | None, tuple[str, ...]]
"""As known when, and under which premises."""


def held(book: Book, report: Audit, wanted: Expectation, line: int) -> Verdict:
    """Compare one expectation with what a replay found.

    Where several are meant (occurrences, triggers, bearers) it is the latest, or of those due on the day expected. One
    that opened on the very day asked about stands beside the one before: an act may do one and open the next.
    """
    answers = answers_to(book, report, wanted)
    if not answers:
        return Verdict(wanted, line, False, "nothing of the kind is in the record")
    if wanted.due is not None:
        answers = [one for one in answers if same_day(book, one[1], wanted.due)] or answers
    for status, day, citations, opened in answers:
        timely = wanted.due is None or same_day(book, day, wanted.due)
        cited = not wanted.cites or bool(set(wanted.cites) & set(citations))
        if status == wanted.status and timely and cited:
            return Verdict(wanted, line, True, status, citations)
        if not same_day(book, opened, wanted.as_of):
            break
    status, day, citations, _ = answers[0]
    timely = wanted.due is None or same_day(book, day, wanted.due)
    text = status if day is None or wanted.due is None else f"{status}, {day}"
    if status == wanted.status and timely:
        text = f"{status}, citing {', '.join(citations) or 'nothing'}"
    return Verdict(wanted, line, False, text, citations)


Found = tuple[str, dt.date | None, tuple[str, ...], dt.date | None]
"""Status, day, citations, and when it opened."""


def answers_to(book: Book, report: Audit, wanted: Expectation) -> list[Found]:
    """The status, day and citations of whatever an expectation may mean, latest first."""
    if wanted.subject == "act":
        return [
            (act.status.value, None, act.citations, None)
            for act in report.acts
            if act.entry == wanted.name
        ]
    if wanted.subject == "state":
        states = [one for one in report.states if is_meant_state(one, wanted)]
        found: list[Found] = [
            (one.status.value, one.until, one.citations, None) for one in reversed(states)
        ]
        return found or [("not begun", None, cited_for(book, wanted), None)]
    duties = [one for one in report.duties if is_meant_duty(book, one, wanted)]
    clock = Clock(zone_of_book(book))
    duties.sort(
        key=lambda one: (
            not one.standing,
            clock.instant(one.opened) if one.opened else 0,
            one.occurrence,
        )
    )
    answers: list[Found] = [
        (one.status.value, one.due, one.citations, one.opened) for one in reversed(duties)
    ]
    return answers or [("not opened", None, cited_for(book, wanted), None)]


def is_meant_state(record: StateRecord, wanted: Expectation) -> bool:
    return record.state == wanted.name and (not wanted.about or record.about == wanted.about)


def is_meant_duty(book: Book, record: DutyRecord, wanted: Expectation) -> bool:
    norm = book.by_id[record.norm]
    if wanted.name and norm.act != wanted.name:
        return False
    if wanted.provision and not at_provision(norm, wanted.provision):
        return False
    if wanted.about and record.about != wanted.about:
        return False
    if wanted.of and not bearer_admits(book.vocabulary, norm.bearer, wanted.of):
        return False
    return not wanted.to or record.to == wanted.to


def at_provision(norm: Norm, provision: str) -> bool:
    """Whether a norm stands at a provision (`[instrument] label`), or beneath it."""
    instrument, _, label = provision.rpartition(" ")
    if instrument and norm.instrument != instrument:
        return False
    return norm.label == label or (
        norm.label.startswith(label) and not norm.label[len(label)].isalnum()
    )


def cited_for(book: Book, wanted: Expectation) -> tuple[str, ...]:
    """What speaks of a state or duty that never was: the norms that would have brought it."""
    if wanted.subject == "state":
        norms = [
            norm
            for norm in book.norms
            if norm.state == wanted.name
            or any(effect.state == wanted.name for effect in norm.effects)
        ]
    else:
        norms = [
            norm
            for norm in book.norms
            if norm.kind == "duty"
            and (not wanted.name or norm.act == wanted.name)
            and (not wanted.provision or at_provision(norm, wanted.provision))
        ]
    return tuple(dict.fromkeys(norm.citation for norm in norms))


def same_day(book: Book, found: dt.date | None, wanted: dt.date) -> bool:
    """Equal moments, or the same day where one of them is only a day."""
    from writ.book import dates

    return found is not None and dates.compare(found, wanted, zone_of_book(book)) == 0
