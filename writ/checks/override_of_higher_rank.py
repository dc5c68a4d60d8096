"""C404: a norm that claims to prevail over higher law."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import Place
from writ.checks.check import Check, Unit, document, finding
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "C404",
    "override-of-higher-rank",
    Severity.ERROR,
    "a norm claims to prevail over one of an instrument of higher rank",
    "it has no such power, and the claim has no effect: the higher norm stands, to the surprise of the reader.",
    """
-- in a regulation
permission 5
  minister may publish
  notwithstanding secrecy-act 4
""",
    "change the higher instrument, or write there that it is `subject to` this one.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each such clause, once. Where the higher norm yields by its own word, the claim is true."""
    norms = view.book.by_id
    seen: set[Place] = set()
    for override in view.overrides_in.get(unit, ()):
        if not override.own_word or override.place in seen:
            continue
        winner, loser = norms[override.winner], norms[override.loser]
        if winner.rank > loser.rank and (winner.id, loser.id) not in view.book.beats:
            seen.add(override.place)
            message = f"`{winner.citation}` cannot prevail over `{loser.citation}`, which is of higher rank"
            related = ((loser.label_place, f"a {view.book.instruments[loser.instrument].kind}"),)
            help = "only the higher norm can yield, by `subject to`"
            yield finding(view, DOC, override.place, message, help, related)


CHECK = Check(DOC, Unit.INSTRUMENT, find)
