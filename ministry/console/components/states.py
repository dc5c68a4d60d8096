"""How things stand: of each state its words, its colour and its sign, in one place. Colour alone says nothing."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from ministry.console.components.columns import Words


class Tone(StrEnum):
    """What a state means for whoever looks, and the colour that goes with it."""

    PLAIN = "plain"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"


ICONS = {Tone.PLAIN: "○", Tone.OK: "✓", Tone.WARN: "!", Tone.BAD: "✕", Tone.INFO: "i"}
"""A sign for each tone, in print and for whoever sees no colours. It is not read aloud: the words are."""


class State(msgspec.Struct, frozen=True):
    """A state in words, with its tone. `icon` stands in the place of the sign of the tone."""

    words: Words
    tone: Tone = Tone.PLAIN
    icon: str = ""

    @property
    def sign(self) -> str:
        return self.icon or ICONS[self.tone]


STATES: dict[str, State] = {
    # Duties.
    "open": State(_("open"), Tone.INFO, "○"),
    "met": State(_("met"), Tone.OK),
    "met late": State(_("met late"), Tone.WARN),
    "breached": State(_("breached"), Tone.BAD),
    "overdue": State(_("overdue"), Tone.BAD, "!"),
    "soon": State(_("soon due"), Tone.WARN),
    "waived": State(_("waived"), Tone.PLAIN),
    "lapsed": State(_("lapsed"), Tone.PLAIN),
    # States of the Book.
    "begun": State(_("begun"), Tone.INFO, "▶"),
    "suspended": State(_("suspended"), Tone.BAD, "‖"),
    "ended": State(_("ended"), Tone.PLAIN, "■"),
    # Acts: the outcomes of the Book keep their names.
    "permitted": State(_("permitted"), Tone.OK),
    "prohibited": State(_("prohibited"), Tone.BAD),
    "not-authorised": State(_("not authorised"), Tone.BAD),
    "needs": State(_("needs more"), Tone.WARN, "…"),
    "conflict": State(_("conflict"), Tone.BAD, "≠"),
    "refused": State(_("refused"), Tone.BAD),
    "read": State(_("read"), Tone.INFO, "·"),
    # What is asked of others.
    "granted": State(_("granted"), Tone.OK),
    "declined": State(_("declined"), Tone.BAD),
    "withdrawn": State(_("withdrawn"), Tone.PLAIN, "–"),
    "waiting": State(_("waiting"), Tone.WARN, "…"),
    # Proposals and editions.
    "proposed": State(_("proposed"), Tone.INFO, "○"),
    "certified": State(_("certified"), Tone.OK),
    "promulgated": State(_("promulgated"), Tone.OK),
    "in force": State(_("in force"), Tone.OK),
    "to come": State(_("to come"), Tone.INFO, "▶"),
    "repealed": State(_("repealed"), Tone.PLAIN, "■"),
    # Findings.
    "error": State(_("error"), Tone.BAD),
    "warning": State(_("warning"), Tone.WARN),
    "note": State(_("note"), Tone.INFO),
    # People, offices and things.
    "active": State(_("may sign in"), Tone.OK),
    "vacant": State(_("vacant"), Tone.WARN, "–"),
    "acting": State(_("acting"), Tone.PLAIN, "↔"),
    "not begun": State(_("not begun"), Tone.PLAIN),
    "under way": State(_("under way"), Tone.INFO, "▶"),
    "done": State(_("done"), Tone.OK),
}


def known(name: str, words: Words, tone: Tone, icon: str = "") -> State:
    """Register a state of a desk, when its application is ready.

    Raises:
        ValueError: the name means another state already.
    """
    made = State(words, tone, icon)
    if STATES.setdefault(name, made) is not made and str(STATES[name].words) != str(words):
        raise ValueError(f"the state {name!r} is said twice")
    return STATES[name]


def state(name: Any) -> State:
    """A state by its name; one that is not known is said in its own name, and looks like nothing in particular."""
    if isinstance(name, State):
        return name
    said = str(name)
    return STATES.get(said) or State(said)
