"""The examples in `docs/cli.md` are what the commands print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text("utf-8")
EXAMPLES = [
    (match[2], match[3])
    for match in re.finditer(r"(?ms)^(```+)console\n\$ writ (.*?)\n(.*?)^\1$", PAGE)
]

FILES = dict(re.findall(r"(?s)With this in `(\S+)`:\n\n```text\n(.*?)^```", PAGE, re.MULTILINE))


def test_every_example_comes_out_as_printed(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert EXAMPLES[0][0].startswith("new floods")
    for words, printed in EXAMPLES:
        assert run(*shlex.split(words)).out.strip() == printed.strip(), words


def test_every_command_has_a_section(run):
    from writ.cli.entry import COMMANDS

    for command in COMMANDS:
        assert f"\n## writ {command}\n" in PAGE
