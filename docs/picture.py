"""Draws `images/answer.svg`: two questions to the War Powers book with their answers, as a terminal shows them.

`python docs/picture.py` writes it anew; a test holds it to what the commands print.
"""

from __future__ import annotations

import io
import os
import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stdout
from html import escape
from pathlib import Path
from unittest import mock

from writ.cli import main

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "images" / "answer.svg"

QUESTIONS = (
    (
        "Sixty days after the report Congress has not voted. May the hostilities go on?",
        (
            "writ decide books/war-powers --actor president --act continue-use-of-forces",
            "--at 2022-05-03 --fact report-submitted=2022-03-01",
            "--fact hostilities=yes --fact independent-authority=yes",
        ),
    ),
    (
        "Within the 48 hours: is it enough to brief both Houses by word of mouth?",
        (
            "writ decide books/war-powers --actor president --act report",
            "--at 2022-03-02T09:00-05:00 --fact introduced=2022-03-01T10:00-05:00",
            "--fact hostilities=yes --fact circumstances=yes --fact legal-authority=yes",
            "--fact scope-and-duration=yes --fact to-speaker=yes",
            "--fact to-president-pro-tempore=yes",
        ),
    ),
)
COLUMNS = 80
WIDTH, MARGIN, SIZE, LINE = 900, 44, 16.8, 25
FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
PAPER, EDGE, INK, SAID, FAINT = "#12171f", "#2a323e", "#d7dde6", "#b3bdcb", "#8a94a3"
COLOURS = {"1": "#ffffff", "2": FAINT, "36": "#6cc7d9", "1;31": "#ff7b72", "1;32": "#7ee787"}
COLOURS |= {"1;33": "#f2cc60"}
BOLD = ("1", "1;31", "1;32", "1;33")


class Terminal(io.StringIO):
    """Takes what a command prints in colour."""

    def isatty(self) -> bool:
        return True


def printed(words: list[str]) -> str:
    """What a command prints on a terminal of 80 columns."""
    settings = {"COLUMNS": str(COLUMNS), "TERM": "xterm", "NO_COLOR": ""}
    there = os.getcwd()
    os.chdir(ROOT)
    try:
        with mock.patch.dict(os.environ, settings), redirect_stdout(Terminal()) as screen:
            main(words)
    finally:
        os.chdir(there)
    return screen.getvalue()


def lines() -> Iterator[str]:
    """The lines of the picture as SVG text."""
    for at, (question, command) in enumerate(QUESTIONS):
        if at:
            yield ""
        yield span(f"# {question}", SAID)
        first, *more = command
        yield span("$ ", COLOURS["1;32"]) + span(first + (" \\" if more else ""), "#ffffff")
        for n, part in enumerate(more, 2):
            yield span(f"    {part}" + (" \\" if n < len(command) else ""), "#ffffff")
        words = shlex.split(" ".join(command).removeprefix("writ "))
        yield from map(coloured, printed(words).splitlines())


def coloured(line: str) -> str:
    """A line with the colours of a terminal, as spans."""
    parts = re.split(r"\x1b\[([0-9;]*)m", line)
    text = [span(parts[0], INK)]
    for code, words in zip(parts[1::2], parts[2::2], strict=True):
        text.append(span(words, COLOURS.get(code, INK), code in BOLD))
    return "".join(text)


def span(text: str, colour: str, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<tspan fill="{colour}"{weight}>{escape(text, quote=False)}</tspan>' if text else ""


def draw() -> str:
    """The picture."""
    rows = list(lines())
    height = MARGIN + LINE * len(rows) + 58
    head = "".join(
        f'<circle cx="{MARGIN + 22 * n}" cy="32" r="6" fill="{EDGE}"/>' for n in range(3)
    )
    body = "\n".join(
        f'<text x="{MARGIN}" y="{MARGIN + LINE * n + 46}" xml:space="preserve">{row}</text>'
        for n, row in enumerate(rows)
        if row
    )
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" \
height="{height}" role="img" aria-label="Two questions to the War Powers book, and their answers">
<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="14" fill="{PAPER}" stroke="{EDGE}"/>
{head}
<g font-family="{FONT}" font-size="{SIZE}">
{body}
</g>
</svg>
"""


if __name__ == "__main__":
    PICTURE.write_text(draw(), "utf-8")
