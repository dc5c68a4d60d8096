"""Tests written as Markdown: source, and in line what the compiler should say of it.

A test file explains itself in prose. Each heading of the second level or deeper with a fence beneath it is a test,
named by its headings. A fence of

    ```writ             is a block of the file `test.md`
    ```writ file=x.md   is a block of the file `x.md`
    ```yaml             is the front matter of the next block's file, or with `file=x.md` of that file
    ```md file=x.md     is the whole file, as it stands (fence it with four backticks)
    ```text file=x      the same, for what is not Markdown

Several blocks of one file follow each other in it. Fences above the first such heading belong to every test of the
file: they declare what all need. Other fences are prose.

A comment expects a diagnostic on its line; alone on its line, on the next line that is not such a comment:

    when delay above -- error: [S140] expected a value
    # error: [S112]                      in YAML
    <!-- warning: [S120] not a name -->  in Markdown

It names severity, code and, optionally, a part of the message. One comment may hold several expectations. Every
diagnostic must be expected, and every expectation met. `(any line)` after the code lets the diagnostic stand anywhere
in the file.

    @literate.parametrize(__file__, "*.md")
    def test_the_check(case):
        literate.check(case, run)            # run(files: dict[str, str]) -> list[Diagnostic]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from markdown_it import MarkdownIt

from writ.diagnostics import Diagnostic

Run = Callable[[dict[str, str]], Iterable[Diagnostic]]

DEFAULT_FILE = "test.md"

_EXPECTATION = re.compile(
    r"""(?P<severity>error|warning|note):\s*\[(?P<code>\w+)\](?P<anywhere>\s*\(any\ line\))?
        (?P<message>(?:(?!\s*(?:--|\#|<!--|-->)\s*(?:(?:error|warning|note):\s*\[|$)).)*)""",
    re.VERBOSE,
)
_COMMENT = re.compile(r"(?:--|#|<!--)\s*(?=(?:error|warning|note):\s*\[)")


class Expectation(NamedTuple):
    """A diagnostic that must be found. `line` 0 is any line."""

    file: str
    line: int
    severity: str
    code: str
    message: str

    def meets(self, found: Diagnostic) -> bool:
        return (
            (self.file, self.severity, self.code)
            == (found.span.file, found.severity.value, found.code)
            and self.line in (0, found.span.line)
            and self.message in found.message
        )

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.severity}: [{self.code}] {self.message}".rstrip()


@dataclass(frozen=True)
class Case:
    """One test: the files of a book, and what is expected of them."""

    name: str
    files: Mapping[str, str]
    expected: tuple[Expectation, ...]


@dataclass
class _File:
    front: str = ""
    blocks: list[str] = field(default_factory=list)
    whole: str | None = None

    def text(self, name: str, front: Callable[[str], str] | None) -> str:
        if self.whole is not None:
            return self.whole
        head = self.front or (front(name) if front is not None else "")
        parts = [f"---\n{head}---\n\n"] if head else []
        return "".join(parts + [f"```writ\n{block}```\n\n" for block in self.blocks])


def cases(path: Path, front: Callable[[str], str] | None = None) -> list[Case]:
    """The tests in a Markdown file. `front(name)` gives the front matter of a file for which the test has none."""
    tokens = MarkdownIt("commonmark").parse(path.read_text(encoding="utf-8"))
    shared: dict[str, _File] = {}
    tests: list[tuple[str, dict[str, _File]]] = []
    titles: list[tuple[int, str]] = []
    current = shared
    name = ""
    pending = ""
    for i, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            level = int(token.tag[1])
            titles = [title for title in titles if title[0] < level]
            if level > 1:
                titles.append((level, tokens[i + 1].content))
                name = " › ".join(title for _, title in titles)
                current = {}
        if token.type != "fence" or token.level:
            continue
        language, file = _info(token.info)
        if language not in ("writ", "yaml", "md", "text") or (
            language in ("md", "text") and not file
        ):
            continue
        if current is not shared and not any(files is current for _, files in tests):
            tests.append((name, current))
        if language == "yaml" and not file:
            pending = token.content
            continue
        entry = current.setdefault(file or DEFAULT_FILE, _File())
        if language == "yaml":
            entry.front = token.content
        elif language == "writ":
            entry.front, pending = pending or entry.front, ""
            entry.blocks.append(token.content)
        else:
            entry.whole = token.content
    assert tests, f"{path.name} has no tests"
    repeated = [name for name, count in Counter(name for name, _ in tests).items() if count > 1]
    assert not repeated, f"{path.name} has two tests called {repeated[0]}"
    return [_case(name, {**shared, **files}, shared, front) for name, files in tests]


def _info(info: str) -> tuple[str, str]:
    words = info.split()
    file = next((word[5:] for word in words[1:] if word.startswith("file=")), "")
    return (words[0] if words else ""), file


def _case(
    name: str,
    files: Mapping[str, _File],
    shared: Mapping[str, _File],
    front: Callable[[str], str] | None,
) -> Case:
    texts: dict[str, str] = {}
    for path, file in files.items():
        above = shared.get(path)
        if above is not None and above is not file and file.whole is None:
            # A test adds its blocks to a file that all tests share.
            file = _File(file.front or above.front, above.blocks + file.blocks)
        texts[path] = file.text(path, front)
    expected = [found for path, text in texts.items() for found in expectations(path, text)]
    return Case(name, texts, tuple(expected))


def expectations(path: str, text: str) -> list[Expectation]:
    """What the comments in a text expect."""
    found: list[Expectation] = []
    waiting: list[re.Match[str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        comment = _COMMENT.search(line)
        matches = list(_EXPECTATION.finditer(line, comment.end())) if comment else []
        if comment is not None and not line[: comment.start()].strip():
            waiting += matches
            continue
        found += (_expectation(path, number, match) for match in waiting + matches)
        waiting = []
    found += (_expectation(path, 0, match) for match in waiting)
    return found


def _expectation(path: str, line: int, match: re.Match[str]) -> Expectation:
    return Expectation(
        path,
        0 if match["anywhere"] else line,
        match["severity"],
        match["code"],
        match["message"].strip(),
    )


def check(case: Case, run: Run) -> None:
    """Fail unless what `run` finds in the files of the case is what they expect, each once."""
    unmet = list(case.expected)
    unexpected: list[Diagnostic] = []
    for found in run(dict(case.files)):
        # The most exact expectation first, so that a vague one is left for another.
        exact = sorted(
            (e for e in unmet if e.meets(found)), key=lambda e: (e.line == 0, -len(e.message))
        )
        if exact:
            unmet.remove(exact[0])
        else:
            unexpected.append(found)
    if not unmet and not unexpected:
        return
    lines = [case.name]
    lines += [f"  not found:  {expectation}" for expectation in unmet]
    lines += [
        f"  unexpected: {d.span}: {d.severity.value}: [{d.code}] {d.message}" for d in unexpected
    ]
    for path, text in case.files.items():
        lines.append(f"  --- {path}")
        lines += [f"  {number:4} {line}" for number, line in enumerate(text.split("\n"), 1)]
    pytest.fail("\n".join(lines), pytrace=False)


def parametrize(
    beside: str, pattern: str, front: Callable[[str], str] | None = None
) -> Any:  # a pytest mark, whose type is private
    """A decorator that runs a test with `case` being each case in the Markdown files beside `beside`."""
    params = [
        pytest.param(case, id=f"{path.stem}: {case.name}")
        for path in sorted(Path(beside).parent.glob(pattern))
        for case in cases(path, front)
    ]
    assert params, f"no tests match {pattern}"
    return pytest.mark.parametrize("case", params)
