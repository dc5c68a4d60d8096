"""A ministry on SQLite, and somebody at its console."""

from tests.ministry.console.conftest import house  # noqa: F401
