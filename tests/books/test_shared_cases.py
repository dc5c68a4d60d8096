"""Real questions of real law, written by others: every decision of the shared case files is answered as expected.

Each book keeps its own requests; one that has the id of a question of the shared files is the same question, and there
their outcome and citations decide. Without the folder the tests say so and the books' own cases remain.
"""

from pathlib import Path

import pytest
import yaml

from writ.book.load import load_book
from writ.engine import reference
from writ.engine.ask import read_request

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "cases"
BOOKS = ("eo-13526", "war-powers", "emergencies-act")


def questions() -> list[tuple[str, dict]]:
    if not SHARED.is_dir():
        return []
    return [
        (book, question)
        for book in BOOKS
        for question in yaml.safe_load((SHARED / f"{book}.yaml").read_text("utf-8"))["decisions"]
        if question.get("tested", True)
    ]


@pytest.fixture(scope="module")
def asked() -> dict[str, tuple]:
    found = {}
    for name in BOOKS:
        book, _ = load_book(ROOT / "books" / name)
        requests = {}
        for path in sorted((ROOT / "books" / name).glob("*.cases.yaml")):
            for case in yaml.safe_load(path.read_text("utf-8"))["cases"]:
                requests[case["id"]] = case["request"]
        found[name] = (book, requests)
    return found


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared case files are not beside the project")
@pytest.mark.parametrize(
    ("name", "question"),
    questions(),
    ids=lambda value: value["id"] if isinstance(value, dict) else "",
)
def test_it_answers_as_expected_and_cites_a_key_provision(asked, name, question):
    book, requests = asked[name]
    assert question["id"] in requests, "the book has no request for this question"
    request, wrong = read_request(book, requests[question["id"]])
    assert not wrong and request is not None
    answer = reference.decide(book, request)
    assert (str(answer.outcome), question["why"]) == (question["outcome"], question["why"])
    expected = set(question["cites"])
    assert expected & set(answer.citations), f"cites {answer.citations}, expected one of {expected}"
