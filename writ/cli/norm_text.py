"""Norms in words: the deontic line, and what qualifies it."""

from __future__ import annotations

from writ.book.model import Book, Norm
from writ.book.terms import Not
from writ.book.wording import say
from writ.editions.wording import effect, trigger
from writ.syntax.tree import Bearer

__all__ = ["clauses", "effect", "heading", "line", "names", "qualified"]


def line(norm: Norm) -> str:
    """The line of deontic text, as it would be written."""
    who = say(norm.bearer)
    act = f"{norm.act} {norm.thing}".strip()
    match norm.kind:
        case "power" | "permission":
            return f"{who} need not {act}" if norm.omission else f"{who} may {act}"
        case "duty":
            to = f" to {say(norm.to)}" if norm.to else ""
            return f"{who} must {act}{to}"
        case "prohibition":
            return f"{who} may {act}" if norm.bearer.mode == "none" else f"{who} may not {act}"
        case "right":
            return f"{who} has the right to {act}"
        case "immunity":
            return f"{who} is immune from {act}"
        case "disability":
            none = norm.bearer.mode == "none"
            return f"{who} has power to {act}" if none else f"{who} has no power to {act}"
        case "limit":
            return f"{who} may {act} only"
        case "delegation":
            to = f" to {say(norm.recipients)}" if norm.recipients else ""
            return f"{who} may delegate {', '.join(norm.delegated)}{to} by {act}"
        case "lapse":
            return f"{norm.state} lapses"
    return f"{who} {norm.kind} {act}"


def clauses(norm: Norm) -> list[str]:
    """What qualifies the line, a clause to an item."""
    found: list[str] = []
    for condition in norm.when:
        if isinstance(condition, Not):
            found.append(f"unless {say(condition.of)}")
        else:
            found.append(f"when {say(condition)}")
    found += [f"after {say(step)}" for step in norm.after]
    found += [f"with {say(condition)}" for condition in norm.with_]
    if norm.stating:
        found.append(f"stating {', '.join(path.name for path in norm.stating)}")
    if norm.recording:
        found.append(f"recording {', '.join(path.name for path in norm.recording)}")
    found += [f"so that {say(condition)}" for condition in norm.so_that]
    found += _timing(norm)
    found += [f"until {say(condition)}" for condition in norm.until]
    found += [effect(one) for one in norm.effects]
    found += [f"if breached {effect(one)}" for one in norm.breach]
    found += [f"limited to {say(condition)}" for condition in norm.limited_to]
    if norm.lapse_after:
        found.append(f"after {norm.lapse_after}")
    if norm.lapse_at:
        found.append(f"at {say(norm.lapse_at)}")
    return found


def _timing(norm: Norm) -> list[str]:
    found = []
    if norm.every:
        span = f" while {norm.while_state} in effect" if norm.while_state else ""
        found.append(f"every {norm.every}{span}")
    if norm.trigger:
        opening = f"within {norm.within} of" if norm.within else "on"
        found.append(f"{opening} {trigger(norm.trigger)}")
    if norm.due_by:
        found.append(f"by {say(norm.due_by)}")
    if norm.before:
        found.append(f"before {norm.before}")
    return found


def qualified(norm: Norm) -> str:
    """The line with its clauses, in one sentence."""
    return "; ".join([line(norm), *clauses(norm)])


def names(bearer: Bearer) -> tuple[str, ...]:
    """The actors that a bearer names; `anyone` for `no one` and for none."""
    return tuple(actor.name for actor in bearer.actors) or ("anyone",)


def heading(book: Book, norm: Norm) -> str:
    """`s. 17(1) power`, with its title."""
    title = f" {norm.title}" if norm.title else ""
    return f"{norm.citation} {norm.kind}{title}"
