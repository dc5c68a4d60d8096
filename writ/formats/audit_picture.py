"""The timeline of an audit as inline SVG: one small picture for each lane, its places in per cent of its width."""

from __future__ import annotations

from collections.abc import Iterator

from writ.formats.audit_markup import GLYPHS, TONES, glyph, text
from writ.formats.audit_timeline import BINS, Bar, Lane, Mark, Timeline

HEIGHT = 26
"""Pixels of a lane."""
LEVEL = HEIGHT - 6
ROOM, INSIDE = 500_000, 400_000
"""Bytes of the lanes, and of those inside folded ones, at most."""

SHAPES = {
    "tick": '<circle class="solid" r="8"/><path class="on" d="M-4 0-1 3.2 4-3"/>',
    "line": '<path class="solid" d="M-1-8h2v16h-2z"/>',
    "cross": '<circle class="solid" r="8"/><path class="on" d="M-3.5-3.5 3.5 3.5M3.5-3.5-3.5 3.5"/>',
    "ring": '<circle class="hollow" r="6"/><path class="edge" d="M-4.2 4.2 4.2-4.2"/>',
    "disc": '<circle class="solid" r="5"/>',
    "pause": '<path class="solid" d="M-5-6h3.5v12h-3.5zM1.5-6h3.5v12h-3.5z"/>',
    "square": '<path class="solid" d="M-5-5h10v10h-10z"/>',
    "frame": '<path class="hollow" d="M-5-5h10v10h-10z"/>',
    "dash": '<path class="solid" d="M-6-1.5h12v3h-12z"/>',
    "diamond": '<path class="solid" d="M0-8 8 0 0 8-8 0z"/><path class="on" d="M0-4v5h3"/>',
    "alarm": '<path class="solid" d="M0-8 9 7.5H-9z"/><path class="on" d="M0-3v5M0 4v1.6"/>',
    "clock": '<circle class="hollow" r="6.5"/><path class="edge" d="M0-4v4.4h3"/>',
    "arrow": '<path class="edge" d="M-9 0h7M-5-4-1 0-5 4"/>',
    "flag": '<path class="solid" d="M-1-10h2v20h-2z"/>',
}
"""What the statuses look like, about their middle."""

LEGEND = (
    ("no authority", "act without authority"),
    ("no effect", "act without effect"),
    ("breached", "duty breached, at its due day"),
    ("late", "duty discharged late"),
    ("met", "duty met"),
    ("waived", "duty waived"),
    ("due", "due day"),
    ("ended", "ended by an act"),
    ("lapsed", "lapsed"),
    ("on", "goes on"),
)
_BARS = (
    ("in effect", "in effect"),
    ("suspended", "suspended"),
    ("open", "duty open"),
    ("overdue", "overdue"),
    ("ahead", "still to come"),
)


def shapes() -> str:
    """The definitions that the marks refer to; once in a page."""
    symbols = "".join(f'<g id="{name}">{drawn}</g>' for name, drawn in SHAPES.items())
    return (
        '<svg class="defined" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
        f"{symbols}"
        f"{_hatch('overdue', 'bad')}{_hatch('suspended', 'wary')}</defs></svg>"
    )


def _hatch(name: str, tone: str) -> str:
    return (
        f'<pattern id="hatch-{name}" class="{tone}" width="6" height="6" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path class="solid" d="M0 0h3v6h-3z"/></pattern>'
    )


def picture(drawn: Timeline, shown: frozenset[str]) -> str:
    """The picture; `shown` are the rows of the tables to which its marks can lead."""
    return "".join(_Picture(drawn, shown).parts())


class _Picture:
    def __init__(self, drawn: Timeline, shown: frozenset[str]) -> None:
        self.drawn = drawn
        self.shown = shown
        folded = sum(bool(lane.within) for _, lanes, _ in drawn.groups for lane in lanes)
        self.inside = INSIDE // max(folded, 1)
        """Bytes of the lanes inside one folded lane."""
        self.room = ROOM

    def parts(self) -> Iterator[str]:
        body = "".join(self.group(*group) for group in self.drawn.groups)
        yield self.legend()
        yield f'<div class="chart" id="chart">{self.grid()}{self.axis()}{body}</div>'
        yield '<p class="reading" aria-hidden="true" hidden></p>'

    def legend(self) -> str:
        used = {mark.kind for _, lanes, _ in self.drawn.groups for mark in _all_marks(lanes)}
        bars = {bar.kind for _, lanes, _ in self.drawn.groups for bar in _all_bars(lanes)}
        items = [f"<li>{glyph(kind)}{said}</li>" for kind, said in LEGEND if kind in used]
        items += [
            f'<li><svg width="26" height="12" aria-hidden="true">{_rect(kind, "0", "26", 1, 10)}'
            f"</svg>{said}</li>"
            for kind, said in _BARS
            if kind in bars
        ]
        if any(lane.levels for _, lanes, _ in self.drawn.groups for lane in lanes):
            hill = '<path class="hill over" d="M0 12V8H5V3H12V5H18V9H26V12z"/>'
            items.append(
                f'<li><svg width="26" height="12" aria-hidden="true">{hill}</svg>'
                "how many at a time</li>"
            )
        return f'<ul class="legend" aria-label="Signs" role="list">{"".join(items)}</ul>'

    def grid(self) -> str:
        """The lines of the ticks and of the day of the report, behind all lanes."""
        now = self.drawn.as_of
        lines = "".join(
            f'<line class="tick" x1="{tick.at}%" x2="{tick.at}%" y1="0" y2="100%"/>'
            for tick in self.drawn.axis.ticks()
        )
        later = (
            f'<rect class="later" x="{now}%" y="0" width="{round(100 - now, 2)}%" height="100%"/>'
        )
        line = f'<line class="now" x1="{now}%" x2="{now}%" y1="0" y2="100%"/>'
        return f'<svg class="grid" aria-hidden="true" focusable="false">{later}{lines}{line}</svg>'

    def axis(self) -> str:
        now = self.drawn.as_of
        labels = "".join(
            f'<text x="{tick.at}%" y="14" class="{"minor " if tick.minor else ""}'
            f'{_side(tick.at)}">{_year_apart(tick.label)}</text>'
            for tick in self.drawn.axis.ticks()
        )
        said = f'<text x="{now}%" y="32" class="as-of {_side(now)}">{self.drawn.as_of_said}</text>'
        return (
            '<div class="axis" aria-hidden="true"><div class="name"></div>'
            f'<svg class="track" height="38" aria-hidden="true">{labels}{said}</svg></div>'
        )

    def group(self, title: str, lanes: tuple[Lane, ...], more: int) -> str:
        items = []
        for lane in lanes:
            drawn = self.lane(lane, folded=bool(lane.within))
            if len(drawn.encode()) > self.room:
                more += 1
                continue
            self.room -= len(drawn.encode())
            items.append(self.item(lane, drawn))
        rest = f'<p class="left-out">{more:,} more are counted above.</p>' if more else ""
        return f'<h3>{title}</h3><ul class="lanes" role="list">{"".join(items)}</ul>{rest}'

    def item(self, lane: Lane, drawn: str) -> str:
        """A lane as drawn, with those that it stands for folded beneath it."""
        if not lane.within:
            return f"<li>{drawn}</li>\n"
        within: list[str] = []
        room = self.inside
        for one in lane.within:
            inner = f"<li>{self.lane(one)}</li>\n"
            room -= len(inner.encode())
            if room < 0:
                break
            within.append(inner)
        more = lane.stands_for - len(within)
        rest = f'<p class="left-out">{more:,} more are counted in the lane above.</p>'
        return (
            f'<li><details class="fold"><summary>{drawn}</summary>'
            f'<ul class="lanes" role="list">{"".join(within)}</ul>'
            f"{rest if more > 0 else ''}</details></li>\n"
        )

    def lane(self, lane: Lane, folded: bool = False) -> str:
        label = text(lane.label)
        if lane.row in self.shown:
            label = f'<a href="#{lane.row}">{label}</a>'
        many = f' <span class="many">{lane.stands_for:,}</span>' if lane.stands_for > 1 else ""
        said = text(lane.title)
        inside = "".join(self.bars(lane.bars))
        if lane.levels:
            tone = TONES.get(lane.status, "over")
            most = max(lane.levels)
            inside += _levels(lane.levels, most, "owed" if lane.amiss else tone)
            if lane.amiss:
                inside += _levels(lane.amiss, most, "bad")
        # What unfolds is one control; its marks are links in the lanes that it unfolds.
        inside += "".join(self.mark(mark, linked=not folded) for mark in lane.marks)
        return (
            f'<div class="lane" data-says="{said}"><div class="name">{glyph(lane.status)}'
            f"<span>{label}{many}</span></div>"
            f'<svg class="track" height="{HEIGHT}" role="group" aria-label="{said}">'
            f"{inside}</svg></div>"
        )

    def bars(self, bars: tuple[Bar, ...]) -> Iterator[str]:
        for bar in bars:
            width = round(bar.end - bar.start, 2)
            yield _rect(bar.kind, f"{bar.start}%", f"{max(width, 0.15)}%", 6, HEIGHT - 12)

    def mark(self, mark: Mark, linked: bool) -> str:
        shape = GLYPHS.get(mark.kind, "disc")
        if mark.kind == "authorised":
            shape = "line"
        drawn = (
            f'<use href="#{shape}" x="{mark.at}%" y="{HEIGHT // 2}" '
            f'class="mark {TONES.get(mark.kind, "over")}">'
            f"<title>{text(mark.title)}</title></use>"
        )
        wrong = mark.kind in ("no authority", "breached", "late")
        if linked and wrong and mark.row in self.shown:
            said = text(mark.title)
            return f'<a href="#{mark.row}" aria-label="{said}">{drawn}</a>'
        return drawn


def _all_marks(lanes: tuple[Lane, ...]) -> Iterator[Mark]:
    for lane in lanes:
        yield from lane.marks
        yield from _all_marks(lane.within)


def _all_bars(lanes: tuple[Lane, ...]) -> Iterator[Bar]:
    for lane in lanes:
        yield from lane.bars
        yield from _all_bars(lane.within)


def _rect(kind: str, x: str, width: str, y: int, height: int) -> str:
    """A bar; what is suspended, overdue or still to come has its own texture or edge."""
    name = kind.replace(" ", "-")
    place = f'x="{x}" y="{y}" width="{width}" height="{height}" rx="2"'
    rect = f'<rect class="bar {name}" {place}/>'
    if kind in ("suspended", "overdue"):
        rect += f'<rect class="hatch {name}" {place} fill="url(#hatch-{name})"/>'
    return rect


def _levels(levels: tuple[int, ...], most: int, tone: str) -> str:
    """How many at a time, as a hill; `most` fills the height of the lane."""
    points = ["M0 100"]
    for at, level in enumerate(levels):
        height = 0 if not level else max(100 * level / max(most, 1), 6)
        points.append(f"V{100 - height:.0f}H{at + 1}")
    return (
        f'<svg y="3" width="100%" height="{LEVEL}" viewBox="0 0 {BINS} 100" '
        f'preserveAspectRatio="none"><path class="hill {tone}" d="{"".join(points)}V100z"/></svg>'
    )


def _year_apart(label: str) -> str:
    """The label, its year apart so that it can be left out where there is little room."""
    day, space, year = label.rpartition(" ")
    return f'{day}<tspan class="year"> {year}</tspan>' if space and len(year) == 4 else label


def _side(at: float) -> str:
    """Where the text of a tick stands: near an edge, inside it."""
    return "first" if at < 6 else "last" if at > 94 else "mid"
