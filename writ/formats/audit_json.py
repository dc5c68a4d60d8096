"""The report of an audit as JSON: `docs/journal.md`, "The report as JSON". Written record by record: one to a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from writ.formats.audit_words import count
from writ.journal.difference import Since
from writ.journal.record import Audit

SCHEMA = "writ-audit/1"
"""The number changes when a key changes its meaning or goes."""
BATCH = 1000
"""Records that are written at once."""


def pieces(audit: Audit, since: Since | None = None) -> Iterator[bytes]:
    """The report in pieces of UTF-8, to be written one after the other. A key that has nothing to say is left out.

    `since` adds what changed since an earlier report.
    """
    encode = msgspec.json.Encoder(enc_hook=_plain).encode
    counts = count(audit)
    head: dict[str, object] = {
        "schema": SCHEMA,
        "book": audit.book,
        "journal": audit.journal,
        "title": audit.title,
        "as_of": audit.as_of,
        "known_at": audit.known_at,
        "premises": audit.premises,
        "entries": audit.entries,
        "unseen": audit.unseen,
        "wrong": counts.wrong,
        "counts": {
            "acts": counts.acts,
            "states": counts.states,
            "duties": counts.duties,
            "powers": len(audit.powers),
        },
    }
    if since is not None:
        head["since"] = {"as_of": since.as_of, "known_at": since.known_at}
    yield b"{"
    for key, value in head.items():
        yield b"\n  %s: %s," % (encode(key), encode(value))
    lists: dict[str, Sequence[msgspec.Struct]] = {
        "acts": audit.acts,
        "states": audit.states,
        "duties": audit.duties,
        "powers": audit.powers,
        "diagnostics": audit.diagnostics,
    }
    if since is not None:
        lists["changed"] = since.changed
    for at, (key, records) in enumerate(lists.items()):
        yield b"%s\n  %s: [" % (b"," if at else b"", encode(key))
        for start in range(0, len(records), BATCH):
            some = b",\n    ".join(map(encode, records[start : start + BATCH]))
            yield (b",\n    " if start else b"\n    ") + some
        yield b"\n  ]" if records else b"]"
    yield b"\n}\n"


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)
