"""What is seen of a whole text: folds, lenses, colours; and what a click on a lens does."""

from __future__ import annotations

import asyncio
from typing import Any

from lsprotocol import types

from writ.lsp import convert
from writ.lsp.analysis import lenses, outline
from writ.lsp.analysis.snapshot import LAW
from writ.lsp.analysis.tokens import SORTS, tokens
from writ.lsp.desk import from_path
from writ.lsp.server import Server

LEGEND = types.SemanticTokensLegend(list(SORTS), ["declaration"])


def seeing(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def folding(params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
        document = server.documents.get(params.text_document.uri)
        if document is None or not document.path.endswith(LAW):
            return None
        return [types.FoldingRange(start, end) for start, end in outline.folds(document.text.text)]

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    async def lens(params: types.CodeLensParams) -> list[types.CodeLens] | None:
        asked = await server.asked(params.text_document.uri)
        if asked is None:
            return None
        document, snapshot = asked
        desk = document.desk
        assert desk is not None
        ranges = server.ranges(document)
        found = []
        for each in await asyncio.to_thread(lenses.lenses, snapshot, document.path):
            places = [
                place
                for one in each.places
                if (place := server.location(desk, snapshot, one)) is not None
            ]
            arguments: list[Any] = [
                from_path(desk.folder),
                list(each.names),
                document.uri,
                {"line": ranges.at(each.start).line, "character": 0},
                [_plain(place) for place in places],
            ]
            where = ranges.range(each.start, each.start)
            found.append(
                types.CodeLens(
                    where, types.Command(each.title, f"writ.{each.act}", arguments=arguments)
                )
            )
        return found

    @server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, LEGEND)
    async def coloured(params: types.SemanticTokensParams) -> types.SemanticTokens | None:
        return await _tokens(server, params.text_document.uri, None)

    @server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, LEGEND)
    async def coloured_range(
        params: types.SemanticTokensRangeParams,
    ) -> types.SemanticTokens | None:
        return await _tokens(server, params.text_document.uri, params.range)

    @server.feature("writ/settled")
    async def settled(params: Any) -> dict[str, int]:
        """Answered when every change has been compiled and checked, and what was found has been published."""
        desks = list(server.desks.values())
        for desk in desks:
            await desk.idle()
        return {"books": len(desks), "checked": sum(desk.checked for desk in desks)}

    @server.command("writ.test")
    async def test(book: str, names: list[str]) -> dict[str, Any]:
        """Run the cases of a book with these ids; what came of them."""
        from writ.lsp.running import run_cases

        for desk in server.desks.values():
            if from_path(desk.folder) == book:
                snapshot = await desk.settled()
                return await asyncio.to_thread(run_cases, snapshot, frozenset(names))
        return {"passed": 0, "failed": [], "wrong": ["no such book is open"]}


def _plain(place: types.Location) -> dict[str, Any]:
    start, end = place.range.start, place.range.end
    return {
        "uri": place.uri,
        "range": {
            "start": {"line": start.line, "character": start.character},
            "end": {"line": end.line, "character": end.character},
        },
    }


async def _tokens(
    server: Server, uri: str, within: types.Range | None
) -> types.SemanticTokens | None:
    asked = await server.asked(uri)
    if asked is None:
        return None
    document, snapshot = asked
    file = snapshot.files.get(document.path)
    if file is None:
        return types.SemanticTokens([])
    ranges = server.ranges(document)
    start = ranges.offset(within.start) if within is not None else 0
    end = ranges.offset(within.end) if within is not None else None
    path, text = document.path, document.text.text

    def packed() -> list[int]:
        named = snapshot.mentions(path)
        return convert.semantic(tokens(text, file, named, snapshot.lexicon, start, end), ranges)

    return types.SemanticTokens(await asyncio.to_thread(packed))
