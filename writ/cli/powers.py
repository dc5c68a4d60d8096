"""What the norms in force on a day say of one actor."""

from __future__ import annotations

import datetime as dt

import msgspec

from writ.book.model import Book, Norm
from writ.cli import norm_text
from writ.cli.printing import table
from writ.formats.paint import Paint

TITLES = {
    "may": "May",
    "must": "Must",
    "must not": "Must not",
    "only": "Only on conditions",
    "no power": "Has no power",
    "delegable": "Could be authorised, by delegation",
    "general": "Like everybody",
}
_GROUPS = {
    "power": "may",
    "permission": "may",
    "right": "may",
    "immunity": "may",
    "delegation": "may",
    "duty": "must",
    "prohibition": "must not",
    "limit": "only",
    "disability": "no power",
}


class Said(msgspec.Struct, frozen=True):
    """One norm, in words."""

    citation: str
    kind: str
    norm: str
    line: str
    clauses: tuple[str, ...]


def powers(book: Book, actor: str, at: dt.date) -> dict[str, list[Said]]:
    """The norms on an actor by what they say of it; those on everybody come apart, and what it could be delegated."""
    from writ.cli.judge import delegable
    from writ.engine.applies import bears, in_force

    found: dict[str, list[Said]] = {title: [] for title in TITLES}
    for norm in book.norms:
        group = _GROUPS.get(norm.kind)
        if group is None or not in_force(norm, at, None) or not bears(book, norm.bearer, actor):
            continue
        found["general" if _general(norm) else group].append(said(norm))
    for act, rule in delegable(book, actor, at):
        line = f"may be given {act} by {', '.join(rule.by)}, through {rule.through}"
        limits = tuple(f"limited to {limit}" for limit in rule.limited_to)
        clauses = (*(f"when {condition}" for condition in rule.when), *limits)
        found["delegable"].append(Said(rule.citation, "delegation", rule.norm, line, clauses))
    return found


def _general(norm: Norm) -> bool:
    return norm.bearer.mode == "none" or "anyone" in norm_text.names(norm.bearer)


def said(norm: Norm) -> Said:
    return Said(
        norm.citation, norm.kind, norm.id, norm_text.line(norm), tuple(norm_text.clauses(norm))
    )


def text(found: dict[str, list[Said]], paint: Paint) -> str:
    """The groups that are not empty, each under its title."""
    parts = []
    for group, norms in found.items():
        rows = [(one.citation, "; ".join([one.line, *one.clauses])) for one in norms]
        if rows:
            parts.append(f"{paint.strong(TITLES[group])}\n{table(rows, 2, 28, paint.cited)}")
    return "\n\n".join(parts)
