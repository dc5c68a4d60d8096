"""Ways out of a diagnostic that can be taken at once: edits after which it is gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher

import msgspec

from writ.diagnostics import LENGTH_BITS, LENGTH_MASK, Diagnostic, Source
from writ.lsp.analysis.declaring import add_attribute, declare
from writ.lsp.analysis.findings import extent
from writ.lsp.analysis.snapshot import Snapshot
from writ.lsp.analysis.text import Edit
from writ.syntax import tree
from writ.syntax.front import extent as front_extent

_TICKED = re.compile(r"`([^`]+)`")
_MEANT = re.compile(r"did you mean `([^`]+)`\?")
_WRITE = re.compile(r"^write `([^`…]+)`$")


class Fix(msgspec.Struct, frozen=True):
    """One way out: the edits by file. `sure` where hardly anything else can be meant."""

    title: str
    edits: dict[str, list[Edit]]
    sure: bool = False


def fixes(snapshot: Snapshot, found: Diagnostic) -> list[Fix]:
    """The ways out of a diagnostic of the snapshot, the likeliest first."""
    source = snapshot.source(found.span.file)
    if source is None:
        return []
    place = Place(snapshot, source, found)
    result = list(_meant(place))
    make = _BY_CODE.get(found.code)
    if make is not None:
        result += make(place)
    return list({fix.title: fix for fix in result}.values())


class Place:
    """A diagnostic with its text."""

    def __init__(self, snapshot: Snapshot, source: Source, found: Diagnostic) -> None:
        self.snapshot = snapshot
        self.source = source
        self.found = found
        self.path = found.span.file
        self.text = source.text
        self.start, self.end = extent(source, found.span)
        self.line_start = self.text.rfind("\n", 0, self.start) + 1
        after = self.text.find("\n", self.start)
        self.line_end = after if after >= 0 else len(self.text)

    def edit(self, title: str, start: int, end: int, text: str, sure: bool = False) -> Fix:
        return Fix(title, {self.path: [Edit(start, end, text)]}, sure)

    def statement(self) -> tree.Statement | None:
        """The statement in which it stands."""
        file = self.snapshot.files.get(self.path)
        for each in file.statements if file is not None else ():
            start = each.span >> LENGTH_BITS
            if start <= self.start < max(start + 1, start + (each.span & LENGTH_MASK)):
                return each
        return None

    def find(self, word: str, start: int, end: int) -> int:
        """Where a word stands by itself in a range, or -1."""
        match = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])").search(self.text, start, end)
        return match.start() if match is not None else -1


def _meant(place: Place) -> Iterator[Fix]:
    """`did you mean …`, and `write …` where another word compares these."""
    found = place.found
    match = _MEANT.search(found.help) or _WRITE.match(found.help)
    if match is None:
        return
    new = match[1]
    ranked = []
    for word in _TICKED.findall(found.message):
        for start, end in ((place.start, place.end), (place.line_start, place.line_end)):
            at = place.find(word, start, end)
            if at >= 0:
                likeness = SequenceMatcher(None, word, new, autojunk=False).ratio()
                ranked.append((-likeness, at, word))
                break
    if not ranked:
        return
    _, at, word = min(ranked)
    yield place.edit(f"replace `{word}` by `{new}`", at, at + len(word), new, sure=True)


# --- missing declarations

_WANTED = {
    "an office": "office",
    "a body": "body",
    "a person": "person",
    "an act": "act",
    "an event": "event",
    "a state": "state",
    "a thing": "thing",
    "a kind": "kind",
    "a calendar": "calendar",
}


def _undeclared(place: Place) -> Iterator[Fix]:
    message = place.found.message
    words = _TICKED.findall(message)
    if "is not declared" in message:
        wanted = message.partition(";")[2]
        for said, sort in _WANTED.items():
            if said in wanted:
                edit = declare(place.snapshot, place.path, place.start, sort, words[0])
                if edit is not None:
                    yield Fix(f"declare the {sort} `{words[0]}`", edit)
    elif "is not known here" in message and "an attribute" in message:
        edit = declare(place.snapshot, place.path, place.start, "fact", words[0])
        if edit is not None:
            yield Fix(f"declare the fact `{words[0]}`", edit)
        statement = place.statement()
        if isinstance(statement, tree.NormStatement) and statement.acts:
            yield from _on_owner(place, statement.acts[0].text, words[0])
    elif "has no attribute" in message:
        yield from _on_owner(place, words[0], words[1])
    match = re.search(r"it is an attribute elsewhere; write the path: `([^`]+)`", place.found.help)
    if match is not None:
        at = place.find(words[0], place.start, place.end)
        if at >= 0:
            yield place.edit(f"write `{match[1]}`", at, at + len(words[0]), match[1], sure=True)


def _on_owner(place: Place, owner: str, name: str) -> Iterator[Fix]:
    edit = add_attribute(place.snapshot, place.path, place.start, owner, name)
    if edit is not None:
        yield Fix(f"declare the attribute `{name}` of `{owner}`", edit)


def _ambiguous(place: Place) -> Iterator[Fix]:
    words = _TICKED.findall(place.found.message)
    at = place.find(words[0], place.start, place.end)
    for path in words[1:]:
        if at >= 0 and "." in path and not path.startswith("."):
            yield place.edit(f"write `{path}`", at, at + len(words[0]), path)


# --- what is of no use


def _unused(place: Place) -> Iterator[Fix]:
    """Delete the declaration, or the one line of it that nobody uses."""
    statement = place.statement()
    if not isinstance(statement, tree.Declaration):
        return
    for attribute in statement.attributes:
        if statement.kind != "fact" and attribute.span >> LENGTH_BITS == place.start:
            start, end = _lines(place.text, attribute.span)
            yield place.edit(f"delete the attribute `{attribute.name}`", start, end, "")
            return
    yield _deleted(place, statement, f"delete the {statement.kind} `{statement.name}`")


def _idle(place: Place) -> Iterator[Fix]:
    statement = place.statement()
    if isinstance(statement, tree.NormStatement):
        yield _deleted(place, statement, f"delete the {statement.kind} `{statement.label}`")


def _deleted(place: Place, statement: tree.Statement, title: str) -> Fix:
    start, end = _lines(place.text, statement.span)
    # The empty line that kept it apart goes with it.
    if place.text.startswith(("\n", "\r\n"), end):
        end = place.text.index("\n", end) + 1
    return place.edit(title, start, end, "")


def _lines(text: str, span: int) -> tuple[int, int]:
    """The whole lines of a range."""
    start = span >> LENGTH_BITS
    end = start + (span & LENGTH_MASK)
    stop = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop + 1


# --- layout and marks


def _unclosed_block(place: Place) -> Iterator[Fix]:
    mark = re.compile(r"`{3,}|~{3,}").match(place.text, place.start)
    if mark is None:
        return
    end = len(place.text)
    file = place.snapshot.files.get(place.path)
    for block in file.blocks if file is not None else ():
        start = block >> LENGTH_BITS
        if start > place.start:
            end = start + (block & LENGTH_MASK)
            break
    before = place.text[:end].rstrip()
    at = len(before)
    yield place.edit("close the block", at, at, f"\n{mark[0]}", sure=True)


def _unclosed_front(place: Place) -> Iterator[Fix]:
    """The front matter ends behind the last line that reads as `key: value`."""
    lines = place.text.split("\n")
    last = 0
    for number, line in enumerate(lines[1:], 1):
        if not re.match(r"[a-z][a-z-]*:|\s+- |#|\s*$", line) or line.startswith("# "):
            break
        if line.strip():
            last = number
    at = sum(len(line) + 1 for line in lines[: last + 1])
    text = "---\n" if at <= len(place.text) else "\n---\n"
    yield place.edit(
        "close the front matter",
        min(at, len(place.text)),
        min(at, len(place.text)),
        text,
        sure=True,
    )


def _indent(place: Place) -> Iterator[Fix]:
    yield place.edit("indent the line", place.line_start, place.line_start, "  ", sure=True)


def _to_the_left(place: Place) -> Iterator[Fix]:
    line = place.text[place.line_start : place.line_end]
    indent = len(line) - len(line.lstrip())
    yield place.edit(
        "move it to the first column", place.line_start, place.line_start + indent, "", sure=True
    )


def _unknown_line(place: Place) -> Iterator[Fix]:
    if "first column" in place.found.help:
        yield from _to_the_left(place)


def _unclosed_text(place: Place) -> Iterator[Fix]:
    line = place.text[place.line_start : place.line_end].rstrip()
    at = place.line_start + len(line)
    yield place.edit("close the text", at, at, '"', sure=True)


_QUOTES = "“”„«»‘’"


def _sign(place: Place) -> Iterator[Fix]:
    """A word with capitals or underlines, or a sign of another script."""
    word = place.text[place.start : place.end]
    line = place.text[place.line_start : place.line_end]
    if word and word[0] in _QUOTES:
        new = re.sub(f"[{_QUOTES}]", '"', line)
        yield place.edit("write straight quotes", place.line_start, place.line_end, new, sure=True)
    elif word and word[0] in "–—−‐‑":
        new = re.sub("[–—−‐‑]", "-", line)
        yield place.edit("write a hyphen", place.line_start, place.line_end, new, sure=True)
    elif word in (".", ";") and line.rstrip().endswith(word):
        yield place.edit("drop the stop", place.start, place.end, "", sure=True)
    elif len(word) > 1 and word.replace("_", "").isascii():
        new = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", word).lower().replace("_", "-").strip("-")
        if new != word and re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", new):
            yield place.edit(f"write `{new}`", place.start, place.end, new, sure=True)


def _capital(place: Place) -> Iterator[Fix]:
    if "lower-case" in place.found.help:
        yield from _sign(place)


# --- front matter and descriptions


def _missing_key(place: Place) -> Iterator[Fix]:
    """The key with a value to begin with."""
    words = _TICKED.findall(place.found.message)
    found = front_extent(place.text)
    if not words or found is None or found[1] < 0:
        return
    stem = place.path.rpartition("/")[2].removesuffix(".md").lower()
    name = re.sub(r"[^a-z0-9]+", "-", stem).strip("-")
    heading = re.search(r"^# +(.+)$", place.text, re.MULTILINE)
    title = heading[1].strip() if heading is not None else stem.replace("-", " ").title()
    quoted = title if re.fullmatch(r"[\w ,().-]+", title) else "'" + title.replace("'", "''") + "'"
    value = {
        "id": name,
        "book": name if name != "book" else "new-book",
        "title": quoted,
        "kind": place.snapshot.book.ranks[-1] if place.snapshot.book.ranks else "statute",
        "in-force": "on commencement",
    }.get(words[-1])
    if value:
        yield place.edit(
            f"add `{words[-1]}: {value}`", found[1], found[1], f"{words[-1]}: {value}\n"
        )


def _undescribed(place: Place) -> Iterator[Fix]:
    statement = place.statement()
    if not isinstance(statement, tree.Declaration):
        return
    at, name = -1, statement.name
    for attribute in statement.attributes:
        if statement.kind == "fact" or attribute.span >> LENGTH_BITS == place.start:
            kind = attribute.type.span
            at, name = (kind >> LENGTH_BITS) + (kind & LENGTH_MASK), attribute.name
    if at < 0:
        at = (statement.name_span >> LENGTH_BITS) + len(statement.name)
    said = name.replace("-", " ")
    yield place.edit(f'add the description "{said}"', at, at, f' "{said}"')


def _misheaded(place: Place) -> Iterator[Fix]:
    """A norm beneath the heading of another provision: a heading of its own."""
    words = _TICKED.findall(place.found.message)
    statement = place.statement()
    file = place.snapshot.files.get(place.path)
    if not words or not isinstance(statement, tree.NormStatement) or file is None:
        return
    at = statement.span >> LENGTH_BITS
    for block in file.blocks:
        start = block >> LENGTH_BITS
        end = start + (block & LENGTH_MASK)
        if start <= at < end:
            head = f"## {words[0]}\n\n```writ\n"
            if not place.text[start:at].strip():
                fence = place.text.rfind("\n", 0, start - 1) + 1
                yield place.edit(
                    f"put it under a heading `{words[0]}`", fence, fence, f"## {words[0]}\n\n"
                )
            else:
                yield place.edit(f"put it under a heading `{words[0]}`", at, at, f"```\n\n{head}")
            return


_BY_CODE: dict[str, Callable[[Place], Iterator[Fix]]] = {
    "S113": _unclosed_front,
    "S114": _unclosed_block,
    "S120": _sign,
    "S121": _unclosed_text,
    "S131": _indent,
    "S140": _capital,
    "S143": _unknown_line,
    "S146": _to_the_left,
    "V201": _undeclared,
    "V204": _ambiguous,
    "V223": _misheaded,
    "V244": _missing_key,
    "V255": _unused,
    "C407": _idle,
    "C410": _idle,
    "G807": _undescribed,
}
