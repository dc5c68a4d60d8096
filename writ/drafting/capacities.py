"""Who holds an office, where the text itself says so: `The Director, DIA, shall serve as the Director of the DIOCC`."""

from __future__ import annotations

import re

from writ.drafting.bearers import plain

_SERVES = re.compile(
    r"(?:Serves?|Acts?)\s+as\s+(?P<offices>(?:the\s+)?[A-Z].*)", re.IGNORECASE | re.DOTALL
)
_OFFICE = re.compile(
    r"(?:,?\s*(?:and\s+)?(?:the\s+)?)"
    r"(?P<office>[A-Z][\w&/’'-]*(?:\s+(?:(?:of|for)\s+(?:the\s+)?)?[A-Z][\w&/’'-]*)*)(?:\s+\((?P<short>[A-Z][\w&()/]*)\))?"
)


class Capacities:
    """The offices that a text gives to the bearers of others, as far as it has been read."""

    def __init__(self) -> None:
        self._holders: dict[str, str] = {}

    def learn(self, bearer: str, act: str) -> None:
        """Note the offices that an act gives to its bearer, if it does."""
        match = _SERVES.match(act)
        if match is None:
            return
        offices, place = match["offices"], 0
        while found := _OFFICE.match(offices, place):
            for name in (found["office"], found["short"]):
                if name and plain(name) != plain(bearer):
                    self._holders.setdefault(plain(name), bearer)
            place = found.end()

    def holder(self, bearer: str) -> str:
        """Who holds the office of this name; empty where the text does not say."""
        return self._holders.get(plain(bearer), "")
