"""The normalised text of a provision: what must be equal however the law was brought here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from writ.formats.legislation.model import Block, Mark, Provision, Runs

APART = frozenset(
    {
        "block",
        "row",
        "cell",
        "item",
        "list",
        "table",
        "note",
        "number",
        "heading",
        "quotation-block",
    }
)
"""Marks on lines of their own: a blank stands before and after them."""
SILENT = frozenset({"history", "meta"})
"""Blocks about the text, which are not part of it."""


def normalised(text: str) -> str:
    """A text with every run of white space as one blank, and none at its ends."""
    return " ".join(text.split())


def plain(runs: Runs) -> str:
    """The words of runs, with blanks around what stands apart."""
    return normalised("".join(_pieces(runs)))


def _pieces(runs: Runs) -> Iterator[str]:
    for run in runs:
        if isinstance(run, str):
            yield run
        elif run.kind in APART:
            yield " "
            yield from _pieces(run.runs)
            yield " "
        else:
            yield from _pieces(run.runs)


def joined(blocks: Iterable[Block]) -> str:
    """The words of blocks, a blank between them."""
    return normalised(" ".join("".join(_pieces(block.runs)) for block in blocks))


def text_of(provision: Provision) -> str:
    """The normalised text of a provision alone: head and blocks, without the provisions in it and its history."""
    return joined(block for block in provision.blocks() if block.kind not in SILENT)


def head_of(provision: Provision, kind: str) -> str:
    """The normalised number, heading or other part of the head; empty where there is none."""
    return joined(block for block in provision.head if block.kind == kind)


def number_of(provision: Provision) -> str:
    """The number as printed: `17`, `(1)`, `PART I`."""
    return head_of(provision, "number")


def history_of(provision: Provision) -> tuple[str, ...]:
    """Its historical notes."""
    return tuple(
        normalised("".join(_pieces((run,)))) if isinstance(run, Mark) else normalised(run)
        for block in provision.body
        if isinstance(block, Block) and block.kind == "history"
        for run in block.runs
        if isinstance(run, Mark) or run.strip()
    )
