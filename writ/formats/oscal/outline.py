"""A catalogue in JSON of which the tree of controls is read at once, and the rest of a control when it is selected.

A baseline selects a tenth of a catalogue; to read the other nine tenths is most of the work of resolving it.
"""

from __future__ import annotations

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

_NODE = "\0"
"""The key, in an item of the tree, of what it was read from; no text of JSON that anyone wrote begins so."""
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


class Outline:
    """The controls of a catalogue by id and place, without what they say."""

    def __init__(self, root: _Catalog) -> None:
        self.controls = Controls(_tree(root))

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

    def filled(self, tree: Data) -> Data | None:
        """A part of the tree with all that its items say; None where that is not what OSCAL asks for."""
        try:
            made = _filled(tree)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        return made if sound("catalog", made) and not _too_deep(made) else None


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


def _tree(node: Any) -> Data:
    made: Data = {_NODE: node}
    if type(node) is _Control:
        made["id"] = node.id
    for name in _INNER:
        inner = getattr(node, name, UNSET)
        if inner is not UNSET:
            made[name] = [_tree(one) for one in inner]
    return made


def _filled(item: Data) -> Data:
    node = item[_NODE]
    made: Data = {}
    for name, key in zip(node.__struct_fields__, node.__struct_encode_fields__, strict=True):
        if key in _INNER:
            if key in item:
                made[key] = [_filled(one) for one in item[key]]
            continue
        value = getattr(node, name)
        if value is not UNSET:
            made[key] = msgspec.json.decode(value) if type(value) is Raw else value
    return made
