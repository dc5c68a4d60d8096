"""The tables of the page of an audit."""

from __future__ import annotations

from collections.abc import Sequence

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
from writ.journal.record import (
    ActRecord,
    ActStatus,
    Audit,
    DutyRecord,
    DutyStatus,
    PowerInUse,
    StateRecord,
)

ACTS, DUTIES, STATES, POWERS = 1000, 800, 500, 200
"""Rows of each at most."""
ROOM = {"acts": 1_100_000, "duties": 1_000_000, "states": 700_000, "powers": 300_000}
"""Bytes of each at most."""


# --- acts


def chosen_acts(audit: Audit) -> list[tuple[int, ActRecord]]:
    """The acts that have a row: those that are amiss, then the latest, in the order of the record."""
    acts = audit.acts
    if len(acts) <= ACTS:
        return list(enumerate(acts))
    amiss = [at for at, one in enumerate(acts) if one.status is not ActStatus.AUTHORISED]
    kept = set(amiss[: ACTS // 2])
    at = len(acts)
    while len(kept) < ACTS and at:
        at -= 1
        kept.add(at)
    return [(at, acts[at]) for at in sorted(kept)]


def acts_table(audit: Audit, chosen: Sequence[tuple[int, ActRecord]], entries: Entries) -> Shown:
    columns = (
        Column("Status"),
        Column("Who did what"),
        Column("When", "when"),
        Column("Entry"),
        Column("Warrant"),
        Column("Notes"),
    )
    rows = (
        Row(
            f"act-{at}",
            one.status,
            (
                badge(one.status),
                f'<span class="who">{text(words.actor(one))}</span> {text(words.act(one))}',
                time(one.at),
                f'<span class="id">{text(one.entry)}</span>',
                _warrant(one),
                _act_notes(one, entries),
            ),
        )
        for at, one in chosen
    )
    caption = "Every act, with the provisions that allow or refuse it"
    first = "those without authority or effect, and the latest of the others"
    room = ROOM["acts"]
    return table("acts", caption, columns, rows, len(audit.acts), ACTS, room, first)


def _warrant(one: ActRecord) -> str:
    said = words.warrant(one)
    return " ".join(
        part for part in ("" if said == "under" else said, cited(one.citations)) if part
    )


def _act_notes(one: ActRecord, entries: Entries) -> str:
    return lines(
        [
            *act_grounds(one),
            "late: it discharged a duty after its due day" if one.late else "",
            f"known {time(one.known)}" if one.known else "",
            f"by grant {entries.some(one.chain)}" if one.chain else "",
        ]
    )


def act_grounds(one: ActRecord) -> list[str]:
    """Why it had no authority or no effect: what was missing, and sentences."""
    said = [
        f'<span class="lacking">missing</span> {text(words.lacking(each).replace(" -- ", " — "))}'
        + (f" ({cited([each.citation])})" if each.citation else "")
        for each in one.missing
    ]
    said += [text(reason) for reason in one.reasons]
    if one.material:
        said.append("it took effect all the same")
    return said


# --- duties


def duties_table(audit: Audit, entries: Entries) -> Shown:
    columns = (
        Column("Status"),
        Column("Who must do what"),
        Column("Due", "when"),
        Column("Opened", "when"),
        Column("Done", "when"),
        Column("Provision"),
        Column("Notes"),
    )
    rows = (
        Row(
            f"duty-{at}",
            one.status,
            (
                badge(one.status),
                _duty_words(one),
                _due(one, audit),
                _by(time(one.opened), entries.link(one.opened_by)),
                _by(time(one.discharged), entries.link(one.discharged_by)),
                cited(one.citations or (one.citation,)),
                lines(duty_notes(one)),
            ),
        )
        for at in words.ranked(audit.duties, words.by_status)
        for one in (audit.duties[at],)
    )
    caption = "Every duty, with the day on which it is due and what became of it"
    first = "those breached or late, then the open ones by due day"
    room = ROOM["duties"]
    return table("duties", caption, columns, rows, len(audit.duties), DUTIES, room, first)


def _duty_words(one: DutyRecord) -> str:
    title = f'<div class="title">{text(one.title)}</div>' if one.title else ""
    bearer, _, rest = words.duty(one).partition(" must ")
    return f'<span class="who">{text(bearer)}</span> must {text(rest)}{title}'


def _due(one: DutyRecord, audit: Audit) -> str:
    if one.due is None:
        return "at all times" if one.standing else ""
    rest = words.delay(one, audit.as_of)
    if one.status is DutyStatus.OPEN:
        rest = words.left(one.due, audit.as_of)
    return time(one.due) + (f'<div class="rest">{rest}</div>' if rest else "")


def _by(when: str, entry: str) -> str:
    return f"{when} by {entry}" if when and entry else when or entry


def duty_notes(one: DutyRecord) -> list[str]:
    unsure = f"it depends on {one.unsure}, which is not known" if one.unsure else ""
    unowed = words.unowed(one)
    return [
        text(unsure),
        *(f"then: {text(each)}" for each in one.follows),
        f"not owed, by {cited(unowed)}" if unowed else "",
    ]


# --- states and powers


def states_table(audit: Audit, entries: Entries) -> Shown:
    columns = (
        Column("Status"),
        Column("State"),
        Column("Since", "when"),
        Column("Until", "when"),
        Column("Provisions"),
        Column("In between"),
    )
    rows = (
        Row(
            f"state-{at}",
            one.status,
            (
                badge(one.status),
                text(words.state(one)),
                _by(time(one.since), entries.link(one.entry)),
                _until(one, entries),
                cited(one.citations),
                lines(
                    [
                        *(
                            f"{text(turn.status)} from {_by(time(turn.at), entries.link(turn.by))}"
                            + (f" ({cited(turn.citations)})" if turn.citations else "")
                            for turn in one.turns[1:-1][:20]
                        ),
                        "it may have lapsed, for all that is known" if one.doubtful else "",
                    ]
                ),
            ),
        )
        for at in words.ranked(audit.states, words.by_running)
        for one in (audit.states[at],)
    )
    caption = "Every stretch of a state, with its beginning and its end"
    first = "those in effect, then the earliest"
    room = ROOM["states"]
    return table("states", caption, columns, rows, len(audit.states), STATES, room, first)


def _until(one: StateRecord, entries: Entries) -> str:
    if one.until is None:
        return "no end is known" if one.status in words.RUNNING else ""
    return _by(time(one.until), entries.link(one.ended_by))


def powers_table(audit: Audit, entries: Entries) -> Shown:
    columns = (
        Column("Provision"),
        Column("Act"),
        Column("Used by"),
        Column("Times", "number"),
        Column("Entries"),
        Column("Still running"),
    )
    rows = (
        Row(
            f"power-{at}",
            "",
            (
                cited([one.citation]),
                text(one.act),
                text(", ".join(one.by)),
                f"{len(one.entries):,}",
                entries.some(one.entries),
                lines(map(text, _some(one))),
            ),
        )
        for at, one in enumerate(audit.powers)
    )
    caption = "Every power that was used, and what it began that is still in effect"
    room = ROOM["powers"]
    return table(
        "powers", caption, columns, rows, len(audit.powers), POWERS, room, "in the book's order"
    )


def _some(one: PowerInUse, most: int = 8) -> list[str]:
    more = len(one.running) - most
    return [*one.running[:most], *([f"and {more:,} more"] if more > 0 else [])]
