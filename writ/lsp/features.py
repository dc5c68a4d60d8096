"""What the server answers: each request of the protocol in the words of the analysis."""

from __future__ import annotations

import asyncio

from lsprotocol import types

from writ.lsp import convert
from writ.lsp.analysis import completion, hover, navigation, outline
from writ.lsp.analysis.signature import signature
from writ.lsp.analysis.snapshot import JOURNAL, LAW, Location
from writ.lsp.asking import at, places
from writ.lsp.changing import changing
from writ.lsp.seeing import seeing
from writ.lsp.server import Server


def register(server: Server) -> None:
    """Tell the server what it can answer."""
    for register_some in (_sync, _reading, _moving, changing, seeing):
        register_some(server)


# --- texts


def _sync(server: Server) -> None:
    @server.feature(types.INITIALIZED)
    def initialized(params: types.InitializedParams) -> None:
        server.start_clock()
        server.find_books()
        watch = server.client_capabilities.workspace
        files = watch.did_change_watched_files if watch is not None else None
        if files is not None and files.dynamic_registration:
            patterns = ("**/*.md", "**/*.cases.yaml", "**/*.journal")
            options = types.DidChangeWatchedFilesRegistrationOptions(
                [types.FileSystemWatcher(pattern) for pattern in patterns]
            )
            server.client_register_capability(
                types.RegistrationParams(
                    [types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)]
                )
            )

    @server.feature(types.SHUTDOWN)
    def shutdown(params: None) -> None:
        server.shut()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        server.open(item.uri, item.text, item.version)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        document = params.text_document
        server.change(document.uri, list(params.content_changes), document.version)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        server.close(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched(params: types.DidChangeWatchedFilesParams) -> None:
        server.watched([each.uri for each in params.changes])

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def did_change_folders(params: types.DidChangeWorkspaceFoldersParams) -> None:
        server.find_books()


# --- what is read at a place


def _reading(server: Server) -> None:
    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=[".", " ", ":", "{"]),
    )
    async def complete(params: types.CompletionParams) -> types.CompletionList | None:
        document = server.documents.get(params.text_document.uri)
        if document is None or document.desk is None:
            return None
        # The text is that of this moment; the names are those of the last state, which may be older.
        desk = document.desk
        snapshot = desk.snapshot if desk.snapshot is not None else await desk.settled()
        ranges = server.ranges(document)
        offset = ranges.offset(params.position)
        found = completion.complete(snapshot, document.path, document.text.text, offset)
        return convert.completion(found, ranges, server.snippets)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hovered(params: types.HoverParams) -> types.Hover | None:
        asked = await at(server, params)
        if asked is None:
            return None
        document, snapshot, offset = asked
        ranges = server.ranges(document)
        found = await asyncio.to_thread(hover.hover, snapshot, document.path, offset)
        if found is None:
            return None
        content = types.MarkupContent(types.MarkupKind.Markdown, found.markdown)
        return types.Hover(content, ranges.range(found.start, found.end))

    @server.feature(
        types.TEXT_DOCUMENT_SIGNATURE_HELP, types.SignatureHelpOptions(trigger_characters=[" "])
    )
    def signed(params: types.SignatureHelpParams) -> types.SignatureHelp | None:
        document = server.documents.get(params.text_document.uri)
        if document is None or not document.path.endswith(LAW):
            return None
        found = signature(document.text.text, server.ranges(document).offset(params.position))
        if found is None:
            return None
        return types.SignatureHelp([types.SignatureInformation(found.form, found.meaning)], 0)


# --- from place to place


def _moving(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> list[types.Location] | None:
        return await places(
            server, params, lambda snapshot, each: navigation.declarations(snapshot, each.symbol)
        )

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def references(params: types.ReferenceParams) -> list[types.Location] | None:
        declared = params.context.include_declaration
        return await places(
            server,
            params,
            lambda snapshot, each: navigation.references(snapshot, each.symbol, declared),
        )

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    async def highlight(
        params: types.DocumentHighlightParams,
    ) -> list[types.DocumentHighlight] | None:
        asked = await at(server, params)
        if asked is None:
            return None
        document, snapshot, offset = asked
        ranges = server.ranges(document)
        kinds = types.DocumentHighlightKind
        return [
            types.DocumentHighlight(
                ranges.range(each.start, each.end), kinds.Write if each.declares else kinds.Read
            )
            for each in navigation.highlights(snapshot, document.path, offset)
        ]

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
        document = server.documents.get(params.text_document.uri)
        if document is None or document.path.endswith(JOURNAL):
            return None
        ranges = server.ranges(document)
        return [
            convert.symbol(item, ranges)
            for item in outline.outline(document.path, document.text.text)
        ]

    @server.feature(types.WORKSPACE_SYMBOL)
    async def search(params: types.WorkspaceSymbolParams) -> list[types.SymbolInformation]:
        found = []
        for desk in list(server.desks.values()):
            snapshot = await desk.settled()
            for each in await asyncio.to_thread(outline.search, snapshot, params.query):
                place = server.location(desk, snapshot, Location(each.path, each.start, each.end))
                if place is not None:
                    found.append(
                        types.SymbolInformation(
                            place,
                            each.title,
                            convert.shape(each.sort),
                            container_name=each.container,
                        )
                    )
        return found

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)
    async def links(params: types.DocumentLinkParams) -> list[types.DocumentLink] | None:
        asked = await server.asked(params.text_document.uri)
        if asked is None:
            return None
        document, snapshot = asked
        ranges = server.ranges(document)
        assert document.desk is not None
        desk = document.desk
        return [
            types.DocumentLink(ranges.range(each.start, each.end), desk.uri(each.path))
            for each in outline.links(snapshot, document.path)
        ]
