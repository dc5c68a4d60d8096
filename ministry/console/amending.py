"""What can be done with a provision of the edition in force, beside reading it.

Desks register it; the page of its instrument shows it.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from django.utils.http import urlencode

Address = Callable[[str, str], str]
"""Of an instrument and the label of its provision, where it is done."""


class Action(msgspec.Struct, frozen=True):
    """Something that can be done with a provision: its words, and where."""

    words: str
    address: Address


_actions: list[Action] = []


def on_provision(words: str, address: Address) -> None:
    """Let something be done with every provision: `on_provision("Amend", lambda instrument, label: ...)`."""
    if all(one.words != words for one in _actions):
        _actions.append(Action(words, address))


def actions(instrument: str, label: str) -> list[tuple[str, str]]:
    """What can be done with a provision: words and address."""
    return [(one.words, one.address(instrument, label)) for one in _actions]


def query(path: str, instrument: str, label: str) -> str:
    """An address that names a provision as desks do: `PATH?provision=INSTRUMENT/LABEL`."""
    return f"{path}?{urlencode({'provision': f'{instrument}/{label}'})}"
