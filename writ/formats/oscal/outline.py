"""A catalogue in JSON of which the tree of controls is read at once, and the rest of a control when it is selected.

A baseline selects a tenth of a catalogue; to read the other nine tenths is most of the work of resolving it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET, Raw, UnsetType

from writ.formats.oscal.checked import MAX_DEPTH
from writ.formats.oscal.codes import Refused
from writ.formats.oscal.compiled import sound
from writ.formats.oscal.reading import form_of, read_bytes
from writ.formats.oscal.selection import Controls, Data
from writ.formats.oscal.xml import MAX_BYTES

_INNER = ("controls", "groups")


class _Control(msgspec.Struct, gc=False, forbid_unknown_fields=True, rename={"class_": "class"}):
    id: str
    controls: list[_Control] | UnsetType = UNSET
    class_: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    params: Raw | UnsetType = UNSET
    props: Raw | UnsetType = UNSET
    links: Raw | UnsetType = UNSET
    parts: Raw | UnsetType = UNSET


class _Group(msgspec.Struct, gc=False, forbid_unknown_fields=True, rename={"class_": "class"}):
    id: str | UnsetType = UNSET
    controls: list[_Control] | UnsetType = UNSET
    groups: list[_Group] | UnsetType = UNSET
    class_: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    params: Raw | UnsetType = UNSET
    props: Raw | UnsetType = UNSET
    links: Raw | UnsetType = UNSET
    parts: Raw | UnsetType = UNSET


class _Catalog(
    msgspec.Struct, gc=False, forbid_unknown_fields=True, rename={"back_matter": "back-matter"}
):
    uuid: str
    metadata: Raw
    controls: list[_Control] | UnsetType = UNSET
    groups: list[_Group] | UnsetType = UNSET
    params: Raw | UnsetType = UNSET
    back_matter: Raw | UnsetType = UNSET


class _Root(msgspec.Struct, gc=False):
    catalog: _Catalog


_MEMBERS = {
    one: tuple(zip(one.__struct_fields__, one.__struct_encode_fields__, strict=True))
    for one in (_Catalog, _Group, _Control)
}
"""The members of each by their names here and in JSON, in the order in which they are written."""


class _Listed(Controls):
    """The controls of an outline by id."""

    def __init__(self, root: _Catalog) -> None:
        self.catalog = {}
        self.by_id: dict[str, Any] = {}
        self.count = 0
        held: list[Any] = [root]
        while held:
            one = held.pop()
            if type(one) is not _Control and one.groups is not UNSET:
                held += reversed(one.groups)
            if one.controls is not UNSET:
                for control in one.controls:
                    self.by_id.setdefault(control.id, control)
                    self.count += 1
                    if control.controls is not UNSET:
                        held.append(control)

    def within(self, id: str) -> Iterator[str]:
        waiting = [self.by_id[id]]
        while waiting:
            one = waiting.pop()
            yield one.id
            if one.controls is not UNSET:
                waiting += one.controls


class Outline:
    """The controls of a catalogue by id and place, without what they say."""

    def __init__(self, root: _Catalog) -> None:
        self.root = root
        self.controls: Controls = _Listed(root)

    @classmethod
    def of(cls, file: Path) -> Outline | None:
        """The outline of a file; None where it is no catalogue in JSON, or has anything wrong or unknown in its
        outline."""
        try:
            data = read_bytes(file).removeprefix(b"\xef\xbb\xbf")
            if form_of(data) != "json" or len(data) > MAX_BYTES:
                return None
            made = cls(msgspec.json.decode(data, type=_Root).catalog)
        except (Refused, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        return made if made.controls.count == len(made.controls.by_id) else None

    def taken(self, ids: set[str]) -> Data | None:
        """The catalogue with these controls alone and all that they say; None where that is not what OSCAL asks for.

        As `Controls.pruned`: a control whose own is left out stands in its place, and a group without any is left out.
        """
        try:
            made = _taken(self.root, ids)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        return made if sound("catalog", made) and not _too_deep(made) else None


def _taken(node: Any, ids: set[str]) -> Data:
    inner: Data = {}
    if node.controls is not UNSET and (controls := _kept(node.controls, ids)):
        inner["controls"] = controls
    held = () if type(node) is _Control or node.groups is UNSET else node.groups
    if groups := [one for one in (_taken(each, ids) for each in held) if one]:
        inner["groups"] = groups
    if not inner and type(node) is _Group:
        return inner
    made: Data = {}
    for name, key in _MEMBERS[type(node)]:
        if key in _INNER:
            if key in inner:
                made[key] = inner[key]
        elif (value := getattr(node, name)) is not UNSET:
            made[key] = _decode(value) if type(value) is Raw else value
    return made


def _kept(controls: Iterable[_Control], ids: set[str]) -> list[Data]:
    found: list[Data] = []
    for control in controls:
        if control.id in ids:
            found.append(_taken(control, ids))
        elif control.controls is not UNSET:
            found += _kept(control.controls, ids)
    return found


_decode = msgspec.json.Decoder().decode


def _too_deep(made: Data) -> bool:
    """The same as of whole files, of data that are sound: only these members can hold their like."""
    level = [made]
    for _ in range(MAX_DEPTH // 2):
        level = [
            inner
            for one in level
            for name in ("groups", "controls", "parts")
            if name in one
            for inner in one[name]
        ]
        if not level:
            return False
    return True
