"""What `repeal`, `suspend`, `commence` and `replaces` amend, which the compiled norms no longer show."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from writ.corpus.graph.building import Builder
from writ.corpus.graph.model import Edge, Node, key
from writ.diagnostics import Source

_FENCE = re.compile(
    r"^(?P<mark>`{3,}|~{3,})[ \t]*writ\b[^\n]*\n(?P<body>.*?)^(?P=mark)", re.M | re.S
)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.*)$", re.M)
_STATEMENT = re.compile(
    r"^(?P<word>repeal|suspend|commence)\b(?P<rest>[^\n]*)\n[ \t]+(?P<refs>[^\n]+)", re.M
)
_CLAUSE = re.compile(r"^[ \t]+replaces[ \t]+(?P<refs>[^\n]+)", re.M)
_NORM = re.compile(
    r"^(?:power|permission|duty|prohibition|right|immunity|disability|limit|delegation|lapse)\b"
    r"[ \t]*(?P<label>[^\s\"]*)",
    re.M,
)
_VERB = {"repeal": "repeals", "suspend": "suspends", "commence": "commences"}


def add(made: Builder) -> None:
    """Add an edge from each provision that amends to what it amends."""
    for one in made.book.instruments.values():
        source = made.book.sources.get(one.place.file)
        if source is None or not re.search(
            r"^(?:repeal|suspend|commence)\b|^[ \t]+replaces\b", source.text, re.M
        ):
            continue
        for label, word, refs, line in _said(source):
            own = made.provision(one.id, label, "", line)
            for instrument, to in refs:
                target = _target(made, instrument or one.id, to)
                made.edges.append(Edge(own, target, word, "", "", one.place.file, line))


def _target(made: Builder, instrument: str, label: str) -> str:
    if instrument not in made.book.instruments:
        id = key("outside", f"{instrument} {label}".strip())
        made.nodes.setdefault(
            id, Node(id, "outside", f"{instrument} {label}".strip(), status="outside")
        )
        return id
    return made.provision(instrument, label)


def _said(source: Source) -> Iterator[tuple[str, str, list[tuple[str, str]], int]]:
    """Where, what it does, to what, and the line."""
    from writ.syntax.provisions import label_of

    heads = [(match.start(), label_of(match[1])) for match in _HEADING.finditer(source.text)]
    starts = [at for at, _ in heads]
    for block in _FENCE.finditer(source.text):
        above = bisect_right(starts, block.start()) - 1
        heading = heads[above][1] if above >= 0 else ""
        body, offset = block["body"], block.start("body")
        for match in _STATEMENT.finditer(body):
            word = match["rest"].strip().split('"')[0].strip()
            line = bisect_right(source.starts, offset + match.start())
            yield word or heading, _VERB[match["word"]], _refs(match["refs"]), line
        norms = list(_NORM.finditer(body))
        for match in _CLAUSE.finditer(body):
            before = [each["label"] for each in norms if each.start() < match.start()]
            line = bisect_right(source.starts, offset + match.start())
            label = before[-1] if before and before[-1] else heading
            yield label, "replaces", _refs(match["refs"]), line


def _refs(text: str) -> list[tuple[str, str]]:
    """The references of a clause: instrument (empty for the same one) and label."""
    found = []
    for each in text.partition("--")[0].split(","):
        words = each.split()
        if words and words[0] != "from":
            found.append(
                (words[0], words[1]) if len(words) > 1 and words[0][0].islower() else ("", words[0])
            )
    return found
