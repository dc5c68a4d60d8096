"""The command line as tests run it: in this process, without a terminal, with a cache of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Ran(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Ran]
"""Runs a command, word by word (the fixture `run`)."""
