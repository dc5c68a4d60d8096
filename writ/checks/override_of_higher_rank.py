"""C404: lower law that claims to override higher law."""

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
    "an instrument claims to override a norm of higher rank",
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
        winner, loser = norms[override.winner], norms[override.loser]
        if override.rank <= loser.rank or override.place in seen:
            continue
        if not any(o.rank <= loser.rank for o in view.ranked[loser.id] if o.winner == winner.id):
            seen.add(override.place)
            message = f"`{winner.citation}` cannot prevail over `{loser.citation}`, which is of higher rank"
            if winner.rank <= loser.rank:
                message = f"this instrument cannot rank `{winner.citation}` over `{loser.citation}`, of higher rank"
            related = ((loser.label_place, f"a {view.book.instruments[loser.instrument].kind}"),)
            help = "only the higher norm can yield, by `subject to`"
            yield finding(view, DOC, override.place, message, help, related)


CHECK = Check(DOC, Unit.INSTRUMENT, find)
