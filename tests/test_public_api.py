"""What `import writ` gives: these names, loaded when they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import writ

PUBLIC = {
    "Book",
    "Decision",
    "Diagnostic",
    "Engine",
    "Ledger",
    "Outcome",
    "Request",
    "Severity",
    "__version__",
    "audit",
    "check",
    "compare",
    "difference",
    "format_text",
    "load_book",
    "load_journal",
    "load_texts",
    "read_journal",
    "read_request",
}


def test_the_names_are_these_and_no_others() -> None:
    assert set(writ.__all__) == PUBLIC
    assert set(dir(writ)) == PUBLIC


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_name_is_there(name: str) -> None:
    assert getattr(writ, name) is not None


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute `decide`"):
        _ = writ.decide  # type: ignore[attr-defined]


def test_importing_it_loads_nothing_else() -> None:
    code = "import sys, writ; print([name for name in sys.modules if name.startswith('writ.')])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_a_question_can_be_asked_with_these_names_alone() -> None:
    book, found = writ.load_texts(
        {
            "act.md": "---\nid: act\ntitle: Act\nkind: statute\ncitation: Act\ncite-as: s. {}\n"
            'top: true\nin-force: 2020-01-01\n---\n\n## 1 Signing\n\n```writ\noffice minister "M"\n\n'
            'act sign "sign"\n  reserved\n\npower\n  minister may sign\n```\n'
        }
    )
    assert not [one for one in found if one.severity is writ.Severity.ERROR]
    assert writ.check(book) == []
    asked, wrong = writ.read_request(book, {"actor": "minister", "act": "sign", "at": "2021-01-01"})
    assert asked is not None
    assert wrong == []
    decision = writ.Engine(book).decide(asked)
    assert decision.outcome is writ.Outcome.PERMITTED
    assert decision.citations == ("s. 1",)
