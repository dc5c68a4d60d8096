"""What the API answers of notices."""

from __future__ import annotations

import datetime as dt

from ninja import Schema


class Notice(Schema):
    """One thing of which one is told; `office` is empty where it is one's own affair, `asks`: it waits for one."""

    id: str
    kind: str
    said: str
    about: str
    by: str
    href: str
    office: str
    record: str
    at: dt.datetime
    due: dt.datetime | None
    asks: bool
    read: dt.datetime | None


class Notices(Schema):
    """Notices, and how many are unread (100: more than 99)."""

    notices: list[Notice]
    unread: int
    more: bool


class Marked(Schema):
    """How many were marked as read, and how many are unread still."""

    marked: int
    unread: int
