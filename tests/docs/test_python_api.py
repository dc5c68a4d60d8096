"""The example of the Python API runs as it stands, and prints what the page shows."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "python-api.md").read_text("utf-8")
FENCE = re.compile(r"(?ms)^(````*)(python|text)\n(.*?)^\1$")


def test_the_example_prints_what_the_page_shows(capsys):
    names: dict[str, object] = {}
    shown = ""
    for match in FENCE.finditer(PAGE):
        if match[2] == "python":
            exec(compile(match[3], "python-api.md", "exec"), names)
        else:
            shown += match[3]
    said = capsys.readouterr().out
    assert said.split() == shown.split()
    assert shown.count("\n") >= 4


def test_every_public_name_is_shown_or_described():
    import writ

    used = set(re.findall(r"writ\.([A-Za-z_]+)", PAGE)) | set(re.findall(r"`([A-Za-z_]+)`", PAGE))
    described = {"Book", "Decision", "Diagnostic", "Outcome", "Request", "__version__"}
    assert set(writ.__all__) - described <= used
