"""The page of a law: one file that loads nothing, and can be read without its script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from writ import __version__
from writ.book.model import Book, Norm
from writ.formats.reader.about import about
from writ.formats.reader.cards import Cards
from writ.formats.reader.content import Law, Run
from writ.formats.reader.glossary import explained, glossary, used, who_may
from writ.formats.reader.groups import Group, groups, targets
from writ.formats.reader.markup import DEEPEST, Prose, text
from writ.formats.reader.plain import human

_FOLDER = Path(__file__).parent
_BARE = '<p class="declares">Declares words, and no norm.</p>'


class Shown:
    """What a page shows of one law."""

    def __init__(self, book: Book, law: Law, prefix: str, file: str = "") -> None:
        self.law = law
        self.item = book.instruments[law.id]
        self.groups = groups(book, law)
        self.prose = Prose(prefix, targets(self.groups))
        self.file = file
        """The name of the file of its page, where another page leads there."""

    @property
    def norms(self) -> list[Norm]:
        return [norm for group in self.groups for norm in group.norms]


def page(book: Book, laws: Sequence[Shown], others: Sequence[Shown] = ()) -> str:
    """The page of laws of one book. It is the same for the same book: it carries no time of its making.

    Args:
        laws: what stands on it, in order.
        others: laws on pages of their own, beside it, to which it leads.
    """
    places = {norm.id: f"{each.file}#n-{norm.id}" for each in others for norm in each.norms}
    places |= {norm.id: f"#n-{norm.id}" for each in laws for norm in each.norms}
    norms = [norm for each in laws for norm in each.norms]
    words = explained(book)
    shown = used(Cards(book, {}, frozenset()), norms) & frozenset(words)
    cards = Cards(book, places, shown)
    one = laws[0] if len(laws) == 1 else None
    title = text(one.law.title if one else book.title or book.name)
    parts = "\n".join(_law(book, each, cards, one is not None, laws, others) for each in laws)
    said = glossary(book, shown)
    who = who_may(book, norms, lambda norm: cards.norms([norm.id]))
    more = _section("who", "Who may do what", who) + _section("words", "Words used", said)
    contents = _contents(laws, one is not None, bool(who), bool(said))
    above = text(book.title or book.name) if one else "Book of law"
    return _whole(title, above, contents, f"{parts}\n{more}", one.law.language if one else "en")


def index(book: Book, laws: Sequence[Shown]) -> str:
    """A page that leads to the pages of laws, each on its own, the highest rank first."""
    ranks: dict[int, list[Shown]] = {}
    for each in laws:
        ranks.setdefault(each.item.rank, []).append(each)
    parts = []
    for rank, found in sorted(ranks.items()):
        rows = "".join(
            f'<li><a href="{text(each.file)}">{text(each.law.title)}</a> '
            f'<span class="at">{text(each.item.citation)}</span></li>'
            for each in found
        )
        kind = book.ranks[rank] if rank < len(book.ranks) else "other"
        parts.append(f"<section><h2>{text(human(kind).capitalize())}</h2><ul>{rows}</ul></section>")
    return _whole(text(book.title or book.name), "Book of law", "", "\n".join(parts), "en")


def _whole(title: str, above: str, contents: str, main: str, language: str) -> str:
    style, script = _asset("reader.css"), _asset("reader.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    frame = "frame" if contents else "frame plain"
    return f"""<!doctype html>
<html lang="{text(language[:2]) or "en"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the law</a>
<header class="top">
<p class="eyebrow">{above}</p>
<h1>{title}</h1>
</header>
<div class="tools" role="search" hidden>
<label>Find in the law <input type="search" autocomplete="off" spellcheck="false"></label>
<span role="status" class="found"></span>
<button type="button" class="theme" aria-pressed="false">Dark</button>
</div>
<div class="{frame}">
{contents}
<main id="main" tabindex="-1">
{main}
</main>
</div>
<div id="tip" role="tooltip" hidden></div>
<footer><p>Written by Writ {__version__}. This page loads nothing from anywhere. The law is what its
instruments say; the norms beside it are their formal reading.</p></footer>
<script>{script}</script>
</body>
</html>
"""


@cache
def _asset(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _section(id: str, title: str, body: str) -> str:
    if not body:
        return ""
    return (
        f'<section id="{id}" aria-labelledby="{id}-t"><h2 id="{id}-t">{title}</h2>{body}</section>'
    )


# --- contents


def _contents(laws: Sequence[Shown], alone: bool, who: bool, words: bool) -> str:
    parts = []
    for each in laws:
        inner = _tree(each)
        if alone:
            parts.append(inner)
        else:
            title = text(each.law.title)
            whole = f'<p><a href="#{text(each.law.id)}">From its beginning</a></p>'
            parts.append(f"<details><summary>{title}</summary>{whole}{inner}</details>")
    ends = [("who", "Who may do what", who), ("words", "Words used", words)]
    rows = "".join(f'<li><a href="#{id}">{said}</a></li>' for id, said, there in ends if there)
    last = f'<ul role="list" class="ends">{rows}</ul>' if rows else ""
    return (
        '<nav class="contents" aria-label="Contents"><details open class="all"><summary>Contents</summary>'
        f"{''.join(parts)}{last}</details></nav>"
    )


def _tree(shown: Shown) -> str:
    """The headings as nested lists."""
    drawn: list[str] = []
    level = 0
    for group in shown.groups:
        if group.heading is None:
            continue
        if group.level > level:
            drawn.append('<ol role="list">' * (group.level - level))
        else:
            drawn.append("</li>" + "</ol></li>" * (level - group.level))
        level = group.level
        drawn.append(f"<li>{shown.prose.link(group.anchor, _title(group))}")
    drawn.append("</li></ol>" * level)
    return "".join(drawn)


def _title(group: Group) -> str:
    heading = group.heading
    if heading is None:
        return ""
    number = f'<span class="no">{text(heading.number)}</span> ' if heading.number else ""
    return f"{number}{text(''.join(run.text for run in heading.runs))}"


# --- the law


def _law(
    book: Book,
    shown: Shown,
    cards: Cards,
    alone: bool,
    laws: Sequence[Shown],
    others: Sequence[Shown],
) -> str:
    body = "\n".join(_group(shown, each, cards, 1 if alone else 2) for each in shown.groups)
    places = {each.law.id: _where(each, laws) for each in (*others, *laws)}
    head = "" if alone else f'<h2 id="{text(shown.law.id)}-t">{text(shown.law.title)}</h2>'
    return (
        f'<article id="{text(shown.law.id)}">{head}{about(book, shown.item, shown.law, places)}'
        f"{body}</article>"
    )


def _where(shown: Shown, laws: Sequence[Shown]) -> str:
    return f"#{shown.law.id}" if shown in laws else shown.file


def _group(shown: Shown, group: Group, cards: Cards, above: int) -> str:
    prose, heading = shown.prose, group.heading
    level = min(group.level + above, DEEPEST)
    id = text(prose.id(group.anchor))
    titled = ""
    if heading is not None:
        runs = prose.runs(heading.runs or (Run(""),))
        number = f'<span class="no">{text(heading.number)}</span> ' if heading.number else ""
        titled = f"<h{level}>{number}{runs}</h{level}>"
    norms = "".join(cards.card(norm, f"n-{norm.id}") for norm in group.norms)
    label = shown.item.cite(group.label) if group.label else shown.law.title
    beside = (
        f'<div role="group" aria-label="{text(f"Norms of {label}")}"><ul role="list">{norms}</ul></div>'
        if norms
        else ""
    )
    two = " two" if norms else ""
    said = _BARE if group.bare else prose.pieces(group.pieces)
    return (
        f'<section class="group{two}" id="{id}"><div class="text">{titled}'
        f"{said}{_referred(shown, group.referred)}</div>{beside}</section>"
    )


def _referred(shown: Shown, referred: Mapping[str, str]) -> str:
    if not referred:
        return ""
    links = ", ".join(
        shown.prose.link(anchor, text(shown.item.cite(label))) for anchor, label in referred.items()
    )
    return f'<p class="referred">Referred to in {links}</p>'
