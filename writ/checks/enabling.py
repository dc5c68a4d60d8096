"""The powers that an instrument is made under."""

from __future__ import annotations

from writ.book.model import Instrument, Norm
from writ.checks.view import View


def provisions(view: View, item: Instrument) -> tuple[Norm, ...]:
    """Every norm at the provision named by `under`, or beneath it."""
    if item.under is None:
        return ()
    name, label = item.under
    return tuple(
        norm
        for norm in view.norms_of.get(name, ())
        if norm.label == label or _below(norm.label, label)
    )


def enabling(view: View, item: Instrument) -> tuple[Norm, ...]:
    """The powers among them."""
    return tuple(norm for norm in provisions(view, item) if norm.kind in ("power", "delegation"))


def _below(label: str, above: str) -> bool:
    return label.startswith(above) and label[len(above)] in "(.-"
