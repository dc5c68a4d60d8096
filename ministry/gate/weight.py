"""Which acts weigh: those by which others are decided, so that their order in the register matters."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from ministry.editions.queries import Law
from ministry.gate.duties import duties
from ministry.gate.parts import joint_acts
from ministry.gate.past import wanted
from writ.book.model import Book
from writ.journal.grants import Grants

_weighty: WeakKeyDictionary[Book, frozenset[str]] = WeakKeyDictionary()


def weighs(law: Law, act: str) -> bool:
    """Whether decisions on other acts look back at this one, or it gives a power, or discharges a duty."""
    found = _weighty.get(law.book)
    if found is None:
        found = _weighty[law.book] = _find(law)
    return act in found


def _find(law: Law) -> frozenset[str]:
    vocabulary = law.book.vocabulary
    found = set(Grants(law.book).delegating) | joint_acts(law.book)
    for name in vocabulary.acts:
        want = wanted(law, name, "")
        found |= want.near | want.far
    for duty in duties(law.book):
        for name in (duty.act, duty.waiver):
            found |= vocabulary.act_down.get(name, {name}) if name else set()
    return frozenset(found)
