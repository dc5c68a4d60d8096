"""Cedar's own test data: each request is answered as Cedar expects, by the policies that it names, or it is refused.

The corpus, the handwritten tests and the example stores lie beside the project (`../shared/data/decide`). What is
refused, and how often, is published in `docs/cedar.md`.
"""

from __future__ import annotations

import json
import tarfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import cedarpy
import pytest

from writ.engine import Engine
from writ.formats.cedar.bring import Imported, bring
from writ.formats.cedar.entities import Entities, read_entities, read_schema

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data" / "decide"
PAGE = (ROOT / "docs" / "cedar.md").read_text("utf-8")
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="no ../shared/data/decide")


@cache
def archive(name: str, every: int = 1) -> dict[str, str]:
    """The files of an archive by path; of those named by a digest, one in so many."""
    found = {}
    with tarfile.open(DATA / f"cedar-{name}.tar.gz", "r|gz") as tar:
        for member in tar:
            if member.isfile() and (every == 1 or int(Path(member.name).name[:6], 16) % every == 1):
                file = tar.extractfile(member)
                assert file is not None
                found[member.name] = file.read().decode("utf-8")
    return found


def answered(made: Imported, engine: Engine, request: Any, known: Entities) -> tuple[str, set[str]]:
    """Allow or Deny with the policies that decided; or the code of what was refused."""
    asked, found = made.request(request, known)
    if asked is None:
        return found[0].code, set()
    decision = engine.decide(asked)
    ids = {norm: id for id, norm in made.labels.items()}
    deciding = {ids[made.book.by_id[norm].label] for norm in decision.deciding}
    return "Allow" if decision.outcome == "permitted" else "Deny", deciding


# --- cases in the form of Cedar's integration tests


def judge(files: dict[str, str], path: str) -> Counter[str]:
    """The requests of one case: how many are handled, and what is refused. A disagreement fails."""
    case = json.loads(files[path])
    policies, schema, entities = (files[case[name]] for name in ("policies", "schema", "entities"))
    made, found = bring(policies, schema, entities)
    if made is None:
        assert [one.code for one in found] == ["X103"], found
        construct = found[0].message.partition(": ")[2].removesuffix(" cannot be taken over")
        return Counter({construct: len(case["requests"])})
    engine = Engine(made.book)
    known = read_entities(entities, path, read_schema(schema, path))
    count: Counter[str] = Counter()
    for request in case["requests"]:
        answer, deciding = answered(made, engine, request, known)
        assert answer.lower() == request["decision"], (path, request, answer)
        assert deciding == set(request["reason"]), (path, request, deciding)
        count["handled"] += 1
        count["by a fact"] += any(one.reading == "test" for one in made.facts.known.values())
        count["without conditions"] += not any("when" in norm for norm in made.norms.values())
    return count


def corpus(every: int) -> Counter[str]:
    files = archive("corpus-tests", every)
    cases = [
        path for path in files if path.endswith(".json") and not path.endswith(".entities.json")
    ]
    return sum((judge(files, path) for path in cases), Counter())


def test_a_sample_of_the_corpus_is_decided_as_by_cedar() -> None:
    count = corpus(every=8)
    assert count["handled"] > 7_000
    refused = {name: n for name, n in count.items() if n and name not in COUNTED}
    assert sum(refused.values()) < count["handled"] / 100, refused


COUNTED = ("handled", "by a fact", "without conditions")


@pytest.mark.soak
def test_the_whole_corpus_is_decided_as_by_cedar_and_the_share_is_as_published() -> None:
    count = corpus(every=1)
    rows = {
        "handled": count.pop("handled"),
        "of these, without conditions": count.pop("without conditions"),
        "of these, in a policy with a test of which our language has no word": count.pop(
            "by a fact"
        ),
        **{f"refused: {name}": number for name, number in count.items()},
    }
    assert sum(rows.values()) - sum(list(rows.values())[1:3]) == 62_472
    assert {
        row: f"| {row} | {number:,} |" in PAGE for row, number in rows.items()
    } == dict.fromkeys(rows, True), rows


def test_the_handwritten_tests_are_decided_as_expected() -> None:
    files = archive("handwritten-tests")
    cases = [path for path in files if path.startswith("tests/") and path.endswith(".json")]
    assert len(cases) == 22
    assert sum((judge(files, path) for path in cases), Counter())["handled"] == sum(
        len(json.loads(files[path])["requests"]) for path in cases
    )


# --- the example stores


def stores() -> Iterator[tuple[str, dict[str, str]]]:
    """Each store with its files."""
    files = archive("example-use-cases") if DATA.is_dir() else {}
    for path in sorted(files):
        folder, _, name = path.rpartition("/")
        if name == "policies.cedar":
            inside = {p[len(folder) + 1 :]: t for p, t in files.items() if p.startswith(folder)}
            yield folder.rpartition("cedar-example-use-cases/")[2], inside


STORES = dict(stores())


@pytest.mark.parametrize("name", STORES)
def test_each_request_of_a_store_is_answered_as_it_says(name: str) -> None:
    files = STORES[name]
    schema: str | None = files["policies.cedarschema"]
    try:
        cedarpy.Entities.from_json_str(files["entities.json"], schema)
    except ValueError:  # two stores have entities that do not fit their schema
        schema = None
    made, found = bring(
        files["policies.cedar"], schema, files["entities.json"], files.get("linked")
    )
    assert made is not None, found
    held = None if schema is None else read_schema(schema, "schema")
    known = read_entities(files["entities.json"], "entities", held)
    asked = [path for path in files if path.startswith(("ALLOW/", "DENY/"))]
    assert asked
    for path in asked:
        answer, _ = answered(made, Engine(made.book), json.loads(files[path]), known)
        assert answer.upper() == path.partition("/")[0], path


def test_the_seven_stores_are_there() -> None:
    assert len({name.partition("/")[0] for name in STORES}) == 7
