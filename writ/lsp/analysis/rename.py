"""Renaming: everywhere at once, or not at all."""

from __future__ import annotations

import msgspec

from writ.book.front import is_name
from writ.book.labels import above, beneath
from writ.book.names import RESERVED as MEANING
from writ.lsp.analysis.navigation import every, mention_at
from writ.lsp.analysis.snapshot import CASES, Snapshot
from writ.lsp.analysis.symbols import Mention, Sort, Symbol, attribute, provision
from writ.lsp.analysis.text import Edit
from writ.syntax.cursor import RESERVED
from writ.syntax.lexer import LABEL, NAME
from writ.syntax.provisions import label_of

TYPES = frozenset({"yes-no", "number", "text", "date", "duration", "person-id", "set", "list"})
_WORDS = (
    RESERVED
    | MEANING
    | TYPES
    | {
        "no",
        "each",
        "at",
        "all",
        "any",
        "every",
        "some",
        "exactly",
        "start",
        "end",
        "time",
        "first",
        "earlier",
        "later",
        "days",
        "count",
        "done",
        "happened",
        "above",
        "below",
        "before",
        "after",
        "on",
        "within",
        "shares",
        "since",
        "the",
        "to",
        "someone",
        "nothing",
        "anything",
        "grant",
    }
)
"""Words with which a phrase of the language starts or goes on: a name called so would not read."""


class Refused(Exception):
    """A rename that would not be one; the message says why."""


class Renamed(msgspec.Struct, frozen=True):
    """The edits by file."""

    edits: dict[str, list[Edit]]


def prepare(snapshot: Snapshot, path: str, offset: int) -> Mention:
    """The mention that a rename at an offset is about.

    Raises:
        Refused: nothing there can be renamed.
    """
    found = mention_at(snapshot, path, offset)
    if found is None:
        raise Refused("there is no name of the book here")
    if found.symbol.sort is Sort.CASE:
        raise Refused("the id of a case is not renamed from here: other collections may share it")
    if not snapshot.whole:
        raise Refused("the book has errors: a rename might miss what they hide")
    return found


def rename(snapshot: Snapshot, path: str, offset: int, new: str) -> Renamed:
    """The edits that give what is named at an offset another name, in law, cases and journals.

    Raises:
        Refused: the new name is no name, or is taken, or would be read as something else.
    """
    mention = prepare(snapshot, path, offset)
    symbol = mention.symbol
    new = new.strip()
    if new == symbol.word:
        return Renamed({})
    if symbol.sort is Sort.PROVISION:
        return _relabelled(snapshot, symbol, new)
    _allowed(snapshot, symbol, new)
    edits: dict[str, list[Edit]] = {}
    for one in family(snapshot, symbol):
        for file, each in every(snapshot, one):
            if symbol.sort in (Sort.VALUE, Sort.ATTRIBUTE, Sort.NAME) and file.endswith(CASES):
                _written_plainly(new)
            edits.setdefault(file, []).append(Edit(each.start, each.end, new))
    return Renamed(edits)


def family(snapshot: Snapshot, symbol: Symbol) -> list[Symbol]:
    """What goes by one name together: the attributes of a state take the values of those of the same name."""
    vocabulary = snapshot.book.vocabulary
    if symbol.sort is not Sort.ATTRIBUTE:
        return [symbol]
    alike = [item for item in vocabulary.attributes.values() if item.name == symbol.word]
    if not any(item.owner in vocabulary.states for item in alike):
        return [symbol]
    return [attribute(item.slot) for item in alike]


def _written_plainly(new: str) -> None:
    if new in ("yes", "no", "true", "false", "null", "on", "off"):
        raise Refused(f"`{new}` is a truth value in the cases of the book")


def _allowed(snapshot: Snapshot, symbol: Symbol, new: str) -> None:
    """Refuse what is no name, or one that is taken where it would stand."""
    if not NAME.fullmatch(new) or not is_name(new):
        raise Refused(f"`{new}` is not a name: lower-case words, and figures, joined by hyphens")
    if new in _WORDS:
        raise Refused(f"`{new}` is a word of the language")
    lexicon, vocabulary = snapshot.lexicon, snapshot.book.vocabulary
    taken = lexicon.names.sorts.get(new)
    if symbol.sort is Sort.INSTRUMENT:
        if new in snapshot.book.instruments:
            raise Refused(f"there is already an instrument `{new}`")
        return
    if symbol.sort is Sort.NAME or "." not in symbol.key:
        if taken is not None:
            raise Refused(f"`{new}` is already declared")
        if any(item.name == new for item in vocabulary.attributes.values()):
            raise Refused(f"`{new}` is already an attribute: a bare name would have two meanings")
        if any(new in kind.order for kind in vocabulary.kinds.values()):
            raise Refused(f"`{new}` is already a value: a bare name would have two meanings")
    elif symbol.sort is Sort.ATTRIBUTE:
        if taken is not None or any(a.name == new for a in vocabulary.attributes.values()):
            raise Refused(f"`{new}` is already declared: a bare name would have two meanings")
        if any(new in kind.order for kind in vocabulary.kinds.values()):
            raise Refused(f"`{new}` is already a value: a bare name would have two meanings")
    elif symbol.sort is Sort.VALUE:
        if new in vocabulary.kinds[symbol.owner].order:
            raise Refused(f"`{symbol.owner}` already has a value `{new}`")
        if taken is not None or any(a.name == new for a in vocabulary.attributes.values()):
            raise Refused(f"`{new}` is already declared: a bare name would have two meanings")
        if any(new in kind.order for kind in vocabulary.kinds.values()):
            raise Refused(f"`{new}` is already a value of another kind")
    elif taken is not None:
        raise Refused(f"`{new}` is already declared")


def _relabelled(snapshot: Snapshot, symbol: Symbol, new: str) -> Renamed:
    """A provision with all that stands beneath it, and the citations of its norms."""
    old, owner = symbol.word, symbol.owner
    instrument = snapshot.book.instruments.get(owner)
    if instrument is None:
        raise Refused(f"there is no instrument `{owner}`")
    if not LABEL.fullmatch(new):
        raise Refused(f"`{new}` is not a label: `17`, `17(1)`, `4(b)`, `II.2`")
    edits: dict[str, list[Edit]] = {}
    known = {
        each.symbol.word
        for each in snapshot.mentions(instrument.place.file)
        if each.declares and each.symbol.sort is Sort.PROVISION
    }
    moved = {label for label in known if beneath(label, old)}
    if not moved:
        raise Refused(f"`{owner}` has no provision `{old}`")
    if any(beneath(label, new) for label in known - moved):
        raise Refused(f"there is already a provision `{new}`, or one beneath it")
    for wider in {*above(old)[:-1]} ^ {*above(new)[:-1]}:
        if _in_use(snapshot, provision(owner, wider), known - moved):
            raise Refused(f"`{wider}` is spoken of as a whole: `{new}` would leave it, or join it")
    for file, each in every(snapshot, symbol, under=True):
        text = _text(snapshot, file)[each.start : each.end]
        label = each.symbol.word
        wanted = new + label[len(old) :]
        if text != label:
            citation = instrument.cite(wanted)
            if citation in snapshot.cited:
                raise Refused(f"`{citation}` already cites another provision")
            edits.setdefault(file, []).append(Edit(each.start, each.end, citation))
            continue
        if each.declares and not _heads(snapshot, file, each, wanted):
            raise Refused(f"a heading that begins with `{wanted}` would not be read as a provision")
        edits.setdefault(file, []).append(Edit(each.start, each.end, wanted))
    return Renamed(edits)


def _in_use(snapshot: Snapshot, symbol: Symbol, declared: set[str]) -> bool:
    """Whether a provision is declared, or anything refers to it."""
    return symbol.word in declared or next(every(snapshot, symbol), None) is not None


def _heads(snapshot: Snapshot, path: str, mention: Mention, label: str) -> bool:
    """Whether the heading that a label stands in, if it does, would still give that label."""
    text = _text(snapshot, path)
    start = text.rfind("\n", 0, mention.start) + 1
    end = text.find("\n", mention.end)
    line = text[start : end if end >= 0 else len(text)]
    if not line.startswith("#"):
        return True
    at = mention.start - start
    title = line[:at] + label + line[at + mention.end - mention.start :]
    return label_of(title.lstrip("# \t").rstrip("# \t\r")) == label


def _text(snapshot: Snapshot, path: str) -> str:
    source = snapshot.book.sources.get(path)
    return source.text if source is not None else snapshot.others.get(path, "")
