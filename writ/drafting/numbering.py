"""The marks of provisions and items in running text: `6.2.1.`, `1.`, `a.`, `(1)`, `(a)`, `(ii)`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DECIMAL = re.compile(
    r"(?:[A-Z][0-9]?\.)?([0-9]{1,2}(?:\.[0-9]{1,3}[A-Za-z]?)+)\.?\s+(?=[A-Z(“\"])"
)
_MARKED = re.compile(r"(\(?)([0-9]{1,3}|[a-z]{1,4}|[A-Z])([.)])(?:\s+|$)")
_SECTION = re.compile(
    r"(?:(?:Section|Article|Sec\.|Art\.|ss?\.|§)\s*)?([0-9]{1,4}[A-Z]?(?:\.[0-9]{1,3})?)((?:\([0-9a-z]{1,4}\))?)\.?\s+"
    r"(?=[A-Z“\"(])"
)
_ROMAN = (
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
)
_SECTIONS = 20
"""So many sections may be missing: a text may be an extract."""
_SKIPPED = 3
"""So many marks may be missing from a list (repealed, or lost with a page)."""


@dataclass(frozen=True, slots=True)
class Item:
    """A mark, its form (`1.`, `a.`, `(1)`, `(a)`, `(A)`), its number in its list, and how many characters it takes."""

    mark: str
    form: str
    number: int
    length: int
    roman: int = 0
    """Its number if it is read as a Roman one: `(i)` is the ninth letter, and one."""

    @property
    def decimal(self) -> bool:
        """`6.2.1`: a number that says itself where it stands."""
        return self.form.startswith("decimal")

    def begins(self, within: bool, gap: bool) -> bool:
        """Whether it can be the first of a list: a wrapped line may begin with `(k)` or `18` too."""
        if self.form == "section":
            return gap and not within
        if self.decimal or self.number == 1 or self.roman == 1:
            return True
        return not within and self.form == "1."


def item_of(line: str) -> Item | None:
    """The mark with which a line begins, if it begins with one."""
    match = _DECIMAL.match(line)
    if match is not None:
        parts = match[1].split(".")
        number = int(re.sub(r"\D", "", parts[-1]))
        return Item(match[1], f"decimal {'.'.join(parts[:-1])}", number, match.end())
    match = _MARKED.match(line)
    if match is None:
        match = _SECTION.match(line)
        if match is None:
            return None
        number = int(re.match(r"[0-9]+", match[1])[0])  # type: ignore[index]
        # the part in brackets is read as an item of its own
        return Item(match[1], "section", number, match.start(2) if match[2] else match.end())
    opening, mark, closing = match[1], match[2], match[3]
    if opening and closing != ")":
        return None
    sort = "1" if mark.isdigit() else "a" if mark.islower() else "A"
    roman = _ROMAN.index(mark) + 1 if mark in _ROMAN else 0
    if mark.isdigit():
        number = int(mark)
    elif len(mark) == 1:
        number = ord(mark.lower()) - ord("a") + 1
    elif len(set(mark)) == 1:
        number = 26 * (len(mark) - 1) + ord(mark[0]) - ord("a") + 1
    elif roman:
        number = 0
    else:
        return None
    return Item(mark, f"{opening}{sort}{closing}", number, match.end(), roman)


def precedes(before: Item, after: Item) -> bool:
    """Whether `after` can be the next of the list in which `before` stands."""
    if before.form != after.form:
        return False
    if before.form == "section":
        return 0 <= after.number - before.number <= _SECTIONS
    as_letters = 0 < after.number - before.number <= _SKIPPED and before.number > 0
    as_romans = 0 < after.roman - before.roman <= _SKIPPED and before.roman > 0
    if after.roman and after.number == 9:
        # `(i)` after `(h)` is a letter; anywhere else it begins a list of its own.
        return before.mark == "h" or (as_letters and before.roman == 0 and before.number > 6)
    return as_letters or as_romans
