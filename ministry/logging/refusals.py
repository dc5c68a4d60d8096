"""Requests that were turned away are events of security: their lines say so, and are always written."""

from __future__ import annotations

import logging

REFUSALS = {
    400: "malformed",
    401: "unauthenticated",
    403: "refused",
    405: "method",
    413: "too-large",
    415: "media-type",
    422: "invalid",
    429: "too-often",
}
"""What each status of an answer stands for, as `refused` of its line. A 404 is none: it says nothing of who may."""


class Refusals(logging.Filter):
    """Marks lines of requests that were turned away, whoever wrote them; of the others it lets pass what is asked for.

    Args:
        least: the name of the level from which on other lines are written.
    """

    def __init__(self, least: str = "INFO") -> None:
        super().__init__()
        self.least = logging.getLevelNamesMapping()[least.upper()]

    def filter(self, record: logging.LogRecord) -> bool:
        refused = REFUSALS.get(getattr(record, "status", 0))
        if refused is None:
            return record.levelno >= self.least
        record.refused = refused
        if record.levelno < logging.WARNING:
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True
