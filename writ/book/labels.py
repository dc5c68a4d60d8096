"""Labels of provisions: what is beneath what."""

from __future__ import annotations

from collections.abc import Iterable

_JOINTS = frozenset(".(-")
"""A part of a label starts with one of these: `1.3(c)(5)` is beneath `1.3(c)`, `1.3` and `1`."""


_PARTS = 32
"""Of a label: no law is divided further, and a reference to the parts beyond leads to the whole label alone."""


def above(label: str) -> list[str]:
    """The label, and every label that it is beneath, the widest first."""
    wider = [
        label[:at] for at, letter in enumerate(label[: 10 * _PARTS]) if at and letter in _JOINTS
    ]
    return [*wider[:_PARTS], label]


def beneath(label: str, other: str) -> bool:
    """Whether a label is `other` or beneath it."""
    return label.startswith(other) and (len(label) == len(other) or label[len(other)] in _JOINTS)


def index(labelled: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """From (label, norm id): the ids at and beneath each label, in the order given."""
    found: dict[str, list[str]] = {}
    for label, id in labelled:
        for each in above(label):
            found.setdefault(each, []).append(id)
    return {label: tuple(ids) for label, ids in found.items()}
