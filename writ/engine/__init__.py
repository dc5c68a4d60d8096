"""Answers requests about a book: the reference interpreter, and the fast engine that equals it."""

from writ.engine.engine import Engine, engine_of

__all__ = ["Engine", "engine_of"]
