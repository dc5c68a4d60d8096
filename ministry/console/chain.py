"""The chain of command around one office: who it reports to, up to the top, and who reports to it. As a picture too."""

from __future__ import annotations

import msgspec

from writ.book.model import Vocabulary

WIDE, HIGH, GAP, STEP = 196, 44, 12, 26
"""Of a box of the picture and the space between boxes, in pixels."""
MOST = 6
"""So many offices below are drawn; the table names them all."""


class Link(msgspec.Struct, frozen=True):
    """One office of the chain. `depth` counts from the top; `here` is the office that it is drawn for."""

    office: str
    depth: int
    here: bool
    above: str = ""


class Box(msgspec.Struct, frozen=True):
    """An office in the picture, at its upper left corner."""

    office: str
    x: int
    y: int
    here: bool


class Picture(msgspec.Struct, frozen=True):
    """Boxes and the lines between them."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]
    """Each the `d` of a path."""
    left_out: int


def chain(words: Vocabulary, office: str) -> list[Link]:
    """The offices above, from the top, then the office itself, then those that report to it."""
    above: list[str] = []
    at = office
    while (actor := words.actors.get(at)) is not None and actor.reports_to:
        at = actor.reports_to[0]
        if at in above or at == office:
            break  # the checks refuse a circle; a picture of one must end all the same
        above.append(at)
    found = [
        Link(name, depth, False, above[len(above) - depth] if depth else "")
        for depth, name in enumerate(reversed(above))
    ]
    found.append(Link(office, len(above), True, above[0] if above else ""))
    below = [name for name, actor in words.actors.items() if office in actor.reports_to]
    return found + [Link(name, len(above) + 1, False, office) for name in below]


def picture(links: list[Link]) -> Picture:
    """Where the boxes stand: the chain down the middle; below it one row, or two columns beside a line."""
    line = [one for one in links if one.depth <= here_of(links).depth]
    below = [one for one in links if one.depth > here_of(links).depth]
    drawn = below[:MOST]
    one_row = len(drawn) <= 3
    across = (len(drawn) or 1) if one_row else 2
    gap = GAP if one_row else 2 * GAP
    width = across * WIDE + (across - 1) * gap + 2
    middle = width // 2
    boxes, lines = [], []
    y = 1
    for one in line:
        boxes.append(Box(one.office, middle - WIDE // 2, y, one.here))
        if one is not line[0]:
            lines.append(f"M{middle} {y - STEP + 1}V{y}")
        y += HIGH + STEP
    start = y - STEP
    for at, one in enumerate(drawn):
        row, column = divmod(at, across)
        x = 1 + column * (WIDE + gap)
        top = y + row * (HIGH + (STEP if one_row else GAP))
        boxes.append(Box(one.office, x, top, False))
        if one_row:
            lines.append(f"M{middle} {start}V{top - STEP // 2}H{x + WIDE // 2}V{top}")
        else:
            lines.append(f"M{middle} {start}V{top + HIGH // 2}H{x if column else x + WIDE}")
    rows = -(-len(drawn) // across) if drawn else 0
    below_high = rows * HIGH + (rows - 1) * GAP + STEP if rows else 0
    height = start + below_high + 1
    return Picture(width, height, tuple(boxes), tuple(lines), len(below) - len(drawn))


def here_of(links: list[Link]) -> Link:
    return next(one for one in links if one.here)
