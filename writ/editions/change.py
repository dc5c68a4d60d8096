"""What a comparison of two editions says."""

from __future__ import annotations

import msgspec

from writ.diagnostics import Diagnostic, Span

GAINED, LOST = "gained", "lost"
NARROWED, WIDENED = "narrowed", "widened"
CHANGED, MOVED = "changed", "moved"


class Detail(msgspec.Struct, frozen=True):
    """One respect in which something changed: `what` (bearer, when, after, deadline, in force, …), and `how`.

    `how` is about the new text beside the old: narrower, wider; stricter, looser (of what is required); sooner, later;
    shorter, longer; added, removed; lost, found, abolished (of a holder); commenced, repealed, suspended; moved; other.
    `old` and `new` are the words that differ; what both have is in neither.
    """

    what: str
    how: str
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


class Change(msgspec.Struct, frozen=True):
    """One norm, ranking, declaration or instrument that is not what it was.

    `change`: gained, lost; narrowed, widened (does less, or more, of what a norm of its kind does: grants, bars, asks);
    moved (only its label or instrument is another); changed (anything else, or both ways at once).
    """

    subject: str
    """A kind of norm; `override`; `instrument`, `book`; or the kind of declaration."""
    change: str
    name: str
    """The id of the norm, or the name declared: in the new edition, in the old where it is lost."""
    citation: str = ""
    was: str = ""
    """The old citation, where it is another."""
    acts: tuple[str, ...] = ()
    """What a norm is about; of a delegation the acts delegated."""
    freer: tuple[str, ...] = ()
    """Who may do more, or must do less, than before."""
    bound: tuple[str, ...] = ()
    """Who may do less, or must do more."""
    details: tuple[Detail, ...] = ()
    old: Span | None = None
    new: Span | None = None


class Touch(msgspec.Struct, frozen=True):
    """What one actor gains or loses as to one act, by norms of one kind."""

    actor: str
    change: str
    """gained, lost, narrowed, widened, changed; `repealed` and `commenced` where a day in the text brings it about."""
    kind: str
    """A kind of norm, or: `exemption`, a permission to leave undone; `recipient`, to whom authority may be delegated;
    `liberty`, that of a private person to do what needs no authority."""
    act: str
    citations: tuple[str, ...]
    dates: tuple[str, ...] = ()
    """The days from which, where it is `repealed` or `commenced`."""


class Reply(msgspec.Struct, frozen=True):
    """What one edition answers to a case. `place` is the case in that edition, if it has it."""

    outcome: str = ""
    """Empty where the edition cannot read the request: then `unreadable` says why."""
    citations: tuple[str, ...] = ()
    place: Span | None = None
    unreadable: tuple[Diagnostic, ...] = ()


class Answer(msgspec.Struct, frozen=True):
    """A case that the two editions answer differently."""

    id: str
    ask: str
    change: str
    """outcome, citations, or unreadable (by either edition)."""
    old: Reply
    new: Reply


class Comparison(msgspec.Struct, frozen=True):
    """All that two editions differ in. `asked` counts the cases put to both."""

    changes: tuple[Change, ...]
    touched: tuple[Touch, ...]
    answers: tuple[Answer, ...] = ()
    asked: int = 0

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return not (self.changes or self.answers)
