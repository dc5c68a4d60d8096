"""What requests have in common: the text, the state of its book, and the place that they are about."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from lsprotocol import types

from writ.lsp.analysis import navigation
from writ.lsp.analysis.snapshot import Location, Snapshot
from writ.lsp.analysis.symbols import Mention
from writ.lsp.server import Document, Server


async def at(server: Server, params: Any) -> tuple[Document, Snapshot, int] | None:
    """The text, the state of its book, and the offset that a request is about."""
    asked = await server.asked(params.text_document.uri)
    if asked is None:
        return None
    document, snapshot = asked
    return document, snapshot, server.ranges(document).offset(params.position)


async def places(
    server: Server,
    params: Any,
    find: Callable[[Snapshot, Mention], list[Location]],
) -> list[types.Location] | None:
    asked = await at(server, params)
    if asked is None:
        return None
    document, snapshot, offset = asked
    desk = document.desk
    assert desk is not None

    def found() -> list[types.Location] | None:
        mention = navigation.mention_at(snapshot, document.path, offset)
        if mention is None:
            return None
        places = (server.location(desk, snapshot, each) for each in find(snapshot, mention))
        return [place for place in places if place is not None]

    return await asyncio.to_thread(found)
