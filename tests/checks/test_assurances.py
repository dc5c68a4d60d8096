"""What the checks make of assurances when a book is edited."""

from tests.book.law import WORDS, instrument
from writ.book.workspace import Workspace
from writ.checks.run import Runner, run

CODES = ("G806", "V255")


def test_an_instrument_that_loses_its_assurance_to_another_file_is_checked_again() -> None:
    law = instrument("power 1\n  minister may sign\n  begins alarm")
    texts = {
        "law.md": law,
        "words.md": instrument(WORDS + "act seal\n", "words"),
        "promises.md": instrument("assurance A1\n  no one may seal", "promises"),
    }
    workspace = Workspace.of_texts(texts)
    runner = Runner(CODES)

    def empty() -> set[str]:
        found = runner.run(workspace.book)
        assert found == run(workspace.book, CODES)
        return {each.span.file for each in found if each.code == "G806"}

    assert empty() == {"words.md"}
    workspace.update("words.md", instrument(WORDS + "act stamp\n", "words"))
    assert empty() == {"promises.md", "words.md"}
    workspace.update("words.md", texts["words.md"])
    assert empty() == {"words.md"}
