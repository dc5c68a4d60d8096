"""`writ prove --norms`: norms that never apply or change no answer, and acts over which norms conflict, by proof."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from writ.cli import norm_text
from writ.cli.entry import refuse
from writ.cli.printing import number, print_json
from writ.cli.request_text import request_text
from writ.formats.paint import Paint, paint_for, visible

if TYPE_CHECKING:
    from writ.book.model import Book, Norm
    from writ.proof.norms import Fault

SCHEMA = "writ-prove-norms/1"
WORDS = {
    "dead": "never applies: no situation meets its conditions",
    "redundant": "changes no answer: without it every request has the same outcome",
    "conflict": "the law both allows or commands and forbids it",
}


def run(book: Book, folder: str, ids: Sequence[str], as_json: bool) -> int:
    """Print what is proved of the norms; status 1 where there is something."""
    from writ.proof.norms import faults

    chosen = [norm.id for norm in _asked(book, ids)] if ids else None
    found: list[Fault] = []
    paint = paint_for(sys.stdout)
    for fault in faults(book, chosen, MILLISECONDS):
        found.append(fault)
        if not as_json:
            print("\n".join(_text(book, fault, paint)), flush=True)
    if as_json:
        page = {"schema": SCHEMA, "book": book.name, "folder": folder}
        print_json({**page, "found": [_data(book, fault) for fault in found]})
    else:
        asked = number(len(chosen) if chosen is not None else len(book.norms), "norm")
        counts = ", ".join(
            f"{sum(each.kind == kind for each in found)} {kind}"
            for kind in dict.fromkeys(each.kind for each in found)
        )
        print(
            f"{asked}: {counts or paint.good('each applies in some situation, and changes some answer')}"
        )
    return 1 if found else 0


MILLISECONDS = 2_000
"""The limit of one call of the solver."""


def _asked(book: Book, ids: Sequence[str]) -> list[Norm]:
    found = []
    for asked in ids:
        some = [n for n in book.norms if asked in (n.id, n.label, n.citation, n.instrument, n.act)]
        if not some:
            from writ.book.suggest import did_you_mean

            known = [name for norm in book.norms for name in (norm.id, norm.citation)]
            refuse(f"the book has no norm `{asked}`", did_you_mean(asked, known))
        found += some
    return found


def _text(book: Book, fault: Fault, paint: Paint) -> Iterator[str]:
    norm = book.by_id.get(fault.norm)
    named = norm.citation if norm is not None else fault.norm
    said = f"{norm.kind}: {norm_text.line(norm)}" if norm is not None else ""
    colour = paint.bad if fault.kind == "conflict" else paint.wary
    head = f"{colour(fault.kind.ljust(9))}  {paint.cited(visible(named))}"
    yield f"{head}  {visible(said)}".rstrip()
    yield f"           {WORDS.get(fault.kind, visible(fault.because))}"
    if fault.example is not None:
        from writ.proof.plain import as_data

        yield request_text(as_data(book, fault.example.request), 11)
        yield f"           citing {', '.join(fault.example.decision.citations)}"


def _data(book: Book, fault: Fault) -> dict[str, object]:
    from writ.proof.plain import as_data

    norm = book.by_id.get(fault.norm)
    data: dict[str, object] = {"kind": fault.kind, "because": fault.because}
    if norm is None:
        data["act"] = fault.norm
    else:
        data |= {"norm": norm.id, "citation": norm.citation}
    if fault.example is not None:
        data["request"] = as_data(book, fault.example.request)
        data["citations"] = list(fault.example.decision.citations)
    return data
