"""What holds of the diagnostic codes of every package: documented in the house style, reported, shown by a test."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol


class Documented(Protocol):
    """What a code says of itself."""

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def summary(self) -> str: ...

    @property
    def documentation(self) -> str: ...


def mentioned(paths: Iterable[Path], pattern: str) -> set[str]:
    """The codes that files speak of."""
    return {code for path in paths for code in re.findall(pattern, path.read_text("utf-8"))}


def reported(package: Path, pattern: str) -> set[str]:
    """The codes of which the modules of a package speak, apart from their list."""
    return mentioned((path for path in package.glob("*.py") if path.name != "codes.py"), pattern)


def shown(folder: Path, pattern: str) -> set[str]:
    """The codes of which the tests of a folder speak."""
    return mentioned([*folder.glob("*.md"), *folder.glob("test_*.py")], pattern)


def in_the_house_style(codes: Mapping[str, Documented]) -> None:
    names = [doc.name for doc in codes.values()]
    assert len(set(names)) == len(names)
    for code, doc in codes.items():
        assert doc.code == code
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", doc.name)
        assert not doc.summary.endswith(".")
        assert doc.documentation.endswith((".", "`"))
        assert "\n" not in doc.documentation
