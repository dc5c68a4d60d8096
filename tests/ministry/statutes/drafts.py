"""Editions for the tests: the model ministry's book with a change."""

from __future__ import annotations

from ministry.editions.apply import deposit
from ministry.statutes import acts
from ministry.statutes.data import Proposing
from tests.ministry.people import texts

APPOINT = (
    "permanent-secretary, director-of-personnel may appoint-officer",
    "permanent-secretary may appoint-officer",
)


def edited(*changes: tuple[str, str], files: dict[str, str] | None = None) -> str:
    """An edition in which the first words are the second, in whatever file they stand; its digest."""
    found = dict(files or texts())
    for old, new in changes:
        assert any(old in text for text in found.values()), old
        found = {name: text.replace(old, new) for name, text in found.items()}
    return deposit(found)


def proposed(house, *changes: tuple[str, str]) -> str:
    """An edition that the Permanent Secretary has proposed."""
    edition = edited(*changes)
    acts.propose(house.bo, Proposing(edition=edition, title="Appointments"))
    return edition
