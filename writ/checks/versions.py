"""Successive versions of one norm."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import Norm
from writ.checks.view import View
from writ.engine.scope import Scope, compare_scopes


def same_norm(view: View, instrument: str) -> Iterator[list[Norm]]:
    """The norms of one provision with one kind, act and scope, where there are several, by their first day."""
    groups: dict[tuple[str, str, str], list[Norm]] = {}
    for norm in view.norms_of[instrument]:
        if norm.start is not None and norm.act:
            groups.setdefault((norm.label, norm.kind, norm.act), []).append(norm)
    for norms in groups.values():
        if len(norms) > 1 and any(norm.start != norms[0].start for norm in norms):
            versions = [
                norm
                for norm in norms
                if norm is norms[0]
                or compare_scopes(view.vocabulary, norms[0], norm) is Scope.EQUAL
            ]
            if len(versions) > 1:
                yield sorted(versions, key=lambda norm: str(norm.start))
