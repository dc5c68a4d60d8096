"""A profile resolved: the catalogue of the controls it selects, as it arranges and changes them.

Source: OSCAL Profile Resolution, https://pages.nist.gov/OSCAL/resources/concepts/processing/profile-resolution/
(a draft; where it leaves a choice, docs/oscal.md says which was made).
"""

from __future__ import annotations

import gc
import re
import uuid
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from writ.diagnostics import Diagnostic, failed
from writ.formats.oscal.codes import Refused, finding
from writ.formats.oscal.merging import merged
from writ.formats.oscal.modification import modified
from writ.formats.oscal.outline import Outline
from writ.formats.oscal.reading import Document
from writ.formats.oscal.selection import Controls, Data
from writ.formats.oscal.sources import Sources
from writ.journal.garbage import uncollected

MAX_IMPORTS = 16
"""Profiles that import one another, from the first to the catalogue."""
_NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # RFC 9562, of URLs


def resolve(
    profile: Document, sources: Sources | None = None
) -> tuple[Document | None, list[Diagnostic]]:
    """The catalogue that a profile stands for; None with what was wrong. A catalogue stands for itself."""
    try:
        with uncollected():
            made, found = _resolved(profile, sources or Sources(), [])
            _settled()
    except Refused as refused:
        return None, refused.found
    return (None if failed(found) else made), found


def _settled() -> None:
    """Count what was made as old: it holds no cycles, and the search for some would look through all of it at once."""
    if gc.get_freeze_count() == 0:  # else what somebody has set aside would be set free
        gc.freeze()
        gc.unfreeze()


def _resolved(
    profile: Document, sources: Sources, above: list[str]
) -> tuple[Document, list[Diagnostic]]:
    if profile.kind == "catalog":
        return profile, []
    if profile.file in above or len(above) >= MAX_IMPORTS:
        said = "profiles import one another in a circle: " + ", ".join([*above, profile.file])
        raise Refused(finding("X405", said, profile.file))
    found: list[Diagnostic] = []

    def report(code: str, message: str) -> None:
        found.append(finding(code, message, profile.file))

    opened: dict[Path, _Source] = {}
    selected: dict[Path, set[str]] = {}
    for directive in profile.data["imports"]:
        file = sources.find(profile, directive["href"])
        if file not in opened:
            opened[file] = _open(file, sources, [*above, profile.file])
        ids, missing = opened[file].controls.selected(directive)
        for id in missing:
            report("X406", f"`{id}` is not in `{directive['href']}` ({file.name})")
        selected.setdefault(file, set()).update(ids)
    catalogs: list[Data] = []
    resources: dict[str, Data] = {}
    for file, ids in selected.items():
        catalog, source = _taken(file, opened[file], ids, sources, [*above, profile.file])
        found += [one for one in source.found if one not in found]
        catalogs.append(catalog)
        for one in source.resources or catalog.get("back-matter", {}).get("resources", ()):
            resources.setdefault(one["uuid"], one)
    made = merged(catalogs, profile.data.get("merge", {}), report)
    made = modified(made, profile.data.get("modify", {}), report)
    for one in profile.data.get("back-matter", {}).get("resources", ()):
        resources[one["uuid"]] = one
    data = {"uuid": _uuid(profile), "metadata": _metadata(profile), **made}
    kept = _referred(data, resources)
    if kept:
        data["back-matter"] = {"resources": kept}
    return Document("catalog", data, profile.file), found


class _Source(NamedTuple):
    """What is imported: its controls, and either the outline of which they are, or all that it says."""

    controls: Controls
    outline: Outline | None
    resources: list[Data]
    found: list[Diagnostic]


def _open(file: Path, sources: Sources, above: list[str]) -> _Source:
    outline = sources.outline(file)
    if outline is not None:
        return _Source(outline.controls, outline, [], [])
    document, found = sources.document(file)
    catalog, said = _resolved(document, sources, above)
    resources = catalog.data.get("back-matter", {}).get("resources", [])
    return _Source(Controls(catalog.data), None, resources, [*found, *said])


def _taken(
    file: Path, source: _Source, ids: set[str], sources: Sources, above: list[str]
) -> tuple[Data, _Source]:
    """What several imports of one file select together: each control once, where it stood.

    Where the selection shows that the outline was not all, the whole is read, to say what is wrong or unknown.
    """
    if source.outline is None:
        return source.controls.pruned(ids), source
    taken = source.outline.taken(ids)
    if taken is not None:
        return taken, source
    sources.outlines[file] = None
    source = _open(file, sources, above)
    return source.controls.pruned(ids), source


def _uuid(profile: Document) -> str:
    """The same for the same profile, so that a resolution can be compared with an older one."""
    return str(uuid.uuid5(_NAMESPACE, f"resolved:{profile.data['uuid']}"))


def _metadata(profile: Document) -> Data:
    """The profile's, with a link to the profile."""
    metadata = dict(profile.data["metadata"])
    name = Path(profile.file).name
    link = {"href": name or f"urn:uuid:{profile.data['uuid']}", "rel": "source-profile"}
    metadata["links"] = [*metadata.get("links", ()), link]
    return metadata


def _referred(data: Data, resources: dict[str, Data]) -> list[Data]:
    """The resources that the catalogue, or one of them in turn, refers to, and those that ask to be kept."""
    uuids: set[str] = set()
    new = [msgspec.json.encode(data)]
    for one in resources.values():
        if _asks(one):
            uuids.add(one["uuid"])
            new.append(msgspec.json.encode(one))
    if not _REFERENCE.search(msgspec.json.encode(list(resources.values()))):
        # None refers to another, as is usual: what the catalogue refers to is all.
        uuids.update(found.decode("ascii") for text in new for found in _REFERENCE.findall(text))
        return [one for key, one in resources.items() if key in uuids]
    while new:
        text = new.pop()
        for found in set(_REFERENCE.findall(text)):
            uuid_ = found.decode("ascii")
            if uuid_ in resources and uuid_ not in uuids:
                uuids.add(uuid_)
                new.append(msgspec.json.encode(resources[uuid_]))
    return [one for key, one in resources.items() if key in uuids]


_REFERENCE = re.compile(rb"#([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})")


def _asks(resource: dict[str, Any]) -> bool:
    named = resource.get("props", ())
    return any(one.get("name") == "keep" and one.get("value") == "always" for one in named)
