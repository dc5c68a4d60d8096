"""The report of an audit as one page: HTML that loads nothing, with a timeline, what is wrong, and tables.

Whatever the size of the journal the page stays below `LARGEST` bytes; what it leaves out it says, and the JSON has.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from writ import __version__
from writ.formats import audit_since
from writ.formats import audit_words as words
from writ.formats.audit_markup import TONES, Entries, Shown, glyph, text, time
from writ.formats.audit_picture import picture, shapes
from writ.formats.audit_tables import (
    acts_table,
    chosen_acts,
    duties_table,
    powers_table,
    states_table,
)
from writ.formats.audit_timeline import timeline
from writ.formats.audit_wrongs import wrong_list
from writ.journal.difference import Since
from writ.journal.record import ActStatus, Audit, DutyStatus, StateStatus

LARGEST = 5_000_000
"""Bytes of a page at most."""
DIAGNOSTICS = 40
"""Findings about the journal that are listed."""
POWERS = 5
"""Powers that the counts name."""
FOLDER = Path(__file__).parent / "page"

MEANINGS = (
    (ActStatus.AUTHORISED, "the book allowed the act as the law stood at its moment"),
    (ActStatus.NO_AUTHORITY, "the book forbade it, gave no power for it, or something was missing"),
    (ActStatus.NO_EFFECT, "it was allowed, but there was nothing for it to take effect on"),
    (StateStatus.IN_EFFECT, "a state that has begun and is not over"),
    (StateStatus.SUSPENDED, "a state that has begun, and that does not count for the time being"),
    (StateStatus.LAPSED, "a state that time or the law ended"),
    (StateStatus.ENDED, "a state that an act ended"),
    (DutyStatus.OPEN, "a duty that is owed, and not yet due"),
    (DutyStatus.MET, "a duty done by its due day"),
    (DutyStatus.LATE, "a duty done after its due day"),
    (DutyStatus.BREACHED, "a duty not done, whose due day has passed"),
    (DutyStatus.WAIVED, "a duty that need not be done, because it was waived"),
    (DutyStatus.NOT_OPENED, "a duty whose trigger has not happened"),
)


def page(audit: Audit, since: Since | None = None) -> str:
    """The whole page. It is the same for the same audit: it carries no time of its making.

    `since` adds what changed since an earlier report.
    """
    counts = words.count(audit)
    entries = Entries()
    acts = chosen_acts(audit)
    entries.rows = {one.entry: f"act-{at}" for at, one in acts}
    tables = {
        "duties": duties_table(audit, entries),
        "states": states_table(audit, entries),
        "powers": powers_table(audit, entries),
        "acts": acts_table(audit, acts, entries),
    }
    rows = frozenset().union(*(one.rows for one in tables.values()))
    changed, link = _changed(audit, since, entries)
    style, script = _asset("audit.css"), _asset("audit.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    title = text(words.title(audit))
    drawn = timeline(audit)
    chart = picture(drawn, rows) if drawn else '<p class="none">Nothing here has a time yet.</p>'
    wrong = _section(
        "wrong", "What is wrong", wrong_list(audit, rows, counts.wrong), _sentence(audit, counts)
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Audit: {title}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
{shapes()}
<header class="top">
<p class="eyebrow">Audit of a journal</p>
<h1>{title}</h1>
{_about(audit)}
</header>
<nav aria-label="Parts of the report"><ul role="list">
<li><a href="#timeline">Timeline</a></li>
<li><a href="#wrong">What is wrong</a></li>{link}
<li><a href="#duties">Duties</a></li>
<li><a href="#states">States</a></li>
<li><a href="#powers">Powers</a></li>
<li><a href="#acts">Acts</a></li>
</ul></nav>
<main id="main" tabindex="-1">
{_verdict(audit, counts)}
{_tiles(audit, counts)}
{_section("timeline", "Timeline", f'<div class="figure">{chart}</div>', "")}
{wrong}{changed}
{_tabled("duties", "Duties", tables["duties"], "No duty is owed.")}
{_tabled("states", "States", tables["states"], "No state began.")}
{_tabled("powers", "Powers in use", tables["powers"], "No power was used.")}
{_tabled("acts", "Acts", tables["acts"], "No act was done.")}
{_odd(audit)}
{_meanings()}
</main>
<footer><p>Written by Writ {__version__}. This page loads nothing from anywhere.</p></footer>
<script>{script}</script>
</body>
</html>
"""


@cache
def _asset(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _section(name: str, title: str, body: str, none: str) -> str:
    inside = body or f'<p class="none">{none}</p>'
    return (
        f'<section id="{name}" aria-labelledby="{name}-title">'
        f'<h2 id="{name}-title">{title}</h2>\n{inside}\n</section>'
    )


def _changed(audit: Audit, since: Since | None, entries: Entries) -> tuple[str, str]:
    """The section on what changed, with the link to it; nothing where it was not asked for."""
    if since is None:
        return "", ""
    shown = audit_since.since_table(since, entries)
    title = text(audit_since.title(since, audit))
    body = shown.markup if since.changed else ""
    section = _section("changed", title, body, "Nothing is concluded otherwise.")
    return f"\n{section}", '\n<li><a href="#changed">What changed</a></li>'


def _tabled(name: str, title: str, shown: Shown, none: str) -> str:
    return _section(name, title, shown.markup if shown.rows else "", none)


def _about(audit: Audit) -> str:
    said = dict(words.header(audit))
    said = {name: text(value) for name, value in said.items()}
    said["as of"] = time(audit.as_of)
    if audit.known_at:
        said["known at"] = time(audit.known_at)
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in said.items())
    return f'<dl class="about">{rows}</dl>'


def _sentence(audit: Audit, counts: words.Counts) -> str:
    verdict = words.verdict(audit, counts)
    return f"{verdict[0].upper()}{verdict[1:]}."


def _verdict(audit: Audit, counts: words.Counts) -> str:
    mistakes = words.errors(audit)
    if counts.wrong:
        tone, sign, more = "bad", "no authority", '<a href="#wrong">Which, and why</a>'
    elif mistakes:
        tone, sign, more = "wary", "no effect", ""
    elif audit.acts or audit.duties:
        tone, sign, more = "good", "met", "Every act had its warrant, and no duty was missed."
    else:
        tone, sign, more = "over", "not opened", "No act was done and no duty is owed."
    if mistakes:
        # Whoever reads no further must not take this for the whole.
        left = (
            f"{words.number(mistakes, 'mistake')} in the journal: what it cost is not judged here."
        )
        more += f' <a href="#odd">{left}</a>'
    said = _sentence(audit, counts)
    return f'<p class="verdict {tone}">{glyph(sign)}<span><strong>{said}</strong> {more}</span></p>'


def _tiles(audit: Audit, counts: words.Counts) -> str:
    tiles: tuple[tuple[str, str, int, Mapping[Any, int]], ...] = (
        ("acts", "Acts", len(audit.acts), counts.acts),
        ("duties", "Duties", len(audit.duties), counts.duties),
        ("states", "States", len(audit.states), counts.states),
    )
    shown = [
        _tile(
            name,
            title,
            many,
            _share(statuses, many),
            [
                f'<a href="#{name}" data-filter="{name}-table" data-status="{status}">'
                f"{glyph(status)}{status} <b>{number:,}</b></a>"
                for status, number in statuses.items()
            ],
        )
        for name, title, many, statuses in tiles
    ]
    most = sorted(enumerate(audit.powers), key=lambda pair: -len(pair[1].entries))[:POWERS]
    rows = [
        f'<a href="#power-{at}"><span>{text(one.citation)}</span> <b>{len(one.entries):,}</b></a>'
        for at, one in most
    ]
    if len(audit.powers) > POWERS:
        rows.append(f'<a href="#powers">and {len(audit.powers) - POWERS:,} more</a>')
    shown.append(_tile("powers", "Powers in use", len(audit.powers), "", rows))
    return f'<ul class="tiles" role="list" aria-label="Counts">{"".join(shown)}</ul>'


def _tile(name: str, title: str, many: int, strip: str, rows: Sequence[str]) -> str:
    listed = "".join(f"<li>{row}</li>" for row in rows)
    return (
        f'<li class="tile"><h2><a href="#{name}">{title}</a></h2><p class="many">{many:,}</p>'
        f"{strip}" + (f'<ul role="list">{listed}</ul>' if rows else "") + "</li>"
    )


def _share(statuses: Mapping[Any, int], many: int) -> str:
    """A strip with a part for each status."""
    if not many or not statuses:
        return ""
    at, parts = 0.0, []
    for status, number in statuses.items():
        width = 100 * number / many
        parts.append(
            f'<rect class="part {TONES.get(status, "over")}" x="{at:.2f}%" y="0" '
            f'width="{width:.2f}%" height="8"/>'
        )
        at += width
    return f'<svg class="share" height="8" aria-hidden="true">{"".join(parts)}</svg>'


def _odd(audit: Audit) -> str:
    if not audit.diagnostics:
        return ""
    rows = "".join(
        f'<li><span class="badge wary">{one.severity}</span> '
        f'<span class="id">{text(f"{one.span.file}:{one.span.line}")}</span> {text(one.message)}'
        + (f" <em>{text(one.help)}</em>" if one.help else "")
        + "</li>"
        for one in audit.diagnostics[:DIAGNOSTICS]
    )
    more = len(audit.diagnostics) - DIAGNOSTICS
    rest = f'<p class="left-out">{more:,} more are in the JSON.</p>' if more > 0 else ""
    return _section(
        "odd", "What is odd in the journal", f'<ul class="odd" role="list">{rows}</ul>{rest}', ""
    )


def _meanings() -> str:
    rows = "".join(
        f"<div><dt>{glyph(status)}{status}</dt><dd>{said}</dd></div>" for status, said in MEANINGS
    )
    return _section("words", "What the words mean", f'<dl class="meanings">{rows}</dl>', "")
