"""Who must do what, as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from writ.corpus.duties.gaps import KINDS, Gap
from writ.corpus.duties.holding import Held, grouped

SHOWN = 15
"""Gaps of one kind in the text; `every` lists them all."""
COLUMNS = (
    "office", "title", "kind", "does", "deadline", "trigger", "condition", "accountable", "consulted", "informed",
    "citation", "instrument", "quote", "status", "file", "line", "norm", "gaps",
)  # fmt: skip


def text(
    title: str,
    rows: Sequence[Held],
    gaps: Sequence[Gap] | None,
    by: str,
    width: int,
    every: bool = False,
) -> str:
    """The tables, and the gaps unless None; `by` is office, instrument or act."""
    return "\n".join(_lines(title, rows, gaps, by, width, every)) + "\n"


def data(title: str, rows: Sequence[Held], gaps: Sequence[Gap] | None, by: str) -> dict[str, Any]:
    """The same as JSON: groups with their rows, and the gaps with their kinds counted."""
    found: dict[str, Any] = {
        "title": title,
        "by": by,
        "groups": [
            {"name": name, "title": head, "rows": [msgspec.to_builtins(each) for each in own]}
            for name, head, own in grouped(rows, by)
        ],
    }
    if gaps is not None:
        found["counts"] = dict(Counter(each.kind for each in gaps))
        found["gaps"] = [each._asdict() for each in gaps]
    return found


def as_csv(rows: Sequence[Held], gaps: Sequence[Gap] | None) -> str:
    """The rows as CSV (RFC 4180), the gaps of each in its last column. No cell begins a formula."""
    wrong = by_norm(gaps or ())
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = [
            "; ".join(each) if isinstance(each, tuple) else str(each)
            for each in (getattr(row, name) for name in COLUMNS[:-1])
        ]
        kinds = "; ".join(dict.fromkeys(each.kind for each in wrong.get(row.norm, ())))
        writer.writerow([_safe(each) for each in [*cells, kinds]])
    return out.getvalue()


def gaps_csv(gaps: Sequence[Gap]) -> str:
    """The gaps as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(Gap._fields)
    for gap in gaps:
        writer.writerow(
            [_safe("; ".join(each) if isinstance(each, tuple) else str(each)) for each in gap]
        )
    return out.getvalue()


def by_norm(gaps: Sequence[Gap]) -> dict[str, list[Gap]]:
    """The gaps of each norm."""
    found: dict[str, list[Gap]] = {}
    for gap in gaps:
        for norm in gap.norms:
            found.setdefault(norm, []).append(gap)
    return found


def _safe(cell: str) -> str:
    """A spreadsheet takes a text that begins so for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _lines(
    title: str, rows: Sequence[Held], gaps: Sequence[Gap] | None, by: str, width: int, every: bool
) -> Iterator[str]:
    yield title
    if rows or gaps is None:
        offices, norms = len({row.office for row in rows}), len({row.norm for row in rows})
        yield f"{_times(norms, 'norm')} of {_times(offices, 'bearer')}"
    wrong = by_norm(gaps or ())
    for name, head, own in grouped(rows, by):
        shown = f"{head} ({name})" if head != name else name
        yield f"\n{shown}: {len(own):,}"
        for row in own:
            yield from _row(row, by, width, wrong.get(row.norm, ()))
    if gaps is not None:
        yield from _gaps(gaps, width, every)


def _row(row: Held, by: str, width: int, wrong: Sequence[Gap]) -> Iterator[str]:
    who = "" if by == "office" else f"{row.title}: "
    modal = {"duty": "must ", "power": "may ", "prohibition": "may not "}.get(
        row.kind, f"{row.kind}: "
    )
    state = "" if row.status == "in force" else f"  [{row.status}]"
    yield _wrapped(f"{row.citation}  {who}{modal}{row.does}{state}", width, "  ", "      ")
    said = [row.deadline, row.trigger if row.trigger != row.deadline else "", row.condition]
    line = "; ".join(each for each in said if each)
    if line:
        yield _wrapped(line, width, "      ", "      ")
    raci = [
        f"{name}: {', '.join(each)}"
        for name, each in (
            ("answers for it", row.accountable),
            ("asked before", row.consulted),
            ("told", row.informed),
        )
        if each
    ]
    if raci:
        yield _wrapped("; ".join(raci), width, "      ", "      ")
    for kind in dict.fromkeys(each.kind for each in wrong if each.kind != "no-time"):
        yield f"      ! {KINDS[kind]}"


def _gaps(gaps: Sequence[Gap], width: int, every: bool) -> Iterator[str]:
    count = Counter(each.kind for each in gaps)
    yield f"\nGaps ({len(gaps):,})"
    for kind, meaning in KINDS.items():
        if not count[kind]:
            continue
        yield f"\n{kind} ({count[kind]:,}): {meaning}"
        own = [each for each in gaps if each.kind == kind]
        for gap in own if every else own[:SHOWN]:
            place = f"{gap.file}:{gap.line}"
            more = f" (and {len(gap.norms) - 1:,} more)" if len(gap.norms) > 1 else ""
            what = textwrap.shorten(gap.what, 160, placeholder=" …")
            yield _wrapped(f"{place}  {what}{more}: {gap.why}", width, "  ", "      ")
        if not every and len(own) > SHOWN:
            yield f"  and {len(own) - SHOWN:,} more; --all lists them"


def _wrapped(words: str, width: int, first: str, rest: str) -> str:
    return textwrap.fill(
        words, max(40, width), initial_indent=first, subsequent_indent=rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _times(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
