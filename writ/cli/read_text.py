"""`writ read` in the terminal: the text of a law, and the difference between two days."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Any

from writ.cli.printing import width, wrapped
from writ.formats.legislation_history.difference import Row, Stretch, words
from writ.formats.legislation_history.lines import Line
from writ.formats.legislation_history.page import sources
from writ.formats.paint import Paint, visible

_WORDS = re.compile(r"\s*\S+|\s+")
"""Words, each with the blanks before it."""
_AROUND = 30
"""Words that are shown before and after a change, of a long stretch that is the same."""


def text(answer: dict[str, Any], paint: Paint) -> str:
    """What was asked for, as text."""
    lines = list(_head(answer, paint))
    if "changes" in answer:
        lines += _changes(answer["changes"], paint)
    else:
        for line in answer["provisions"]:
            lines += _line(line, paint)
    return "\n".join(lines).rstrip()


def _head(answer: dict[str, Any], paint: Paint) -> Iterator[str]:
    cited = f" ({answer['citation']})" if answer["citation"] else ""
    yield paint.strong(visible(f"{answer['title']}{cited}"))
    if "changes" in answer:
        yield f"what is otherwise on {answer['to']} than on {answer['from']}"
        for day, versions in zip((answer["from"], answer["to"]), answer["versions"], strict=True):
            yield paint.faint(wrapped(f"{day}: {sources(versions)}"))
    elif answer["day"]:
        yield f"as it stood on {answer['day']}"
        yield paint.faint(wrapped(sources(answer["versions"])))
    else:
        yield paint.faint("the file does not say of which day its text is")
    for note in answer["notes"]:
        yield paint.wary(wrapped(note, 6, "note:"))
    yield ""
    if (
        "provisions" in answer
        and answer["long_title"] != answer["title"]
        and not answer["provision"]
    ):
        yield _filled(visible(answer["long_title"]), 0)
        yield ""


def _line(line: Line, paint: Paint) -> Iterator[str]:
    margin = 4 * line.depth
    if line.group:
        named = " ".join(each for each in (line.number, line.title) if each)
        if named:
            yield _filled(visible(named), margin, paint.strong)
        if line.text:
            yield _filled(visible(line.text), margin)
        yield ""
        return
    if line.title:
        yield _filled(visible(line.title), margin, paint.faint)
    said = visible(f"{line.number} {line.text}".strip())
    if said:
        shown = _filled(said, margin)
        if line.number and paint.on:
            shown = shown.replace(line.number, paint.cited(line.number), 1)
        yield shown
    if line.law:
        yield _filled(visible("; ".join(line.law)), margin, paint.faint)
    yield ""


def _filled(said: str, margin: int, dress: Any = str) -> str:
    """A paragraph with a left margin, each line dressed."""
    room = max(40, width() - margin)
    return "\n".join(
        " " * margin + dress(each)
        for each in textwrap.wrap(said, room, break_on_hyphens=False, break_long_words=False)
    )


def _changes(rows: list[Row], paint: Paint) -> Iterator[str]:
    if not rows:
        yield "nothing"
        return
    whole = None
    for row in rows:
        if row.whole != whole:
            whole = row.whole
            title = row.title if row.title not in row.whole else ""
            yield paint.strong(visible(f"{row.whole}  {title}".rstrip()))
        yield f"  {_what(row, paint)}  {visible(row.place)}"
        yield "\n".join(f"    {line}" for line in _marked(row.words, paint, 4))
        yield ""
    count = len(rows)
    yield f"{count} provision{'' if count == 1 else 's'} otherwise"


def _what(row: Row, paint: Paint) -> str:
    dress = {"inserted": paint.good, "removed": paint.bad, "repealed": paint.bad}
    return dress.get(row.what, paint.wary)(row.what)


def marked(old: str, new: str, paint: Paint, margin: int = 4) -> list[str]:
    """The lines of a text with what came and went marked."""
    return _marked(tuple(words(old, new)), paint, margin)


def _marked(stretches: tuple[Stretch, ...], paint: Paint, margin: int) -> list[str]:
    """The words, with what came and went between signs; by colour too, where there is any."""
    dress = {"removed": paint.bad, "inserted": paint.good}
    signs = {"removed": ("[-", "-]"), "inserted": ("{+", "+}")}
    lines: list[str] = []
    line, room = "", 0
    for sort, said in stretches:
        before, after = signs.get(sort, ("", ""))
        pieces = _WORDS.findall(f"{before}{visible(said)}{after}")
        if sort == "same" and len(pieces) > 2 * _AROUND + 10:
            pieces = [*pieces[:_AROUND], " […]", *pieces[-_AROUND:]]
        for each in pieces:
            if room + len(each) > width() - margin and line:
                lines.append(line.rstrip())
                line, room = "", 0
                each = each.lstrip()
            line += dress.get(sort, str)(each)
            room += len(each)
    return [*lines, line]
