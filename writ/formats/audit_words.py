"""What every form of the report of an audit says: its counts, its sentences and the order of its rows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from writ.diagnostics import Severity
from writ.engine.answer import Missing, Outcome
from writ.journal.record import (
    ActRecord,
    ActStatus,
    Audit,
    DutyRecord,
    DutyStatus,
    StateRecord,
    StateStatus,
)

One = TypeVar("One")
ACTS = (ActStatus.NO_AUTHORITY, ActStatus.NO_EFFECT, ActStatus.AUTHORISED)
DUTIES = (
    DutyStatus.BREACHED,
    DutyStatus.LATE,
    DutyStatus.OPEN,
    DutyStatus.MET,
    DutyStatus.WAIVED,
    DutyStatus.LAPSED,
    DutyStatus.NOT_OPENED,
)
"""The statuses in the order in which a reader wants them: what is wrong first."""
RUNNING = (StateStatus.IN_EFFECT, StateStatus.SUSPENDED)
_LACKING = {
    "step": "had not been done before",
    "condition": "did not hold",
    "statement": "was not stated",
    "record": "was not recorded",
    "number": "more persons had to act together",
    "others": "had to act too",
    "fact": "is not known",
}


class Counts(msgspec.Struct, frozen=True):
    """How many records there are of each status."""

    acts: dict[ActStatus, int]
    duties: dict[DutyStatus, int]
    states: dict[StateStatus, int]

    @property
    def wrong(self) -> int:
        """Acts without authority, duties breached and duties discharged late."""
        return (
            self.acts.get(ActStatus.NO_AUTHORITY, 0)
            + self.duties.get(DutyStatus.BREACHED, 0)
            + self.duties.get(DutyStatus.LATE, 0)
        )


def count(audit: Audit) -> Counts:
    """The records by status, what is wrong first."""
    acts = Counter(one.status for one in audit.acts)
    duties = Counter(one.status for one in audit.duties)
    states = Counter(one.status for one in audit.states)
    return Counts(
        {one: acts[one] for one in ACTS if acts[one]},
        {one: duties[one] for one in DUTIES if duties[one]},
        {one: states[one] for one in StateStatus if states[one]},
    )


def number(many: int, noun: str, plural: str = "") -> str:
    """`1 act`, `1,234 acts`."""
    return f"{many:,} {noun if many == 1 else plural or noun + 's'}"


def wrongs(counts: Counts) -> list[str]:
    """What is wrong, by kind: `1 act without authority`, `2 duties breached`."""
    acts = counts.acts.get(ActStatus.NO_AUTHORITY, 0)
    breached = counts.duties.get(DutyStatus.BREACHED, 0)
    late = counts.duties.get(DutyStatus.LATE, 0)
    said = (
        (acts, f"{number(acts, 'act')} without authority"),
        (breached, f"{number(breached, 'duty', 'duties')} breached"),
        (late, f"{number(late, 'duty', 'duties')} discharged late"),
    )
    return [text for many, text in said if many]


def verdict(audit: Audit, counts: Counts) -> str:
    """What the report comes to: what is wrong, or that nothing is, as far as could be read."""
    if counts.wrong:
        return ", ".join(wrongs(counts))
    if errors(audit):
        return "nothing is wrong in what could be read"
    return "nothing is wrong" if audit.acts or audit.duties else "nothing to judge"


def moment(at: dt.date | None) -> str:
    """A day, or a moment without its seconds where they are none; empty where there is none."""
    if at is None:
        return ""
    if isinstance(at, dt.datetime) and not at.second and not at.microsecond:
        return at.isoformat(timespec="minutes")
    return at.isoformat()


def instant(at: dt.date) -> float:
    """A key that puts days and moments in one order, a day before the moments in it."""
    if isinstance(at, dt.datetime):
        seconds = at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6
        shift = at.utcoffset() or dt.timedelta()
        return at.toordinal() + (1 + (seconds - shift.total_seconds()) / 86_400) / 4
    return float(at.toordinal())


def actor(record: ActRecord) -> str:
    """`minister`, `minister (Ann)` or `25 of member-of-the-commons`."""
    many = f"{record.number} of " if record.number else ""
    return f"{many}{record.actor}" + (f" ({record.person})" if record.person else "")


def act(record: ActRecord) -> str:
    """`issue-declaration about D-2022 to parliament`."""
    about = f" about {record.about}" if record.about else ""
    to = f" to {record.to}" if record.to else ""
    return f"{record.act}{about}{to}" + (f" ({record.to_person})" if record.to_person else "")


def duty(record: DutyRecord) -> str:
    """`minister must report-to-parliament about D-2022 to parliament`."""
    about = f" about {record.about}" if record.about else ""
    to = f" to {record.to}" if record.to else ""
    which = f" (no. {record.occurrence})" if record.occurrence else ""
    return f"{record.bearer} must {record.act}{about}{to}{which}"


def state(record: StateRecord) -> str:
    return f"{record.state} about {record.about}" if record.about else record.state


def lacking(one: Missing) -> str:
    """What was wanting, as a clause about an act that was done."""
    return f"{one.what} -- {_LACKING.get(one.kind, one.kind)}"


def warrant(record: ActRecord) -> str:
    """What is said of an act before its citations, or in their place."""
    cited, outcome = bool(record.citations), record.outcome
    if record.status is ActStatus.AUTHORISED and outcome is not Outcome.PERMITTED:
        return f"taken as lawful; by the book alone {outcome}" + (", see" if cited else "")
    if record.status is not ActStatus.NO_AUTHORITY:
        if record.deciding:
            return "under"
        return "at liberty, see" if cited else "at liberty: no norm forbids it"
    if outcome is Outcome.PROHIBITED:
        return "prohibited by"
    if outcome is Outcome.CONFLICT:
        return "both allowed and forbidden by"
    if outcome is Outcome.NEEDS:
        return "incomplete under"
    return "no authority, see" if cited else "no authority: nothing allows it"


def opened(record: DutyRecord) -> str:
    if record.opened is None:
        return "owed at all times" if record.standing else ""
    return moment(record.opened) + (f" by {record.opened_by}" if record.opened_by else "")


def left(due: dt.date, as_of: dt.date) -> str:
    """`12 days left`, `due today`, `3 days over`; hours where both are moments less than two days apart."""
    if isinstance(due, dt.datetime) and isinstance(as_of, dt.datetime):
        hours = (due - as_of).total_seconds() / 3600
        if abs(hours) < 48:
            return f"{number(int(abs(hours)), 'hour')} {'left' if hours >= 0 else 'over'}"
    days = due.toordinal() - as_of.toordinal()
    if not days:
        return "due today"
    return f"{number(abs(days), 'day')} {'left' if days > 0 else 'over'}"


def delay(record: DutyRecord, as_of: dt.date) -> str:
    """How long after its due day a duty was done, or is still not done; empty where it is not late."""
    done = record.discharged or as_of
    if record.due is None or record.status not in (DutyStatus.LATE, DutyStatus.BREACHED):
        return ""
    days = max(done.toordinal() - record.due.toordinal(), 0)
    how = "late" if record.discharged else "overdue"
    return f"{number(days, 'day')} {how}" if days else f"less than a day {how}"


def unowed(record: DutyRecord) -> tuple[str, ...]:
    """The provisions by which a duty that lapsed, or was never opened, is not owed."""
    fallen = record.status in (DutyStatus.LAPSED, DutyStatus.NOT_OPENED)
    return record.turns[-1].citations if fallen and record.turns else ()


def ended(record: StateRecord) -> str:
    """When the state ended or will end, and by which entry: `until 2022-03-01`, `lapsed 2022-02-23`."""
    by = f" by {record.ended_by}" if record.ended_by else ""
    if record.status in RUNNING:
        return f"until {moment(record.until)}" if record.until else "no end is known"
    return f"{record.status} {moment(record.until)}{by}".strip()


def header(audit: Audit) -> list[tuple[str, str]]:
    """What the report is of: its book, its journal, its two times, its premises and how much was replayed."""
    unseen = audit.unseen
    rest = f"; {unseen:,} left aside: later, not yet known, or under a premise not taken"
    mistakes = errors(audit)
    named = f"{audit.book}: {audit.title}" if audit.title else audit.book
    rows = [
        ("book", named),
        ("as of", moment(audit.as_of)),
        ("known at", moment(audit.known_at) or "any time: all that is recorded"),
        ("premises", ", ".join(audit.premises) or "none"),
        ("replayed", number(audit.entries, "entry", "entries") + (rest if unseen else "")),
        (
            "mistakes",
            f"{number(mistakes, 'mistake')} in the journal: what it cost is not judged here"
            if mistakes
            else "",
        ),
    ]
    return [(name, text) for name, text in rows if text]


def title(audit: Audit) -> str:
    """What the report is called: as its journal is."""
    return audit.journal or audit.title or audit.book


def errors(audit: Audit) -> int:
    """Mistakes in the journal, for which something of it could not be read."""
    return sum(one.severity is Severity.ERROR for one in audit.diagnostics)


LAST = 1e7
"""Behind every moment: where a record without one stands."""


def by_due(record: DutyRecord) -> float:
    return instant(record.due) if record.due else LAST


def by_since(record: StateRecord) -> float:
    return instant(record.since) if record.since else 0.0


def by_end(record: StateRecord) -> float:
    return instant(record.until) if record.until else LAST


_RANK = {status: 10 * LAST * rank for rank, status in enumerate(DUTIES)}


def by_status(record: DutyRecord) -> float:
    """By status, what is wrong first; of one status by due day."""
    return _RANK[record.status] + by_due(record)


def by_running(record: StateRecord) -> float:
    """Those in effect first; then by their beginning."""
    return (0.0 if record.status in RUNNING else 10 * LAST) + by_since(record)


def ranked(records: Sequence[One], key: Callable[[One], float]) -> list[int]:
    """The places of the records in the order of the key."""
    return sorted(range(len(records)), key=lambda at: key(records[at]))
