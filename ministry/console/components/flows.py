"""Flows between things (a Sankey diagram): how much goes from which to which, with the table of the same."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ministry.console.components.charts import WIDTH, Chart, number
from ministry.console.components.columns import Words
from ministry.console.components.svg import element, figure, joined, picture, told, words

HEIGHT, TOP, GAP, THICK = 340.0, 14.0, 12.0, 14.0
ROUNDS = 6


class Flow(msgspec.Struct, frozen=True):
    """So much from one thing to another."""

    source: str
    target: str
    much: float


class Node(msgspec.Struct):
    """A thing of the picture: its place, and how far its two sides are taken."""

    name: str
    column: int = 0
    much: float = 0.0
    y: float = 0.0
    out: float = 0.0
    into: float = 0.0


def flows(name: str, title: Words, given: Sequence[Flow], unit: Words = "") -> Chart:
    """A picture of flows from left to right.

    Raises:
        ValueError: something flows back to where it came from, or a flow is not above zero.
    """
    if any(not one.much > 0 for one in given):
        raise ValueError("a flow is more than nothing")
    nodes = placed(given)
    last = max((node.column for node in nodes.values()), default=0)
    scale = _stacked(nodes, given)
    parts: list[SafeString] = []
    across = (WIDTH - THICK) / max(last, 1)
    order = sorted(given, key=lambda one: (nodes[one.source].y, nodes[one.target].y))
    for one in order:
        source, target, thick = nodes[one.source], nodes[one.target], one.much * scale
        x1, x2 = source.column * across + THICK, target.column * across
        y1, y2 = source.y + source.out + thick / 2, target.y + target.into + thick / 2
        source.out, target.into = source.out + thick, target.into + thick
        bend = (x1 + x2) / 2
        path = "M{},{}C{},{} {},{} {},{}".format(
            *(figure(value) for value in (x1, y1, bend, y1, bend, y2, x2, y2))
        )
        tip = told(f"{one.source} → {one.target}: {number(one.much)} {unit}".rstrip())
        style = f"chart__flow chart__stroke--{source.column % 6 + 1}"
        parts.append(element("path", tip, class_=style, d=path, stroke_width=max(thick, 1)))
    for node in nodes.values():
        x, high = node.column * across, max(node.much * scale, 1)
        style = f"chart__bar chart__fill--{node.column % 6 + 1}"
        tip = told(f"{node.name}: {number(node.much)} {unit}".rstrip())
        parts.append(element("rect", tip, class_=style, x=x, y=node.y, width=THICK, height=high))
        right = node.column == last and last > 0
        at = x - 6 if right else x + THICK + 6
        label = f"{node.name} · {number(node.much)}"
        parts.append(words(label, at, node.y + high / 2 + 4, "end" if right else "start"))
    desc = _("%(many)s flows. The table below has each of them.") % {"many": len(given)}
    return Chart(
        name,
        title,
        picture(f"chart-{name}", title, desc, WIDTH, HEIGHT, joined(parts)),
        (_("From"), _("To"), str(unit) or _("How much")),
        tuple((one.source, one.target, number(one.much)) for one in given),
        (),
        str(unit),
    )


def placed(given: Sequence[Flow]) -> dict[str, Node]:
    """Each thing in its column: one further than whatever flows into it.

    Raises:
        ValueError: something flows back to where it came from.
    """
    nodes = {name: Node(name) for one in given for name in (one.source, one.target)}
    for _round in range(len(nodes) + 1):
        moved = False
        for one in given:
            least = nodes[one.source].column + 1
            if nodes[one.target].column < least:
                nodes[one.target].column, moved = least, True
        if not moved:
            break
    else:
        raise ValueError("something flows back to where it came from")
    for name, node in nodes.items():
        out = sum(one.much for one in given if one.source == name)
        node.much = max(out, sum(one.much for one in given if one.target == name))
    return nodes


def _stacked(nodes: dict[str, Node], given: Sequence[Flow]) -> float:
    """Place the things of each column, near what they are joined to. Gives the pixels of one unit."""
    columns: dict[int, list[Node]] = {}
    for node in nodes.values():
        columns.setdefault(node.column, []).append(node)
    room = HEIGHT - 2 * TOP
    scale = min(
        (
            (room - GAP * (len(column) - 1)) / sum(node.much for node in column)
            for column in columns.values()
        ),
        default=1.0,
    )
    scale = max(scale, 0.0)
    for turn in range(ROUNDS):
        for place in sorted(columns, reverse=bool(turn % 2)):
            column = columns[place]
            if turn:
                column.sort(key=lambda node: _near(node, nodes, given, scale))
            taken = sum(node.much * scale for node in column) + GAP * (len(column) - 1)
            y = TOP + max((room - taken) / 2, 0)
            for node in column:
                node.y, y = y, y + node.much * scale + GAP
    return scale


def _near(
    node: Node, nodes: dict[str, Node], given: Sequence[Flow], scale: float
) -> tuple[float, str]:
    """The middle of what a thing is joined to."""
    total, weight = 0.0, 0.0
    for one in given:
        if node.name in (one.source, one.target):
            other = nodes[one.target if one.source == node.name else one.source]
            total += one.much * (other.y + other.much * scale / 2)
            weight += one.much
    return total / weight, node.name
