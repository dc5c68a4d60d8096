"""The heads of entries and expectations: what happened, who did it; what is expected of the replay."""

from __future__ import annotations

from writ.journal.clauses import Clauses, clause, clause_word, person
from writ.journal.entry import Kind
from writ.journal.phrases import Fact, facts, identity, joined, when
from writ.journal.record import ActStatus, DutyStatus, StateStatus
from writ.syntax.cursor import Cursor, suggestion
from writ.syntax.lexer import LABEL
from writ.syntax.tree import Date, Name

STATUSES: dict[str, tuple[str, ...]] = {
    "act": tuple(status.value for status in ActStatus),
    "state": tuple(status.value for status in StateStatus),
    "duty": tuple(status.value for status in DutyStatus),
}
MOST_TOGETHER = 1_000_000_000


class Written:
    """An entry or an expectation as it is written. `items` are the words at which its clauses start."""

    __slots__ = (
        "at",
        "clauses",
        "facts",
        "first",
        "id",
        "items",
        "kind",
        "name",
        "number",
        "person",
        "provision",
        "status",
        "status_at",
        "subject",
        "thing",
    )

    def __init__(self, first: int, at: Date) -> None:
        self.first = first
        self.at = at
        self.kind = ""
        """A kind of entry, or `expect`."""
        self.id: Name | None = None
        self.subject: Name | None = None
        """The actor; of an expectation, act, state or duty."""
        self.person: Name | None = None
        self.number = 0
        self.name: Name | None = None
        self.thing: Name | None = None
        self.facts: tuple[Fact, ...] = ()
        self.provision = ""
        self.status = ""
        self.status_at = 0
        """The word where the status stands; clauses before it cannot have lines of their own."""
        self.clauses: Clauses = {}
        self.items: list[int] = []


def entry_head(c: Cursor) -> Written:
    """`DATE [ID:] WHAT`, with the clauses that stand on its line."""
    first = c.at
    entry = Written(first, when(c))
    if c.words[c.at][:1] == '"' or c.words[c.at][:1].isalnum():
        stop = joined(c, c.at) if c.words[c.at][:1] != '"' else c.at + 1
        if c.words[stop] == ":":
            entry.id = identity(c, "an id")
            c.at = stop + 1
    _what(c, entry)
    more(c, entry)
    return entry


def more(c: Cursor, entry: Written) -> None:
    """The clauses that follow one another, to the end of the item."""
    while clause_word(c.words, c.at):
        entry.items.append(c.at)
        clause(c, entry.kind, entry.clauses)


def _what(c: Cursor, entry: Written) -> None:
    i = c.at
    words = c.words
    word = words[i]
    if word == "given" and words[i + 1] not in ("holds", "acts", "leaves"):
        c.at = i + 1
        _given(c, entry)
        return
    if word.isdigit() and words[i + 1] == "of":
        entry.number = c.whole("how many")
        if not 0 < entry.number < MOST_TOGETHER:
            c.wrong("S123", i, f"`{word}` persons cannot act together")
        c.at = i + 2
        _act(c, entry)
        return
    if not word[:1].isalnum() and word[:1] != '"':
        c.unexpected("what happened", _FORMS)
    after = words[joined(c, i) if word[:1] != '"' else i + 1]
    kind = _VERBS.get(after)
    if kind is None:
        _act(c, entry)
        return
    entry.kind = kind
    if kind == Kind.EVENT:
        entry.name = c.name("an event")
        c.at += 1
        return
    who = identity(c, "a person" if kind != Kind.GONE else "what is gone")
    c.at += 1
    if kind == Kind.GONE:
        c.expect("gone")
        entry.name = who
        return
    if kind == Kind.ACTS:
        c.expect("as")
    entry.person = who
    entry.name = c.name("an office")


_VERBS: dict[str, str] = {
    "happened": Kind.EVENT,
    "holds": Kind.HOLDS,
    "acts": Kind.ACTS,
    "leaves": Kind.LEAVES,
    "is": Kind.GONE,
}
_FORMS = "as in `OFFICE did ACT`, `EVENT happened`, `given FACT` or `PERSON holds OFFICE`"


def _act(c: Cursor, entry: Written) -> None:
    """`ACTOR [PERSON] did ACT [THING]`."""
    entry.kind = Kind.ACT
    entry.subject = c.name("who acted")
    entry.person = person(c)
    i = c.at
    if c.words[i] != "did":
        # The word misspelt was taken for the person.
        meant = entry.person.text if entry.person is not None else ""
        help = suggestion(c.words[i], ("did", *_VERBS)) or suggestion(meant, ("did", *_VERBS))
        message = "the entry does not say what was done"
        c.wrong("J102", i, message, help or _FORMS)
    c.at = i + 1
    if not c.words[c.at]:
        c.wrong("J102", c.at, "the entry does not say what was done", "as in `did ACT`")
    entry.name = c.name("an act")
    word = c.words[c.at]
    if "a" <= word[:1] <= "z" and not clause_word(c.words, c.at):
        entry.thing = c.name("a thing")


def _given(c: Cursor, entry: Written) -> None:
    """`given STATE in effect` or `given FACT, FACT`."""
    if c.words[c.at + 1] == "in" and c.words[c.at + 2] == "effect":
        entry.kind = Kind.STATE
        entry.name = c.name("a state")
        c.at += 2
    else:
        entry.kind = Kind.FACT
        entry.facts = facts(c)


def expectation_head(c: Cursor) -> Written:
    """`expect DATE SUBJECT WHICH [about …] STATUS`, with the clauses that stand on its line."""
    first = c.at
    c.at += 1
    expected = Written(first, when(c))
    expected.kind = "expect"
    i = c.at
    word = c.words[i]
    if word not in STATUSES:
        c.unexpected("`act`, `state` or `duty`", suggest=STATUSES)
    c.at = i + 1
    expected.subject = Name(word, 0)
    if word == "act":
        expected.name = identity(c, "the id of an entry")
    elif word == "state":
        expected.name = c.name("a state")
    else:
        _duty(c, expected)
    while c.words[c.at] in ("about", "to", "of"):
        expected.items.append(c.at)
        clause(c, "expect", expected.clauses)
    expected.status = _status(c, word)
    if not expected.status:
        help = f"one of: {', '.join(STATUSES[word])}"
        at = c.words[c.at]
        c.wrong("J105", c.at, f"`{at}` is no status of {_A[word]}" if at else "no status", help)
    expected.status_at = c.at
    c.at += expected.status.count(" ") + 1
    more(c, expected)
    return expected


_A = {"act": "an act", "state": "a state", "duty": "a duty"}


def _duty(c: Cursor, expected: Written) -> None:
    """`[INSTRUMENT] LABEL [ACT]`, or an act alone."""
    i = c.at
    words = c.words
    if LABEL.fullmatch(words[i]):
        expected.provision = words[i]
        c.at = i + 1
    elif LABEL.fullmatch(words[i + 1]):
        instrument = c.name("an instrument")
        expected.provision = f"{instrument.text} {words[i + 1]}"
        c.at = i + 2
    else:
        expected.name = c.name("an act or a provision")
        return
    if not _status(c, "duty") and not clause_word(words, c.at):
        expected.name = c.name("an act")


def _status(c: Cursor, subject: str) -> str:
    """The status that stands next, or nothing."""
    first, second = c.words[c.at], c.words[c.at + 1]
    for status in STATUSES[subject]:
        if status in (first, f"{first} {second}"):
            return status
    return ""
