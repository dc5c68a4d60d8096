"""Pages of a book for the terminal: its instruments, a provision, an office, an act, a state."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable

from writ.book.labels import beneath
from writ.book.model import Book, Instrument, Norm
from writ.cli import norm_text, powers, vocabulary_text
from writ.cli.finding import headings, norms_at
from writ.cli.printing import number, table, wrapped
from writ.cli.relevance import bearing, changers
from writ.formats.paint import Paint, visible


def overview(book: Book, paint: Paint) -> str:
    """The instruments, each beneath the one it is made under, and how many norms of each kind there are."""
    kinds = Counter(norm.kind for norm in book.norms)
    words = book.vocabulary
    counts = (
        ("instrument", len(book.instruments)),
        ("norm", len(book.norms)),
        ("actor", len(words.actors)),
        ("act", len(words.acts)),
        ("state", len(words.states)),
    )
    said = ", ".join(number(count, noun) for noun, count in counts)
    each = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    return "\n".join(
        [
            vocabulary_text.titled(book.title or book.name, said, paint),
            wrapped(each, 2, "  "),
            "",
            *_tree(book, paint),
        ]
    )


def _tree(book: Book, paint: Paint) -> list[str]:
    beneath: dict[str, list[Instrument]] = {}
    known = book.instruments
    for item in known.values():
        above = item.under[0] if item.under and item.under[0] in known else ""
        beneath.setdefault(above, []).append(item)
    for items in beneath.values():
        items.sort(key=lambda item: (item.rank, item.start or dt.date.max, item.id))
    norms = Counter(norm.instrument for norm in book.norms)
    lines: list[str] = []
    todo = [(item, 0) for item in reversed(beneath.get("", []))]
    while todo:
        item, depth = todo.pop()
        basis = (
            f", under {known[item.under[0]].cite(item.under[1])}" if depth and item.under else ""
        )
        about = f"{item.kind}, {_days(item.start, item.end)}{basis}"
        text = f"{item.title} ({about}; {number(norms[item.id], 'norm')})"
        line = wrapped(text, 2 * depth + 4, f"{'  ' * depth}{item.id}  ")
        lines.append(line.replace(item.id, paint.strong(item.id), 1))
        todo += [(child, depth + 1) for child in reversed(beneath.get(item.id, []))]
    return lines


def _days(start: dt.date | None, end: dt.date | None) -> str:
    if start is None:
        return "on commencement"
    since = f"in force from {start.isoformat()}"
    return f"{since} until {(end - dt.timedelta(days=1)).isoformat()}" if end else since


def instrument(book: Book, name: str, paint: Paint) -> str:
    """An instrument: where it stands, and its norms."""
    item = book.instruments[name]
    rows = [("kind", item.kind), ("citation", item.citation), ("time", _days(item.start, item.end))]
    if item.enacted_by:
        rows.append(("enacted by", item.enacted_by))
    if item.under:
        rows.append(("under", " ".join(item.under)))
    if item.review:
        rows.append(("review by", item.review.isoformat()))
    if item.owner:
        rows.append(("owner", item.owner))
    own = [norm for norm in book.norms if norm.instrument == name]
    return "\n".join([paint.strong(item.title), table(rows), "", norms(own, paint)])


def provision(book: Book, name: str, label: str, paint: Paint) -> str:
    """The text of a provision with its blocks, and what is to be known of its norms."""
    item = book.instruments[name]
    source = book.sources[item.place.file]
    found = norms_at(book, name, label)
    over = [one for one in headings(book, name) if one.label and beneath(label, one.label)]
    section = max(over, key=lambda one: len(one.label), default=None)
    body = source.text[section.start : section.end].strip() if section else ""
    if section is None or section.label != label:
        words = re.sub(r"(?ms)^(```+|~~~+)writ$.*?^\1\s*?$\n?", "", body).rstrip()
        body = "\n\n".join(filter(None, [words, *(_statement(book, norm) for norm in found)]))
    parts = [f"{paint.strong(item.cite(label))}  {item.title}", visible(body)]
    notes = [(norm.citation, note) for norm in found for note in _notes(book, norm)]
    if notes:
        parts.append(table(dict.fromkeys(notes), 0, 28, paint.cited))
    return "\n\n".join(parts)


def _statement(book: Book, norm: Norm) -> str:
    """The statement of a norm as it is written."""
    from writ.diagnostics import LENGTH_BITS, LENGTH_MASK

    start, length = norm.place.span >> LENGTH_BITS, norm.place.span & LENGTH_MASK
    return book.sources[norm.place.file].text[start : start + length].rstrip()


def _notes(book: Book, norm: Norm) -> list[str]:
    notes = [f"{norm.kind}, {_days(norm.start, norm.end)}"]
    notes += [
        f"suspended from {gap.start.isoformat()}"
        + (f" until {gap.end.isoformat()}" if gap.end else "")
        for gap in norm.gaps
    ]
    cited = {one.id: one.citation for one in book.norms}
    notes += [f"prevails over {cited[o.loser]}" for o in book.overrides if o.winner == norm.id]
    notes += [f"yields to {cited[o.winner]}" for o in book.overrides if o.loser == norm.id]
    return list(dict.fromkeys(notes))


def norms(found: Iterable[Norm], paint: Paint) -> str:
    rows = [(norm.citation, f"{norm.kind}: {norm_text.qualified(norm)}") for norm in found]
    return table(rows, 2, 28, paint.cited)


def actor(book: Book, name: str, at: dt.date, paint: Paint) -> str:
    """An office, body or person: its place, its line of command, its powers."""
    item = book.vocabulary.actors[name]
    actors = book.vocabulary.actors
    rows = [("kind", item.kind)]
    rows.append(("is", ", ".join(item.parents)))
    rows.append(("also", ", ".join(n for n, one in actors.items() if name in one.parents)))
    rows.append(("in", item.body))
    rows.append(("holds", ", ".join(n for n, one in actors.items() if one.body == name)))
    quorum = f"{item.members}, quorum {item.quorum}" if item.quorum else item.members
    rows.append(("members", quorum))
    rows.append(("reports to", " -> ".join(_command(book, name))))
    rows.append(("commands", ", ".join(n for n, one in actors.items() if name in one.reports_to)))
    rows.append(("succession", ", ".join(item.succession)))
    rows += [("vacant", _vacancy(one.start, one.end)) for one in item.vacancies]
    shown = table(row for row in rows if row[1])
    said = powers.text(powers.powers(book, name, at), paint)
    head = vocabulary_text.titled(name, item.description, paint)
    return "\n".join([head, shown, "", said]).rstrip()


def _vacancy(start: dt.date, end: dt.date | None) -> str:
    return f"from {start.isoformat()}" + (f" until {end.isoformat()}" if end else "")


def _command(book: Book, name: str) -> list[str]:
    """The line of command upwards, by the first superior of each."""
    line: list[str] = []
    item = book.vocabulary.actors[name]
    while item.reports_to and item.reports_to[0] not in (*line, name):
        line.append(item.reports_to[0])
        item = book.vocabulary.actors[line[-1]]
    return line


def act(book: Book, name: str, paint: Paint) -> str:
    """An act: what it is, and every norm that a question about it can be decided by."""
    found = norms(bearing(book, name), paint)
    page = vocabulary_text.act_head(book, name, paint)
    return "\n\n".join([page, f"{paint.strong('Norms')}\n{found or '  none'}"])


def state(book: Book, name: str, paint: Paint) -> str:
    """A state: what it carries, which acts change it, and when it lapses."""
    changing = [
        norm
        for norm in book.norms
        if norm.state == name or any(effect.state == name for effect in norm.effects)
    ]
    page = vocabulary_text.word_page(book, name, paint)
    rows = dict.fromkeys((norm.act, norm_text.effect(term)) for norm, term in changers(book, name))
    said = norms(changing, paint)
    return "\n\n".join(part for part in [page, table(rows), said] if part)
