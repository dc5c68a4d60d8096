"""Small files of legislation, and where the large ones are."""

from __future__ import annotations

from pathlib import Path

import pytest

from writ.formats.legislation.importing import parse_law
from writ.formats.legislation.model import Document

LAW = Path(__file__).parents[3] / "shared" / "data" / "law"

_SAMPLES = Path(__file__).parent / "legislation"
ACT, REGULATION, AKN, USLM = (
    (_SAMPLES / f"{name}.xml").read_text("utf-8") for name in ("act", "regulation", "akn", "uslm")
)


def law(text: str, key: str = "G-1") -> Document:
    """The document of a text, which must be readable."""
    document, found = parse_law(text.encode(), key, f"{key}.xml")
    assert document is not None, found
    assert found == []
    return document


def files(*under: str, pattern: str = "*.xml") -> list[Path]:
    """Files of the shared data; the test is skipped where they are not."""
    found = sorted(each for part in under for each in (LAW / part).rglob(pattern))
    if not found:
        pytest.skip(f"the legislation is not here: {LAW}")
    return found
