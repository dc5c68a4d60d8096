"""Under which provisions of an act a document says that it was made.

The file names its enabling acts, and no provision of them; that, the words say by which it was made. Where they are
missing, its title may say it, or a term of the act that the document uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from writ.formats.legislation.model import Document, Runs
from writ.formats.legislation.text import normalised

_GROUP = r"\((?:[0-9.]+|[a-z]{1,5}|[a-z]\.\d+)\)"
NUMBER = rf"(?:\d+[A-Za-z]?(?:\.\d+)*(?:{_GROUP})*)"
WORDS = r"(?:sub)?(?:section|paragraph)s?|articles?|rules?|paragraphes?|alinéas?|règles?"  # English, French
LIST = (
    rf"(?:{WORDS})\s+{NUMBER}"
    # The rest of an enumeration: `subsections 4(1), (1.1) and (2)`.
    rf"(?>[\s,*\d.()]|\([a-z]{{1,5}}\)|(?:and|or|to|et|ou|à|{WORDS})\b)*+"
)
OF = r"(?:of|de|du|des)\b\s*(?:the\b|la\b|l[’'])?\s*"
_NAMED = re.compile(
    rf"\b(?P<list>{LIST}){OF}(?:\x02(?P<act>[^\x03]*)\x03|(?:that|the said)\s+act\b)|\x02(?P<alone>[^\x03]*)\x03",
    re.I,
)
"""Provisions of an act, in a text with its references between signs that no XML has; or a reference alone."""
_RECITED = re.compile(r"\b(?:therefore|now know you|à ces causes|sachez)\b", re.I)
"""What stands between the recitals of an order and its words of enactment."""
_BASED = re.compile(
    r"(?:pursuant\s+to|under|by\s+virtue\s+of|en\s+vertu\s+(?:de|du|des)|conformément\s+(?:à|aux?))"
    r"\s*(?:the\b|l[’']|la\b|le\b|les\b)?\s*$",
    re.I,
)
_REVOKED = re.compile(r"\bto\s+(?:revoke|repeal)\b", re.I)
_ENDED = re.compile(r";|\.\s+[A-Z]")
_MEANT = re.compile(
    r"([^\x02\x03.;]{3,80}?)\s+(?:within\s+the\s+meaning|au\s+sens)\s+(?:of|de)\s+(?:the\s+|la\s+)?\x02([^\x03]*)\x03",
    re.I,
)
_ITEM = re.compile(rf"{NUMBER}|(?:{_GROUP})+|\b(?:to|à)\b")
_MOST = 20
"""Provisions of one range."""


class Basis(msgspec.Struct, frozen=True, omit_defaults=True):
    """One enabling act of a document, what the words say of it, and where that is in the Book."""

    target: str
    """The act as the source names it, `act:N-5`."""
    act: str
    """Its name in the source."""
    words: str = ""
    """The words that name the provisions: `subsections 4(1) to (3)`."""
    labels: tuple[str, ...] = ()
    """The provisions that they name."""
    term: str = ""
    """The words before `within the meaning of`, where the document rests on a definition of the act."""
    instrument: str = ""
    """The act in the Book; empty if it was not imported."""
    found: tuple[str, ...] = ()
    """Those of the provisions that it has."""
    reason: str = ""
    """Why no provision was found; empty where one was."""


class Words(NamedTuple):
    """Words that name provisions, and the labels of these."""

    text: str
    labels: tuple[str, ...]


def basis(document: Document, target: str, act: str) -> Basis:
    """What a document says of one of its enabling acts."""
    order = _order(document)
    named = _operative(order, target, act) or _operative(document.title, target, act)
    if named:
        labels = tuple(dict.fromkeys(label for each in named for label in each.labels))
        words = "; ".join(dict.fromkeys(normalised(each.text) for each in named))
        return Basis(target, normalised(act), words, labels)
    term = "" if order.strip() else _term(document, target)
    return Basis(target, normalised(act), term=term, reason=_silent(document, order))


def _operative(text: str, target: str, act: str) -> list[Words]:
    """The words by which it is made: those after the recitals, and none by which something else is revoked."""
    name = normalised(act)
    if name:
        # An act may be named without a reference to it.
        title = re.compile(r"(?<=the\s)" + r"\s+".join(map(re.escape, name.split())), re.I)
        text = title.sub(f"\x02{target}\x03", text)
    recited = _RECITED.search(text)
    last = ""
    found: list[tuple[int, int, Words]] = []
    for match in _NAMED.finditer(text):
        named = match["act"] or match["alone"] or ""
        if named and not named.startswith("regulation:"):
            last = named
        if match["list"] and (match["act"] or last) == target:
            words = match["list"].strip(" ,*")
            found.append((match.start(), match.end(), Words(words, labels_in(words))))
    after = [each for each in found if recited is not None and each[0] > recited.start()]
    if after:
        # The enacting words are one sentence; what follows is what they enact.
        over = _ENDED.search(text, after[0][1])
        after = [each for each in after if over is None or each[0] < over.start()]
    found = after or (found[-1:] if recited is not None else found)
    based = [each for each in found if _BASED.search(text[max(0, each[0] - 60) : each[0]])]
    kept = []
    for at, (_, end, words) in enumerate(based or found):
        following = (based or found)[at + 1 :]
        between = text[end : following[0][0]] if following else ""
        if not _REVOKED.search(between):
            kept.append(words)
    return kept


def labels_in(words: str) -> tuple[str, ...]:
    """`4(1), (1.1) and (3) to (5)` as `4(1)`, `4(1.1)`, `4(3)`, `4(4)`, `4(5)`."""
    found: list[str] = []
    through = False
    for match in _ITEM.finditer(words):
        item = match[0].strip(".")
        if item.isalpha():
            through = True
            continue
        label = item if item[0].isdigit() or not found else _completed(found[-1], item)
        if through and found:
            found += _between(found[-1], label)
        through = False
        found.append(label)
    return tuple(dict.fromkeys(found))


def _completed(before: str, rest: str) -> str:
    """`(2)` after `4(1)` is `4(2)`; `(b)` after `4(1)(a)` is `4(1)(b)`."""
    groups = re.findall(_GROUP, before)
    number = before[: before.index("(")] if groups else before
    kept = groups[: max(0, len(groups) - len(re.findall(_GROUP, rest)))]
    return f"{number}{''.join(kept)}{rest}"


def _between(first: str, last: str) -> Iterator[str]:
    """The whole numbers between two labels that differ in the last one alone."""
    one, other = re.fullmatch(r"(.*?)(\d+)(\)?)", first), re.fullmatch(r"(.*?)(\d+)(\)?)", last)
    if one is None or other is None or (one[1], one[3]) != (other[1], other[3]):
        return
    start, end = int(one[2][-6:]), int(other[2][-6:])
    if 0 < end - start <= _MOST:
        yield from (f"{one[1]}{number}{one[3]}" for number in range(start + 1, end))


def _order(document: Document) -> str:
    pieces: list[str] = []
    for order in document.walk():
        if order.kind == "order":
            for provision in order.walk():
                for block in provision.blocks():
                    if block.kind not in ("meta", "history", "footnote"):
                        _signed(block.runs, pieces)
                        pieces.append(" ")
    return "".join(pieces)


def _term(document: Document, target: str) -> str:
    for provision in document.walk():
        for block in provision.blocks():
            pieces: list[str] = []
            _signed(block.runs, pieces)
            for match in _MEANT.finditer("".join(pieces)):
                if match[2] == target:
                    return normalised(match[1])
    return ""


def _silent(document: Document, order: str) -> str:
    if document.repealed is not None and not re.search(
        r"[a-z]{3}", order.partition("[Repealed")[0]
    ):
        return "the document is repealed, and its file has no longer the words by which it was made"
    if not order.strip():
        return "its file has no words by which it was made"
    return "the words by which it was made name no provision of it"


def _signed(runs: Runs, pieces: list[str]) -> None:
    for run in runs:
        if isinstance(run, str):
            pieces.append(run)
        elif run.kind == "reference" and run.target:
            pieces.append(f"\x02{run.target}\x03")
        elif run.kind != "note-reference":
            _signed(run.runs, pieces)
