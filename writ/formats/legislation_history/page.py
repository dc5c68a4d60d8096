"""The text of a law on a day, or the difference between two, as one page of HTML that loads nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from writ.formats.legislation_history.difference import Row
from writ.formats.legislation_history.lines import Line
from writ.formats.legislation_history.store import Taken
from writ.formats.paint import visible

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 Georgia, "Times New Roman", serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin-bottom: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
.about, .law { font: 0.85rem/1.4 system-ui, sans-serif; opacity: 0.75; }
.note { border-left: 0.25rem solid #b26a00; padding-left: 0.75rem; }
.title { font-style: italic; margin: 1rem 0 0; }
.said { margin: 0.25rem 0; }
.what { font: 600 0.85rem/1.4 system-ui, sans-serif; margin: 1rem 0 0; }
ins { background: #d6f5dd; color: #0b3d17; text-decoration: underline; }
del { background: #fbdcdc; color: #5c0f0f; text-decoration: line-through; }
:target { outline: 2px solid currentColor; outline-offset: 0.25rem; }
@media print { body { max-width: none; margin: 0; } }
"""


def page(answer: dict[str, Any]) -> str:
    """The page of an answer of `writ read`."""
    title = _safe(answer["title"])
    body = list(_head(answer))
    if "changes" in answer:
        body += _changes(answer["changes"])
    else:
        body += [_line(each) for each in answer["provisions"]]
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
            *body,
            "</body>\n</html>",
        ]
    )


def sources(versions: Sequence[Taken]) -> str:
    """Out of which versions a text is."""
    first, *later = versions
    named = f" (`{first.file}`)" if first.file else ""
    said = f"the text of the version current to {first.as_of}{named}"
    if later:
        days = ", ".join(str(each.as_of) for each in later)
        said += f", with what was changed by that day according to the version current to {days}"
    return said


def _safe(text: object) -> str:
    return escape(visible(str(text)))


def _head(answer: dict[str, Any]) -> Iterator[str]:
    yield f"<header>\n<h1>{_safe(answer['title'])}</h1>"
    about = [answer["citation"]] if answer["citation"] else []
    if "changes" in answer:
        about.append(f"what is otherwise on {answer['to']} than on {answer['from']}")
    elif answer["day"]:
        about.append(f"as it stood on {answer['day']}")
        about.append(sources(answer["versions"]))
    yield f'<p class="about">{_safe("; ".join(about))}</p>'
    if "changes" in answer:
        for day, versions in zip((answer["from"], answer["to"]), answer["versions"], strict=True):
            yield f'<p class="about">{_safe(f"{day}: {sources(versions)}")}</p>'
    for note in answer["notes"]:
        yield f'<p class="note">{_safe(note)}</p>'
    yield "</header>"


def _line(line: Line) -> str:
    number, title, text = _safe(line.number), _safe(line.title), _safe(line.text)
    if line.group:
        named = f"{number} {title}".strip()
        head = f'<h2 id="{_safe(line.id)}">{named}</h2>' if named else ""
        return head + (f'\n<p class="said">{text}</p>' if text else "")
    margin = f' style="margin-left: {min(line.depth, 8) * 1.5}rem"'
    pieces = [
        f'<div id="{_safe(line.id)}"{margin}>' if line.number or line.title else f"<div{margin}>"
    ]
    if title:
        pieces.append(f'<p class="title">{title}</p>')
    if number or text:
        pieces.append(f'<p class="said"><b>{number}</b> {text}</p>')
    if line.law:
        pieces.append(f'<p class="law">{_safe("; ".join(line.law))}</p>')
    return "".join([*pieces, "</div>"])


def _changes(rows: list[Row]) -> Iterator[str]:
    if not rows:
        yield "<p>Nothing.</p>"
    whole = None
    for row in rows:
        if row.whole != whole:
            whole = row.whole
            title = row.title if row.title not in row.whole else ""
            yield f"<h2>{_safe(f'{row.whole} {title}'.strip())}</h2>"
        yield f'<p class="what">{_safe(row.what)}: {_safe(row.place)}</p>'
        signs = {"removed": "del", "inserted": "ins"}
        said = "".join(
            f"<{sign}>{_safe(words)}</{sign}>" if (sign := signs.get(sort)) else _safe(words)
            for sort, words in row.words
        )
        yield f'<p class="said">{said}</p>'
