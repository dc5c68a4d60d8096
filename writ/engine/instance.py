"""One stretch of a state: when it began, what bounds it, and whether it is in effect."""

from __future__ import annotations

import datetime as dt

import msgspec

from writ.book.dates import FAR, compare
from writ.book.terms import Value


class Instance(msgspec.Struct, gc=False):
    """One stretch of a state. `because` are the norms that bound or ended it."""

    state: str
    since: dt.date | None
    until: dt.date | None = None
    """Last day or moment in effect, from its period or a lapse."""
    ended: dt.date | None = None
    """When an act ended it."""
    suspended: dt.date | None = None
    about: str = ""
    facts: dict[str, Value] = {}
    continued: bool = False
    given_end: bool = False
    because: tuple[str, ...] = ()
    begun_by: str = ""
    by_law: bool = False
    """It was no act that ended it, but a lapse norm whose condition came true."""
    sure_until: dt.date | None = None
    """After it nobody knows whether the state goes on: a bound that cannot be computed, or may not hold."""

    def status(self, at: dt.date, zone: str) -> str:
        """not begun, in effect, suspended, lapsed or ended, at that time."""
        # What is far off needs no exact comparison, and most is.
        day, since, until = at.toordinal(), self.since, self.until
        if since is not None and since is not at and day - since.toordinal() < FAR:  # noqa: SIM102
            if compare(at, since, zone) < 0:
                return "not begun"
        if self.ended is not None and compare(at, self.ended, zone) >= 0:
            # An act cannot end what had lapsed before.
            late = self.until is not None and compare(self.ended, self.until, zone) > 0
            return "lapsed" if late or self.by_law else "ended"
        if until is not None and until.toordinal() - day < FAR and compare(at, until, zone) > 0:
            return "lapsed"
        if self.suspended is not None and compare(at, self.suspended, zone) >= 0:
            return "suspended"
        return "in effect"

    def doubtful(self, at: dt.date, zone: str) -> bool:
        """Whether it may have lapsed by then, for all that is known."""
        return self.sure_until is not None and compare(at, self.sure_until, zone) > 0

    def doubt(self, after: dt.date, zone: str) -> None:
        """Let nobody be sure of it after that day."""
        if self.sure_until is None or compare(after, self.sure_until, zone) < 0:
            self.sure_until = after

    def cap(self, until: dt.date, zone: str) -> None:
        """Let it last no longer than that day or moment."""
        if self.until is None or compare(until, self.until, zone) < 0:
            self.until = until

    def end(self, zone: str) -> dt.date | None:
        """When it ended or will end: by the act or by its period, whichever is first."""
        if self.ended is None or self.until is None:
            return self.ended or self.until
        return self.ended if compare(self.ended, self.until, zone) <= 0 else self.until
