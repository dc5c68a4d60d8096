"""The cases kept with a book, as rows: what is asked, and what the answer must be."""

from __future__ import annotations

import yaml

from writ.corpus.search.rows import FileRows, Row
from writ.engine.yaml_text import compose

PATTERN = "*.cases.yaml"
MAX_BYTES = 4_000_000


def rows_of_cases(path: str, data: bytes) -> FileRows:
    """The rows of a file of cases; what is not one is passed over, `writ test` says why."""
    rows = []
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    root, _ = compose(text, path)
    for case in _listed(root):
        said = _fields(case)
        id = said.get("id", "")
        if not id:
            continue
        asked = said.get("ask", "")
        answer = " ".join(
            part
            for part in (said.get("outcome", ""), said.get("cites", ""), said.get("why", ""))
            if part
        )
        rows.append(Row("case", id, "", asked, (), (), answer, case.start_mark.line + 1))
    return FileRows(path, "", path, "cases", 99, "", "", ("", ""), tuple(rows))


def _listed(root: yaml.Node | None) -> list[yaml.MappingNode]:
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if key.value == "cases" and isinstance(value, yaml.SequenceNode):
                return [each for each in value.value if isinstance(each, yaml.MappingNode)]
    return []


def _fields(case: yaml.MappingNode) -> dict[str, str]:
    """The fields of a case that are words, or lists of words."""
    found: dict[str, str] = {}
    for key, value in case.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        if isinstance(value, yaml.ScalarNode):
            found[key.value] = value.value
        elif isinstance(value, yaml.SequenceNode):
            words = [each.value for each in value.value if isinstance(each, yaml.ScalarNode)]
            found[key.value] = ", ".join(words)
    return found
