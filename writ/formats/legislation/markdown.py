"""The text of a document as Markdown: headings for what is cited, paragraphs for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from writ.formats.legislation.ids import CLEAR, SCOPES
from writ.formats.legislation.labels import WHOLE
from writ.formats.legislation.model import Block, Document, Mark, Provision, Runs
from writ.formats.legislation.text import APART, normalised
from writ.syntax.provisions import label_of

GROUPS = frozenset(
    [
        "part",
        "subpart",
        "chapter",
        "subchapter",
        "title",
        "subtitle",
        "book",
        "tome",
        "division",
        "subdivision",
        "heading",
        "schedule",
        "form",
        "appendix",
        "attachment",
        "component",
        "crossheading",
        "schedules",
    ]
)
"""Under a heading, without being cited."""
_DEEPEST = 6
_SPECIAL = re.compile(r"([\\`*_\[\]<>&|~])")
BLANK = "…"
"""Where a form leaves room to write."""
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")


def prose(document: Document, labels: Mapping[str, str]) -> str:
    """All of it below the front matter."""
    title = document.short_title or document.title
    lines = [heading(1, normalised(title))]
    if document.short_title and document.title != document.short_title:
        lines.append(escaped(normalised(document.title), first=True))
    lines += _body(document.body, labels, 2)
    return "\n\n".join(line for line in lines if line) + "\n"


def heading(level: int, text: str, label: str = "") -> str:
    """A heading; one that is no provision is kept from reading as one."""
    said = f"{label} {escaped(text)}".strip() if label else escaped(text)
    if label_of(said) != label:
        said = f"— {escaped(f'{label} {text}'.strip())}"
    return f"{'#' * min(level, _DEEPEST)} {said}"


def _body(
    body: Iterable[Block | Provision], labels: Mapping[str, str], level: int
) -> Iterator[str]:
    for each in body:
        yield from _block(each) if isinstance(each, Block) else _provision(each, labels, level)


def _provision(part: Provision, labels: Mapping[str, str], level: int) -> Iterator[str]:
    label = labels.get(part.id, "")
    if part.kind in CLEAR or part.kind == "identification":
        yield from _blocks(part.head)
        titles = part.kind == "identification"
        body = [
            each
            for each in part.body
            if not (titles and isinstance(each, Block) and each.kind == "title")
        ]
        yield from _body(body, labels, level)
        return
    named = part.kind in WHOLE or part.kind == "subsection"
    if label and named:
        words = _words(part.head, "marginal", "heading", "subheading", "reference")
        yield heading(level, words, label)
        yield from _body(part.body, labels, level + 1)
        return
    if part.kind in GROUPS and part.head:
        words = _words(part.head, "number", "heading", "subheading", "marginal", "reference")
        yield heading(level, words)
        yield from _body(part.body, labels, level + 1)
        return
    inner = {} if part.kind in SCOPES else labels
    yield from _lines(part, inner, level)


def _lines(part: Provision, labels: Mapping[str, str], level: int) -> Iterator[str]:
    """A provision without a heading: its number before its first words."""
    number = _words(part.head, "number")
    titles = _words(part.head, "heading", "subheading", "marginal", "reference")
    lead = [escaped(normalised(number), first=True)] if number else []
    if titles:
        lead.append(f"*{escaped(normalised(titles))}*")
    body = list(part.body)
    if body and isinstance(body[0], Block) and body[0].kind in ("text", "continued"):
        first = list(_block(body[0]))
        yield " ".join([*lead, *first[:1]])
        yield from first[1:]
        body = body[1:]
    elif lead:
        yield " ".join(lead)
    yield from _body(body, labels, level)


def _words(head: Iterable[Block], *kinds: str) -> str:
    """The words of the head of these kinds, in the order of the kinds."""
    blocks = list(head)
    return " ".join(
        words
        for kind in kinds
        for block in blocks
        if block.kind == kind and (words := normalised(_flat(block.runs)))
    )


def _flat(runs: Runs) -> str:
    return "".join(
        run
        if isinstance(run, str)
        else f" {_flat(run.runs)} "
        if run.kind in APART
        else _flat(run.runs)
        for run in runs
    )


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    if block.kind == "meta":
        return
    if block.kind == "table" and (rows := list(_rows(block.runs))):
        yield from _before_rows(block.runs)
        width = max(map(len, rows))
        lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
        lines.insert(1, "|" + " --- |" * width)
        yield "\n".join(lines)
        return
    for words in _paragraphs(block.runs):
        yield f"*{words}*" if block.kind == "history" and "*" not in words else words


def _paragraphs(runs: Runs) -> Iterator[str]:
    """The paragraphs of a block: what stands apart in it is on a line of its own."""
    waiting: list[str] = []
    lead = ""
    for run in runs:
        if isinstance(run, Mark) and run.kind == "number":
            yield from _line([lead, *waiting])
            waiting, lead = [], f"{normalised(_inline(run))} "
        elif isinstance(run, Mark) and run.kind in APART and run.kind != "heading":
            if any(each.strip() for each in waiting):
                yield from _line([lead, *waiting])
                lead = ""
            waiting = []
            for words in _paragraphs(run.runs):
                yield _started(f"{lead}{words}") if lead else words
                lead = ""
        else:
            waiting.append(_inline(run))
    yield from _line([lead, *waiting])


def _line(pieces: list[str]) -> Iterator[str]:
    words = normalised("".join(pieces))
    if words:
        yield _started(words)


def _inline(run: str | Mark) -> str:
    if isinstance(run, str):
        return _SPECIAL.sub(r"\\\1", run)
    words = "".join(
        f" {_inline(each)} " if isinstance(each, Mark) and each.kind in APART else _inline(each)
        for each in run.runs
    )
    sign = {"term": "**", "emphasis": "*"}.get(run.kind, "")
    bare = words.strip()
    if run.kind == "leader" and not bare:
        return BLANK
    if not sign or not bare or "*" in bare:
        return words
    before, _, after = words.partition(bare)
    return f"{before}{sign}{bare}{sign}{after}"


def _rows(runs: Runs) -> Iterator[list[str]]:
    for run in runs:
        if isinstance(run, Mark):
            if run.kind == "row":
                cells = [each for each in run.runs if isinstance(each, Mark)]
                yield [normalised(_inline(cell)) for cell in cells]
            else:
                yield from _rows(run.runs)


def _before_rows(runs: Runs) -> Iterator[str]:
    """What a table has beside its rows: its title and its notes."""
    for run in runs:
        if isinstance(run, str):
            if run.strip():
                yield escaped(normalised(run), first=True)
        elif run.kind in ("table", "group"):
            yield from _before_rows(run.runs)
        elif run.kind != "row":
            yield from _line([_inline(run)])


def escaped(text: str, first: bool = False) -> str:
    """A text that reads as itself in Markdown; `first` at the beginning of a line."""
    text = _SPECIAL.sub(r"\\\1", text)
    return _started(text) if first else text


def _started(line: str) -> str:
    """A line that begins no heading, list or rule by accident."""
    line = _NUMBERED.sub(r"\1\\\2", line)
    return f"\\{line}" if line[:1] in "#+-=" else line
