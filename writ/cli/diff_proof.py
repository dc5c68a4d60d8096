"""What an amendment really changes, as proved: for each act a request answered otherwise, or that there is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from writ.cli.printing import number, table
from writ.cli.request_text import request_text
from writ.formats.paint import Paint, visible

if TYPE_CHECKING:
    from writ.book.model import Book
    from writ.engine.answer import Decision
    from writ.proof.impact import Flip, Impact

WORDS = {"proved": "the same", "refuted": "otherwise", "unknown": "unknown"}


def impact_text(old: Book, new: Book, impacts: list[Impact], paint: Paint) -> str:
    """The acts by what becomes of them, with a request for each sort of office that is answered otherwise."""
    lines = [paint.strong("Answers by proof")]
    for impact in impacts:
        word = WORDS[impact.verdict.value].ljust(9)
        colour = {"the same ": paint.good, "otherwise": paint.wary}.get(word, paint.bad)
        said = impact.because or (
            "no request is answered otherwise" if impact.verdict.value == "proved" else ""
        )
        lines.append(
            f"  {colour(word)}  {paint.cited(visible(impact.act))}  {visible(said)}".rstrip()
        )
        for flip in impact.flips:
            lines += _flip(old, new, flip, paint)
    flips = sum(1 for impact in impacts if impact.flips)
    same = sum(1 for impact in impacts if impact.verdict.value == "proved")
    unknown = len(impacts) - flips - same
    told = f"{number(len(impacts), 'act')} touched: {flips} answered otherwise, {same} the same"
    lines.append(f"  {told}{f', {unknown} unknown' if unknown else ''}")
    return "\n".join(lines)


def _flip(old: Book, new: Book, flip: Flip, paint: Paint) -> Iterator[str]:
    from writ.proof.plain import as_data

    yield request_text(as_data(new, flip.request), 4)
    rows = [("old", _answer(flip.old)), ("new", _answer(flip.new))]
    yield table(rows, 4, 8, paint.faint)


def _answer(decision: Decision) -> str:
    cited = ", ".join(decision.citations) or "nothing"
    return visible(f"{decision.outcome.value}, citing {cited}")


def impact_data(new: Book, impacts: list[Impact]) -> list[dict[str, object]]:
    """The same as data; a request as `writ decide --request` reads it."""
    from writ.proof.plain import as_data

    return [
        {
            "act": impact.act,
            "verdict": impact.verdict.value,
            "because": impact.because,
            "flips": [
                {
                    "request": as_data(new, flip.request),
                    "old": {"outcome": flip.old.outcome.value, "citations": flip.old.citations},
                    "new": {"outcome": flip.new.outcome.value, "citations": flip.new.citations},
                }
                for flip in impact.flips
            ],
        }
        for impact in impacts
    ]
