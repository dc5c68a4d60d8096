"""The report of an audit for a terminal: what is wrong first, then what is owed, what is in effect, what was done."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from writ.formats import audit_since
from writ.formats import audit_words as words
from writ.formats.paint import PLAIN, Paint, visible
from writ.journal.difference import Difference, Since
from writ.journal.record import (
    ActRecord,
    ActStatus,
    Audit,
    DutyRecord,
    DutyStatus,
    PowerInUse,
    StateRecord,
    Turn,
)

LISTED = 20
"""Rows of a section, where not all are asked for."""
WRONG = 50
"""Rows of a section of what is wrong, likewise."""
NAMED = 6
"""Entries that are named where a power was used by more."""
NARROWEST = 40
"""Columns that a report needs."""

Dress = Callable[[str], str]
One = TypeVar("One")


class Row(NamedTuple):
    """One row: the cells of its margin, a sentence, its citations, and what is said beneath it, by label."""

    cells: tuple[str, ...]
    sentence: str
    citations: tuple[str, ...] = ()
    beneath: tuple[tuple[str, str], ...] = ()
    gap: str = "  "
    """Between the sentence and its citations."""


def lines(
    audit: Audit,
    paint: Paint = PLAIN,
    width: int = 100,
    whole: bool = False,
    brief: bool = False,
    since: Since | None = None,
) -> Iterator[str]:
    """The report line by line, no line wider than `width` columns where it can be broken between words.

    Args:
        whole: list every row; otherwise a long section ends with how many more there are.
        brief: only the counts, what is wrong, what is owed and what is in effect.
        since: what changed since an earlier report; told at the end.
    """
    report = _Report(audit, paint, width, whole)
    yield from report.head()
    yield from report.pressing()
    if not brief:
        yield from report.rest()
    if since is not None:
        yield from report.changed(since)


class _Report:
    def __init__(self, audit: Audit, paint: Paint, width: int, whole: bool) -> None:
        self.audit = audit
        self.paint = paint
        self.width = max(width, NARROWEST)
        self.whole = whole
        self.duties: dict[DutyStatus, list[DutyRecord]] = {status: [] for status in DutyStatus}
        for one in audit.duties:
            self.duties[one.status].append(one)
        for some in self.duties.values():
            some.sort(key=words.by_due)

    def pressing(self) -> Iterator[str]:
        """What is wrong, what is owed and what is in effect."""
        audit, paint, duties = self.audit, self.paint, self.duties
        without = [one for one in audit.acts if one.status is ActStatus.NO_AUTHORITY]
        idle = [one for one in audit.acts if one.status is ActStatus.NO_EFFECT]
        wrong = self.listing(most=WRONG, dress=paint.bad)
        yield from wrong("Acts without authority", without, _act)
        yield from wrong("Duties breached", duties[DutyStatus.BREACHED], self.duty)
        yield from wrong("Duties discharged late", duties[DutyStatus.LATE], self.duty)
        yield from self.listing(most=WRONG, dress=paint.wary)("Acts without effect", idle, _act)
        yield from self.listing()("Duties open", duties[DutyStatus.OPEN], self.duty)
        running = [one for one in audit.states if one.status in words.RUNNING]
        running.sort(key=words.by_end)
        yield from self.listing()("States in effect", running, _state)

    def rest(self) -> Iterator[str]:
        """The whole record besides."""
        audit, duties = self.audit, self.duties
        first, last = self.listing(), self.listing(last=True)
        over = [one for one in audit.states if one.status not in words.RUNNING]
        yield from last("States that are over", sorted(over, key=words.by_since), _state)
        yield from first("Powers in use", audit.powers, _power)
        yield from last("Acts", audit.acts, _done)
        yield from last("Duties met", duties[DutyStatus.MET], self.duty)
        waived = [*duties[DutyStatus.WAIVED], *duties[DutyStatus.LAPSED]]
        yield from first("Duties waived or lapsed", waived, self.duty)
        yield from first("Duties not opened", duties[DutyStatus.NOT_OPENED], self.duty)

    def changed(self, since: Since) -> Iterator[str]:
        title = audit_since.title(since, self.audit)
        if since.changed:
            yield from self.listing()(title, audit_since.ordered(since.changed), _changed)
        else:
            yield ""
            yield from self.broken(f"{title}: nothing", "", self.paint.strong)

    def head(self) -> Iterator[str]:
        audit, paint = self.audit, self.paint
        yield from self.broken(words.title(audit), "", paint.strong)
        for name, text in words.header(audit):
            yield from self.labelled(name, text)
        yield ""
        counts = words.count(audit)
        verdict = words.verdict(audit, counts)
        if counts.wrong or words.errors(audit):
            yield from self.broken(verdict, "", paint.bad if counts.wrong else paint.wary)
        elif audit.acts or audit.duties:
            yield paint.good(verdict)
        else:
            yield f"{verdict}: no act was done and no duty is owed"
        for name, parts in (
            ("acts", [f"{many:,} {status}" for status, many in counts.acts.items()]),
            ("duties", [f"{many:,} {status}" for status, many in counts.duties.items()]),
            ("states", [f"{many:,} {status}" for status, many in counts.states.items()]),
            ("powers", [f"{len(audit.powers):,} in use"]),
        ):
            yield from self.labelled(name, ", ".join(parts) or "none")

    # --- sections

    def listing(
        self, most: int = LISTED, last: bool = False, dress: Dress | None = None
    ) -> Callable[[str, Sequence[One], Callable[[One], Row]], Iterator[str]]:
        """Writes sections of at most so many rows: of too many the first, or with `last` the last."""

        def section(title: str, records: Sequence[One], row: Callable[[One], Row]) -> Iterator[str]:
            if not records:
                return
            yield ""
            yield (dress or self.paint.strong)(f"{title} ({len(records):,})")
            more = 0 if self.whole else max(len(records) - most, 0)
            if more and last:
                yield f"  {more:,} earlier, and (--all lists them)"
                shown = records[more:]
            else:
                shown = records[: len(records) - more]
            # A whole journal is not turned into rows to find how wide its margin is.
            sizes = _sizes([row(one) for one in shown[:1000]])
            for one in shown:
                yield from self.row(row(one), sizes)
            if more and not last:
                yield f"  and {more:,} more (--all)"

        return section

    def row(self, row: Row, sizes: Sequence[int]) -> Iterator[str]:
        cells = [visible(cell).ljust(size) for cell, size in zip(row.cells, sizes, strict=True)]
        margin = "  " + "  ".join(cells) + "  "
        indent = len(margin)
        said = " ".join(visible(row.sentence).split())
        if indent > self.width // 2 or self.width - indent < NARROWEST:
            yield self.paint.faint(margin.rstrip())
            indent = 4
            body = textwrap.wrap(said, self.width - indent, break_on_hyphens=False) or [""]
            shown = [" " * indent + line for line in body]
        else:
            body = textwrap.wrap(said, self.width - indent, break_on_hyphens=False) or [""]
            shown = [self.paint.faint(margin) + body[0], *(" " * indent + x for x in body[1:])]
        cited = visible(", ".join(row.citations))
        if cited and indent + len(body[-1]) + len(row.gap) + len(cited) <= self.width:
            shown[-1] += row.gap + self.paint.cited(cited)
            cited = ""
        yield from (line.rstrip() for line in shown)
        if cited:
            yield from self.broken(cited, " " * indent, self.paint.cited)
        for label, text in row.beneath:
            yield from self.labelled(label, text, indent, 9)

    def duty(self, record: DutyRecord) -> Row:
        return _duty(record, self.audit)

    # --- lines

    def labelled(self, label: str, text: str, indent: int = 2, room: int = 10) -> Iterator[str]:
        """A short label and a paragraph beside it."""
        margin = " " * indent + label.ljust(room) + " "
        hang = " " * min(len(margin), self.width - 24)
        said = textwrap.wrap(
            margin + " ".join(visible(text).split()),
            self.width,
            subsequent_indent=hang,
            break_on_hyphens=False,
            drop_whitespace=True,
        )
        for at, line in enumerate(said):
            yield line if at else line.replace(label, self.paint.faint(label), 1)

    def broken(self, text: str, margin: str, dress: Dress) -> Iterator[str]:
        said = " ".join(visible(text).split())
        room = max(self.width - len(margin), 20)
        for line in textwrap.wrap(said, room, break_on_hyphens=False):
            yield margin + dress(line)


def _sizes(rows: Sequence[Row]) -> list[int]:
    return [max(len(visible(row.cells[at])) for row in rows) for at in range(len(rows[0].cells))]


def _act(record: ActRecord) -> Row:
    beneath = [("missing", _with(words.lacking(one), one.citation)) for one in record.missing]
    beneath += [("because", reason) for reason in record.reasons]
    if record.material:
        beneath.append(("effect", "it took effect all the same"))
    if record.late:
        beneath.append(("late", "it discharged a duty after its due day"))
    if record.known:
        beneath.append(("known", words.moment(record.known)))
    if record.chain:
        beneath.append(("by grant", ", ".join(record.chain)))
    sentence = f"{words.actor(record)} did {words.act(record)}, {words.warrant(record)}"
    margin = (words.moment(record.at), record.entry)
    return Row(margin, sentence, record.citations, tuple(beneath), " ")


def _done(record: ActRecord) -> Row:
    """An act in the list of all: why one had no authority stands in its own section."""
    row = _act(record)
    return row if record.status is ActStatus.AUTHORISED else row._replace(beneath=())


def _with(text: str, citation: str) -> str:
    return f"{text} ({citation})" if citation else text


def _duty(record: DutyRecord, audit: Audit) -> Row:
    due = words.moment(record.due) or ("always" if record.standing else "no day")
    margin = [due]
    if record.status is DutyStatus.OPEN:
        margin.append(words.left(record.due, audit.as_of) if record.due else "")
    elif record.status in (DutyStatus.BREACHED, DutyStatus.LATE):
        margin.append(words.delay(record, audit.as_of))
    elif record.status in (DutyStatus.WAIVED, DutyStatus.LAPSED):
        margin.append(record.status)
    beneath = []
    if record.opened:
        beneath.append(("opened", words.opened(record)))
    if record.discharged:
        by = f" by {record.discharged_by}" if record.discharged_by else ""
        beneath.append(("done", words.moment(record.discharged) + by))
    if record.unsure:
        beneath.append(("unsure", f"it depends on {record.unsure}, which is not known"))
    beneath += [("follows", text) for text in record.follows]
    unowed = words.unowed(record)
    if unowed:
        beneath.append(("not owed", f"by {', '.join(unowed)}"))
    title = f" ({record.title})" if record.title else ""
    others = tuple(one for one in record.citations if one not in unowed)
    cited = others or (record.citation,)
    return Row(tuple(margin), words.duty(record) + title, cited, tuple(beneath))


def _state(record: StateRecord) -> Row:
    by = f" by {record.entry}" if record.entry else ""
    since = f"since {words.moment(record.since)}{by}" if record.since else f"begun{by}"
    beneath = [("turned", _turn(turn)) for turn in record.turns[1:-1]]
    if record.doubtful:
        beneath.append(("unsure", "it may have lapsed, for all that is known"))
    suspended = ", suspended" if record.status == "suspended" else ""
    said = f"{words.state(record)}, {since}{suspended}"
    return Row((words.ended(record),), said, record.citations, tuple(beneath))


def _turn(turn: Turn) -> str:
    when = words.moment(turn.at) or "at first"
    by = f" by {turn.by}" if turn.by else ""
    return _with(f"{turn.status} from {when}{by}", ", ".join(turn.citations))


def _power(record: PowerInUse) -> Row:
    named = ", ".join(record.entries[:NAMED])
    more = len(record.entries) - NAMED
    uses = f"{named} and {more:,} more" if more > 0 else named
    beneath = [("entries", uses)] if uses else []
    if record.running:
        running = ", ".join(record.running[:NAMED])
        rest = len(record.running) - NAMED
        beneath.append(("running", f"{running} and {rest:,} more" if rest > 0 else running))
    used = words.number(len(record.entries), "time")
    said = f"{', '.join(record.by)} did {record.act}, {used}"
    return Row((record.citation,), said, (), tuple(beneath))


def _changed(one: Difference) -> Row:
    beneath = [("because", text) for text in audit_since.because(one)]
    said = f"{audit_since.subject(one)}: {audit_since.turned(one)}"
    return Row((one.subject,), said, one.citations, tuple(beneath))
