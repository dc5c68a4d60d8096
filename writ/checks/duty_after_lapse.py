"""D507: a duty that falls due when the state that it lasts for is over."""

from __future__ import annotations

from collections.abc import Iterator

from writ.book.model import Norm
from writ.book.terms import Period
from writ.checks.check import Check, Unit, clause, document, finding
from writ.checks.lasting import ending, most, required, shortest
from writ.checks.view import View
from writ.diagnostics import Diagnostic, Severity

DOC = document(
    "D507",
    "duty-after-lapse",
    Severity.WARNING,
    "the period of a duty that lasts as long as a state is longer than the state can last",
    "by the time that it falls due it no longer binds anyone, so that nobody is ever in breach of it.",
    """
lapse 5
  alarm lapses
  after 30 days
duty 6
  minister must report
  every 60 days while alarm in effect
""",
    "shorten the period, or let the duty outlive the state.",
)


def find(view: View, unit: str) -> Iterator[Diagnostic]:
    """Each period that begins with or within a state, and surely ends after it, of a duty that ends with the state."""
    for norm in view.book.norms:
        if norm.kind != "duty" or (norm.within is None and norm.every is None):
            continue
        for word, period, state in _periods(view, norm):
            bound = most(view, state)
            calendar = view.book.calendar_of(norm.instrument)
            if bound is None or shortest(period, calendar) <= bound[0]:
                continue
            message = (
                f"`{state}` is over after {_days(bound[0])} at most, before these {period} have run"
            )
            help = f"shorten the period, or let the duty outlive `{state}`"
            yield finding(
                view, DOC, clause(norm, word), message, help, ((bound[1], "it ends here"),)
            )


def _periods(view: View, duty: Norm) -> Iterator[tuple[str, Period, str]]:
    """The periods of the duty, each with a state without which it binds nobody."""
    states = required(duty.when) | ending(duty.until) | {duty.while_state}
    for state in sorted(states - {""}):
        if duty.within is not None and _opens_with(view, duty, state):
            yield "within", duty.within, state
        elif duty.every is not None and state == duty.while_state:
            yield "every", duty.every, state


def _opens_with(view: View, duty: Norm, state: str) -> bool:
    """Whether the trigger is the beginning of the state, or an act that begins it at once."""
    trigger = duty.trigger
    if trigger is None or trigger.kind not in ("start", "act"):
        return False
    if trigger.kind == "start":
        return trigger.name == state
    return any(
        norm.act == trigger.name and effect.verb == "begins" and effect.start is None
        for norm, effect in view.effects.get(state, ())
    )


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


CHECK = Check(DOC, Unit.BOOK, find)
