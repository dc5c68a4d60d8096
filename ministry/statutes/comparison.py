"""What a proposed edition changes, ready for pages: its provisions, its norms, who gains or loses what.

Editions are named by what they say, so what is found of two of them is true for good, and is kept in the process.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

import msgspec
from django.utils.translation import gettext_noop

from ministry.editions.queries import law_of
from ministry.statutes import wordmarks
from ministry.statutes.checked import checked
from ministry.statutes.wordmarks import Pair
from writ.book.model import Book, Norm
from writ.cli import norm_text
from writ.cli.diff_data import line
from writ.cli.diff_words import phrase
from writ.cli.judge import decider
from writ.diagnostics import LENGTH_BITS, Diagnostic
from writ.editions.answers import ask_both
from writ.editions.bearing import KINDS
from writ.editions.change import Answer, Change, Comparison
from writ.editions.compare import compare
from writ.editions.provisions import Provision, differing, provisions_of

KEPT = 24
"""So many comparisons are kept in a process: those asked for last."""
MOST = 200
"""So many provisions are shown word by word; further ones are named."""
CASES = ".cases.yaml"
_BLOCK = re.compile(r"(?ms)^(```+|~~~+)writ[ \t]*$.*?(?:^\1[`~]*[ \t]*$|\Z)")


class Norms(msgspec.Struct, frozen=True, gc=False):
    """A norm of a provision before and after. `how`: gained, lost, narrowed ...; empty where it is the same."""

    citation: str
    kind: str
    how: str
    words: Pair
    respects: tuple[str, ...] = ()


class Changed(msgspec.Struct, frozen=True, gc=False):
    """A provision that does not say the same."""

    key: str
    citation: str
    title: str
    instrument: str
    gone: bool
    new: bool
    text: tuple[Pair, ...] = ()
    norms: tuple[Norms, ...] = ()
    formal: tuple[Pair, ...] = ()
    """Its `writ` blocks, line by line."""

    @property
    def anchor(self) -> str:
        return anchor(self.key)

    @property
    def altered(self) -> list[Norms]:
        """Its norms that are not the same."""
        return [one for one in self.norms if one.how or not one.words.same]

    @property
    def unaltered(self) -> int:
        return len(self.norms) - len(self.altered)

    @property
    def only_meaning(self) -> bool:
        """Its own text is the same: a word that it rests on, or what prevails over it, was declared otherwise."""
        return not (self.gone or self.new) and all(
            one.same for one in (*self.text, *self.formal, *(each.words for each in self.norms))
        )


class Word(msgspec.Struct, frozen=True, gc=False):
    """A declaration, an instrument or a ranking that is not what it was."""

    subject: str
    name: str
    how: str
    said: str
    respects: tuple[str, ...]


class Finding(msgspec.Struct, frozen=True, gc=False):
    """A diagnostic of the proposed edition that the edition before does not have."""

    code: str
    severity: str
    message: str
    place: str
    help: str


class Compared(msgspec.Struct, frozen=True, gc=False):
    """All that one edition changes of another."""

    provisions: tuple[Changed, ...]
    left_out: tuple[Changed, ...]
    """Beyond `MOST`: by name alone."""
    gains: tuple[tuple[str, tuple[str, ...]], ...]
    """By actor, what they gain or lose, in phrases."""
    other: tuple[Word, ...]
    """What changed that is no norm."""
    counts: tuple[tuple[str, int], ...]
    """How many norms were gained, lost, narrowed ..."""
    answers: tuple[Answer, ...]
    asked: int
    """Cases put to both."""
    findings: tuple[Finding, ...]
    mended: int
    """Diagnostics of the edition before that this one does not have."""
    touched: tuple[tuple[str, tuple[str, ...]], ...]
    """Offices that it concerns, and why."""


def anchor(key: str) -> str:
    """The anchor of a provision on the page of a proposal."""
    plain = "".join(one if one.isalnum() else "-" for one in key)
    return "p-" + "-".join(part for part in plain.split("-") if part)


_kept: OrderedDict[tuple[str, str], Compared] = OrderedDict()
_keeping = Lock()


def compared(base: str, edition: str, differs: Iterable[str] | None = None) -> Compared:
    """What an edition changes of another. `differs` are the keys of the provisions that do, where they are known.

    Raises:
        Edition.DoesNotExist: one of them is not deposited.
        NotABook: the text of one is damaged.
    """
    with _keeping:  # many who look at once wait for the one that works it out
        found = _kept.get((base, edition)) or _compared(base, edition, differs)
        _kept[base, edition] = found
        _kept.move_to_end((base, edition))
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def _compared(base: str, edition: str, differs: Iterable[str] | None) -> Compared:
    old, new = law_of(base).book, law_of(edition).book
    found = compare(old, new)
    differs = differing(old, new) if differs is None else differs
    verbs = {(one.subject, one.name): one for one in found.changes if one.subject in KINDS}
    parts = _Parts(old), _Parts(new)
    shown: list[Changed] = []
    rest: list[Changed] = []
    for key in differs:
        one = _changed(key, parts, verbs, len(shown) >= MOST)
        (rest if len(shown) >= MOST else shown).append(one)
    before, after = checked(base, old), checked(edition, new)
    known = {_same(one) for one in before}
    fresh = [one for one in after if _same(one) not in known]
    still = {_same(one) for one in after}
    asked = _cases(old, new)
    return Compared(
        tuple(shown),
        tuple(rest),
        _gains(found, new, old),
        tuple(_word(old, new, one) for one in found.changes if one.subject not in KINDS),
        _counts(found),
        asked[0],
        asked[1],
        tuple(_finding(one) for one in fresh),
        sum(_same(one) not in still for one in before),
        _touched(old, new, found, shown),
    )


class _Parts:
    """The provisions of a book by key, and the norms that stand in each; read for the files asked about alone."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.called = {item.place.file: name for name, item in book.instruments.items()}
        self.file = {name: path for path, name in self.called.items()}
        self._read: dict[str, dict[str, Provision]] = {}
        self._norms: dict[str, list[Norm]] = {}
        for norm in book.norms:
            self._norms.setdefault(norm.place.file, []).append(norm)

    def get(self, key: str) -> Provision | None:
        name = key.rpartition("/")[0] if key.endswith("/") else self._instrument(key)
        path = self.file.get(name, name)
        if path not in self.book.sources:
            return None
        if path not in self._read:
            found = provisions_of(path, self.book.sources[path].text, self.called.get(path, ""))
            self._read[path] = {one.key: one for one in found}
        return self._read[path].get(key)

    def _instrument(self, key: str) -> str:
        first = key.partition("/")[0]
        if first in self.file:
            return first
        return next((path for path in self.book.sources if key.startswith(f"{path}/")), first)

    def text(self, one: Provision | None) -> str:
        return self.book.sources[one.file].text[one.start : one.end] if one is not None else ""

    def norms(self, one: Provision | None) -> list[Norm]:
        if one is None:
            return []
        return [
            norm
            for norm in self._norms.get(one.file, ())
            if one.start <= norm.place.span >> LENGTH_BITS < one.end
        ]


Verbs = dict[tuple[str, str], Change]


def _changed(key: str, parts: tuple[_Parts, _Parts], verbs: Verbs, named_only: bool) -> Changed:
    if named_only:
        return _named(key, parts)
    old, new = (part.get(key) for part in parts)
    home, there = (parts[1], new) if new is not None else (parts[0], old)
    citation = title = instrument = ""
    if there is not None:
        item = home.book.instruments.get(there.instrument)
        instrument = item.title if item is not None else there.file
        title = there.title
        if item is not None and there.label:
            citation = item.cite(there.label)
        else:
            citation = f"{instrument}: {there.title or 'its head'}"
    named = (key, citation or key, title, instrument, new is None, old is None)
    texts = parts[0].text(old), parts[1].text(new)
    plain = [_BLOCK.sub("", text) for text in texts]
    blocks = ["\n".join(one[0] for one in _BLOCK.finditer(text)) for text in texts]
    return Changed(
        *named,
        wordmarks.paragraphs(*(_without_heading(one) for one in plain)),
        tuple(_norms(parts[0].norms(old), parts[1].norms(new), verbs)),
        tuple(one for one in wordmarks.lines(*blocks)) if blocks[0] != blocks[1] else (),
    )


def _named(key: str, parts: tuple[_Parts, _Parts]) -> Changed:
    """A provision by name alone; no file is read for it."""
    name, _, label = key.partition("/")
    item = parts[1].book.instruments.get(name) or parts[0].book.instruments.get(name)
    if item is None:
        return Changed(key, key, "", "", False, False)
    citation = item.cite(label) if label else f"{item.title}: its head"
    return Changed(key, citation, "", item.title, False, False)


def _without_heading(text: str) -> str:
    first, _, rest = text.partition("\n")
    return rest if first.startswith("#") else text


def _norms(before: list[Norm], after: list[Norm], verbs: Verbs) -> Iterable[Norms]:
    """The norms of a provision beside each other: by id, then in their order."""
    left = {norm.id: norm for norm in before}
    alone = [norm for norm in after if norm.id not in left]
    for norm in after:
        was = left.pop(norm.id, None)
        if was is None:
            continue
        yield _pair(was, norm, verbs)
    rest = list(left.values())
    for norm in alone:
        twin = next((one for one in rest if one.kind == norm.kind and one.act == norm.act), None)
        if twin is not None:
            rest.remove(twin)
        yield _pair(twin, norm, verbs)
    for norm in rest:
        yield _pair(norm, None, verbs)


def _pair(old: Norm | None, new: Norm | None, verbs: Verbs) -> Norms:
    there = new or old
    assert there is not None
    found = verbs.get((there.kind, there.id))
    texts = [norm_text.qualified(one) if one is not None else "" for one in (old, new)]
    how = found.change if found is not None else ""
    if not how and (old is None or new is None):
        how = "lost" if new is None else "gained"
    respects = (
        _respects(found) if found is not None and found.change not in ("gained", "lost") else ()
    )
    return Norms(there.citation, there.kind, how, wordmarks.words(*texts), respects)


def _respects(change: Change) -> tuple[str, ...]:
    """`deadline: within 7 days, now within 5 days (sooner)`."""
    found = []
    for one in change.details:
        was, now = "; ".join(one.old), "; ".join(one.new)
        told = f" ({one.how})" if one.how not in ("", "other", "moved") else ""
        if was and now:
            found.append(f"{one.what}: {was}, now {now}{told}")
        elif was or now:
            found.append(f"{one.what}: {'no longer ' if was else 'now '}{was or now}{told}")
        else:
            found.append(f"{one.what}{told}")
    return tuple(found)


def _word(old: Book, new: Book, item: Change) -> Word:
    return Word(item.subject, item.name, item.change, line(old, new, item), _respects(item))


def _counts(found: Comparison) -> tuple[tuple[str, int], ...]:
    counted: dict[str, int] = {}
    for one in found.changes:
        if one.subject in KINDS:
            counted[one.change] = counted.get(one.change, 0) + 1
    return tuple(sorted(counted.items()))


def _gains(found: Comparison, new: Book, old: Book) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """By actor, in the order of the comparison, what they gain or lose; acts in the words of the book."""
    gains: dict[str, list[str]] = {}
    for one in found.touched:
        known = new.vocabulary.acts.get(one.act) or old.vocabulary.acts.get(one.act)
        said = phrase(one)
        if known is not None and known.description:
            said = said.replace(one.act, f"“{known.description}”", 1)
        gains.setdefault(one.actor, []).append(said)
    return tuple((actor, tuple(said)) for actor, said in gains.items())


def _touched(
    old: Book, new: Book, found: Comparison, shown: list[Changed]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Offices that gain or lose something, that are declared otherwise, or that keep an instrument that is changed."""
    why: dict[str, list[str]] = {}

    def put(name: str, reason: str) -> None:
        for book in (new, old):
            actor = book.vocabulary.actors.get(name)
            if actor is not None and actor.kind == "office":
                if reason not in why.setdefault(name, []):
                    why[name].append(reason)
                return

    for one in found.touched:
        put(one.actor, gettext_noop("what it may or must do is changed"))
    for change in found.changes:
        for name in (*change.freer, *change.bound):
            put(name, gettext_noop("what it may or must do is changed"))
        if change.subject == "office":
            put(change.name, gettext_noop("it is declared otherwise"))
    for changed in shown:
        name = changed.key.partition("/")[0]
        for book in (old, new):
            item = book.instruments.get(name)
            if item is not None and item.owner:
                put(item.owner, f"it keeps the {item.title}")
    return tuple((name, tuple(reasons)) for name, reasons in sorted(why.items()))


def _cases(old: Book, new: Book) -> tuple[tuple[Answer, ...], int]:
    """The cases that the editions have in them, put to both."""
    texts = [
        {path: one.text for path, one in book.sources.items() if path.endswith(CASES)}
        for book in (old, new)
    ]
    if not any(texts):
        return (), 0
    asked = ask_both((old, texts[0], decider(old)), (new, texts[1], decider(new)))
    return asked.answers, asked.asked


def _same(one: Diagnostic) -> tuple[str, str, str]:
    return one.code, one.span.file, one.message


def _finding(one: Diagnostic) -> Finding:
    return Finding(
        one.code, str(one.severity), one.message, f"{one.span.file}, line {one.span.line}", one.help
    )
