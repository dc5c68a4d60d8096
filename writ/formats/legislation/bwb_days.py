"""The days that a Dutch law or a treaty says in words: of its signature, and the first on which it is in force."""

from __future__ import annotations

import datetime as dt
import re

from writ.formats.legislation.bwb_lines import CLOSING, Lines

_MONTHS = (
    ("januari", "january", "janvier", "januar"),
    ("februari", "february", "février", "februar"),
    ("maart", "march", "mars", "märz"),
    ("april", "april", "avril", "april"),
    ("mei", "may", "mai", "mai"),
    ("juni", "june", "juin", "juni"),
    ("juli", "july", "juillet", "juli"),
    ("augustus", "august", "août", "august"),
    ("september", "september", "septembre", "september"),
    ("oktober", "october", "octobre", "oktober"),
    ("november", "november", "novembre", "november"),
    ("december", "december", "décembre", "dezember"),
)
_MONTH = {name: at for at, names in enumerate(_MONTHS, 1) for name in names}
_ENGLISH = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth
twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first
"""
_DUTCH = """
eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende veertiende vijftiende
zestiende zeventiende achttiende negentiende twintigste eenentwintigste tweeëntwintigste drieëntwintigste
vierentwintigste vijfentwintigste zesentwintigste zevenentwintigste achtentwintigste negenentwintigste dertigste
eenendertigste
"""
_ORDINAL = {name: at for names in (_ENGLISH, _DUTCH) for at, name in enumerate(names.split(), 1)}
_DAY = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th|er|ste|de|e)?\.?|({'|'.join(sorted(_ORDINAL, key=len, reverse=True))}))"
    rf"(?:\s+(?:day\s+of|dag\s+van))?\s+({'|'.join(_MONTH)})\b,?\s+(\d{{4}})\b",
    re.I,
)
_TITLE = re.compile(r"\bvan\s+(?=\d)", re.I)
_STARTS = re.compile(
    r"^(?:\d+\.\s*)?(?:Deze|Dit|De)\s+\w+.{0,60}?\b(?:treedt|treden)\s+in\s+werking\s+(?:met\s+ingang\s+van|op)\s+(?=\d)",
    re.I,
)


def _day(found: re.Match[str] | None) -> dt.date | None:
    if found is None:
        return None
    figures, words, month, year = found.groups()
    day = int(figures) if figures else _ORDINAL[words.lower()]
    try:
        return dt.date(int(year), _MONTH[month.lower()], day)
    except ValueError:
        return None


def said_day(text: str) -> dt.date | None:
    """The first day that a text names in full: `the fourth day of April, 1949`, `3 april 1996`."""
    return _day(_DAY.search(re.sub(r"<[^<>]*>|\*", "", text)))


def title_day(title: str) -> dt.date | None:
    """The day in the title of a law: `Wet van 7 februari 2002, houdende …`."""
    found = _TITLE.search(title)
    return _day(_DAY.match(title, found.end())) if found is not None else None


def in_force(lines: Lines) -> dt.date | None:
    """The day on which a law says that it comes into force, where it names one."""
    for line in reversed(lines):
        if line.kind != CLOSING and (found := _STARTS.match(line.text)) is not None:
            return _day(_DAY.match(line.text, found.end()))
    return None
