"""Two small books: one that is sound, and one with a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import Run


@pytest.fixture
def book(tmp_path: Path, run: Run) -> Path:
    """The book that `writ new` makes."""
    folder = tmp_path / "floods"
    assert run("new", folder, "--title", "Law of Floods").status == 0
    return folder


ACT = """\
---
id: act
title: An Act
kind: statute
citation: Act
cite-as: s. {{}}
top: true
in-force: 2020-01-01
---

# An Act

## 1 Signing

```writ
office minister "the Minister"

act sign "sign an order"
  reserved

power
  {bearer} may sign
```
"""


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A book with one misspelt name."""
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "book.md").write_text("---\nbook: broken\ntitle: Broken\n---\n", "utf-8")
    (folder / "act.md").write_text(ACT.format(bearer="ministre"), "utf-8")
    return folder
