"""Assurances in the words of the language, for reports."""

from __future__ import annotations

from writ.book.assurances import Assurance
from writ.book.wording import say
from writ.syntax import tree
from writ.syntax.printed import print_claim
from writ.syntax.tree import Duration, Name


def claim(item: Assurance) -> str:
    """The line of an assurance: `every emergency ends within 90 days`."""
    within = item.within
    return print_claim(
        tree.AssuranceStatement(
            item.label,
            item.title,
            item.form,
            item.bearer if _names_bearer(item) else None,
            tuple([Name(act) for act in item.acts]),
            Name(item.thing) if item.thing else None,
            Name(item.state) if item.state else None,
            None if within is None else Duration(within.amount, within.unit, within.of),
            item.vacant,
        )
    )


def provisos(item: Assurance) -> tuple[str, ...]:
    """Its clauses: one `when` for each conjunct, and the `unless` of an end."""
    found = [f"when {say(condition)}" for condition in item.when]
    if item.renewal:
        found.append(f"unless {', '.join(map(say, item.renewal))}")
    return tuple(found)


def _names_bearer(item: Assurance) -> bool:
    written = item.bearer.mode == "none" or bool(item.bearer.actors)
    return written and item.form != "always someone"
