"""A book without some of its instruments, and without what depends on them.

What spoke of a name that is gone goes: an item of a list alone, where others are left, else the whole statement, and
the paragraph or the provision that said it in words. Then the compiler and the checks say what no longer stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from writ.book.load import load_texts
from writ.checks.run import run
from writ.cli.statements import Block, Sheet, Statement, declared, tokens
from writ.diagnostics import Diagnostic, Severity

TOLERATED = frozenset({"V257", "T608", "T612", "T604"})
"""Notes for the lawyer who adapts the book; nothing is left out because of them."""
ROUNDS = 60
LISTS = frozenset({"is", "succession", "enabling", "excludes", "notwithstanding", "subject to"})
WHOLE = frozenset({"in", "members", "waived by", "if breached", "to"})
EFFECTS = frozenset({"begins", "continues", "amends", "suspends", "resumes", "ends"})
BEARER = re.compile(r" (?:may|must|has|need|is immune)\b")


@dataclass(frozen=True)
class Trimmed:
    """The texts that are left, the instruments that went, and what is still to be looked at."""

    files: dict[str, str]
    gone: tuple[str, ...]
    left: tuple[Diagnostic, ...]


def trimmed(files: Mapping[str, str], drop: Iterable[str], today: dt.date | None = None) -> Trimmed:
    """The book without these instruments (by id); the texts are those of its Markdown files by path."""
    was = {path: Sheet(text) for path, text in files.items()}
    ids = {path: sheet.front.get("id", "") for path, sheet in was.items()}
    names = set().union(*(declared(sheet) for sheet in was.values())) | set(ids.values()) - {""}
    now = {path: sheet for path, sheet in was.items() if ids[path] not in set(drop)}
    for _ in range(ROUNDS):
        now = based(now)
        have = set().union(*(declared(sheet) for sheet in now.values()), {""})
        lost = names - have - {sheet.front.get("id", "") for sheet in now.values()}
        changed = False
        for path, sheet in now.items():
            now[path], touched = without(sheet, lost)
            changed |= touched
        if not changed and not any_found(now, today):
            break
    texts = {path: sheet.text() for path, sheet in now.items()}
    gone = tuple(sorted({ids[path] for path in was if path not in now} - {""}))
    return Trimmed(texts, gone, tuple(found(texts, today)))


def based(sheets: dict[str, Sheet]) -> dict[str, Sheet]:
    """Those instruments of which the basis and the maker are left, and which say something."""
    while True:
        ids = {sheet.front.get("id") for sheet in sheets.values()}
        have = set().union(*(declared(sheet) for sheet in sheets.values()), {""})
        kept = {
            path: sheet
            for path, sheet in sheets.items()
            if "id" not in sheet.front
            or (
                sheet.says_something()
                and sheet.front.get("under", sheet.front["id"]).split()[0] in ids
                and sheet.front.get("enacted-by", "") in have
            )
        }
        for sheet in kept.values():
            if sheet.front.get("owner", "") not in have:
                sheet.drop_front("owner")
        if len(kept) == len(sheets):
            return kept
        sheets = kept


def without(sheet: Sheet, lost: set[str]) -> tuple[Sheet, bool]:
    """The sheet without what speaks of lost names, and whether anything did."""
    touched = False
    for block in sheet.blocks:
        for statement in list(block.statements):
            if not lost & tokens(statement.text):
                continue
            touched = True
            lines = spared(statement, lost)
            if lines is None:
                block.statements.remove(statement)
            else:
                statement.lines = lines
    sheet.tidy()
    return sheet, touched


def spared(statement: Statement, lost: set[str]) -> list[str] | None:
    """The lines that are left of a statement, or None where it falls as a whole."""
    head, *rest = statement.logical()
    kept = [
        line for line in (lighter(statement, line, lost) for line in [head, *rest]) if line != ""
    ]
    if any(line is None for line in kept):
        return None
    return [line for line in kept if line is not None]


def lighter(statement: Statement, line: str, lost: set[str]) -> str | None:
    """One line without the lost names: shorter, empty where it may go, None where the statement falls with it."""
    if not lost & tokens(line):
        return line
    word = next((w for w in (*LISTS, *WHOLE, *EFFECTS) if line.strip().startswith(w + " ")), "")
    if not line.startswith("  "):
        return None
    if word == "is" and statement.kind == "act":
        return listed(line, word, lost) or None
    if word in LISTS:
        return listed(line, word, lost)
    if line.strip().startswith("reports to "):
        return listed(line, "reports to", lost)
    if word in WHOLE or (word in EFFECTS and statement.is_norm):
        return ""
    if not statement.is_norm:
        return "" if re.match(r"  [a-z][\w-]*: ", line) else None
    found = BEARER.search(line)
    if found is None or lost & tokens(line[found.start() :]):
        return None
    return bearers(line[: found.start()], lost, line[found.start() :])


def bearers(said: str, lost: set[str], rest: str) -> str | None:
    who, _, excepted = said.strip().partition(" except ")
    left = [item for item in re.split(r",\s*", who) if not lost & tokens(item)]
    others = [item for item in re.split(r",\s*", excepted) if item and not lost & tokens(item)]
    if not left or (who.startswith("each of ") and len(left) < len(who.split(","))):
        return None
    return "  " + ", ".join(left) + (" except " + ", ".join(others) if others else "") + rest


def listed(line: str, word: str, lost: set[str]) -> str:
    """A list without the items that are lost; empty where none is left."""
    items = re.split(r",\s*", line.strip()[len(word) + 1 :])
    left = [item for item in items if not lost & tokens(item)]
    return f"  {word} {', '.join(left)}" if left else ""


def found(texts: Mapping[str, str], today: dt.date | None) -> list[Diagnostic]:
    """What the compiler says, and if nothing is wrong the checks."""
    book, said = load_texts(texts)
    if not any(one.severity is Severity.ERROR for one in said):
        said = said + run(book, today=today)
    return said


def any_found(sheets: dict[str, Sheet], today: dt.date | None) -> bool:
    """Take out the statements that the compiler or a check complains of, and say whether there was one."""
    said = found({path: sheet.text() for path, sheet in sheets.items()}, today)
    complaints = [one for one in said if one.code not in TOLERATED]
    some = False
    for path, sheet in sheets.items():
        places = [
            (block, statement, lines)
            for block, statement, lines in sheet.placed()
            for one in complaints
            if one.span.file == path and lines[0] <= one.span.line <= lines[1]
        ]
        at = {one.span.line for one in complaints if one.span.file == path}
        for block, statement, lines in places:
            if statement in block.statements:
                some = True
                take_out(block, statement, {line - lines[0] for line in at})
        sheet.tidy()
    return some


def take_out(block: Block, statement: Statement, at: set[int]) -> None:
    """Of a declaration the attribute alone that is complained of; else the statement."""
    attribute: Callable[[str], object] = re.compile(r"  [a-z][\w-]*: ").match
    marked = [n for n in range(len(statement.lines)) if n in at]
    if not statement.is_norm and marked and all(attribute(statement.lines[n]) for n in marked):
        statement.lines = [line for n, line in enumerate(statement.lines) if n not in marked]
        return
    block.statements.remove(statement)
