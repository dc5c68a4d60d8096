"""Markdown -> headings and writ fences.

Two ways to one result. `_scan` reads the lines of an ordinary file; it gives up where a construct could hide or shift
a heading or a fence (HTML, indentation, lists that contain blocks, underlined headings), and `_parse` asks
markdown-it. The tests hold the first to the second.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from markdown_it import MarkdownIt

from writ.diagnostics import pack
from writ.syntax.cursor import Mistake
from writ.syntax.limits import MAX_DIFFICULT, MAX_MARKDOWN_NESTING, MAX_PARTS, MAX_UNCLOSED
from writ.syntax.provisions import label_of
from writ.syntax.tree import Heading


class Block(NamedTuple):
    """A writ fence: where its text starts and ends, its indentation, the provision it stands in."""

    start: int
    end: int
    margin: int
    provision: str


class _Fence(NamedTuple):
    start: int
    end: int
    margin: int
    at: int
    closed: bool


class _Found(NamedTuple):
    """Headings and top-level writ fences in order; the places of those that stand in a list or quote."""

    parts: list[Heading | _Fence]
    nested: list[int]
    astray: list[tuple[int, str]]
    """Fences whose word is nearly `writ`, or that have none and hold what looks like law."""


def headings_and_blocks(
    text: str, start: int, mistakes: list[Mistake]
) -> tuple[tuple[Heading, ...], list[Block]]:
    """What stands in the Markdown from the offset `start` on."""
    if (deep := _DEEP.search(text, start)) is not None:
        message = f"quotes and lists nested more than {MAX_MARKDOWN_NESTING} deep"
        mistakes.append(Mistake("S105", deep.start(), deep.start() + 1, message))
        return (), []
    found = _read(text, start)
    if found is None:
        message = f"HTML, underlined headings or blocks in lists in a file of more than {MAX_DIFFICULT // 1024} KiB"
        mistakes.append(
            Mistake("S107", start, start + 1, message, "split the file, or write plainer Markdown")
        )
        return (), []
    if len(found.parts) > MAX_PARTS:
        message = f"the file has more than {MAX_PARTS:,} headings and blocks"
        mistakes.append(Mistake("S107", start, start + 1, message, "split the file"))
        return (), []
    headings: list[Heading] = []
    blocks: list[Block] = []
    open_: list[Heading] = []
    for part in found.parts:
        if isinstance(part, Heading):
            headings.append(part)
            while open_ and open_[-1].level >= part.level:
                open_.pop()
            if part.label:
                open_.append(part)
            continue
        blocks.append(Block(part.start, part.end, part.margin, open_[-1].label if open_ else ""))
        if not part.closed:
            help = "end it with a line of ```"
            mistakes.append(Mistake("S114", part.at, part.at + 3, "the block is not closed", help))
    for at in found.nested:
        help = "take it out, so that the fence starts in the first column"
        mistakes.append(
            Mistake("S115", at, at + 3, "a writ block in a list or a quote is not read", help)
        )
    for at, word in found.astray:
        message = f"a block of `{word}` is not read" if word else "this block is not read"
        help = (
            "did you mean `writ`?"
            if word
            else "begin it with ```writ, or with ```text if it is no law"
        )
        mistakes.append(Mistake("S116", at, at + 3, message, help))
    return tuple(headings), blocks


def _read(text: str, start: int) -> _Found | None:
    """The parts of the text; None if it is too difficult for its length.

    Markdown lets an unclosed block run on to the end of the next one. No line of a block can be a heading or begin
    another fence, so there the block is taken to end, and the rest is read anew.
    """
    parts: list[Heading | _Fence] = []
    nested: list[int] = []
    astray: list[tuple[int, str]] = []
    for _ in range(MAX_UNCLOSED):
        found = _scan(text, start)
        if found is None and len(text) - start > MAX_DIFFICULT:
            return None
        found = found or _parse(text, start)
        runs = ((at, part, _overrun(text, part)) for at, part in enumerate(found.parts))
        over = next(((at, part, end) for at, part, end in runs if end >= 0), None)
        limit = len(text) if over is None else over[2]
        nested += [at for at in found.nested if at < limit]
        astray += [each for each in found.astray if each[0] < limit]
        if over is None or not isinstance(over[1], _Fence):
            parts += found.parts
            break
        parts += [*found.parts[: over[0]], over[1]._replace(end=limit, closed=False)]
        start = limit
    return _Found(parts, nested, astray)


def _overrun(text: str, part: Heading | _Fence) -> int:
    """Where a block runs on into what cannot be part of it, or -1."""
    if isinstance(part, Heading):
        return -1
    found = (
        text.find(sign, part.start - 1, part.end) for sign in ("\n# ", "\n##", "\n```", "\n~~~")
    )
    return min((at + 1 for at in found if at >= 0), default=-1)


_DEEP = re.compile(
    rf"^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{{1,9}}[.)](?=[ \t]))){{{MAX_MARKDOWN_NESTING + 1}}}",
    re.MULTILINE,
)


# --- the ordinary file

_INTERESTING = re.compile(
    r"""^(?:
      (?P<fence>(?P<mark>`{3,}|~{3,})(?P<info>[^\n]*))
    | (?P<heading>(?P<level>\#{1,6})(?![^ \t\r\n])(?P<title>[^\n]*))
    | (?P<hard>
          [ ]{0,3}<                                       # HTML
        | [ \t]+(?:```|~~~|\#)                            # an indented fence or heading
        | [ ]{0,3}(?:=+|-+)[ \t\r]*$                      # the line under a heading
        | [ ]{0,3}>[^\n]*(?:```|~~~)                      # a fence in a quote
        | [ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+(?:[-+*<>`~\#]|\d{1,9}[.)])   # a block in a list
      )
    )""",
    re.MULTILINE | re.VERBOSE,
)


def _scan(text: str, start: int) -> _Found | None:
    """The parts of a file without difficult constructs; None if there are any."""
    parts: list[Heading | _Fence] = []
    astray: list[tuple[int, str]] = []
    at = start
    while (match := _INTERESTING.search(text, at)) is not None:
        at = match.end()
        if len(parts) > MAX_PARTS:
            break
        if match["hard"] is not None:
            return None
        if match["heading"] is not None:
            title = _closing_hashes(match["title"])
            span = pack(match.start(), match.start() + len(match["heading"].rstrip()))
            parts.append(Heading(len(match["level"]), title, label_of(title), span))
            continue
        mark, info = match["mark"], match["info"]
        if mark[0] == "`" and "`" in info:
            continue  # a code span at the start of a paragraph
        content = min(match.end() + 1, len(text))
        close = re.compile(rf"^ {{0,3}}{mark[0]}{{{len(mark)},}}[ \t\r]*$", re.MULTILINE).search(
            text, content
        )
        end = close.start() if close is not None else len(text)
        if _is_writ(info):
            parts.append(_Fence(content, max(content, end), 0, match.start(), close is not None))
        elif (word := _nearly_writ(info, text, content)) is not None:
            astray.append((match.start(), word))
        at = close.end() if close is not None else len(text)
    return _Found(parts, [], astray)


def _closing_hashes(title: str) -> str:
    title = title.strip(" \t\r")
    bare = title.rstrip("#")
    if not bare:
        return ""
    return bare.rstrip(" \t") if bare != title and bare[-1] in " \t" else title


def _is_writ(info: str) -> bool:
    return info.split(None, 1)[:1] == ["writ"]


_LAW = re.compile(
    r"(?:power|permission|duty|prohibition|limit|assurance)(?:[ \t]+[0-9A-Z][\w.()-]*)?[ \t\r]*\n[ \t]+[a-z]"
    r"|(?:body|office|person|act|state|fact|kind|levels|thing)[ \t]+[a-z][a-z0-9-]*(?::[ \t]*[a-z-]+)?[ \t]+\""
)


def _nearly_writ(info: str, text: str, content: int) -> str | None:
    """The word of a fence that was probably meant to be `writ`: misspelt, or forgotten over what reads as law."""
    word = info.split(None, 1)[0] if info.split() else ""
    if not word:
        return "" if _LAW.match(text, content) else None
    return word if word.lower() in _MISSPELT else None


_MISSPELT = frozenset(
    {"writ", "writs", "writt", "wirt", "wri", "wrti", "write", "wrt", "writ:", "{writ}", ".writ"}
)


# --- any file


def _parse(text: str, start: int) -> _Found:
    """The parts of any file, by markdown-it's block rules. Reference definitions change nothing here and are slow."""
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_MARKDOWN_NESTING}).disable(
        ["inline", "reference"]
    )
    lines = [start]
    at = text.find("\n", start)
    while at >= 0:
        lines.append(at + 1)
        at = text.find("\n", at + 1)
    lines.append(len(text))
    parts: list[Heading | _Fence] = []
    nested: list[int] = []
    astray: list[tuple[int, str]] = []
    tokens = parser.parse(text[start:])
    for i, token in enumerate(tokens):
        if token.map is None:
            continue
        first, last = token.map
        if token.type == "heading_open" and token.level == 0:
            title = tokens[i + 1].content
            end = lines[first] + len(text[lines[first] : lines[min(last, len(lines) - 1)]].rstrip())
            parts.append(
                Heading(int(token.tag[1]), title, label_of(title), pack(lines[first], end))
            )
        elif token.type == "fence" and _is_writ(token.info):
            line = text[lines[first] : lines[first + 1]]
            margin = len(line) - len(line.lstrip(" "))
            if token.level:
                nested.append(lines[first] + margin)
                continue
            content = lines[first + 1]
            closed = last - first >= 2 and _closes(
                text[lines[last - 1] : lines[last]], token.markup
            )
            end = lines[last - 1] if closed else lines[min(last, len(lines) - 1)]
            parts.append(_Fence(content, max(content, end), margin, lines[first] + margin, closed))
        elif token.type == "fence" and not token.level:
            word = _nearly_writ(token.info, text, lines[first + 1])
            if word is not None:
                line = text[lines[first] : lines[first + 1]]
                astray.append((lines[first] + len(line) - len(line.lstrip(" ")), word))
    return _Found(parts, nested, astray)


def _closes(line: str, mark: str) -> bool:
    """Whether a line ends the fence that `mark` opened."""
    bare = line.strip()
    indent = len(line) - len(line.lstrip(" "))
    return indent < 4 and len(bare) >= len(mark) and line[indent:].rstrip() == mark[0] * len(bare)
