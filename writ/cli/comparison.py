"""One question on two days: both answers, and the days on which it turned with the amendment that did it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import msgspec

from writ.book.model import Book
from writ.cli import answer_text
from writ.cli.printing import table
from writ.engine.amended import Turned, turns
from writ.engine.answer import Decision
from writ.engine.engine import engine_of
from writ.engine.request import Request
from writ.formats.paint import Paint


class Compared(NamedTuple):
    """A question with its answer, the same on another day, and where it turned."""

    request: Request
    decision: Decision
    other: Request
    answer: Decision
    turned: tuple[Turned, ...]


def compared(
    book: Book, request: Request, decision: Decision, at: dt.date | None, known_at: dt.date | None
) -> Compared:
    """The question and its answer beside those of another day, as known on another; what is not given is the same."""
    other = msgspec.structs.replace(
        request,
        at=at if at is not None else request.at,
        known_at=known_at if known_at is not None else request.known_at,
    )
    answer = engine_of(book).decide(other)
    return Compared(
        request, decision, other, answer, turns(book, request, other.at, other.known_at)
    )


def data(one: Compared) -> dict[str, object]:
    """As JSON: `decision`, `compared` with its `at` and `known_at`, and `turned`."""
    turned = [
        {
            "at": turn.at,
            "known": turn.known,
            "before": {"outcome": turn.before.outcome, "citations": turn.before.citations},
            "after": {"outcome": turn.after.outcome, "citations": turn.after.citations},
            "amended": turn.amended,
        }
        for turn in one.turned
    ]
    return {
        "decision": one.decision,
        "compared": {"at": one.other.at, "known_at": one.other.known_at, "decision": one.answer},
        "turned": turned,
    }


def text(book: Book, one: Compared, paint: Paint, explain: bool = False) -> str:
    """Both answers, and when and why they turned."""
    known = one.other.known_at != one.request.known_at
    answers = [
        _answer(book, request, decision, paint, explain, known)
        for request, decision in ((one.request, one.decision), (one.other, one.answer))
    ]
    if one.turned:
        rows = [(answer_text.day_text(turn.at), _turn(turn)) for turn in one.turned]
        said = f"{paint.strong('turned')}\n{table(rows, 2)}"
    else:
        said = "the answer does not turn in between"
    return "\n\n".join([*answers, said])


def _answer(
    book: Book, request: Request, decision: Decision, paint: Paint, explain: bool, known: bool
) -> str:
    said = answer_text.text(book, request, decision, paint, explain)
    if not known:
        return said
    head, *rest = said.split("\n")
    when = answer_text.day_text(request.known_at) if request.known_at is not None else "now"
    return "\n".join([f"{head}{paint.faint(f', as known {when}')}", *rest])


def _turn(turn: Turned) -> str:
    before, after = turn.before, turn.after
    if before.outcome is after.outcome:
        said = f"{after.outcome}, under other norms"
    else:
        said = f"{before.outcome} -> {after.outcome}"
    texts = [f"{each.citation} {each.how}" for each in turn.amended]
    return f"{said} -- {', '.join(texts) if texts else 'by time alone'}"
