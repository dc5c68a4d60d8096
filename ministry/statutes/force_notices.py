"""What suspending, its end and correcting tell: at once, to the offices that the norms are about.

A repeal goes the way of any edition, and is told as one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from ministry.editions.queries import Law
from ministry.gate.holders import holders
from ministry.notices.duties import office_words
from ministry.notices.kinds import Happened, News, Told, kind, tells
from ministry.statutes.models import Suspension
from writ.engine.answer import Outcome
from writ.engine.who import reach

ACTS = ("suspend-provision", "lift-suspension", "correct-clerical-error")

kind(
    "norms-changed",
    _("Norms of your office suspended or corrected"),
    {
        "suspend-provision": _("What your office may or must do was suspended for a time"),
        "lift-suspension": _("A suspension ended early: what your office may or must do applies again"),
        "correct-clerical-error": _("An error of writing was corrected in a norm of your office"),
    },
)  # fmt: skip


@tells(*ACTS)
def changed(one: Happened) -> Iterator[News]:
    """Provisions that were suspended, apply again or read otherwise."""
    if one.outcome == Outcome.NEEDS:
        return  # a part of the act remains
    keys, due = provisions(one)
    offices = concerned(one.law, keys)
    if keys and offices:
        yield Told(
            "norms-changed",
            one.record,
            f"/book/{keys[0].partition('/')[0]}/",
            one.act,
            offices=offices,
            about=", ".join(cited(one.law, key) for key in keys[:3]),
            by=office_words(one.law, one.office),
            but=one.person,
            due=due,
            label="",
        )


def provisions(one: Happened) -> tuple[list[str], dt.datetime | None]:
    """The keys of the provisions, and until when they are suspended."""
    if one.act == "correct-clerical-error":
        return [str(one.data["provision"])], None
    name = one.data["suspension"] if one.act == "lift-suspension" else one.record
    found = Suspension.objects.filter(id=name).first()
    if found is None:
        return [], None
    return list(found.provisions), None if found.lifted else found.ends


def concerned(law: Law, keys: list[str]) -> tuple[str, ...]:
    """The offices in which somebody is and that are the bearers of norms in these provisions."""
    found: set[str] = set()
    for norm in law.book.norms:
        if any(within(f"{norm.instrument}/{norm.label}", key) for key in keys):
            found |= reach(law.engine, norm)
    held = holders(law).offices
    return tuple(sorted(found & {*held.holders, *held.deputies}))


def within(label: str, key: str) -> bool:
    return label == key or label.startswith(f"{key}(")


def cited(law: Law, key: str) -> str:
    name, _sep, label = key.partition("/")
    item = law.book.instruments.get(name)
    return item.cite(label) if item is not None else key
