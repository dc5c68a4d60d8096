"""Cedar's example stores, decided by the imported books and by Cedar itself: decisions per second of processor time.

The stores are those of cedar-policy/cedar-examples (`../shared/data/decide`). Every engine must first give the answer
that a request is filed under. Ours are timed twice: on requests of ours, whose facts are known, and on Cedar's
requests, whose facts are found in the entities first, as Cedar finds them. Cedar is timed with parsed handles, and with
only the policies whose head names the action (our index, its evaluation).
"""

from __future__ import annotations

import gc
import json
import tarfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from writ import __version__
from writ.engine import Engine
from writ.formats.cedar.bring import Imported, bring
from writ.formats.cedar.entities import read_entities, read_schema
from writ.formats.cedar.policies import Policy, uid
from writ.formats.cedar.values import Value

STORES = Path(__file__).parents[2] / "shared" / "data" / "decide" / "cedar-example-use-cases.tar.gz"
ROW = "{:<24} {:<34} {:>9} {:>9} {:>14}"
SECONDS = 0.5
"""Processor time of one row."""


class Store(NamedTuple):
    name: str
    files: dict[str, str]
    requests: list[tuple[dict[str, Any], bool]]
    """With whether it is allowed."""


def stores() -> Iterator[Store]:
    files: dict[str, str] = {}
    with tarfile.open(STORES, "r:gz") as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isfile() else None
            if file is not None:
                files[member.name] = file.read().decode("utf-8")
    for path in sorted(files):
        folder, _, name = path.rpartition("/")
        if name == "policies.cedar":
            mine = {p[len(folder) + 1 :]: t for p, t in files.items() if p.startswith(f"{folder}/")}
            asked = [
                (json.loads(text), p.startswith("ALLOW/"))
                for p, text in sorted(mine.items())
                if p.startswith(("ALLOW/", "DENY/"))
            ]
            yield Store(folder.rpartition("cedar-example-use-cases/")[2], mine, asked)


class Cedar:
    """cedarpy with parsed handles; `sliced`, with the policies alone whose head names the action."""

    def __init__(self, made: Imported, entities: str, schema: Any, sliced: bool) -> None:
        import cedarpy

        self.cedar = cedarpy
        self.made = made
        self.entities = cedarpy.Entities.from_json_str(entities, schema)
        self.known = read_entities(entities, "entities", schema)
        self.sliced = sliced
        self.whole = self._set(made.policies)
        self.slices: dict[Value, Any] = {}

    def _set(self, policies: list[Policy]) -> Any:
        listed = {one.id: one.source for one in policies}
        data = {"staticPolicies": listed, "templates": {}, "templateLinks": []}
        return self.cedar.PolicySet.from_json_str(json.dumps(data))

    def _slice(self, action: Value) -> Any:
        if action not in self.slices:
            above = self.known.up(action.of)
            self.slices[action] = self._set(
                [
                    one
                    for one in self.made.policies
                    if one.action.op == "All" or any(e.of in above for e in one.action.entities)
                ]
            )
        return self.slices[action]

    def allowed(self, request: dict[str, Any]) -> bool:
        policies = self.whole
        if self.sliced:
            action = uid(request["action"])
            assert action is not None
            policies = self._slice(action)
        return bool(self.cedar.is_authorized(request, policies, self.entities).allowed)


def main() -> None:
    if not STORES.exists():
        print("skipped: no ../shared/data/decide")
        return
    print(ROW.format("store", "engine", "version", "policies", "decisions/s"))
    for store in stores():
        measure(store)


def measure(store: Store) -> None:
    entities, schema = store.files["entities.json"], store.files["policies.cedarschema"]
    made, _ = bring(store.files["policies.cedar"], schema, entities, store.files.get("linked"))
    held = read_schema(schema, "schema")
    if made is None:  # two stores have entities that do not fit their schema
        held = None
        made, _ = bring(store.files["policies.cedar"], None, entities, store.files.get("linked"))
    assert made is not None
    # Cedar's handles take contexts as they are written out; only one store leaves that to its schema.
    requests = [(plain(request), allowed) for request, allowed in store.requests]
    engine, known = Engine(made.book), read_entities(entities, "entities", held)
    ours = [made.request(request, known)[0] for request, _ in requests]
    mine = list(zip(ours, (allowed for _, allowed in requests), strict=True))

    def from_cedar(request: dict[str, Any]) -> bool:
        asked, _ = unschemed.request(request, known)
        assert asked is not None
        return engine.decide(asked).outcome == "permitted"

    unschemed = made
    unschemed.schema = None
    rows: list[tuple[str, str, Callable[[Any], bool], list[Any]]] = [
        ("writ, full record", __version__, lambda r: engine.decide(r).outcome == "permitted", mine),
        ("writ, from Cedar's requests", __version__, from_cedar, requests),
    ]
    for name, sliced in (("cedarpy", False), ("cedarpy, sliced by our index", True)):
        cedar = Cedar(made, entities, held, sliced)
        rows.append((name, version("cedarpy"), cedar.allowed, requests))
    for name, number, decide, asked in rows:
        for request, allowed in asked:
            assert decide(request) is allowed, (store.name, name, request)
        speed = rate(decide, [request for request, _ in asked])
        size = len(made.policies)
        print(ROW.format(store.name, name, number, size, f"{speed:,.0f}"), flush=True)
    print()


def plain(data: Any) -> Any:
    """A request whose extension values are marked, as a context without a schema has them."""
    if isinstance(data, dict):
        if data.keys() == {"fn", "arg"}:
            return {"__extn": data}
        return {name: plain(one) for name, one in data.items()}
    return [plain(one) for one in data] if isinstance(data, list) else data


def rate(decide: Callable[[Any], bool], requests: list[Any]) -> float:
    """Decisions per second of processor time."""
    gc.collect()
    count, begun = 0, time.process_time()
    while (spent := time.process_time() - begun) < SECONDS:
        for _ in range(20):
            for request in requests:
                decide(request)
        count += 20 * len(requests)
    return count / spent


if __name__ == "__main__":
    main()
