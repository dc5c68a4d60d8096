"""An editor with a book, one for each module: a server costs a second to start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lsp.books import written
from tests.lsp.editor import Editor


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    folder = written(tmp_path_factory.mktemp("lsp").resolve() / "hä fen")
    found = Editor(folder)
    yield found
    found.end()


@pytest.fixture
def fresh(editor: Editor) -> Iterator[Editor]:
    """The editor with nothing open, and the book as it was."""
    for path in list(editor.texts):
        editor.close(path)
    for file in sorted(editor.folder.rglob("*")):
        if file.is_file():
            file.unlink()
    written(editor.folder)
    editor.changed_on_disk(
        *(p.relative_to(editor.folder).as_posix() for p in editor.folder.rglob("*"))
    )
    yield editor


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pipes that a killed server leaves behind are closed by the collector, with a warning."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))
            item.add_marker(
                pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
            )
