"""A picture as SVG: self-contained, light and dark, for the screen and for print."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from writ.corpus.graph.boxes import LINE, PAD, ROW, Box, Line, Picture, Row, clipped
from writ.corpus.graph.model import EDGES, Node

MARGIN, HEAD, BAND = 30.0, 74.0, 104.0
_DROPPED = dict.fromkeys([*range(32), 0xFFFE, 0xFFFF], " ")
_STYLE = """
svg{--paper:#fff;--ink:#1b2430;--faint:#5b6675;--edge:#8b96a5;--band:#f3f5f8;--fill:#fff;--wrong:#b3261e;
--law:#23548f;--rule:#2f7d6d;--power:#8a5a00;--office:#6b3fa0;--act:#a03f6a;background:var(--paper);
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;font-size:12.5px}
@media (prefers-color-scheme:dark){svg{--paper:#12171f;--ink:#e4e9f0;--faint:#a3aebc;--edge:#7d8999;--band:#1a212c;
--fill:#1f2733;--wrong:#ff8a80;--law:#7fb2ee;--rule:#6fcbb7;--power:#e3b04b;--office:#c3a1f0;--act:#f09cc0}}
@media print{svg{--paper:#fff;--ink:#000;--faint:#444;--edge:#666;--band:#fff;--fill:#fff;--wrong:#900}}
text{fill:var(--ink)}.faint,.sort,.band text,.box>.count{fill:var(--faint)}.sort{font-size:10.5px}
.heading{font-weight:600}.title{font-size:19px;font-weight:600}
.band rect{fill:var(--band)}.band text{font-size:11px;letter-spacing:.04em;font-weight:600}
.box>rect{fill:var(--fill);stroke:var(--edge);stroke-width:1}.box>rect.bar{stroke:none;fill:var(--edge)}
.law>rect.bar{fill:var(--law)}.rule>rect.bar{fill:var(--rule)}.norm>rect.bar{fill:var(--power)}
.actor>rect.bar{fill:var(--office)}.act>rect.bar{fill:var(--act)}.focus>rect{stroke:var(--ink);stroke-width:2.4}
.off>rect{stroke-dasharray:4 3}.off text,.off.row{fill:var(--faint)}.wrong>rect{stroke:var(--wrong)}
.wrong>.sort{fill:var(--wrong)}a:hover text,a:focus text{text-decoration:underline}
path{fill:none;stroke:var(--edge);stroke-width:1.3}path.broken{stroke:var(--wrong);stroke-dasharray:5 4}
path.side{stroke-dasharray:2 3}
.words{font-size:10.5px;fill:var(--faint);stroke:var(--paper);stroke-width:4;paint-order:stroke}
#tip path{fill:var(--edge);stroke:none}#tipw path{fill:var(--wrong);stroke:none}
"""


def svg(picture: Picture, title: str, said: str) -> str:
    """The file; `said` is one sentence on what it shows, for who cannot see it and for the head of the picture."""
    return "".join(_svg(picture, title, said))


def _svg(picture: Picture, title: str, said: str) -> Iterator[str]:
    left = MARGIN + (BAND if any(band.name for band in picture.bands) else 0)
    kinds = _kinds(picture)
    width = max(left + picture.width + MARGIN + 20, 720.0, 60 + 8.0 * len(title))
    notes = picture.notes
    legend = HEAD + picture.height + 54
    height = legend + 26 + 20 * len(notes) + MARGIN
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}"'
        f' height="{height:.0f}" role="img" aria-labelledby="t d">\n'
        f'<title id="t">{_text(title)}</title>\n<desc id="d">{_text(" ".join([said, *notes]))}</desc>\n'
        f"<style>{_STYLE}</style>\n"
    )
    for id in ("tip", "tipw"):
        yield (
            f'<marker id="{id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9"'
            ' markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z"/></marker>\n'
        )
    yield f'<text class="title" x="{MARGIN}" y="36">{_text(title)}</text>\n'
    yield f'<text class="faint" x="{MARGIN}" y="56">{_text(said)}</text>\n'
    for band in picture.bands:
        yield (
            f'<g class="band"><rect x="{MARGIN - 14}" y="{band.y + HEAD + 14:.1f}" rx="6"'
            f' width="{width - 2 * MARGIN + 28:.0f}" height="{band.h:.1f}"/>'
            f'<text x="{MARGIN}" y="{band.y + HEAD + 32:.1f}">{_text(band.name)}</text></g>\n'
        )
    yield f'<g transform="translate({left:.1f} {HEAD + 14})">\n'
    for line in picture.lines:
        yield _line(line)
    for number, box in enumerate(picture.boxes):
        yield _box(box, number)
    for line in picture.lines:
        if line.words:
            yield _words(line)
    yield "</g>\n"
    yield from _legend(kinds, picture, legend)
    for number, note in enumerate(notes):
        yield f'<text class="faint" x="{MARGIN}" y="{legend + 40 + 20 * number:.0f}">{_text(note)}</text>\n'
    yield "</svg>\n"


def _line(line: Line) -> str:
    tip = "tipw" if line.broken else "tip"
    style = "broken" if line.broken else "side" if line.sideways else ""
    width = (
        f' style="stroke-width:{min(1.3 + 0.25 * (line.weight - 1), 4):.1f}"'
        if line.weight > 1
        else ""
    )
    if line.sideways:
        bulge = max(26.0, min(abs(line.y2 - line.y1) * 0.18, 70.0))
        one = line.x1 + (bulge if line.x2 >= line.x1 else -bulge)
        other = line.x2 + (bulge if line.x2 == line.x1 or line.x2 < line.x1 else -bulge)
        way = (
            f"M{line.x1:.1f} {line.y1:.1f}C{one:.1f} {line.y1:.1f}"
            f" {other:.1f} {line.y2:.1f} {line.x2:.1f} {line.y2:.1f}"
        )
    else:
        half = (line.y2 - line.y1) / 2
        way = (
            f"M{line.x1:.1f} {line.y1:.1f}C{line.x1:.1f} {line.y1 + half:.1f} {line.x2:.1f}"
            f" {line.y2 - half:.1f} {line.x2:.1f} {line.y2:.1f}"
        )
    return f'<path class="{style}" d="{way}" marker-end="url(#{tip})"{width}><title>{_text(line.kind)}</title></path>\n'


def _words(line: Line) -> str:
    # Nearer to where it starts: there fewer lines meet.
    x, y = line.x1 + (line.x2 - line.x1) * 0.42, line.y1 + (line.y2 - line.y1) * 0.42
    said = _text(clipped(line.words, 30))
    return f'<text class="words" text-anchor="middle" x="{x:.1f}" y="{y + 3:.1f}">{said}</text>\n'


def _box(box: Box, number: int) -> str:
    nodes = [box.node] if box.node is not None else [row.node for row in box.rows]
    first = nodes[0] if nodes else None
    classes = ["box", _class(first)] if first is not None else ["box"]
    if box.warning:
        classes.append("wrong")
    if box.focus:
        classes.append("focus")
    if box.node is not None and box.node.status:
        classes.append("off")
    parts = [
        f'<g class="{" ".join(classes)}" id="n{number}" transform="translate({box.x:.1f} {box.y:.1f})">'
        f'<rect width="{box.w:.0f}" height="{box.h:.0f}" rx="5"/>'
        f'<rect class="bar" width="4" height="{box.h:.0f}" rx="2"/>'
    ]
    y = PAD + 9.0
    if box.sort:
        parts.append(f'<text class="sort" x="13" y="{y:.0f}">{_text(clipped(box.sort, 40))}</text>')
        y += LINE - 1
    words = []
    for line in box.head:
        heading = ' class="heading"' if box.node is None else ""
        words.append(f'<text x="13" y="{y + 1:.0f}"{heading}>{_text(line)}</text>')
        y += LINE
    parts.append(_linked("".join(words), box.node))
    for row in box.rows:
        parts.append(_row(row))
    if box.more:
        parts.append(
            f'<text class="faint" x="13" y="{box.top + ROW * len(box.rows) + 14:.0f}">and {box.more:,} more</text>'
        )
    return "".join([*parts, "</g>\n"])


def _row(row: Row) -> str:
    off = ' class="off row"' if row.node.status or row.faint else ""
    return _linked(f'<text x="13" y="{row.y + 4:.0f}"{off}>{_text(row.text)}</text>', row.node)


def _linked(inner: str, node: Node | None) -> str:
    """A link to the line of the book, by a path within its folder."""
    if node is None:
        return inner
    full = " — ".join(filter(None, (node.label, node.title, node.status)))
    inner = f"<g>{inner}<title>{_text(full)}</title></g>"
    if not node.file:
        return inner
    from urllib.parse import quote

    return f'<a href="{_text(quote(node.file))}#L{node.line or 1}">{inner}</a>'


def _class(node: Node) -> str:
    if node.kind == "instrument":
        return "law" if node.sort in ("constitution", "treaty", "statute") else "rule"
    return {"provision": "law", "norm": "norm", "actor": "actor", "act": "act", "state": "act"}.get(
        node.kind, "outside"
    )


_NAMES = {
    "law": "constitution, treaty, statute or a provision",
    "rule": "regulation, policy, directive",
    "norm": "norm",
    "actor": "office, body or person",
    "act": "act or state",
    "outside": "named, and not in the book",
}


def _kinds(picture: Picture) -> list[str]:
    found: dict[str, None] = {}
    for box in picture.boxes:
        for node in [box.node] if box.node is not None else [row.node for row in box.rows]:
            if node is not None:
                found[_class(node)] = None
    return list(found)


def _legend(kinds: list[str], picture: Picture, y: float) -> Iterator[str]:
    x = MARGIN
    yield '<g class="legend">\n'
    for kind in kinds:
        yield (
            f'<g class="box {kind}" transform="translate({x:.0f} {y - 10:.0f})"><rect width="20" height="13" rx="3"/>'
            '<rect class="bar" width="4" height="13" rx="2"/>'
            f'<text x="27" y="11" class="sort">{_NAMES[kind]}</text></g>\n'
        )
        x += 46 + 6.0 * len(_NAMES[kind])
    nodes = [
        node
        for box in picture.boxes
        for node in (box.node, *(row.node for row in box.rows))
        if node
    ]
    signs = []
    if any(line.sideways for line in picture.lines):
        used = dict.fromkeys(line.kind for line in picture.lines if line.sideways)
        signs.append(
            ("side", "; ".join(EDGES.get(kind, kind).split(":")[0] for kind in list(used)[:3]))
        )
    if any(line.broken for line in picture.lines) or any(box.warning for box in picture.boxes):
        signs.append(("broken", "not resolved"))
    for style, said in signs:
        yield (
            f'<path class="{style}" d="M{x:.0f} {y - 3:.0f}h26"/>'
            f'<text class="sort" x="{x + 33:.0f}" y="{y + 1:.0f}">{_text(said)}</text>\n'
        )
        x += 56 + 6.0 * len(said)
    marks = {node.status for node in nodes if node.status in ("repealed", "not in force", "vacant")}
    if marks:
        said = "  ".join(
            {"repealed": "† repealed", "not in force": "◦ not in force", "vacant": "◦ vacant"}[each]
            for each in sorted(marks)
        )
        yield f'<text class="sort" x="{x:.0f}" y="{y + 1:.0f}">{said}</text>\n'
    yield "</g>\n"


def _text(value: str) -> str:
    return escape(value.translate(_DROPPED))
