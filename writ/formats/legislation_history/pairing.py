"""Which provision of one version is which of the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from writ.formats.legislation.model import Document, Provision
from writ.formats.legislation.text import head_of, number_of, text_of
from writ.formats.legislation_history.deltas import Apart, Body, Ref, apart

_NUMBER = "lims:fid"
"""Justice Canada's number of an element: it stays while the element is amended and moved, and a new one has another."""
_APPENDED = frozenset({"NifProvs", "RelatedProvs"})
"""Schedules that are no part of the law: amendments that are not in force, and provisions of the amending acts."""


class Node(NamedTuple):
    """A provision where it stands."""

    key: str
    provision: Provision
    above: str
    """The key of the one that it stands in; empty at the top."""
    appended: bool
    """Whether the publisher put it beside the law: it is about amendments, and no part of the text."""
    number: str
    """By which the publisher knows it; empty without one."""


class Version:
    """One version: its parts, and its provisions by key."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.parts: Apart = apart(document)
        self.nodes: dict[str, Node] = {}
        keys = iter(self.parts.shells)
        for each in document.body:
            if isinstance(each, Provision):
                self._take(each, "", False, keys)

    def _take(self, provision: Provision, above: str, appended: bool, keys: Iterator[str]) -> None:
        key = next(keys)
        given = dict(provision.attributes)
        appended = (
            appended
            or provision.kind == "related"
            or (provision.kind == "schedule" and given.get("id") in _APPENDED)
        )
        self.nodes[key] = Node(key, provision, above, appended, given.get(_NUMBER, ""))
        for each in provision.provisions():
            self._take(each, key, appended, keys)

    def chain(self, key: str) -> Iterator[Node]:
        """A provision and those that it stands in, from within."""
        while key:
            node = self.nodes[key]
            yield node
            key = node.above


def pairs(old: Version, new: Version) -> dict[str, str]:
    """The key in the old version for each key of the new one that is the same provision.

    By the publisher's number; then by identifier; then, within the same provision, by words, where they are said
    once before and once after: so a provision that has only another number is known again.
    """
    found: dict[str, str] = {}
    numbered = _unique(old)
    taken = set()
    for key, node in new.nodes.items():
        was = numbered.get(node.number) if node.number else None
        if was is not None and was not in taken:
            found[key] = was
            taken.add(was)
    for key, node in new.nodes.items():
        before = old.nodes.get(key)
        if key in found or before is None or key in taken:
            continue
        if (before.provision.kind, before.appended) == (node.provision.kind, node.appended):
            found[key] = key
            taken.add(key)
    _by_words(old, new, found, taken)
    return found


def _unique(version: Version) -> Mapping[str, str]:
    count = Counter(node.number for node in version.nodes.values())
    return {
        node.number: key
        for key, node in version.nodes.items()
        if node.number and count[node.number] == 1
    }


def _by_words(old: Version, new: Version, found: dict[str, str], taken: set[str]) -> None:
    """Pair what is left by its words, from the top down."""
    gone: dict[tuple[str, str, str], list[str]] = {}
    for key, node in old.nodes.items():
        if key not in taken and not node.number:
            gone.setdefault(_said(node, node.above), []).append(key)
    if not gone:
        return
    came: dict[tuple[str, str, str], list[str]] = {}
    for key, node in new.nodes.items():
        if key not in found and not node.number:
            above = found.get(node.above) if node.above else ""
            if above is not None:
                came.setdefault(_said(node, above), []).append(key)
    for said, keys in came.items():
        if said[2] and len(keys) == 1 and len(gone.get(said, ())) == 1:
            found[keys[0]] = gone[said][0]
            taken.add(gone[said][0])
            _beneath(old, new, keys[0], gone[said][0], found, taken)


def _beneath(
    old: Version, new: Version, key: str, was: str, found: dict[str, str], taken: set[str]
) -> None:
    """Of a provision with another number: those in it, by their own numbers."""
    inside = {
        (one.provision.kind, number_of(one.provision)): each
        for each, one in old.nodes.items()
        if one.above == was and each not in taken
    }
    for each, one in new.nodes.items():
        if one.above == key and each not in found:
            before = inside.pop((one.provision.kind, number_of(one.provision)), None)
            if before is not None:
                found[each] = before
                taken.add(before)
                _beneath(old, new, each, before, found, taken)


def _said(node: Node, above: str) -> tuple[str, str, str]:
    """What a provision says without its number, with all that is in it."""
    words = " ".join(text_of(each) for each in node.provision.walk())
    number = number_of(node.provision)
    lead = " ".join(head_of(node.provision, kind) for kind in ("marginal", "heading"))
    return above, node.provision.kind, f"{lead} {words.replace(number, '', 1) if number else words}"


def children(body: Body) -> list[str]:
    """The keys of the provisions in a body, in order."""
    return [each.key for each in body if isinstance(each, Ref)]
