"""What each provision says: its words, and what its norms mean; so that two editions can be held against each other.

An approval is of what a provision says. It stands as long as that does: a comment, a line broken elsewhere, conditions
written in another order change nothing; another word of the text does, and so does an office, an act or a calendar that
the provision speaks of and that is declared otherwise, wherever that is.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from writ.book.affected import mentions
from writ.book.model import Book, Norm
from writ.diagnostics import LENGTH_BITS
from writ.editions.canonical import content
from writ.editions.meanings import differing_words, meanings_of
from writ.syntax.front import extent
from writ.syntax.parser import parse_text
from writ.syntax.tree import File, NormStatement

_FENCE = re.compile(r"(?ms)^(```+|~~~+)writ[ \t]*$.*?(?:^\1[`~]*[ \t]*$|\Z)")
_SPACE = re.compile(r"\s+")
FIGURES = 32
"""Hexadecimal figures of a fingerprint: 128 bits."""
CHANGING = frozenset({"override", "repeal", "suspend", "commence"})
"""Statements of no norm of their own: they change what others say, or which prevails."""


class Provision(msgspec.Struct, frozen=True, gc=False):
    """A heading with its own text, up to the next heading; or what stands before the first.

    `key` is `instrument/label`. What stands under a heading without a label has its title in place of one, the front
    matter and what follows it nothing; a file that is no instrument is called by its path.
    """

    key: str
    instrument: str
    label: str
    title: str
    level: int
    """Of the heading, from 1; 0 is what stands before the first."""
    file: str
    start: int
    end: int
    """Offsets in the text of the file."""


def provisions_of(path: str, text: str, instrument: str = "") -> list[Provision]:
    """The provisions of a file, in order; nothing of its text is in none of them."""
    tree, _ = parse_text(path, text)
    starts = [text.rfind("\n", 0, one.span >> LENGTH_BITS) + 1 for one in tree.headings]
    name = instrument or path
    found = [Provision(f"{name}/", instrument, "", "", 0, path, 0, (*starts, len(text))[0])]
    taken = {found[0].key}
    for at, heading in enumerate(tree.headings):
        end = starts[at + 1] if at + 1 < len(starts) else len(text)
        key = plain = f"{name}/{heading.label or heading.text}"
        count = 1
        while key in taken:
            count += 1
            key = f"{plain}~{count}"
        taken.add(key)
        found.append(
            Provision(
                key, instrument, heading.label, heading.text, heading.level, path, starts[at], end
            )
        )
    return found


def provisions(book: Book) -> Iterator[Provision]:
    """The provisions of every file of a book."""
    called = {item.place.file: name for name, item in book.instruments.items()}
    for path, source in book.sources.items():
        yield from provisions_of(path, source.text, called.get(path, ""))


def fingerprints(
    book: Book, files: Iterable[str] | None = None, words: bool = True
) -> dict[str, str]:
    """By the key of each provision, a digest of what it says; of `files` alone, where they are given.

    Without `words` it is of what its norms and statements mean: neither of its prose nor of descriptions.
    """
    meanings = meanings_of(book)
    called = {item.place.file: name for name, item in book.instruments.items()}
    wanted = book.sources.keys() if files is None else book.sources.keys() & set(files)
    ranks = _ranks(book)
    norms: dict[str, list[Norm]] = {}
    for norm in book.norms:
        if norm.place.file in wanted:
            norms.setdefault(norm.place.file, []).append(norm)
    found: dict[str, str] = {}
    for path, source in book.sources.items():
        if path not in wanted:
            continue
        parts = provisions_of(path, source.text, called.get(path, ""))
        said = [[_words(source.text, one) if words else ""] for one in parts]
        starts = [one.start for one in parts]
        for at, text in _statements(parse_text(path, source.text)[0], words):
            said[bisect_right(starts, at) - 1].append(text)
        for norm in norms.get(path, ()):
            calendar = book.instruments[norm.instrument].calendar or book.default_calendar
            text = repr(content(norm))
            said[bisect_right(starts, norm.place.span >> LENGTH_BITS) - 1].append(
                f"{text} {_times(norm)!r} {ranks.get(norm.id)!r} {meanings.used_in(text, calendar)}"
            )
        for one, texts in zip(parts, said, strict=True):
            digest = hashlib.sha256("\0".join((texts[0], *sorted(texts[1:]))).encode())
            found[one.key] = digest.hexdigest()[:FIGURES]
    return found


def differing(old: Book, new: Book) -> dict[str, tuple[str, str]]:
    """The provisions that do not say the same in two editions, each with its old and its new fingerprint.

    Empty where the edition does not have it; in the order of the new edition, what is gone at the end.
    """
    files = _touched(old, new)
    before, after = fingerprints(old, files), fingerprints(new, files)
    found = {
        key: (before.get(key, ""), one) for key, one in after.items() if before.get(key) != one
    }
    return found | {key: (one, "") for key, one in before.items() if key not in after}


def _touched(old: Book, new: Book) -> set[str]:
    """The files in which a provision may say something else: all that is not surely the same."""
    paths = old.sources.keys() | new.sources.keys()
    called = [{item.place.file: item for item in book.instruments.values()} for book in (old, new)]
    changed = {
        path
        for path in paths
        if path not in old.sources
        or path not in new.sources
        or old.sources[path].text != new.sources[path].text
        or called[0].get(path) != called[1].get(path)
    }
    words = differing_words(meanings_of(old), meanings_of(new))
    if words:
        changed |= {path for path in paths - changed if mentions(new.sources[path].text, words)}
    ranks = _ranks(old), _ranks(new)
    before = old.by_id
    for norm in new.norms:
        if norm.place.file not in changed:
            was = before.get(norm.id)
            if (
                was is None
                or _times(was) != _times(norm)
                or ranks[0].get(norm.id) != ranks[1].get(norm.id)
            ):
                changed.add(norm.place.file)
    if old.default_calendar != new.default_calendar:
        return set(paths)
    return changed


def _ranks(book: Book) -> dict[str, list[tuple[str, ...]]]:
    """By norm, what prevails over it and over what it prevails, and when."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for one in book.overrides:
        times = repr((one.start, one.end, one.gaps, one.known))
        for id in (one.winner, one.loser):
            found.setdefault(id, []).append((one.winner, one.loser, times))
    return {id: sorted(pairs) for id, pairs in found.items()}


def _times(norm: Norm) -> tuple[object, ...]:
    """When it is in force and known, and how it is called."""
    return norm.start, norm.end, norm.gaps, norm.known, norm.rank, norm.label, norm.title


def _words(text: str, one: Provision) -> str:
    """The words of a provision without its blocks; of the front matter, its values."""
    own = text[one.start : one.end]
    if one.level == 0 and (place := extent(text)) is not None:
        own = text[place[2] : one.end] if place[1] > 0 else own
    return _SPACE.sub(" ", _FENCE.sub("", own)).strip()


def _statements(tree: File, words: bool = True) -> Iterator[tuple[int, str]]:
    """All that stands in blocks but norms, by place, as it was read; without `words`, without descriptions."""
    if tree.front is not None:
        yield 0, repr(sorted(tree.front.values.items(), key=lambda item: item[0]))
    for statement in tree.statements:
        if not isinstance(statement, NormStatement) or statement.kind in CHANGING:
            yield statement.span >> LENGTH_BITS, repr(_placeless(statement, words))


def _placeless(item: Any, words: bool = True) -> Any:
    """What was read, without where."""
    if isinstance(item, msgspec.Struct):
        fields = [
            name
            for name in item.__struct_fields__
            if not name.endswith(("span", "spans")) and (words or name != "description")
        ]
        return type(item).__name__, [_placeless(getattr(item, name), words) for name in fields]
    if isinstance(item, dict):
        return {key: _placeless(value, words) for key, value in item.items()}
    return [_placeless(one, words) for one in item] if isinstance(item, list | tuple) else item
