"""Provisions as people type them: `17(1)(a)`, `s. 17(1)`, `section 17 of the Emergencies Act`, `emergencies-act 17`."""

from __future__ import annotations

import re
import sqlite3

import msgspec

from writ.corpus.search.filters import Predicate
from writ.drafting.passages import passages

_SECTION = (
    r"(?:(?:sub)?sections?|(?:sub)?paragraphs?|articles?|regulations?|rules?|clauses?|paragraphes?|alinéas?"
    r"|ss?\.?|secs?\.?|arts?\.?|regs?\.?|paras?\.?|§{1,2})"
)
_TYPED = re.compile(
    rf"(?:(?P<who>.*?\S)(?:[\s,]+|/))??(?:(?:{_SECTION})(?:\s+|(?=[\d§])))?"
    r"(?P<label>[\w.\-–]+(?:\s*\([^()\s]{1,12}\))*)"
    r"(?:[\s,]+(?:of|de|du)\s+(?:(?:the|la|le)\s+|l[’'])?(?P<of>\S.*))?",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
MOST = 5
"""Provisions of that label in several instruments, the highest rank first."""


class Jump(msgspec.Struct, frozen=True):
    """A provision that was named: its row, and the label as asked, which may be of a paragraph in it."""

    row: int
    label: str


def jump(connection: sqlite3.Connection, asked: str, allowed: Predicate | None) -> list[Jump]:
    """The provisions that a query names, if it does nothing else."""
    found = _TYPED.fullmatch(asked.strip()[:200])
    if found is None:
        return []
    label = re.sub(r"\s+", "", found["label"]).rstrip(".").casefold()
    if not label or not (any(each.isdigit() for each in label) or len(label) < 6):
        return []
    files = None
    if who := (found["who"] or found["of"] or "").strip():
        files = _files(connection, re.sub(rf"[\s,]+{_SECTION}$", "", who, flags=re.IGNORECASE))
        if not files:
            return []
    above = [
        label[:at] for at in range(len(label), 0, -1) if at == len(label) or label[at] in "(.-"
    ]
    marks = ",".join("?" * len(above))
    sql = (
        f"SELECT r.id, r.folded, r.file, r.label FROM row r JOIN file f ON f.id = r.file WHERE r.folded IN ({marks})"
        " AND r.sort IN ('provision', 'assurance', 'unresolved')"
        + (f" AND ({allowed.sql})" if allowed else "")
        + " ORDER BY length(r.folded) DESC, f.rank, r.id"
    )
    parameters = (*above, *(allowed.parameters if allowed else ()))
    typed = asked.strip()[: found.start("label")].casefold().strip(" .")
    cited = {
        id
        for id, form in connection.execute("SELECT id, cite_as FROM file WHERE cite_as <> ''")
        if typed and form.partition("{")[0].casefold().strip(" .") == typed
    }
    jumps: list[Jump] = []
    seen: set[int] = set()
    rows = connection.execute(sql, parameters).fetchall()
    # As an instrument is cited, so it is meant: `Rule 2`.
    for row, folded, file, own in sorted(rows, key=lambda each: each[2] not in cited):
        if file in seen or (files is not None and file not in files):
            continue
        if folded == label or _has(connection, row, own, label):
            seen.add(file)
            jumps.append(Jump(row, own if folded == label else own + label[len(folded) :]))
            if len(jumps) >= MOST:
                break
    return jumps


def _has(connection: sqlite3.Connection, row: int, own: str, label: str) -> bool:
    """Whether the provision has a paragraph, or a norm, of that label."""
    norms = connection.execute('SELECT label FROM norm WHERE "row" = ?', (row,))
    if any(each.casefold() == label for (each,) in norms):
        return True
    text = connection.execute("SELECT text FROM body WHERE id = ?", (row,)).fetchone()[0]
    return any(each.label.casefold() == label for each in passages(f"# {own} –\n\n{text}"))


def _files(connection: sqlite3.Connection, who: str) -> frozenset[int]:
    """The instruments that a person means: by id, by how they are cited, by their title or its words or initials."""
    asked = who.casefold().strip(" .,")
    words = set(_WORD.findall(asked))
    exact: set[int] = set()
    near: set[int] = set()
    sql = "SELECT id, instrument, title, cite_as FROM file WHERE instrument <> ''"
    for id, instrument, title, cite_as in connection.execute(sql):
        cited = re.sub(
            rf"[\s,]*{_SECTION}$", "", cite_as.partition("{")[0].strip(), flags=re.IGNORECASE
        )
        known = _WORD.findall(title.casefold())
        initials = "".join(word[0] for word in known if word not in ("of", "the", "and", "to"))
        short = {instrument.casefold(), title.casefold(), cited.casefold().strip(" .,"), initials}
        if asked in short or asked.removesuffix(" act") == initials.removesuffix("a"):
            exact.add(id)
        elif words and words <= {*known, *_WORD.findall(cited.casefold())}:
            near.add(id)
    return frozenset(exact or near)
