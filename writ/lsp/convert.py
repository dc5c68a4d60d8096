"""From the structs of the analysis to those of the protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lsprotocol import types

from writ.diagnostics import Diagnostic, Severity, Source
from writ.lsp.analysis.completion import Completion
from writ.lsp.analysis.findings import extent
from writ.lsp.analysis.offers import Offer
from writ.lsp.analysis.outline import Item
from writ.lsp.analysis.text import Edit, Position, Text
from writ.lsp.analysis.tokens import DECLARES, SORTS, Token

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
UNNECESSARY = frozenset({"V255", "C407", "C410"})

KINDS = types.CompletionItemKind
_OFFERED = {
    "keyword": KINDS.Keyword,
    "snippet": KINDS.Snippet,
    "key": KINDS.Property,
    "value": KINDS.EnumMember,
    "type": KINDS.TypeParameter,
    "office": KINDS.Class,
    "body": KINDS.Class,
    "person": KINDS.Class,
    "act": KINDS.Function,
    "thing": KINDS.Struct,
    "state": KINDS.Variable,
    "event": KINDS.Event,
    "kind": KINDS.Enum,
    "calendar": KINDS.Unit,
    "definition": KINDS.Constant,
    "attribute": KINDS.Field,
    "fact": KINDS.Field,
    "label": KINDS.Reference,
    "instrument": KINDS.Module,
}
SHAPES = types.SymbolKind
_SHAPED = {
    "heading": SHAPES.Namespace,
    "case": SHAPES.Event,
    "office": SHAPES.Class,
    "body": SHAPES.Class,
    "person": SHAPES.Class,
    "actor": SHAPES.Class,
    "act": SHAPES.Function,
    "thing": SHAPES.Struct,
    "state": SHAPES.Variable,
    "event": SHAPES.Event,
    "kind": SHAPES.Enum,
    "levels": SHAPES.Enum,
    "value": SHAPES.EnumMember,
    "attribute": SHAPES.Field,
    "fact": SHAPES.Field,
    "calendar": SHAPES.Object,
    "definition": SHAPES.Constant,
    "instrument": SHAPES.Module,
    "assurance": SHAPES.Interface,
}


class Ranges:
    """Offsets of one text to ranges, in the units that the client counts."""

    def __init__(self, text: Text, encoding: str) -> None:
        self.text = text
        self.encoding = encoding

    def at(self, offset: int) -> types.Position:
        line, column = self.text.position(offset, self.encoding)
        return types.Position(line, column)

    def range(self, start: int, end: int) -> types.Range:
        return types.Range(self.at(start), self.at(end))

    def offset(self, position: types.Position) -> int:
        return self.text.offset(Position(position.line, position.character), self.encoding)

    def edits(self, edits: Iterable[Edit]) -> list[types.TextEdit]:
        return [types.TextEdit(self.range(edit.start, edit.end), edit.text) for edit in edits]


def diagnostic(
    found: Diagnostic,
    source: Source,
    ranges: Ranges,
    locate: Callable[[str, Diagnostic], types.Location | None],
) -> types.Diagnostic:
    """A diagnostic with its code, what to do, and the other places. It names no address to read more at: there is none
    outside; `writ explain CODE` and `docs/checks.md` say more."""
    start, end = extent(source, found.span)
    related = [
        types.DiagnosticRelatedInformation(place, each.message)
        for each in found.related
        if (place := locate(each.message, Diagnostic("", found.severity, "", each.span)))
    ]
    message = f"{found.message}\n{found.help}" if found.help else found.message
    return types.Diagnostic(
        ranges.range(start, end),
        message,
        _SEVERITIES[found.severity],
        found.code,
        source="writ",
        tags=[types.DiagnosticTag.Unnecessary] if found.code in UNNECESSARY else None,
        related_information=related or None,
    )


def completion(found: Completion, ranges: Ranges, snippets: bool) -> types.CompletionList:
    """The items, each of which replaces what was typed of it."""
    where = ranges.range(found.start, found.end)
    items = [
        _offer(offer, where, at, snippets)
        for at, offer in enumerate(found.offers)
        if snippets or offer.sort != "snippet"
    ]
    return types.CompletionList(is_incomplete=not found.whole, items=items)


def _offer(offer: Offer, where: types.Range, at: int, snippets: bool) -> types.CompletionItem:
    return types.CompletionItem(
        offer.label,
        kind=_OFFERED.get(offer.sort, KINDS.Text),
        detail=offer.detail or None,
        documentation=offer.documentation or None,
        sort_text=f"{at:04}",
        filter_text=offer.label,
        insert_text_format=types.InsertTextFormat.Snippet if offer.snippet and snippets else None,
        text_edit=types.TextEdit(where, offer.insert or offer.label),
    )


def symbol(item: Item, ranges: Ranges) -> types.DocumentSymbol:
    """An entry of the outline, with those beneath it."""
    start, end = item.chosen
    return types.DocumentSymbol(
        item.title or item.sort,
        _SHAPED.get(item.sort, SHAPES.Method),
        ranges.range(item.start, max(item.end, end)),
        ranges.range(start, end),
        item.detail or None,
        children=[symbol(each, ranges) for each in item.beneath],
    )


def shape(sort: str) -> types.SymbolKind:
    return _SHAPED.get(sort, SHAPES.Method)


def semantic(tokens: Iterable[Token], ranges: Ranges) -> list[int]:
    """Tokens as the protocol packs them: each by how far it is from the one before."""
    packed: list[int] = []
    line = column = 0
    for token in tokens:
        row, first = ranges.text.position(token.start, ranges.encoding)
        end_row, last = ranges.text.position(token.end, ranges.encoding)
        if end_row != row:
            continue
        packed += (
            row - line,
            first - column if row == line else first,
            last - first,
            SORTS.index(token.sort),
            DECLARES if token.declares else 0,
        )
        line, column = row, first
    return packed
