"""What two people made of one file, put together provision by provision.

A provision that one of them changed is taken from that one. Within a provision that both changed, lines are merged, and
within lines that both changed, words. Where both changed the same words, both texts stand, between marks that no
compiler takes, until somebody decides. Nothing that anybody typed is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from ministry.statutes.drafting.three_way import blended, lines_of, runs
from writ.editions.provisions import provisions_of

FIRST, OR, END = "<<<<<<<", "|||||||", ">>>>>>>"
"""The marks of a clash; each begins a line."""
MARKED = re.compile(
    r"^<<<<<<<[^\n]*\n(?P<first>.*?)^\|\|\|\|\|\|\|[^\n]*\n(?P<second>.*?)^>>>>>>>[^\n]*(?:\n|\Z)",
    re.M | re.S,
)


class Names(msgspec.Struct, frozen=True):
    """How the two sides are called in a clash."""

    one: str = "one text"
    other: str = "the other text"


class Clash(msgspec.Struct, frozen=True):
    """Words that both changed; both stand in the text. An empty text: that side took them out."""

    provision: str
    base: str
    one: str
    other: str


class Blend(msgspec.Struct, frozen=True):
    """Lines in which both changed different words: worth reading again."""

    provision: str
    one: str
    other: str
    text: str


class Merged(msgspec.Struct, frozen=True):
    """One text of two."""

    text: str
    clashes: tuple[Clash, ...] = ()
    blends: tuple[Blend, ...] = ()


def merge(base: str, one: str, other: str, path: str = "", names: Names | None = None) -> Merged:
    """What two people made of `base`, in one text.

    Args:
        path: of the file, by which its provisions are called.
        names: how the two are called where they clash.
    """
    if one == other or other == base:
        return Merged(one)
    if one == base:
        return Merged(other)
    names = names or Names()
    cut = [pieces(path, text) for text in (base, one, other)]
    order = ordered(*cut)
    if order is None:
        parts = [merge_text("", base, one, other, names)]
    else:
        was, ours, theirs = cut
        parts = [
            merge_text(key, was.get(key, ""), ours.get(key, ""), theirs.get(key, ""), names)
            for key in order
        ]
    text = ""
    for part in parts:
        # A provision begins a line, whatever the text before it ends with.
        gap = bool(text and part.text) and not text.endswith("\n")
        text += ("\n" if gap else "") + part.text
    return Merged(
        text,
        tuple(one for part in parts for one in part.clashes),
        tuple(one for part in parts for one in part.blends),
    )


def pieces(path: str, text: str) -> dict[str, str]:
    """The text of each provision of a file, in order."""
    return {
        one.key: text[one.start : one.end]
        for one in provisions_of(path, text)
        if one.end > one.start
    }


def ordered(base: dict[str, str], one: dict[str, str], other: dict[str, str]) -> list[str] | None:
    """The provisions of all three in one order; None where that is not plain, so that lines alone tell.

    What both put in at one place stands in the order of the names. A provision that one side moved is where that side
    has it; of one that a side took out and the other changed something stays.
    """
    found: list[str] = []
    for run in runs(list(base), list(one), list(other)):
        if run.same:
            found += run.base
        elif not run.clashes:
            alone, waits = (other, one) if run.one == run.base else (one, other)
            gone = [key for key in run.base if key not in alone]
            if all(waits.get(key, base[key]) == base[key] for key in gone):
                found += run.taken
            elif within(run.taken, run.base):
                found += run.base  # one took out what the other changed: it is put to them
            else:
                return None
        elif not run.base and all("~" not in key for key in (*run.one, *run.other)):
            found += sorted({*run.one, *run.other})
        elif within(run.one, run.base) and within(run.other, run.base):
            found += run.base  # each took provisions out of here, and nothing else
        else:
            return None
    # A provision that is there twice was moved by somebody; one that is not there was changed where it stood before.
    if len(set(found)) < len(found):
        return None
    lost = {*one, *other} - set(found)
    if any(key not in base or not unchanged(key, base, one, other) for key in lost):
        return None
    return found


def within(some: Sequence[str], all_: Sequence[str]) -> bool:
    """Whether some are of them all, in their order."""
    left = iter(all_)
    return all(one in left for one in some)


def unchanged(key: str, base: dict[str, str], one: dict[str, str], other: dict[str, str]) -> bool:
    return all(side.get(key, base[key]) == base[key] for side in (one, other))


def merge_text(key: str, base: str, one: str, other: str, names: Names) -> Merged:
    """What two people made of one provision."""
    if one == other or other == base:
        return Merged(one)
    if one == base:
        return Merged(other)
    text, clashes, blends = "", [], []
    for run in runs(lines_of(base), lines_of(one), lines_of(other)):
        if run.same or not run.clashes:
            text += "".join(run.base if run.same else run.taken)
            continue
        ours, theirs = "".join(run.one), "".join(run.other)
        together = blended(run)
        if together is not None:
            blends.append(Blend(key, ours, theirs, together))
            text += together
            continue
        clashes.append(Clash(key, "".join(run.base), ours, theirs))
        text += ("\n" if text and not text.endswith("\n") else "") + marked(ours, theirs, names)
    return Merged(text, tuple(clashes), tuple(blends))


def marked(one: str, other: str, names: Names) -> str:
    """Both texts between marks."""
    return f"{FIRST} {names.one}\n{whole(one)}{OR} {names.other}\n{whole(other)}{END} choose, and take the marks out\n"


def whole(text: str) -> str:
    """The text, ended by a line end."""
    return text if not text or text.endswith("\n") else f"{text}\n"


def undecided(text: str) -> int:
    """How many clashes of a text nobody has decided yet."""
    return sum(1 for _ in MARKED.finditer(text))
