"""Mapping collections of OSCAL 1.2, in and out: what came in comes out again, unknown members included.

Source: https://pages.nist.gov/OSCAL-Reference/models/develop/mapping-collection/json-reference/ (1.2.0).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from writ.formats.crosswalks.codes import Refused, finding
from writ.formats.crosswalks.rows import Collection, Crosswalk, Relationship, Row

VERSION = "1.2.0"
_NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # RFC 9562, of URLs
_EPOCH = "2000-01-01T00:00:00Z"


def read(data: dict[str, Any], file: str) -> Collection:
    """The collection out of the data of a mapping collection.

    Raises:
        Refused: a member is missing or has another form; the message has its path.
    """
    reader = _Reader(file)
    metadata = reader.take(data, "metadata", dict, "mapping-collection")
    provenance = data.get("provenance", {})
    parties = {one.get("uuid"): one.get("name", "") for one in metadata.get("parties", ())}
    named = {
        parties.get(uuid, "")
        for one in [
            *provenance.get("responsible-parties", ()),
            *metadata.get("responsible-parties", ()),
        ]
        for uuid in one.get("party-uuids", ())
    }
    said = ", ".join(sorted(filter(None, named)))
    mappings = reader.take(data, "mappings", list, "mapping-collection")
    return Collection(
        title=str(metadata.get("title", "")),
        form="oscal",
        crosswalks=[
            reader.mapping(one, provenance, said, f"mappings/{number}")
            for number, one in enumerate(mappings)
        ],
        file=file,
        kept={name: value for name, value in data.items() if name != "mappings"},
    )


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file

    def refuse(self, message: str, path: str) -> Refused:
        return Refused(finding("X501", f"{message}, at `{path}`", self.file))

    def take(self, held: Any, name: str, type_: type, path: str) -> Any:
        """A member that must be there, of the type given."""
        if not isinstance(held, dict) or not isinstance(held.get(name), type_):
            raise self.refuse(f"`{name}` is missing or not what is expected", path)
        return held[name]

    def mapping(self, data: Any, above: dict[str, Any], said: str, path: str) -> Crosswalk:
        ends = [
            self.take(self.take(data, name, dict, path), "href", str, f"{path}/{name}")
            for name in ("source-resource", "target-resource")
        ]
        maps = self.take(data, "maps", list, path)
        inherited = {**above, **data}
        rows = [
            self.row(one, inherited, said, f"{path}/maps/{number}")
            for number, one in enumerate(maps)
        ]
        gaps = tuple(
            frozenset(
                id
                for one in data.get(name, {}).get("unmapped-controls", ())
                for id in one.get("with-ids", ())
            )
            for name in ("source-gap-summary", "target-gap-summary")
        )
        kept = {name: value for name, value in data.items() if name != "maps"}
        return Crosswalk(old=ends[0], new=ends[1], rows=rows, gaps=(gaps[0], gaps[1]), kept=kept)

    def row(self, data: Any, inherited: dict[str, Any], said: str, path: str) -> Row:
        kinds: dict[str, str] = {}
        sides = []
        for name in ("sources", "targets"):
            ids = []
            for number, one in enumerate(self.take(data, name, list, path)):
                id = self.take(one, "id-ref", str, f"{path}/{name}/{number}")
                ids.append(id)
                if one.get("type", "control") != "control":
                    kinds[id] = str(one["type"])
            if not ids:
                raise self.refuse(f"`{name}` is empty", path)
            sides.append(tuple(ids))
        relationship = self.take(data, "relationship", str, path)
        if relationship not in set(Relationship):
            raise self.refuse(f"`{relationship}` is no relationship", path)
        return Row(
            sources=sides[0],
            targets=sides[1],
            relationship=Relationship(relationship),
            rationale=str(data.get("matching-rationale", inherited.get("matching-rationale", ""))),
            confidence=self.confidence(
                data.get("confidence-score", inherited.get("confidence-score")), path
            ),
            source=said,
            status=str(inherited.get("status", "")),
            remarks=str(data.get("remarks", "")),
            id=str(data.get("uuid", "")),
            kinds=kinds,
            kept=data,
        )

    def confidence(self, data: Any, path: str) -> float | str | None:
        if data is None:
            return None
        if isinstance(data, dict):
            share = data.get("percentage")
            if isinstance(share, int | float) and not isinstance(share, bool) and 0 <= share <= 1:
                return float(share)
            if isinstance(data.get("category"), str):
                return str(data["category"])
        raise self.refuse("a confidence is a `percentage` from 0 to 1 or a `category`", path)


def write(collection: Collection) -> dict[str, Any]:
    """The data of a mapping collection. Of one that came as OSCAL they are equal to what came in."""
    own = collection.form == "oscal"
    kept = collection.kept if own else {}
    key = f"{collection.title}|" + "|".join(f"{one.old}>{one.new}" for one in collection.crosswalks)
    sources = sorted({one.source for each in collection.crosswalks for one in each.rows} - {""})
    rows = [row for one in collection.crosswalks for row in one.rows]
    drafted = any(row.status == "draft" for row in rows)
    made: dict[str, Any] = {"uuid": _uuid(key)}
    made["metadata"] = {
        "title": collection.title or "Mapping",
        "last-modified": _EPOCH,
        "version": "1",
        "oscal-version": VERSION,
    }
    if sources:
        made["metadata"]["remarks"] = f"Source: {', '.join(sources)}"
    made["provenance"] = {
        "method": "automation" if drafted else "human",
        "matching-rationale": "syntactic" if drafted else "semantic",
        "status": "draft" if drafted else "complete",
        "mapping-description": collection.title or "Mapping",
    }
    made |= kept
    made["mappings"] = [_mapping(one, own, key) for one in collection.crosswalks]
    return {"mapping-collection": made}


def _mapping(crosswalk: Crosswalk, own: bool, key: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "uuid": _uuid(f"{key}|{crosswalk.old}>{crosswalk.new}"),
        "source-resource": {"type": "catalog", "href": crosswalk.old},
        "target-resource": {"type": "catalog", "href": crosswalk.new},
    }
    if crosswalk.rows and all(row.status == "draft" for row in crosswalk.rows):
        made |= {"method": "automation", "matching-rationale": "syntactic", "status": "draft"}
    made |= crosswalk.kept if own else {}
    made["maps"] = [
        row.kept if own and row.kept else _map(row, f"{key}|{number}")
        for number, row in enumerate(crosswalk.rows)
    ]
    return made


def _map(row: Row, key: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "uuid": row.id or _uuid(key),
        "relationship": str(row.relationship),
        "sources": _ends(row.sources, row),
        "targets": _ends(row.targets, row),
    }
    if row.rationale:
        made["matching-rationale"] = row.rationale
    if isinstance(row.confidence, str):
        made["confidence-score"] = {"category": row.confidence}
    elif row.confidence is not None:
        made["confidence-score"] = {"percentage": row.confidence}
    if row.remarks:
        made["remarks"] = row.remarks
    return made


def _ends(ids: Iterable[str], row: Row) -> list[dict[str, str]]:
    return [{"type": row.kinds.get(id, "control"), "id-ref": id} for id in ids]


def _uuid(key: str) -> str:
    """The same for the same mapping, so that two exports can be compared."""
    return str(uuid.uuid5(_NAMESPACE, f"mapping:{key}"))
