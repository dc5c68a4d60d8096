"""What the parser says of right and wrong source: the Markdown files beside this one."""

from tests import literate
from writ.diagnostics import Diagnostic
from writ.syntax.parser import parse_text


def run(files: dict[str, str]) -> list[Diagnostic]:
    return [found for path, text in files.items() for found in parse_text(path, text)[1]]


@literate.parametrize(__file__, "*.md")
def test_the_parser_says(case: literate.Case) -> None:
    literate.check(case, run)
