"""The picture in the README is what a terminal shows, and loads nothing from elsewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]


def drawn():
    spec = importlib.util.spec_from_file_location("picture", ROOT / "docs" / "picture.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_picture_shows_what_the_commands_print():
    picture = drawn()
    assert picture.PICTURE.read_text("utf-8") == picture.draw(), "python docs/picture.py"


def test_it_is_whole_in_itself():
    text = drawn().PICTURE.read_text("utf-8")
    ElementTree.fromstring(text)
    assert set(re.findall(r"\w+://[^\"'\s)]+", text)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"href|@import|@font-face|<image|<script", text)


def test_the_pages_describe_it_in_words():
    for page in ("README.md", "docs/index.md"):
        (alt,) = re.findall(
            r"!\[([^\]]+)\]\([\w/]*images/answer\.svg\)", (ROOT / page).read_text("utf-8")
        )
        assert "prohibited" in alt and "50 USC 1544(b)" in alt.replace("\n", " ")
