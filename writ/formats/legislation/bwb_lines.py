"""The lines of a Dutch law in Markdown: what each is, and the numbers with which paragraphs begin."""

from __future__ import annotations

import re
from typing import NamedTuple

CLOSING = "closing"
ARTICLE = re.compile(
    r"(?:Artikel|Article|Art(?:í|i)culo|Articolo|Artigo|Art)\b\.?\s*"
    r"(?:\d[\w:.°º˚-]*|[IVXLCDM]+[A-Z]?\b|er\b|(?:één|premier|unique|enig)\b)?"
    r"(?:\s+(?:bis|ter|quater|quinquies|sexies)\b)?[*.]?",
    re.I,
)
"""What a heading of an article begins with: its number."""
_ENDS = re.compile(
    r"Lasten en bevelen|Gegeven te\b|GEGEVEN te\b|In witness whereof|IN WITNESS WHEREOF|Ten blijke waarvan"
    r"|TEN BLIJKE WAARVAN|En foi de quoi|EN FOI DE QUOI|Zu Urkund dessen|ZU URKUND DESSEN|En fe de lo cual"
    r"|DONE (?:at|in)\b|Done (?:at|in)\b|GEDAAN (?:te|in|op)\b|Gedaan (?:te|in|op)\b|FAIT (?:à|en)\b|Fait (?:à|en)\b"
    r"|GESCHEHEN zu\b|Deze regeling (?:zal|wordt) met de (?:daarbij behorende )?toelichting"
)
"""Words with which the articles are over, and place, day and names of those who sign follow."""
_META = re.compile(r"<meta\b[^>]*>", re.I)
_HEADING = re.compile(r"(#{1,6})\s*(.*)")


class Line(NamedTuple):
    """A line that says something."""

    kind: str
    """`file-title` (##), `part` (###), `heading` (#### of the part before it), `title` (#### on its own), `row` of a
    table, `closing` (after the articles) or `text`."""
    text: str
    number: int
    """From 1."""


Lines = list[Line]


def lines_of(text: str) -> Lines:
    """The lines of a file, without those that are empty."""
    found: Lines = []
    headed = closing = False
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        bare = line.strip()
        if number == 1:
            bare = _META.sub("", bare, count=1).strip()
        if not bare:
            continue
        heading = _HEADING.match(bare)
        if heading is not None:
            if not heading[2]:
                continue
            level = len(heading[1])
            kind = "file-title" if level < 3 and not found else "part"
            if level > 3:
                kind = "heading" if headed else "title"
            headed, closing = kind == "part", False
            found.append(Line(kind, heading[2], number))
            continue
        if bare.startswith("|") and bare.endswith("|") and len(bare) > 1:
            headed = False
            found.append(Line("row", bare, number))
            continue
        closing = closing or _ENDS.match(bare) is not None
        headed = headed and bare.startswith("Treedt in werking op een nader")
        found.append(Line(CLOSING if closing else "text", bare, number))
    return found


# The most frequent short words of each language, of which few are words of another.
_WORDS = {
    "nl": frozenset(
        ("de", "het", "van", "een", "en", "te", "zijn", "worden", "door", "voor", "op")
    ),
    "en": frozenset(("the", "of", "and", "to", "in", "shall", "by", "be", "or", "for", "any")),
    "fr": frozenset(("le", "la", "les", "des", "et", "du", "dans", "ou", "par", "pour", "au")),
    "de": frozenset(("der", "die", "und", "das", "den", "von", "zu", "des", "mit", "ist", "im")),
    "es": frozenset(("el", "los", "del", "y", "las", "por", "que", "con", "para", "se", "una")),
}
_LETTERS = re.compile(r"[^\W\d_]+")
_ENOUGH = 4
_SOME = 8_000
"""Characters of which the language is told."""


def language_of(text: str) -> str:
    """The language of a text; empty where it is too short to tell."""
    words = [each.lower() for each in _LETTERS.findall(text[:_SOME])]
    counts = {name: sum(map(known.__contains__, words)) for name, known in _WORDS.items()}
    best = max(counts, key=counts.__getitem__)
    second = max(count for name, count in counts.items() if name != best)
    return best if counts[best] >= _ENOUGH and counts[best] > 1.3 * second else ""


_ITEM = re.compile(
    r"""(?:
      (?P<paren>\([0-9]{1,3}[a-z]?\)|\([a-zA-Z]{1,2}\)|\([ivxlc]{2,6}\))
    | (?P<half>(?:[0-9]{1,3}|[a-zA-Z]|[ivxl]{2,5})\))
    | (?P<degree>[0-9]{1,3}(?:°|º|˚)(?:[a-z]\b)?\.?|[0-9]{1,2}e\.)
    | (?P<dot>[0-9]{1,3}(?:\.[0-9]{1,2}){1,3}\.?(?=\s)|[0-9]{1,3}[a-z]{0,2}\.(?=\s|[^\d\s.])
        |[a-zA-Z]{1,2}\.(?=\s|[^\s.])|[ivxl]{2,5}\.(?=\s))
    | (?P<dash>[–—•·-](?=\s|\w|[„“‘(]))
    )\s*""",
    re.VERBOSE,
)


class Item(NamedTuple):
    """The number of a paragraph as it is printed, and what it says of the list."""

    number: str
    rest: str
    style: str
    """What the numbers of one list have in common: their brackets, and figures, letters or Roman numerals."""
    at: int
    """Its place in such a list, from 1; 0 where there is none to tell."""
    roman: int
    """The same, read as a Roman numeral; 0 if it is none."""


def item_of(text: str) -> Item | None:
    """The number with which a paragraph begins, if it may be one."""
    found = _ITEM.match(text)
    if found is None or found.lastgroup is None:
        return None
    number = found[0].strip()
    rest = text[found.end() :]
    bare = number.strip("().°º˚")
    sort = found.lastgroup
    if sort == "dash":
        return Item(number, rest, "dash", 0, 0)
    if not rest:
        return None
    if "." in bare:
        return Item(number, rest, f"{sort}:{bare.count('.')}", 0, 0)
    if bare[:1].isdigit():
        figures = int(re.match(r"\d+", bare)[0])  # type: ignore[index]
        return Item(number, rest, f"{sort}:1", figures, 0)
    case = "A" if bare[0].isupper() else "a"
    roman = _roman(bare.upper()) if case == "a" or len(bare) > 1 else 0
    at = ord(bare[0].upper()) - 64 if len(set(bare)) == 1 else 0
    return Item(number, rest, f"{sort}:{case}", at, roman)


def _roman(text: str) -> int:
    value = 0
    for one, after in zip(text, [*text[1:], ""], strict=True):
        if one not in "IVXLC":
            return 0
        worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
        value += -worth[one] if worth.get(after, 0) > worth[one] else worth[one]
    return value
