"""A decision as people read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from writ.book.model import Book
from writ.book.wording import say
from writ.cli import norm_text
from writ.cli.printing import table, wrapped
from writ.engine.answer import Considered, Decision, Missing, Opened, Outcome
from writ.engine.request import Request
from writ.formats.paint import Paint

_MISSING = {
    "step": "this must be done before",
    "condition": "this must hold",
    "statement": "the act must state this",
    "record": "the record of the act must carry this",
    "number": "more persons must act together",
    "others": "another must act too",
    "fact": "it depends on this, which is not known",
}


OTHERS = 3
"""Norms for other actors that are shown where nothing more is asked for."""


def coloured(outcome: Outcome, paint: Paint) -> str:
    if outcome is Outcome.PERMITTED:
        return paint.good(outcome.value)
    return (paint.wary if outcome is Outcome.NEEDS else paint.bad)(outcome.value)


def text(
    book: Book, request: Request, decision: Decision, paint: Paint, explain: bool = False
) -> str:
    """The outcome, what decided it, what is missing and what would follow; with `explain`, the whole record."""
    lines = [f"{coloured(decision.outcome, paint)}  {paint.faint(question(request))}"]
    status = {one.norm: one.status for one in decision.considered}
    beaten = {one.norm: one.maxim for one in decision.considered if one.status == "defeated"}
    idle = [name for name in decision.deciding if status.get(name) == "does not apply"]
    sections = {
        "under": [
            _norm(book, name)
            for name in decision.deciding
            if name not in beaten and name not in idle
        ],
        "prevailing over": [
            _norm(book, name, beaten[name]) for name in decision.deciding if name in beaten
        ],
        "subject to, and none applies": [_norm(book, name) for name in idle],
        "missing": [_missing(one) for one in decision.missing],
        "nearest": _nearest(book, decision, explain),
        "also": [(one, "") for one in _rest(book, decision)],
        "would open": _opened(decision.opens),
    }
    if explain:
        sections["considered"] = [_considered(book, one) for one in decision.considered]
    for title, rows in sections.items():
        if rows:
            lines += [f"  {paint.strong(title)}", table(rows, 4, 28, paint.cited)]
    if explain and not decision.considered:
        lines += [f"  {paint.strong('considered')}", "    no norm speaks of this act"]
    if decision.notes:
        lines += [f"  {paint.strong('notes')}"]
        lines += [wrapped(note, 6, "    - ") for note in decision.notes]
    return "\n".join(lines)


def question(request: Request) -> str:
    """`governor-in-council, issue-declaration, 2022-02-14`."""
    verb = f"leave undone {request.act}" if request.omit else request.act
    who = f"{request.number} of {request.actor}" if request.number else request.actor
    on = f" {request.thing}" if request.thing else ""
    about = f" ({request.about})" if request.about else ""
    against = f" against {request.against}" if request.against else ""
    return f"{who}, {verb}{on}{about}{against}, {day_text(request.at)}"


def _norm(book: Book, name: str, by: str = "") -> tuple[str, str]:
    norm = book.by_id[name]
    title = f" ({norm.title})" if norm.title else ""
    manner = "".join(f", so that {say(one)}" for one in norm.so_that)
    maxim = f" -- by {by}" if by else ""
    return norm.citation, f"{norm.kind}{title}: {norm_text.line(norm)}{manner}{maxim}"


def _nearest(book: Book, decision: Decision, explain: bool) -> list[tuple[str, str]]:
    """The norms that would have decided but for a condition; of those for another actor only a few."""
    others = [one for one in decision.nearest if one.status == "another bearer"]
    left_out = [] if explain else others[OTHERS:]
    rows = [_near(book, one) for one in decision.nearest if one not in left_out]
    return [*rows, ("…", f"{len(left_out)} more for other actors")] if left_out else rows


def _near(book: Book, near: Considered) -> tuple[str, str]:
    citation, said = _norm(book, near.norm)
    if near.status == "another bearer":
        return citation, f"{said} -- another actor"
    return citation, f"{said} -- requires: {near.because}" if near.because else said


def _rest(book: Book, decision: Decision) -> list[str]:
    """Citations that come with the deciding and nearest norms: a chain, a lapse, the end of a state."""
    shown = {book.by_id[name].citation for name in decision.deciding}
    shown |= {one.citation for one in decision.nearest}
    return [citation for citation in decision.citations if citation not in shown]


def _missing(one: Missing) -> tuple[str, str]:
    return one.citation, f"{one.what} -- {_MISSING.get(one.kind, one.kind)}"


def _opened(opened: Iterable[Opened]) -> list[tuple[str, str]]:
    """The duties; what several provisions command in the same words is said once."""
    said: dict[str, list[str]] = {}
    for one in opened:
        to = f" to {one.to}" if one.to else ""
        due = f", due {day_text(one.due)}" if one.due else ""
        said.setdefault(f"{one.bearer} must {one.act}{to}{due}", []).append(one.citation)
    return [(", ".join(dict.fromkeys(cited)), text) for text, cited in said.items()]


def day_text(at: dt.date) -> str:
    """A day, or a moment without its seconds where they are none."""
    if isinstance(at, dt.datetime) and not at.second and not at.microsecond:
        return at.isoformat(timespec="minutes")
    return at.isoformat()


def _considered(book: Book, one: Considered) -> tuple[str, str]:
    citation, said = _norm(book, one.norm)
    if one.by:
        return citation, f"{said} -- defeated by {book.by_id[one.by].citation} ({one.maxim})"
    if one.because:
        return citation, f"{said} -- {one.status}; requires: {one.because}"
    if one.status == "open":
        return citation, f"{said} -- open: it depends on what is not known"
    return citation, f"{said} -- {one.status}"
