"""What is wrong, as the list on the page of an audit: each with what was missing and where it is said."""

from __future__ import annotations

from collections.abc import Iterator

from writ.formats import audit_words as words
from writ.formats.audit_markup import badge, cited, glyph, text, time
from writ.formats.audit_tables import act_grounds, duty_notes
from writ.journal.record import ActRecord, ActStatus, Audit, DutyRecord, DutyStatus

WRONG = 100
"""At most so many are listed."""
ROOM = 500_000
"""Bytes of them at most."""


def wrong_list(audit: Audit, shown: frozenset[str], many: int) -> str:
    """What is wrong, each with what was missing and where it is said; `many` is how many there are."""
    body = []
    room = ROOM
    for number, markup in enumerate(_wrongs(audit, shown)):
        room -= len(markup.encode())
        if number == WRONG or room < 0:
            break
        body.append(markup)
    more = many - len(body)
    note = f'<p class="left-out">{more:,} more are in the JSON.</p>' if more > 0 else ""
    return f'<ol class="wrongs" role="list">{"".join(body)}</ol>{note}' if body else ""


def _wrongs(audit: Audit, shown: frozenset[str]) -> Iterator[str]:
    """Breaches and acts without authority in turn, so that many of one do not hide the other."""
    acts = (
        _wrong_act(at, one, shown)
        for at, one in enumerate(audit.acts)
        if one.status is ActStatus.NO_AUTHORITY
    )
    late = [
        at
        for at, one in enumerate(audit.duties)
        if one.status in (DutyStatus.BREACHED, DutyStatus.LATE)
    ]
    late.sort(key=lambda at: words.by_status(audit.duties[at]))
    duties = (_wrong_duty(at, audit.duties[at], audit, shown) for at in late)
    some = [one for _, one in zip(range(WRONG // 2), acts, strict=False)]
    others = [one for _, one in zip(range(WRONG - len(some)), duties, strict=False)]
    yield from some
    yield from others
    yield from acts


def _item(status: str, head: str, when: str, row: str, shown: frozenset[str], body: str) -> str:
    linked = f'<a href="#{row}">{head}</a>' if row in shown else head
    return (
        f'<li class="wrong">{glyph(status)}<div><h3>{linked}</h3>'
        f'<p class="sub">{badge(status)} {when}</p>{body}</div></li>\n'
    )


def _wrong_act(at: int, one: ActRecord, shown: frozenset[str]) -> str:
    head = f"{text(words.actor(one))} did {text(words.act(one))}"
    when = f'{time(one.at)} · entry <span class="id">{text(one.entry)}</span>'
    grounds = "".join(f"<li>{each}</li>" for each in act_grounds(one))
    by = f'<p class="by">{words.warrant(one)} {cited(one.citations)}</p>'
    body = by + (f"<ul>{grounds}</ul>" if grounds else "")
    return _item(one.status, head, when, f"act-{at}", shown, body)


def _wrong_duty(at: int, one: DutyRecord, audit: Audit, shown: frozenset[str]) -> str:
    when = f"due {time(one.due)}" if one.due else ""
    delay = words.delay(one, audit.as_of)
    if delay:
        when += f" · {delay}"
    if one.discharged:
        when += f" · done {time(one.discharged)}"
    grounds = "".join(f"<li>{each}</li>" for each in duty_notes(one) if each)
    by = f'<p class="by">under {cited(one.citations or (one.citation,))}</p>'
    body = by + (f"<ul>{grounds}</ul>" if grounds else "")
    return _item(one.status, text(words.duty(one)), when, f"duty-{at}", shown, body)
