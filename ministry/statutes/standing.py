"""What still stands of what was said of a proposed edition, now that it may read otherwise.

Whoever spoke read provisions, each of which said something: it was pinned. What they said stands as long as every one
of those provisions says the same, and as nothing further is changed of what they were asked about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from ministry.statutes.models import Consultation, Examination, Opinion, Proposal

Differences = Mapping[str, Iterable[str]]
"""By the key of a provision, its old and its new fingerprint."""


def pins_of(differs: Differences, provisions: Iterable[str] = ()) -> dict[str, str]:
    """What the changed provisions say now; of `provisions` alone, where there are any. Empty text: it is gone."""
    wanted = set(provisions)
    return {key: now for key, (_, now) in differs.items() if not wanted or key in wanted}


def stands(pins: Mapping[str, str], differs: Differences, provisions: Iterable[str] = ()) -> bool:
    """Whether what was said of the provisions pinned stands for an edition that differs so."""
    return dict(pins) == pins_of(differs, provisions)


def fallen(
    pins: Mapping[str, str], differs: Differences, provisions: Iterable[str] = ()
) -> list[str]:
    """The provisions by which it fell away, in order."""
    now = pins_of(differs, provisions)
    return sorted(key for key in pins.keys() | now.keys() if pins.get(key) != now.get(key))


class Heard(msgspec.Struct, frozen=True):
    """An office that was asked: what it said last, whether that stands, and by which provisions it fell away."""

    asked: Consultation
    opinion: Opinion | None
    stands: bool
    fallen: tuple[str, ...]
    over: bool
    """Its time is over."""

    @property
    def settled(self) -> bool:
        """Nothing is waited for any more."""
        return self.stands or self.over


def heard(head: Proposal, at: dt.datetime) -> list[Heard]:
    """Everybody who was asked about an edition. Two queries."""
    rows = Consultation.objects.filter(root=head.root).prefetch_related("opinions")
    return heard_in(rows, head, at)


def heard_in(rows: Iterable[Consultation], head: Proposal, at: dt.datetime) -> list[Heard]:
    """The same, of consultations that were read already."""
    found = []
    for one in rows:
        said = list(one.opinions.all())
        last = said[-1] if said else None
        gone = fallen(last.pins, head.differs, one.provisions) if last is not None else []
        found.append(Heard(one, last, last is not None and not gone, tuple(gone), one.due <= at))
    return found


class Examined(msgspec.Struct, frozen=True):
    """What was found last on one check, whether it stands, and by which provisions it fell away."""

    check: str
    found: Examination | None
    stands: bool
    fallen: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return self.stands and self.found is not None and self.found.passed


def examined(head: Proposal, checks: Iterable[str]) -> list[Examined]:
    """What an edition was examined for. One query."""
    return examined_in(Examination.objects.filter(root=head.root), head, checks)


def examined_in(
    rows: Iterable[Examination], head: Proposal, checks: Iterable[str]
) -> list[Examined]:
    """The same, of examinations that were read already, in their order."""
    last: dict[str, Examination] = {}
    for one in rows:
        last[one.check_name] = one
    found = []
    for check in checks:
        said = last.get(check)
        gone = fallen(said.pins, head.differs) if said is not None else []
        found.append(Examined(check, said, said is not None and not gone, tuple(gone)))
    return found
