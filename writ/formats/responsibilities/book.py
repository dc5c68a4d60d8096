"""A table of responsibilities as a book: its organisation, and an instrument for each document."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence

from writ.drafting.naming import act_name
from writ.formats.responsibilities.organisation import Organisation, is_bearer, plain
from writ.formats.responsibilities.rows import NOWHERE, Row, clean, headings

START = dt.date(2000, 1, 1)
"""The first day of what is imported, where nobody gives one: the tables have none."""
_LONGEST = 160
_SPECIAL = re.compile(r"^(?=[#`~>|=+*<_-]|[0-9]+[.)]\s)")


def book(
    rows: Sequence[Row],
    organisation: Organisation,
    name: str,
    title: str = "",
    start: dt.date = START,
) -> dict[str, str]:
    """The files by name. Bearers that the organisation does not know are declared with the rest, as offices.

    A row that names nobody, or only heads others, is in the text of its document and has no norm.
    """
    known = set(organisation.actors)
    bearers: dict[str, str] = {}
    for row in rows:
        if is_bearer(row.bearer):
            key = plain(row.bearer)
            if key not in bearers:
                found = organisation.find(row.bearer)
                # the text in brackets is its abbreviation, and names it too
                bearers[key] = (found or organisation.add("office", _shown(row.bearer))).name
    used = _used(organisation, set(bearers.values()))
    files = {
        "book.md": f"---\nbook: {name}\ntitle: {_quoted(title or 'Responsibilities')}\n---\n",
        "organisation.md": _organisation(organisation, used, known, start),
    }
    titles = headings(rows)
    documents: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        documents[row.document or NOWHERE].append(row)
    acts = _Acts(set(organisation.actors))
    ids = instruments(rows)
    for document, own in documents.items():
        id = ids[document]
        files[f"{id}.md"] = _instrument(id, document, own, bearers, acts, titles, start)
    return files


def instruments(rows: Sequence[Row]) -> dict[str, str]:
    """The id of the instrument of each document, in their order."""
    taken = {"book", "organisation"}
    return {
        document: _id(document, taken)
        for document in dict.fromkeys(row.document or NOWHERE for row in rows)
    }


class _Acts:
    """A name for each act: the same words have the same name."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._names: dict[str, str] = {}

    def name(self, words: str) -> tuple[str, bool]:
        """The name, and whether it is new."""
        key = re.sub(r"[^a-z0-9]", "", words.lower())
        if key in self._names:
            return self._names[key], False
        base, number = act_name(words, 8), 1
        name = base
        while name in self._taken:
            number += 1
            name = f"{base}-{number}"
        self._taken.add(name)
        self._names[key] = name
        return name, True


def _used(organisation: Organisation, names: set[str]) -> list[str]:
    """The actors that bear something, with all that they stand in or report to, in the order of the tables."""
    wanted: set[str] = set()
    ahead = list(names)
    while ahead:
        name = ahead.pop()
        if name and name not in wanted:
            wanted.add(name)
            actor = organisation.actors[name]
            ahead += [actor.inside, actor.reports_to]
    return [name for name in organisation.actors if name in wanted]


def _organisation(
    organisation: Organisation, used: Sequence[str], known: set[str], start: dt.date
) -> str:
    lines = [*_front("organisation", "Organisation", start), "# Organisation", "", "```writ"]
    for name in used:
        actor = organisation.actors[name]
        if name not in known:
            lines.append("-- not in the tables of the organisation")
        lines.append(f'{actor.sort} {name} "{_described(actor.title)}"')
        if actor.inside:
            lines.append(f"  in {actor.inside}")
        if actor.reports_to:
            lines.append(f"  reports to {actor.reports_to}")
        lines.append("")
    return "\n".join([*lines[:-1], "```", ""])


def _instrument(
    id: str,
    document: str,
    rows: Sequence[Row],
    bearers: dict[str, str],
    acts: _Acts,
    titles: frozenset[int],
    start: dt.date,
) -> str:
    lines = [*_front(id, document, start), f"# {_line(document)}", ""]
    for row in rows:
        label = f"R{row.number}"
        lines += [f"## {label} {_line(row.bearer or 'Nobody named')}", ""]
        lines += [part for level in row.levels for part in (_line(level), "")]
        if row.references:
            lines += [_line(f"References: {'; '.join(row.references)}"), ""]
        bearer = bearers.get(plain(row.bearer)) if is_bearer(row.bearer) else None
        if bearer is None or row.number in titles:
            continue
        act, new = acts.name(row.duty)
        declared = [f'act {act} "{_described(row.duty)}"', ""] if new else []
        lines += ["```writ", *declared, f"duty {label}", f"  {bearer} must {act}", "```", ""]
    return "\n".join(lines)


def _front(id: str, title: str, start: dt.date) -> list[str]:
    return [
        "---", f"id: {id}", f"title: {_quoted(title)}", "kind: directive", "top: true", f"in-force: {start}", "---", "",
    ]  # fmt: skip


def _id(document: str, taken: set[str]) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", document.lower()).strip("-")[:60].rstrip("-") or "document"
    if not base[0].isalpha():
        base = f"document-{base}"
    id, number = base, 1
    while id in taken:
        number += 1
        id = f"{base}-{number}"
    taken.add(id)
    return id


def _shown(bearer: str) -> str:
    title = re.sub(r"^(?:the|The)\s+", "", bearer).strip(" ,.:")
    return title if len(title) <= _LONGEST else plain(bearer)


def _line(text: str) -> str:
    """A text as one paragraph of Markdown: nothing in it is a heading, a list or a fence."""
    return _SPECIAL.sub(r"\\", clean(text))


def _described(text: str) -> str:
    plain_text = clean(text.replace('"', "'"))
    if len(plain_text) <= _LONGEST:
        return plain_text
    return plain_text[: _LONGEST - 1].rsplit(" ", 1)[0] + " …"


def _quoted(text: str) -> str:
    escaped = clean(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
