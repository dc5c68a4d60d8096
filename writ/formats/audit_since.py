"""What changed since an earlier report, in words, as rows of the text and as a table of the page."""

from __future__ import annotations

from collections.abc import Iterable

from writ.formats import audit_words as words
from writ.formats.audit_markup import (
    Column,
    Entries,
    Row,
    Shown,
    badge,
    cited,
    lines,
    table,
    text,
    time,
)
from writ.journal.difference import Difference, Since
from writ.journal.record import Audit
from writ.journal.steps import Cause

ROWS = 300
"""Of the table at most."""
ROOM = 300_000
"""Bytes of it at most."""
NAMED = 4
"""Causes of one conclusion that are named."""


def title(since: Since, audit: Audit) -> str:
    """`What changed since 2022-03-01, as known 2022-03-05`; `… since what was known on 2022-03-05`."""
    if since.as_of == audit.as_of and since.known_at is not None:
        return f"What changed since what was known on {words.moment(since.known_at)}"
    known = f", as known {words.moment(since.known_at)}" if since.known_at is not None else ""
    return f"What changed since {words.moment(since.as_of)}{known}"


def subject(one: Difference) -> str:
    """`mayor did declare about D-1 (r02)`."""
    about = f" about {one.about}" if one.about else ""
    entry = f" ({one.entry})" if one.entry and one.subject == "act" else ""
    return f"{one.what}{about}{entry}"


def turned(one: Difference) -> str:
    """`breached, due 2022-03-01 -> met, due 2022-03-01`; `new: open`; `gone: was open`."""
    if not one.before:
        return f"new: {one.after}"
    return f"{one.before} -> {one.after}" if one.after else f"gone: was {one.before}"


def because(one: Difference) -> list[str]:
    """The causes, each in words; of many the first."""
    more = len(one.causes) - NAMED
    named = [cause(each) for each in one.causes[:NAMED]]
    return [*named, f"and {more:,} more"] if more > 0 else named


def cause(one: Cause) -> str:
    """`late entry r02, known 2022-02-15`; `amendment: s. 3 no longer in force from 2022-03-01`."""
    when = words.moment(one.at)
    match one.kind:
        case "late entry":
            return f"late entry {one.what}, known {when}"
        case "entry":
            return f"entry {one.what} of {when}"
        case "amendment":
            return f"amendment: {one.what} {one.how} from {when}"
        case "time":
            return f"time alone, on {when}" if when else "time alone"
        case _:
            return "not looked for: the journal is long; ask for a shorter time"


def ordered(changed: Iterable[Difference]) -> list[Difference]:
    """What is now other than it was, then what is new."""
    return sorted(changed, key=lambda one: not one.before)


def since_table(since: Since, entries: Entries) -> Shown:
    columns = (
        Column("Now"),
        Column("What"),
        Column("Before"),
        Column("After"),
        Column("Because of"),
        Column("Provisions"),
    )
    rows = (
        Row(
            f"changed-{at}",
            status(one),
            (
                badge(status(one)),
                text(subject(one)),
                text(one.before or "no record"),
                text(one.after or "no record"),
                lines(_linked(one, entries)),
                cited(one.citations),
            ),
        )
        for at, one in enumerate(ordered(since.changed))
    )
    caption = "Every conclusion that is another, and what made it so"
    first = "those that were concluded otherwise, then those that are new"
    return table("changed", caption, columns, rows, len(since.changed), ROWS, ROOM, first)


def status(one: Difference) -> str:
    """The status that it has now, or had."""
    return (one.after or one.before).partition(",")[0]


def _linked(one: Difference, entries: Entries) -> list[str]:
    """The causes with links to their entries."""
    found = []
    for each in one.causes[:NAMED]:
        if each.kind in ("entry", "late entry"):
            word = "known" if each.kind == "late entry" else "of"
            found.append(f"{each.kind} {entries.link(each.what)}, {word} {time(each.at)}")
        else:
            found.append(text(cause(each)))
    more = len(one.causes) - NAMED
    return [*found, f"and {more:,} more"] if more > 0 else found
