"""Collecting diagnostics for one file."""

from __future__ import annotations

from collections.abc import Iterable

from writ.book.codes import CODES
from writ.book.lost import NONE
from writ.book.suggest import did_you_mean
from writ.diagnostics import Diagnostic, Related, Source
from writ.syntax.limits import MAX_DIAGNOSTICS

MANY = 5_000
SEARCHES = 20


class Report:
    """The findings in one file, in the order in which they were made, up to a limit."""

    def __init__(self, source: Source, troubles: frozenset[int] = NONE) -> None:
        self.source = source
        self.troubles = troubles
        """Lines with errors of syntax."""
        self.found: list[Diagnostic] = []
        self._searches = 0

    def troubled(self, span: int) -> bool:
        """Whether something in this range was refused by the parser."""
        if not self.troubles:
            return False
        place = self.source.span(span)
        return any(place.line <= line <= place.end_line for line in self.troubles)

    def full(self) -> bool:
        """Whether it takes no more: who has made that many mistakes will not read them."""
        return len(self.found) >= MAX_DIAGNOSTICS

    def search(self, names: int) -> bool:
        """Whether to look among so many names for the one that was meant: among very many, only a few times."""
        if names <= MANY:
            return True
        self._searches += 1
        return self._searches <= SEARCHES

    def add(
        self,
        code: str,
        span: int,
        message: str,
        help: str = "",
        related: tuple[Related, ...] = (),
        like: tuple[str, Iterable[str]] | None = None,
    ) -> None:
        """Add one finding; its severity is that of its code.

        `like` is a name that is not known and those that are: the nearest becomes the help, before `help`.
        """
        if self.full():
            return
        if like is not None:
            help = did_you_mean(*like) or help
        self.found.append(
            Diagnostic(code, CODES[code].severity, message, self.source.span(span), help, related)
        )
