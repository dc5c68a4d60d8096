"""The database of the ministry: which one it is, and the rule that only the gate may write to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

BEGIN = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=FULL;
PRAGMA busy_timeout=30000;
PRAGMA foreign_keys=ON;
PRAGMA cache_size=-32000;
"""


def described(address: str, home: Path) -> dict[str, Any]:
    """A database as Django's settings have it: SQLite in `home` where no address is given.

    Raises:
        ValueError: the address is none of a PostgreSQL database.
    """
    if not address:
        home.mkdir(parents=True, exist_ok=True)
        return sqlite_at(home / "ministry.sqlite3")
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ValueError(
            "MINISTRY_DATABASE is not the address of a PostgreSQL database "
            "(postgresql://user:password@host:port/name)"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "isolation_level": 4,  # psycopg.IsolationLevel.SERIALIZABLE
            "prepare_threshold": 1,  # for `database.statements` alone: Django's own cursors prepare nothing
        },
    }


def sqlite_at(path: Path | str) -> dict[str, Any]:
    return {
        "ENGINE": "ministry.database.sqlite",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": BEGIN},
    }
