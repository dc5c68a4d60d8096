"""What changes texts: renaming, quick fixes, formatting."""

from __future__ import annotations

import asyncio
from difflib import SequenceMatcher

from lsprotocol import types

from writ.lsp import convert
from writ.lsp.analysis import fixes, rename
from writ.lsp.analysis.findings import extent
from writ.lsp.analysis.snapshot import JOURNAL, LAW, Snapshot
from writ.lsp.analysis.text import Edit
from writ.lsp.asking import at
from writ.lsp.desk import Desk
from writ.lsp.refusal import refused
from writ.lsp.server import Server, text_of


def changing(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepare(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder:
        asked = await at(server, params)
        if asked is None:
            raise refused("the text is being read; try again")
        document, snapshot, offset = asked
        try:
            found = rename.prepare(snapshot, document.path, offset)
        except rename.Refused as error:
            raise refused(str(error)) from None
        return types.PrepareRenamePlaceholder(
            server.ranges(document).range(found.start, found.end), found.symbol.word
        )

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    async def renamed(params: types.RenameParams) -> types.WorkspaceEdit:
        asked = await at(server, params)
        if asked is None:
            raise refused("the text is being read; try again")
        document, snapshot, offset = asked
        desk = document.desk
        assert desk is not None
        try:
            found = await asyncio.to_thread(
                rename.rename, snapshot, document.path, offset, params.new_name
            )
        except rename.Refused as error:
            raise refused(str(error)) from None
        return _workspace_edit(server, desk, snapshot, found.edits)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions([types.CodeActionKind.QuickFix]),
    )
    async def actions(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        asked = await server.asked(params.text_document.uri)
        only = params.context.only
        if asked is None or (only and not any(str(each).startswith("quickfix") for each in only)):
            return None
        document, snapshot = asked
        desk = document.desk
        assert desk is not None
        if snapshot.findings is None:
            await desk.idle()
            snapshot = desk.snapshot or snapshot
        ranges = server.ranges(document)
        start, end = ranges.offset(params.range.start), ranges.offset(params.range.end)
        source = snapshot.source(document.path)
        found = []
        for each in snapshot.diagnostics:
            if each.span.file != document.path or source is None:
                continue
            first, last = extent(source, each.span)
            if last < start or first > end:
                continue
            shown = convert.diagnostic(each, source, ranges, lambda *_: None)
            found += [
                types.CodeAction(
                    fix.title,
                    types.CodeActionKind.QuickFix,
                    diagnostics=[shown],
                    is_preferred=fix.sure or None,
                    edit=_workspace_edit(server, desk, snapshot, fix.edits),
                )
                for fix in fixes.fixes(snapshot, each)
            ]
        return found

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def formatted(params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
        document = server.documents.get(params.text_document.uri)
        if document is None:
            return None
        old = document.text.text
        if document.path.endswith(LAW):
            from writ.syntax.formatter import format_text

            new = format_text(document.path, old)[0]
        elif document.path.endswith(JOURNAL):
            from writ.journal.formatter import styled

            new = styled(document.path, old)[0]
        else:
            return None
        return server.ranges(document).edits(_smallest(old, new))


def _smallest(old: str, new: str) -> list[Edit]:
    """The lines that differ, so that the pointer and what is folded stay where they are."""
    if old == new:
        return []
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    return [
        Edit(starts[a], starts[b], "".join(after[c:d]))
        for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if tag != "equal"
    ]


def _workspace_edit(
    server: Server, desk: Desk, snapshot: Snapshot, edits: dict[str, list[Edit]]
) -> types.WorkspaceEdit:
    """Edits by file, each for the version of the text that it was made for."""
    changes: dict[str, list[types.TextEdit]] = {}
    versioned: list[types.TextDocumentEdit] = []
    workspace = server.client_capabilities.workspace
    edit = workspace.workspace_edit if workspace is not None else None
    for path, listed in sorted(edits.items()):
        source = snapshot.source(path)
        if source is None:
            continue
        uri = desk.uri(path)
        converted = convert.Ranges(text_of(source.text), server.encoding).edits(listed)
        changes[uri] = converted
        name = types.OptionalVersionedTextDocumentIdentifier(uri, desk.versions.get(path))
        versioned.append(types.TextDocumentEdit(name, list(converted)))
    if edit is not None and edit.document_changes:
        return types.WorkspaceEdit(document_changes=list(versioned))
    return types.WorkspaceEdit(changes=changes)
