"""What a change of a norm means for those whom it speaks of: who is freer and who more bound, by how much of what."""

from __future__ import annotations

from collections.abc import Iterable

from writ.book.model import ANYONE, BARS, Norm
from writ.editions.change import CHANGED, NARROWED, WIDENED, Detail
from writ.syntax.tree import Bearer

GRANTING = frozenset({"power", "permission", "right", "delegation"})
BINDING = BARS | {"limit", "duty"}
KINDS = GRANTING | BINDING | {"lapse"}

_MORE = frozenset({"wider", "longer", "added", "commenced", "resumed"})
_LESS = frozenset({"narrower", "shorter", "removed", "repealed", "suspended"})
_WITHOUT = frozenset({"breach", "waiver", "holder"})
"""Respects in which a norm is neither wider nor narrower."""


def width(kind: str, detail: Detail) -> int:
    """1 where the norm does more of what its kind does (grants, bars, asks), -1 for less, 0 for neither."""
    if detail.what in _WITHOUT or (
        detail.what == "addressee" and detail.how in ("added", "removed")
    ):
        return 0
    if detail.how in ("stricter", "looser"):
        asks = 1 if detail.how == "stricter" else -1
        return -asks if kind in GRANTING else asks
    if kind == "duty" and detail.what == "effect":
        return 0
    return (detail.how in _MORE) - (detail.how in _LESS)


def burden(kind: str, detail: Detail) -> int:
    """1 where somebody is more bound by it, -1 where freer, 0 for neither."""
    if kind == "duty":
        pressing = {"sooner": 1, "later": -1}
        if detail.what in ("deadline", "recurrence"):
            return pressing.get(detail.how, 0)
        if detail.what == "waiver":
            return {"removed": 1, "added": -1}.get(detail.how, 0)
    if kind == "lapse":
        return 0
    return width(kind, detail) * (-1 if kind in GRANTING else 1)


def verdict(kind: str, details: Iterable[Detail]) -> str:
    """narrowed or widened where every respect says so, else changed."""
    widths = {width(kind, detail) for detail in details}
    return WIDENED if widths == {1} else NARROWED if widths == {-1} else CHANGED


def affected(
    old: Norm | None, new: Norm | None, details: Iterable[Detail]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is freer and who more bound, by name."""
    if old is None or new is None:
        norm = new or old
        assert norm is not None
        more = (1 if norm.kind in BINDING else -1 if norm.kind in GRANTING else 0) * (
            1 if new is not None else -1
        )
        return _sides(norm, who(norm.bearer), more)
    details = list(details)
    stayed = remaining(old, new, details)
    freer: dict[str, None] = {}
    bound: dict[str, None] = {}
    for detail in details:
        for name, more in _by(old, new, detail, stayed):
            free, bind = _sides(new, (name,), more)
            freer.update(dict.fromkeys(free))
            bound.update(dict.fromkeys(bind))
    return tuple(freer), tuple(bound)


def _sides(
    norm: Norm, names: tuple[str, ...], more: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(freer, more bound). An immunity frees whom it protects and binds everybody else."""
    if more == 0:
        return (), ()
    if norm.kind == "immunity":
        return (names, (ANYONE,)) if more > 0 else ((ANYONE,), names)
    return ((), names) if more > 0 else (names, ())


def _by(old: Norm, new: Norm, detail: Detail, stayed: tuple[str, ...]) -> list[tuple[str, int]]:
    """Each actor with 1 where it is more bound by this, -1 where freer."""
    if detail.what != "bearer":
        more = burden(new.kind, detail)
        return [(name, more) for name in stayed] if more else []
    weight = 1 if new.kind in BINDING else -1 if new.kind in GRANTING else 0
    gone, come = parted(old.bearer, new.bearer)
    if not gone and not come:  # as many as before are not enough, or more than are needed
        sign = {"wider": weight, "narrower": -weight}.get(detail.how, 0)
        return [(name, sign) for name in who(new.bearer)]
    found = []
    if detail.how != "narrower":
        found += [(name, weight) for name in come]
    if detail.how != "wider":
        found += [(name, -weight) for name in gone]
    return found


def remaining(old: Norm, new: Norm, details: Iterable[Detail]) -> tuple[str, ...]:
    """The actors of whom the norm speaks in both editions, by the narrower of their names."""
    how = next((each.how for each in details if each.what == "bearer"), "")
    before, after = who(old.bearer), who(new.bearer)
    if how in ("wider", "narrower"):
        return before if how == "wider" else after
    return tuple(name for name in after if name in before)


def parted(old: Bearer, new: Bearer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is no longer among those of whom a norm speaks, and who has come; an exception takes one out."""
    before, after = who(old), who(new)
    spared, sparing = _excepted(old), _excepted(new)
    gone = [name for name in before if name not in after]
    gone += [name for name in sparing if name not in spared]
    come = [name for name in after if name not in before]
    come += [name for name in spared if name not in sparing]
    return tuple(gone), tuple(come)


def who(bearer: Bearer) -> tuple[str, ...]:
    """The names of whom a norm speaks; `anyone` for `no one`."""
    return tuple(dict.fromkeys(actor.name for actor in bearer.actors)) or (ANYONE,)


def _excepted(bearer: Bearer) -> tuple[str, ...]:
    return tuple(actor.name for actor in bearer.excepted)


def acts(norm: Norm) -> tuple[str, ...]:
    """What a norm is about: of a delegation, what is delegated; of a lapse, the state."""
    if norm.kind == "delegation":
        return norm.delegated
    return (norm.act or norm.state,)
