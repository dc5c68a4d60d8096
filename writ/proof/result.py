"""What proving an assurance comes to."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from writ.engine.answer import Decision
from writ.engine.request import Request


class Verdict(StrEnum):
    """`proved`: in every lawful situation. `refuted`: the engine itself gives the answer that it should not.
    `unknown`: neither, within the limit; `because` says why."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNKNOWN = "unknown"


class Example(msgspec.Struct, frozen=True, gc=False):
    """A situation as the engine can be asked about it, and what it answers."""

    request: Request
    decision: Decision
    because: str = ""
    """What the answer shows, where that is more than its outcome."""


class Repair(msgspec.Struct, frozen=True, gc=False):
    """A change that would make the assurance hold: tried, and proved with it."""

    norm: str
    citation: str
    change: str


class Result(msgspec.Struct, frozen=True, gc=False):
    """The verdict on one assurance. `example` refutes it, or of one that says what can be, shows it."""

    assurance: str
    verdict: Verdict
    because: str = ""
    example: Example | None = None
    norms: tuple[str, ...] = ()
    """The norms concerned, where there is no request to show: the duties without a holder, what begins a state."""
    repairs: tuple[Repair, ...] = ()
    questions: int = 0
    """So many pairs of an act and a sort of office were asked about."""
    seconds: float = 0.0
    """CPU time."""
    bounds: tuple[str, ...] = ()
    """What the proof takes for granted beyond `docs/proof.md`."""
