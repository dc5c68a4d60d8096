"""Who must do what, as one page of HTML that needs nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from writ.corpus.duties.gaps import KINDS, Gap
from writ.corpus.duties.holding import Held, grouped
from writ.corpus.duties.tables import by_norm

_STYLE = """
:root{color-scheme:light dark;--ink:#1b2430;--faint:#5b6675;--rule:#d5dae1;--paper:#fff;--head:#f3f5f8;--wrong:#b3261e}
@media (prefers-color-scheme:dark){:root{--ink:#e4e9f0;--faint:#a3aebc;--rule:#323c4a;--paper:#12171f;--head:#1a212c;
--wrong:#ff8a80}}
body{font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);
background:var(--paper);max-width:96rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .4rem}p,.faint{color:var(--faint)}
nav{columns:18rem;margin:1rem 0}
nav a{display:block}a{color:inherit}table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:left;color:var(--faint);padding:.2rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--rule)}
thead th{background:var(--head);position:sticky;top:0}tbody th{font-weight:500;white-space:nowrap}
.gap{color:var(--wrong);display:block;font-size:.85em}blockquote{margin:.2rem 0 0;color:var(--faint);font-size:.92em}
.off{color:var(--faint)}.scroll{overflow-x:auto}
@media print{body{max-width:none;padding:0;font-size:10pt}nav{display:none}thead th{position:static}
tr{break-inside:avoid}}
"""


def page(title: str, rows: Sequence[Held], gaps: Sequence[Gap] | None, by: str, day: str) -> str:
    """The page; `day` is that as of which it tells."""
    return "".join(_page(title, rows, gaps, by, day))


def _page(
    title: str, rows: Sequence[Held], gaps: Sequence[Gap] | None, by: str, day: str
) -> Iterator[str]:
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>Who must do what: {escape(title)}</title><style>{_STYLE}</style></head><body>\n<main>"
        f"<h1>{escape(title)}</h1><p>Who must do what, by {by}, as of {escape(day)}. "
        f"{len({row.norm for row in rows}):,} norms of {len({row.office for row in rows}):,} bearers.</p>\n"
    )
    groups = grouped(rows, by)
    yield f'<nav aria-label="{by.title()}s">'
    for number, (_, head, own) in enumerate(groups):
        yield f'<a href="#g{number}">{escape(head)} ({len(own):,})</a>'
    if gaps is not None:
        yield f'<a href="#gaps">Gaps ({len(gaps):,})</a>'
    yield "</nav>\n"
    wrong = by_norm(gaps or ())
    for number, (name, head, own) in enumerate(groups):
        yield f'<section aria-labelledby="g{number}"><h2 id="g{number}">{escape(head)}</h2>'
        yield f'<div class="scroll"><table><caption>{escape(name)}</caption><thead><tr>'
        for column in _columns(by):
            yield f'<th scope="col">{column}</th>'
        yield "</tr></thead><tbody>\n"
        for row in own:
            yield _row(row, by, wrong.get(row.norm, ()))
        yield "</tbody></table></div></section>\n"
    if gaps is not None:
        yield from _gaps(gaps)
    yield "</main></body></html>\n"


def _columns(by: str) -> tuple[str, ...]:
    first = () if by == "office" else ("Who",)
    return (
        "Provision",
        *first,
        "Does what",
        "By when",
        "When",
        "Answers for it",
        "Asked before",
        "Told",
    )


def _row(row: Held, by: str, wrong: Sequence[Gap]) -> str:
    off = ' class="off"' if row.status != "in force" else ""
    state = "" if row.status == "in force" else f" [{row.status}]"
    modal = {"duty": "must", "power": "may", "prohibition": "may not"}.get(row.kind, row.kind)
    quote = f"<blockquote>{escape(row.quote)}</blockquote>" if row.quote else ""
    marks = "".join(
        f'<span class="gap">{escape(KINDS[kind])}</span>'
        for kind in dict.fromkeys(each.kind for each in wrong if each.kind != "no-time")
    )
    cells = [] if by == "office" else [escape(row.title)]
    cells += [f"{modal} {escape(row.does)}{escape(state)}{quote}{marks}"]
    when = row.trigger if row.trigger != row.deadline else ""
    cells += [escape(row.deadline), escape("; ".join(filter(None, (when, row.condition))))]
    cells += [escape(", ".join(each)) for each in (row.accountable, row.consulted, row.informed)]
    body = "".join(f"<td>{each}</td>" for each in cells)
    place = escape(f"{row.file}:{row.line}")
    return f'<tr{off}><th scope="row" title="{place}">{escape(row.citation)}</th>{body}</tr>\n'


def _gaps(gaps: Sequence[Gap]) -> Iterator[str]:
    count = Counter(each.kind for each in gaps)
    yield f'<section aria-labelledby="gaps"><h2 id="gaps">Gaps ({len(gaps):,})</h2>\n'
    for kind, meaning in KINDS.items():
        if not count[kind]:
            continue
        yield (
            f'<div class="scroll"><table><caption>{escape(kind)} ({count[kind]:,}): {escape(meaning)}</caption><thead>'
            '<tr><th scope="col">Where</th><th scope="col">What</th><th scope="col">Why</th></tr></thead><tbody>\n'
        )
        for gap in gaps:
            if gap.kind == kind:
                more = (
                    f' <span class="faint">and {len(gap.norms) - 1:,} more</span>'
                    if len(gap.norms) > 1
                    else ""
                )
                place = escape(f"{gap.file}:{gap.line}")
                yield f'<tr><th scope="row">{place}</th><td>{escape(gap.what)}{more}</td>'
                yield f"<td>{escape(gap.why)}</td></tr>\n"
        yield "</tbody></table></div>\n"
    yield "</section>\n"
