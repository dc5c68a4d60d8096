"""What an audit concludes of each act, state and duty, by a key that is the same in every audit of one journal."""

from __future__ import annotations

import datetime as dt

from writ.journal.record import ActRecord, Audit, DutyRecord, StateRecord

Record = ActRecord | StateRecord | DutyRecord
Key = tuple[str, ...]
"""Which act, state or duty a record is of; the subject first, then the entry that it comes from."""
Conclusions = dict[Key, Record]


def conclusions(report: Audit) -> Conclusions:
    """What an audit says of each act, state and duty."""
    found: Conclusions = {}
    records: list[Record] = [*report.acts, *report.states, *report.duties]
    for record in records:
        key = key_of(record)
        count = 1
        while (*key, str(count)) in found:
            count += 1
        found[*key, str(count)] = record
    return found


def key_of(record: Record) -> Key:
    match record:
        case ActRecord():
            return ("act", record.entry)
        case StateRecord():
            return ("state", record.entry, record.state, record.about)
        case _:
            opened = record.opened_by
            return ("duty", opened, record.norm, record.about, record.to, str(record.occurrence))


def words(record: Record) -> str:
    """What a record is of."""
    match record:
        case ActRecord():
            who = f"{record.actor} {record.person}" if record.person else record.actor
            return f"{who} did {record.act}"
        case StateRecord():
            return record.state
        case _:
            to = f" to {record.to}" if record.to else ""
            which = f" (no. {record.occurrence})" if record.occurrence else ""
            return f"{record.bearer} must {record.act}{to}{which}"


def said(found: Conclusions, key: Key) -> str:
    """What is concluded, in words; empty where there is no such record."""
    record = found.get(key)
    match record:
        case None:
            return ""
        case ActRecord():
            return f"{record.status}, late" if record.late else str(record.status)
        case StateRecord():
            until = f", until {moment(record.until)}" if record.until is not None else ""
            return f"{record.status}{until}"
        case _:
            due = f", due {moment(record.due)}" if record.due is not None else ""
            return f"{record.status}{due}"


def moment(at: dt.date) -> str:
    """A day, or a moment without its seconds."""
    return at.isoformat(timespec="minutes") if isinstance(at, dt.datetime) else at.isoformat()
