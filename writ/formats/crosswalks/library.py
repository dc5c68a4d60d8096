"""Mapping tables of CISO Assistant's library files (YAML), in and out.

A table has a pair to a row. A row of ours with several sources or targets becomes several of theirs, whose annotation
names the row, so that they are one row again when they come back.
"""

from __future__ import annotations

import re
from typing import Any

from writ.formats.crosswalks.codes import Refused, finding
from writ.formats.crosswalks.rows import Collection, Crosswalk, Relationship, Row

_THEIRS = {
    "equal": Relationship.EQUAL,
    "subset": Relationship.SUBSET,
    "superset": Relationship.SUPERSET,
    "intersect": Relationship.INTERSECTS,
    "not_related": Relationship.NONE,
}
_OURS = {ours: theirs for theirs, ours in _THEIRS.items()} | {Relationship.EQUIVALENT: "equal"}
"""They tell no equality of meaning from one of words."""
_ROW = re.compile(r"^\[row (\S+)\] ?")
_SETS = "requirement_mapping_set"


def read(data: dict[str, Any], file: str) -> Collection:
    """The collection out of the data of a library file.

    Raises:
        Refused: it has no mapping, or a row that is not of the known form.
    """
    objects = data.get("objects")
    held: Any = objects.get(_SETS) if isinstance(objects, dict) else None
    sets: list[Any] = held if isinstance(held, list) else [held]
    if not isinstance(objects, dict) or not all(isinstance(one, dict) for one in sets):
        said = "the file has no mapping collection and no `requirement_mapping_set`"
        raise Refused(finding("X501", said, file))
    said = str(data.get("provider") or "")
    try:
        crosswalks = [_crosswalk(one, said, file) for one in sets]
    except (KeyError, TypeError, AttributeError) as error:
        raise Refused(finding("X501", f"a mapping lacks {error}", file)) from None
    kept = {name: value for name, value in data.items() if name != "objects"}
    kept["objects"] = {name: value for name, value in objects.items() if name != _SETS}
    return Collection(
        title=str(data.get("name") or data.get("ref_id") or ""),
        form="library",
        crosswalks=crosswalks,
        file=file,
        kept=kept,
    )


def _crosswalk(held: dict[str, Any], said: str, file: str) -> Crosswalk:
    rows: dict[str, Row] = {}
    for number, one in enumerate(held["requirement_mappings"]):
        relationship = _THEIRS.get(one["relationship"])
        if relationship is None:
            message = f"`{one['relationship']}` is no relationship (row {number + 1})"
            raise Refused(finding("X501", message, file))
        annotation = str(one.get("annotation") or "")
        marked = _ROW.match(annotation)
        strength = one.get("strength_of_relationship")
        new = Row(
            sources=(entry(one["source_requirement_urn"]),),
            targets=(entry(one["target_requirement_urn"]),),
            relationship=relationship,
            rationale=str(one.get("rationale") or ""),
            confidence=strength / 10 if isinstance(strength, int) and 0 <= strength <= 10 else None,
            source=said,
            status="complete",
            remarks=annotation[marked.end() :] if marked else annotation,
            id=marked[1] if marked else "",
            kept=one,
        )
        key = f"row {marked[1]}" if marked else f"pair {number}"
        rows[key] = _joined(rows[key], new) if key in rows else new
    kept = {name: value for name, value in held.items() if name != "requirement_mappings"}
    return Crosswalk(
        old=str(held["source_framework_urn"]),
        new=str(held["target_framework_urn"]),
        rows=list(rows.values()),
        kept=kept,
    )


def entry(urn: str) -> str:
    """The id at the end of a requirement's name, in capitals as frameworks print it."""
    return str(urn).rpartition(":")[2].upper()


def _joined(row: Row, other: Row) -> Row:
    """Two pairs of one row."""
    return Row(
        sources=tuple(dict.fromkeys([*row.sources, *other.sources])),
        targets=tuple(dict.fromkeys([*row.targets, *other.targets])),
        relationship=row.relationship,
        rationale=row.rationale,
        confidence=row.confidence,
        source=row.source,
        status=row.status,
        remarks=row.remarks,
        id=row.id,
        kept={"pairs": [*row.kept.get("pairs", [row.kept]), other.kept]},
    )


def write(collection: Collection) -> dict[str, Any]:
    """The data of a library file. Of one that came as such they are equal to what came in."""
    own = collection.form == "library"
    name = re.sub(r"[^a-z0-9]+", "-", collection.title.lower()).strip("-") or "mapping"
    made: dict[str, Any] = {
        "urn": f"urn:writ:risk:library:{name}",
        "locale": "en",
        "ref_id": name,
        "name": collection.title or name,
        "description": collection.title or name,
        "version": 1,
    }
    sources = sorted({row.source for one in collection.crosswalks for row in one.rows} - {""})
    if sources:
        made["provider"] = ", ".join(sources)
    if own:
        made = dict(collection.kept)
    sets = [_set(one, own, f"{name}-{at}") for at, one in enumerate(collection.crosswalks, 1)]
    objects = dict(collection.kept.get("objects", {})) if own else {}
    made["objects"] = {**objects, _SETS: sets[0] if len(sets) == 1 else sets}
    return made


def _set(crosswalk: Crosswalk, own: bool, name: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "urn": f"urn:writ:risk:requirement_mapping_set:{name}",
        "ref_id": name,
        "name": name,
        "source_framework_urn": crosswalk.old,
        "target_framework_urn": crosswalk.new,
    }
    if own:
        made = dict(crosswalk.kept)
    made["requirement_mappings"] = [
        pair
        for number, row in enumerate(crosswalk.rows, 1)
        for pair in (
            row.kept.get("pairs", [row.kept])
            if own and row.kept
            else _pairs(row, crosswalk, number)
        )
    ]
    return made


def _pairs(row: Row, crosswalk: Crosswalk, number: int) -> list[dict[str, Any]]:
    many = len(row.pairs) > 1
    made = []
    for one, other in row.pairs:
        mark = f"[row {row.id or number}] " if many or row.id else ""
        pair: dict[str, Any] = {
            "source_requirement_urn": f"{_nodes(crosswalk.old)}:{one.lower()}",
            "target_requirement_urn": f"{_nodes(crosswalk.new)}:{other.lower()}",
            "relationship": _OURS[row.relationship],
            "rationale": row.rationale or "semantic",
            "annotation": f"{mark}{row.remarks}".rstrip(),
        }
        if isinstance(row.confidence, float):
            pair["strength_of_relationship"] = round(row.confidence * 10)
        made.append(pair)
    return made


def _nodes(framework: str) -> str:
    """The name that the requirements of a framework begin with."""
    if ":framework:" in framework:
        return framework.replace(":framework:", ":req_node:")
    name = re.sub(r"[^a-z0-9.]+", "-", framework.lower()).strip("-") or "framework"
    return f"urn:writ:risk:req_node:{name}"
