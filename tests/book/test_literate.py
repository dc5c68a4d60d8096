"""What the linker says of right and wrong books: the Markdown files beside this one."""

from pathlib import Path

from tests import literate
from writ.book.codes import CODES
from writ.book.load import load_texts
from writ.diagnostics import Diagnostic

# Codes that need a disk, or a book too long to read: `test_load` and `test_limits` have them.
ELSEWHERE = {"V209", "V233", "V241"}


def front(name: str) -> str:
    """The front matter of a file for which a test gives none."""
    id = Path(name).stem
    return (
        f"id: {id}\ntitle: {id}\nkind: statute\ncite-as: s. {{}}\ntop: true\nin-force: 2000-01-01\n"
    )


def run(files: dict[str, str]) -> list[Diagnostic]:
    return load_texts(files)[1]


@literate.parametrize(__file__, "*.md", front)
def test_the_linker_says(case: literate.Case) -> None:
    literate.check(case, run)


def test_every_code_has_a_test() -> None:
    texts = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("*.md"))
    assert {code for code in CODES if f"[{code}]" not in texts} == ELSEWHERE


def test_every_code_is_documented() -> None:
    for code, doc in CODES.items():
        assert doc.code == code
        assert "Why it is bad" in doc.documentation
        assert "Instead" in doc.documentation
    assert len({doc.name for doc in CODES.values()}) == len(CODES)
