"""One line of the log: only fields of a declared list, and never the text of an exception.

A key of a person (`p-…`) says nothing of them to whoever has not the table of people.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import traceback
from contextvars import ContextVar

LONGEST = 200
"""Characters of one value: more than anything that we say has."""

current: ContextVar[str] = ContextVar("request", default="")
"""The name of the request under way."""

FIELDS = (
    "event",
    "method",
    "path",
    "status",
    "ms",
    "person",
    "office",
    "act",
    "record",
    "way",
    "ok",
    "why",
    "action",
    "request",
    "refused",
    "outcome",
    "source",
)
"""What may be said beside the message. Anything else that a caller hands over is dropped."""


class Lines(logging.Formatter):
    """A record of the log as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.startswith("ministry")
        line: dict[str, object] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if ours else bare(record),
        }
        if name := current.get():
            line["request"] = name
        for field in FIELDS:
            value = record.__dict__.get(field)
            if isinstance(value, str):
                line[field] = value[:LONGEST]
            elif isinstance(value, int | float | bool):
                line[field] = value
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["at_line"] = [
                f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])[-8:]
            ]
        return json.dumps(line, separators=(",", ":"), ensure_ascii=True)


def bare(record: logging.LogRecord) -> str:
    """What others say, without what it is about: the arguments of their messages hold addresses and what people typed.

    Of what Django finds suspicious the message itself holds it; its logger is called after what was found.
    """
    if record.name.startswith(SUSPICIOUS):
        return record.name.removeprefix(SUSPICIOUS)
    return str(record.msg)[:LONGEST]


SUSPICIOUS = "django.security."
