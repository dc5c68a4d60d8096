"""The harness of the literate tests does not let anything pass that it should not."""

from pathlib import Path

import pytest

from tests import literate
from writ.diagnostics import Diagnostic, Severity, Span

TEXT = """\
# A file of tests

```yaml file=book.md
book: b
```

```writ file=shared.md
office a
```

## First

```yaml
id: test # error: [B2]
```

```writ
power 1 -- error: [A1] some words -- note: [C3]
-- warning: [A2]
  a may b
```

## Second

Prose.

### Inner

```writ file=shared.md
office b
```

````md file=raw.md
<!-- error: [M1] (any line) -->
# Raw
````
"""


@pytest.fixture
def cases(tmp_path: Path) -> list[literate.Case]:
    path = tmp_path / "tests.md"
    path.write_text(TEXT, "utf-8")
    return literate.cases(path)


def found(line: int, code: str, message: str, severity: Severity = Severity.ERROR) -> Diagnostic:
    return Diagnostic(code, severity, message, Span("test.md", line, 1, line, 2))


RIGHT = [
    found(2, "B2", "any"),
    found(6, "A1", "with some words in it"),
    found(6, "C3", "any", Severity.NOTE),
    found(8, "A2", "any", Severity.WARNING),
]


def test_headings_name_the_tests(cases: list[literate.Case]) -> None:
    assert [case.name for case in cases] == ["First", "Second › Inner"]


def test_files_are_put_together(cases: list[literate.Case]) -> None:
    first, second = cases
    assert first.files["book.md"] == "---\nbook: b\n---\n\n"
    assert first.files["shared.md"] == "```writ\noffice a\n```\n\n"
    assert first.files["test.md"].startswith("---\nid: test # error: [B2]\n---\n\n```writ\npower 1")
    assert second.files["shared.md"] == "```writ\noffice a\n```\n\n```writ\noffice b\n```\n\n"
    assert second.files["raw.md"].endswith("# Raw\n")
    assert [str(e) for e in second.expected] == ["raw.md: error: [M1]"]


def test_what_is_expected_and_found_passes(cases: list[literate.Case]) -> None:
    literate.check(cases[0], lambda files: RIGHT)


@pytest.mark.parametrize(
    "wrong",
    [
        RIGHT[1:],
        [*RIGHT, RIGHT[0]],
        [*RIGHT[1:], found(3, "B2", "any")],
        [*RIGHT[1:], found(2, "B3", "any")],
        [*RIGHT[1:], found(2, "B2", "any", Severity.WARNING)],
        [RIGHT[0], found(6, "A1", "other words"), *RIGHT[2:]],
    ],
    ids=["missing", "twice", "elsewhere", "another code", "another severity", "other words"],
)
def test_anything_else_fails(cases: list[literate.Case], wrong: list[Diagnostic]) -> None:
    with pytest.raises(pytest.fail.Exception):
        literate.check(cases[0], lambda files: wrong)
