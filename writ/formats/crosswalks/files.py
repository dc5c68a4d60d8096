"""Frameworks and mappings out of files, and mappings into them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import yaml

from writ.diagnostics import Diagnostic
from writ.formats.crosswalks import library, oscal_maps
from writ.formats.crosswalks.codes import Refused, finding
from writ.formats.crosswalks.frameworks import Framework, of_catalog, of_library
from writ.formats.crosswalks.rows import Collection
from writ.formats.oscal.codes import Refused as Unread
from writ.formats.oscal.reading import form_of, plain_data, read, read_bytes

FORMS = ("oscal", "library")


def read_framework(path: Path) -> tuple[Framework | None, list[Diagnostic]]:
    """The framework in a file: a catalogue of OSCAL, or a library file; None with what was wrong."""
    try:
        data = read_bytes(path)
        if form_of(data) != "xml" and _is_library(whole := plain_data(data, str(path))):
            try:
                return of_library(whole), []
            except (KeyError, TypeError, AttributeError) as error:
                said = f"the library file has no framework: it lacks {error}"
                return None, [finding("X501", said, str(path))]
    except Unread as refused:
        return None, refused.found
    document, found = read(data, str(path))
    if document is None:
        return None, found
    if document.kind != "catalog":
        help = "`writ export oscal --resolved` gives its catalogue"
        return None, [finding("X501", "a profile is no framework", str(path), help)]
    return of_catalog(document.data, path.name), found


def read_crosswalks(path: Path) -> tuple[Collection | None, list[Diagnostic]]:
    """The mapping in a file; None with what was wrong."""
    try:
        data = read_bytes(path)
        if form_of(data) == "xml":
            said = "mappings are read in JSON and YAML"
            return None, [finding("X501", said, str(path))]
        whole = plain_data(data, str(path))
        if isinstance(whole, dict) and isinstance(whole.get("mapping-collection"), dict):
            return oscal_maps.read(whole["mapping-collection"], str(path)), []
        if isinstance(whole, dict):
            return library.read(whole, str(path)), []
        return None, [finding("X501", "the file holds no mapping", str(path))]
    except (Unread, Refused) as refused:
        return None, refused.found
    except (AttributeError, KeyError, TypeError, ValueError):  # a member beside the rows
        said = "a member of the mapping has another form than is expected there"
        return None, [finding("X501", said, str(path))]


def text(collection: Collection, form: str, name: str) -> str:
    """The text of a mapping as `oscal` or `library`, in JSON or YAML as the name of the file says."""
    made = (oscal_maps if form == "oscal" else library).write(collection)
    if name.endswith(".json"):
        return msgspec.json.format(msgspec.json.encode(made), indent=2).decode("utf-8") + "\n"
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    settings: dict[str, Any] = {"sort_keys": False, "allow_unicode": True, "width": 100}
    said: str = yaml.dump(made, Dumper=dumper, **settings)
    return said


def _is_library(whole: Any) -> bool:
    return isinstance(whole, dict) and isinstance(whole.get("objects"), dict)
