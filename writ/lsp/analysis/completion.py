"""What may stand at a place: names, words of the language, labels, values, whole norms to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from writ.lsp.analysis import keywords
from writ.lsp.analysis.clauses import clause, clauses
from writ.lsp.analysis.offers import NORMS, Offer, Offers
from writ.lsp.analysis.operands import offered
from writ.lsp.analysis.snapshot import CASES, JOURNAL, Snapshot
from writ.lsp.analysis.where import Here, here
from writ.syntax.clauses import ASSURANCE, STATEMENTS
from writ.syntax.declarations import _FORMS as DECLARED

MOST = 200
"""Items of one answer; the editor asks again as more is typed."""


class Completion(msgspec.Struct, frozen=True):
    """What may stand in a range of the text; `whole` is false where there was more than is given."""

    start: int
    end: int
    offers: tuple[Offer, ...]
    whole: bool


def complete(snapshot: Snapshot, path: str, text: str, offset: int) -> Completion:
    """What may stand at an offset of a text as it is now: it may be newer than the snapshot, and need not parse."""
    if path.endswith(CASES):
        from writ.lsp.analysis.asking import complete_case

        start, found = complete_case(snapshot, text, offset)
        return _chosen(start, offset, text[start:offset], found)
    if path.endswith(JOURNAL):
        from writ.lsp.analysis.recording import complete_entry

        start, found = complete_entry(snapshot, text, offset)
        return _chosen(start, offset, text[start:offset], found)
    place = here(text, offset)
    start = place.start
    if place.zone == "front":
        found = _front(snapshot, path, place)
    elif place.zone == "block":
        found = list(_block(snapshot, path, place))
        if "." in place.prefix and place.prefix[:1].islower():
            start += place.prefix.index(".") + 1
    else:
        found = _prose(text, place)
    return _chosen(start, offset, text[start:offset], found)


def _chosen(start: int, end: int, typed: str, found: Iterable[Offer]) -> Completion:
    """Those that what was typed may be the beginning of: its letters occur in them in order."""
    ranked = []
    for at, offer in enumerate(dict.fromkeys(found)):
        rank = likeness(typed, offer.label)
        if rank >= 0:
            ranked.append((offer.order, rank, at, offer))
    ranked.sort(key=lambda each: each[:3])
    kept = tuple(each[3] for each in ranked[:MOST])
    return Completion(start, end, kept, len(kept) == len(ranked))


def likeness(typed: str, label: str) -> int:
    """0 where the label starts with what was typed, 1 where a word of it does, 2 where its letters occur; else -1."""
    if label.startswith(typed):
        return 0
    if f"-{typed}" in label or f" {typed}" in label:
        return 1
    at = 0
    for letter in typed:
        at = label.find(letter, at) + 1
        if not at:
            return -1
    return 2


# --- around blocks


def _front(snapshot: Snapshot, path: str, place: Here) -> list[Offer]:
    offers = Offers(snapshot)
    book = snapshot.book
    from writ.book.instruments import BOOK_FILE, BOOK_KEYS, INSTRUMENT_KEYS

    if not place.key:
        keys = BOOK_KEYS if path == BOOK_FILE else INSTRUMENT_KEYS
        return [Offer(key, "key", keywords.FRONT.get(key, ""), insert=f"{key}: ") for key in keys]
    match place.key:
        case "kind" | "rank":
            return [Offer(rank, "value", "a rank of this book") for rank in book.ranks]
        case "enacted-by" | "owner":
            return list(offers.actors())
        case "calendar":
            return list(offers.calendars())
        case "top":
            return [Offer("true", "value", "the highest source")]
        case "in-force":
            return [Offer("on commencement", "value", "each provision waits for a `commence`")]
        case "under":
            return [
                Offer(f"{norm.instrument} {norm.label}", "label", norm.citation)
                for norm in book.norms
                if norm.kind == "power" and norm.enabling
            ] + [Offer(id, "instrument", item.title) for id, item in book.instruments.items()]
    return []


def _prose(text: str, place: Here) -> list[Offer]:
    if place.prefix or not text.strip():
        return []
    return [
        Offer(
            "writ block",
            "snippet",
            "norms and declarations",
            insert="```writ\n$0\n```",
            snippet=True,
        )
    ]


# --- in blocks


def _block(snapshot: Snapshot, path: str, place: Here) -> Iterator[Offer]:
    offers = Offers(snapshot)
    match place.line:
        case "statement":
            yield from _statements(snapshot)
        case "head":
            yield from _head(snapshot, place)
        case "line" if place.head in DECLARED:
            yield from _declaring(offers, place)
        case "line":
            yield from _line(offers, path, place)
        case "clause":
            yield from clause(offers, path, place)
            if place.begins and _over(place):
                yield from clauses(place)


def _statements(snapshot: Snapshot) -> Iterator[Offer]:
    for word, said in keywords.STATEMENTS.items():
        yield Offer(word, "keyword", said, order=1)
        if word in NORMS:
            yield Offer(f"{word} …", "snippet", said, insert=NORMS[word], snippet=True, order=2)
    for word, said in keywords.DECLARATIONS.items():
        yield Offer(word, "keyword", said, order=3)


def _head(snapshot: Snapshot, place: Here) -> Iterator[Offer]:
    """The head of a declaration: the type of a fact or definition."""
    if place.head in ("fact", "definition") and ":" in place.words:
        yield from _types(Offers(snapshot), place.words[place.words.index(":") + 1 :])


def _types(offers: Offers, words: tuple[str, ...]) -> Iterator[Offer]:
    if not words:
        for word, said in keywords.TYPES.items():
            yield Offer(word, "type", said)
        yield from offers.kinds()
    elif words == ("set", "of"):
        yield from offers.kinds()
    elif words == ("list", "of"):
        yield from offers.things()
    elif words[-1] == ",":
        yield Offer("unknown if not stated", "keyword", "what a request leaves out is unknown")
        yield Offer("no if not stated", "keyword", "what a request leaves out is not the case")


def _declaring(offers: Offers, place: Here) -> Iterator[Offer]:
    """A line of a declaration."""
    words, form = place.words, DECLARED[place.head]
    if not words:
        for word in form.lines:
            yield Offer(word, "keyword", keywords.LINES.get(word, ""))
        return
    if ":" in words:
        yield from _types(offers, words[words.index(":") + 1 :])
        return
    if words[-1] != "," and len(words) > (2 if words[0] == "reports" else 1):
        return
    match words[0]:
        case "is" if place.head in ("office", "body", "person"):
            yield from offers.actors()
        case "is" | "excludes" if place.head == "act":
            yield from offers.acts()
        case "is" | "on" | "of":
            yield from offers.things()
        case "in" | "sitting" | "adjourned":
            yield from offers.actors("body")
        case "members" | "reports" | "succession":
            if words == ("reports",):
                yield Offer("to", "keyword", keywords.LINES["reports to"])
            else:
                yield from offers.actors()
        case "weekend":
            from writ.syntax.tree import WEEKDAYS

            for day in WEEKDAYS:
                yield Offer(day, "value", "a day of the week")
        case "means":
            yield from offered(offers, (), (), "condition", place)


MODALS = {
    "power": ("may",),
    "permission": ("may", "need not"),
    "duty": ("must",),
    "prohibition": ("may not", "may"),
    "right": ("has the right to",),
    "immunity": ("is immune from",),
    "disability": ("has no power to", "has power to"),
    "limit": ("may",),
    "delegation": ("may delegate",),
    ASSURANCE: ("may never", "can", "may always", "must always", "may"),
}
_ACT_FOLLOWS = frozenset(
    {"may", "must", "not", "to", "from", "never", "always", "can", "delegate", "both", "and"}
)


def _line(offers: Offers, path: str, place: Here) -> Iterator[Offer]:
    """The line of deontic text: who, what sort of norm, what."""
    words, kind = place.words, place.head
    if kind in STATEMENTS:
        yield from offers.provisions(path, words[-1] if words else "")
        if words and words[-1] != "," and kind == "override" and "prevails" not in words:
            yield Offer("prevails over", "keyword", "the first prevail over the second")
        return
    if kind == "lapse":
        if not words:
            yield from offers.states()
        elif len(words) == 1:
            yield Offer("lapses", "keyword", "the state ends by itself")
        elif place.begins:
            yield from clauses(place)
        return
    if not words:
        yield from offers.bearers()
        if kind == ASSURANCE:
            yield from _claims()
        return
    said = _modal(words)
    if said < 0:
        if words[-1] in (",", "of", "except"):
            yield from offers.actors()
        elif words[:2] == ("every", "duty") or words[0] == "every":
            yield from _claimed(offers, words)
        else:
            for word in MODALS[kind]:
                yield Offer(word, "keyword", keywords.STATEMENTS[kind])
            yield Offer("except", "keyword", "but not these", order=2)
        return
    behind = words[said:]
    if (
        not behind
        or (words[-1] in _ACT_FOLLOWS and len(behind) < 2)
        or words[-1] in ("both", "and")
    ):
        yield from offers.acts()
        return
    if kind == "delegation":
        if words[-1] == "by":
            yield from offers.acts()
        elif words[-1] == "to":
            yield from offers.bearers()
        elif words[-1] == ",":
            yield from offers.acts()
        else:
            yield Offer("to", "keyword", "to whom")
            yield Offer("by", "keyword", "the act by which it is given")
        return
    if len(behind) == 1:
        yield from offers.narrower(behind[0])
        if kind == "limit":
            yield Offer("only", "keyword", "this is a limit", order=0)
    if place.begins:
        yield from clauses(place)


def _modal(words: tuple[str, ...]) -> int:
    """Where the act stands, behind the modal words; -1 where there are none yet."""
    for phrase in sorted(
        {tuple(each.split()) for each in sum(MODALS.values(), ())}, key=len, reverse=True
    ):
        for at in range(len(words) - len(phrase) + 1):
            if words[at : at + len(phrase)] == phrase:
                return at + len(phrase)
    return -1


def _claims() -> Iterator[Offer]:
    for text in ("someone can always", "nothing disputes", "every duty has a holder"):
        yield Offer(text, "keyword", "what is claimed of the book")


def _claimed(offers: Offers, words: tuple[str, ...]) -> Iterator[Offer]:
    if len(words) == 1:
        yield from offers.states()
        yield Offer("duty", "keyword", "each duty of the book")
    elif words[1] == "duty":
        yield Offer("has a holder", "keyword", "there is somebody to do it")
        yield Offer("of", "keyword", "whose duties")
    else:
        yield Offer("ends within", "keyword", "it is over when the period has run")


def _over(place: Here) -> bool:
    """Whether the clause before a line may be over there: it does not end with what must go on."""
    return not place.words or place.words[-1] not in (
        "and",
        "or",
        "not",
        ",",
        "(",
        "is",
        "by",
        "of",
    )
